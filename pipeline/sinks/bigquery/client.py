"""One BigQuery dataset through Google's client: creates tables, inserts rows, and explains errors."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from google.api_core.exceptions import (
    BadRequest,
    Conflict,
    GoogleAPICallError,
    NotFound,
    RetryError,
)
from google.api_core.retry import Retry, if_exception_type
from google.auth.credentials import AnonymousCredentials
from google.auth.exceptions import GoogleAuthError
from google.cloud import bigquery
from google.cloud.bigquery.retry import DEFAULT_RETRY

from dateline.pipeline.errors import StoreError
from dateline.pipeline.findings import one_line
from dateline.pipeline.sinks.bigquery import tables as tables
from dateline.transforms.identity import sha256

EMULATOR = "BIGQUERY_EMULATOR_HOST"
"""Where a test serves the interface, as ``host:port``."""
_PASSING_REASONS = frozenset(("backendError", "internalError", "rateLimitExceeded", "timeout", "stopped"))
_SECONDS = 60.0
_LOAD_SECONDS = 3600.0
_TOO_LARGE = 413
_Rows = Sequence[tuple[str, Mapping[str, Any]]]


class RowsRefused(Exception):
    """A load job whose files contain a row that BigQuery refuses."""


class _Passing(Exception):
    """Rows that could not be written for the moment."""


class Dataset:
    """One dataset. Safe to make in every worker; it connects when it is first used.

    What the service says to try again is tried for ``retry_seconds``. All other faults raise
    :class:`~dateline.pipeline.errors.StoreError`.
    """

    def __init__(self, project: str, name: str, retry_seconds: float) -> None:
        self.project = project
        self.name = name
        self.retry_seconds = retry_seconds

    @property
    def url(self) -> str:
        """``bigquery://PROJECT/DATASET``."""
        return f"bigquery://{self.project}/{self.name}"

    @cached_property
    def _client(self) -> Any:
        host = os.environ.get(EMULATOR)
        try:
            if host:
                nobody = AnonymousCredentials()  # type: ignore[no-untyped-call]
                address = host if "://" in host else f"http://{host}"
                return bigquery.Client(self.project, nobody, client_options={"api_endpoint": address})
            return bigquery.Client(self.project)
        except GoogleAuthError as error:
            raise StoreError(f"{self.url}: {error}") from error

    @property
    def _retry(self) -> Retry:
        retry: Retry = DEFAULT_RETRY.with_delay(initial=0.2, maximum=8.0).with_timeout(self.retry_seconds)
        return retry

    def _fault(self, error: Exception, table: str = "") -> StoreError:
        if isinstance(error, RetryError) and error.cause is not None:
            error = error.cause  # that its time is over says nothing of what is wrong
        message = str(error) or type(error).__name__
        return StoreError(f"{self.url}{'/' if table else ''}{table}: {' '.join(message.split())[:300]}")

    def close(self) -> None:
        """Disconnect."""
        if "_client" in self.__dict__:
            self._client.close()
            del self._client

    def exists(self, table: str | None = None) -> bool:
        """Whether the dataset, or a table of it, exists."""
        name = f"{self.project}.{self.name}"
        try:
            if table is None:
                self._client.get_dataset(name, retry=self._retry, timeout=_SECONDS)
            else:
                self._client.get_table(f"{name}.{table}", retry=self._retry, timeout=_SECONDS)
        except NotFound:
            return False
        except (GoogleAPICallError, RetryError, GoogleAuthError) as error:
            raise self._fault(error, table or "") from error
        return True

    def make_tables(self) -> None:
        """Make the tables and views that are missing, and bring those of an older release to this one.

        A table only gains fields. Raises :class:`~dateline.pipeline.errors.StoreError` where the dataset is not there, or where a
        field that is there is of another type: nothing is written then.
        """
        definitions = [tables.definition(self.project, self.name, n) for n in tables.TABLES]
        definitions += [tables.view_definition(self.project, self.name, n) for n in tables.VIEWS]
        for definition in definitions:
            table = bigquery.Table.from_api_repr(definition)
            try:
                self._client.create_table(table, retry=self._retry, timeout=_SECONDS)
            except Conflict:
                self._bring_up(table, definition)
            except (GoogleAPICallError, RetryError, GoogleAuthError) as error:
                raise self._fault(error, table.table_id) from error

    def _bring_up(self, ours: bigquery.Table, definition: Mapping[str, Any]) -> None:
        """Add to a table, or to the query of a view, what this release has and the one that made it had not."""
        try:
            there = self._client.get_table(ours.reference, retry=self._retry, timeout=_SECONDS)
            if "view" in definition:
                if there.view_query == ours.view_query:
                    return
                there.view_query = ours.view_query
                changed = "view_query"
            else:
                before = [field.to_api_repr() for field in there.schema]
                fields = tables.merged(before, definition["schema"]["fields"])
                if fields == before:
                    return
                there.schema = [bigquery.SchemaField.from_api_repr(field) for field in fields]
                changed = "schema"
            self._client.update_table(there, [changed], retry=self._retry, timeout=_SECONDS)
        except ValueError as error:
            raise StoreError(
                f"{self.url}/{ours.table_id}: {error}; use another dataset, or drop the table"
            ) from error
        except (GoogleAPICallError, RetryError, GoogleAuthError) as error:
            raise self._fault(error, ours.table_id) from error

    def load(self, table: str, names: Sequence[str]) -> None:
        """Load files of JSON lines: those of ``gs://`` in one job, all or none, and each one of this machine in its own.

        A job is named after its files, so that the same files twice are one load. Raises :class:`RowsRefused` for
        what the files hold, and :class:`~dateline.pipeline.errors.StoreError` for all else.
        """
        remote = [name for name in names if name.startswith("gs://")]
        try:
            if remote:
                self._load(table, remote)
            for name in names:
                if not name.startswith("gs://"):
                    self._load(table, name)
        except BadRequest as error:
            raise RowsRefused(one_line(error)) from error
        except (GoogleAPICallError, RetryError, GoogleAuthError) as error:
            raise self._fault(error, table) from error
        except OSError as error:
            raise StoreError(f"{self.url}/{table}: {error}") from error

    def _load(self, table: str, source: str | list[str]) -> None:
        job_id = (
            f"dateline-{sha256('|'.join([table, *([source] if isinstance(source, str) else source)]))[:40]}"
        )
        config = bigquery.LoadJobConfig(
            source_format=bigquery.SourceFormat.NEWLINE_DELIMITED_JSON,
            write_disposition=bigquery.WriteDisposition.WRITE_APPEND,
            create_disposition=bigquery.CreateDisposition.CREATE_NEVER,
        )
        place = f"{self.project}.{self.name}.{table}"
        shared = {"job_id": job_id, "job_config": config, "project": self.project}
        try:
            if isinstance(source, list):
                job = self._client.load_table_from_uri(source, place, retry=self._retry, **shared)
            else:
                with open(source, "rb") as file:
                    size = os.fstat(file.fileno()).st_size
                    job = self._client.load_table_from_file(file, place, size=size, **shared)
        except Conflict:  # it was sent before, and its answer was lost
            location = self._client.get_dataset(f"{self.project}.{self.name}", retry=self._retry).location
            job = self._client.get_job(job_id, self.project, location, retry=self._retry)
        job.result(retry=self._retry, timeout=_LOAD_SECONDS)

    def query(self, sql: str, values: Mapping[str, str | Sequence[str]]) -> list[dict[str, Any]]:
        """The rows of a query. ``{dataset}`` in it is this dataset; values are its parameters.

        Raises :class:`~dateline.pipeline.errors.StoreError`.
        """
        parameters = [
            bigquery.ScalarQueryParameter(name, "STRING", value)
            if isinstance(value, str)
            else bigquery.ArrayQueryParameter(name, "STRING", list(value))
            for name, value in values.items()
        ]
        config = bigquery.QueryJobConfig(query_parameters=parameters)
        text = sql.format(dataset=f"{self.project}.{self.name}")
        try:
            job = self._client.query(text, config, project=self.project, retry=self._retry)
            return [dict(row.items()) for row in job.result(retry=self._retry)]
        except (GoogleAPICallError, RetryError, GoogleAuthError) as error:
            raise self._fault(error) from error

    def insert(self, table: str, rows: _Rows) -> list[tuple[int, str]]:
        """Insert ``(insert id, row)``: the index and reason of each row that was refused for its own data.

        The insert id makes BigQuery drop most repeats within a minute; the views drop the rest.
        """
        left = list(range(len(rows)))
        refused: list[tuple[int, str]] = []

        def insert() -> None:
            nonlocal left
            later, found = self._insert(table, rows, left)
            refused.extend(found)
            left = later
            if left:
                raise _Passing(f"{len(left)} rows could not be written for now")

        again = Retry(if_exception_type(_Passing), initial=0.2, maximum=8.0, timeout=self.retry_seconds)
        try:
            again(insert)()
        except (GoogleAPICallError, RetryError, GoogleAuthError) as error:
            raise self._fault(error, table) from error
        return sorted(refused)

    def _insert(self, table: str, rows: _Rows, numbers: list[int]) -> tuple[list[int], list[tuple[int, str]]]:
        """Insert the rows of these numbers once: those to try again, and those that were refused."""
        if not numbers:
            return [], []
        try:
            faults = self._client.insert_rows_json(
                f"{self.project}.{self.name}.{table}",
                [rows[n][1] for n in numbers],
                row_ids=[rows[n][0] for n in numbers],
                skip_invalid_rows=True,
                retry=self._retry,
                timeout=_SECONDS,
            )
        except NotFound as error:
            # For some minutes after a table was created, the servers that accept rows may not know it.
            raise _Passing(str(error)) from error
        except GoogleAPICallError as error:
            if error.code != _TOO_LARGE:
                raise
            if len(numbers) == 1:
                return [], [(numbers[0], "the row is larger than BigQuery takes")]
            half = len(numbers) // 2
            first, second = (self._insert(table, rows, part) for part in (numbers[:half], numbers[half:]))
            return first[0] + second[0], first[1] + second[1]
        later: list[int] = []
        refused: list[tuple[int, str]] = []
        for fault in faults:
            reasons = fault.get("errors") or [{}]
            number = numbers[int(fault.get("index", 0))]
            if any(r.get("reason") in _PASSING_REASONS for r in reasons):
                later.append(number)
            else:
                refused.append((number, "; ".join(str(r.get("message", r))[:200] for r in reasons)))
        return later, refused
