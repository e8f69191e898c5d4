"""A BigQuery dataset as an output: one row for each article revision, deduplicated by views.

The sink has no ledger, so nothing is skipped as known and the dataset takes no part in the conservation
check. An article that is read twice is written twice, and the views show it once.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Self
from urllib.parse import urlsplit

import apache_beam as beam
from apache_beam.utils.windowed_value import WindowedValue

from dateline.pipeline.environment import EnvironmentDoFn
from dateline.pipeline.errors import OutputError, StoreError
from dateline.pipeline.findings import Finding, one_line
from dateline.pipeline.settings import Settings
from dateline.pipeline.sinks.bigquery import stored
from dateline.pipeline.sinks.bigquery.client import Dataset
from dateline.pipeline.sinks.bigquery.loads import LoadArticles
from dateline.pipeline.sinks.bigquery.rows import ROW_BYTES, Keyed, article_of, keyed, refused
from dateline.pipeline.sinks.bigquery.tables import ARTICLES, DEAD_LETTERS
from dateline.pipeline.sinks.sink import Output, Run, Sink
from dateline.pipeline.store.rows import dead_letter_row
from dateline.transforms.model import DeadLetter, Envelope
from dateline.transforms.steps import PAYLOAD_LIMIT

_LOGIN = (
    "gcloud auth application-default login, or give the service account the role roles/bigquery.dataEditor"
)
BATCH_BYTES = 5_000_000
MESSAGE_CHARS = 2000


def parse(output: str) -> tuple[str, str]:
    """``bigquery://PROJECT/DATASET`` → both names. Raises :class:`~dateline.pipeline.errors.OutputError`."""
    parts = urlsplit(output)
    project, dataset = parts.netloc, parts.path.strip("/")
    if parts.scheme != "bigquery" or not project or not dataset or not dataset.replace("_", "").isalnum():
        raise OutputError(f"{output}: not of the form bigquery://PROJECT/DATASET")
    return project, dataset


class BigQueryOutput(Output):
    """A dataset, ``bigquery://PROJECT/DATASET``."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.project, self.dataset = parse(address)

    @classmethod
    def parse(cls, address: str) -> Self:
        """See :class:`~dateline.pipeline.sinks.sink.Output`."""
        return cls(address)

    def open(self, run: Run) -> BigQuerySink:
        """See :class:`~dateline.pipeline.sinks.sink.Output`."""
        # Workers of a cluster share no folder with this machine, and a load job for each batch of a stream would be
        # over BigQuery's 1,500 a day.
        loads = run.bounded and run.settings.engine == "local"
        sink = BigQuerySink(self.address, run.run_id, run.settings, tempfile.gettempdir() if loads else None)
        sink.make_tables()
        return sink

    @contextlib.contextmanager
    def _connected(self) -> Iterator[Dataset]:
        dataset = Dataset(self.project, self.dataset, retry_seconds=30)
        try:
            yield dataset
        finally:
            dataset.close()

    def letters(self, kind: str | None, since: str | None) -> Iterator[dict[str, Any]]:
        """See :class:`~dateline.pipeline.sinks.sink.Output`."""
        with self._connected() as dataset:
            yield from stored.letters(dataset, kind, since)

    def resolve(self, ids: Sequence[str]) -> None:
        """See :class:`~dateline.pipeline.sinks.sink.Output`. They are removed: the table has no column for it."""
        with self._connected() as dataset:
            stored.remove_letters(dataset, ids)

    def forget(self, name: str) -> list[str]:
        """See :class:`~dateline.pipeline.sinks.sink.Output`."""
        with self._connected() as dataset:
            return stored.forget(dataset, name)

    def check(self) -> Iterator[Finding]:
        """See :class:`~dateline.pipeline.sinks.sink.Output`."""
        dataset = Dataset(self.project, self.dataset, retry_seconds=5)
        try:
            held = dataset.exists()
            ready = held and dataset.exists(ARTICLES)
        except StoreError as error:
            yield Finding("output", "fail", one_line(error), _LOGIN)
            return
        finally:
            dataset.close()
        if not held:
            make = f"bq mk --dataset {self.project}:{self.dataset}"
            yield Finding("output", "fail", f"{self.address}: does not exist", make)
        else:
            yield Finding("output", "ok", self.address if ready else f"{self.address}: tables will be made")


class BigQuerySink(Sink):
    """A :class:`~dateline.pipeline.sinks.sink.Sink` over a dataset, ``bigquery://PROJECT/DATASET``.

    With ``folder``, which all workers and BigQuery or the loading process can read, articles are loaded from files
    in it; else they are inserted as they come.
    """

    def __init__(self, output: str, run_id: str, settings: Settings, folder: str | None = None) -> None:
        self.name = "bigquery"
        self.project, self.dataset = parse(output)
        self.run_id = run_id
        self.settings = settings
        self.folder = folder

    def open(self) -> Dataset:
        """The dataset, for one worker."""
        return Dataset(self.project, self.dataset, self.settings.retry_seconds)

    def make_tables(self) -> None:
        """Create missing tables and views, once, in the launching process. Raises StoreError."""
        dataset = self.open()
        try:
            dataset.make_tables()
        finally:
            dataset.close()

    def write(self) -> beam.PTransform:
        """See :class:`~dateline.pipeline.sinks.sink.Sink`."""
        return LoadArticles(self, self.folder) if self.folder else beam.ParDo(_WriteArticles(self))

    def write_dead_letters(self) -> beam.PTransform:
        """See :class:`~dateline.pipeline.sinks.sink.Sink`."""
        return beam.ParDo(_WriteDeadLetters(self))


class _Inserts(EnvironmentDoFn):
    """Rows in batches within BigQuery's bounds of size, sent before a bundle ends.

    ``refused`` says what becomes of the cause of a row that BigQuery refused for its own data.
    """

    def __init__(self, sink: BigQuerySink, table: str, refused: Callable[[Any, str], DeadLetter]) -> None:
        self.sink = sink
        self.table = table
        self.refused = refused

    def setup(self) -> None:
        self.dataset = self.sink.open()

    def teardown(self) -> None:
        self.dataset.close()

    def start_bundle(self) -> None:
        self.buffer: list[tuple[Keyed, Any]] = []
        self.size = 0

    def add(self, row: Keyed, cause: Any) -> Iterable[DeadLetter]:
        """Add a row; ``cause`` is the record from which it was made."""
        full = self.size + row.size > BATCH_BYTES or len(self.buffer) >= self.sink.settings.commit_every
        letters = self.flush() if self.buffer and full else []
        self.buffer.append((row, cause))
        self.size += row.size
        return letters

    def flush(self) -> list[DeadLetter]:
        """Send the waiting rows; returns dead letters for refused rows."""
        batch, self.buffer, self.size = self.buffer, [], 0
        rows = [(row.insert_id, row.row) for row, _ in batch]
        faults = self.dataset.insert(self.table, rows) if rows else []
        return [self.refused(batch[index][1], reason) for index, reason in faults]

    def finish_bundle(self) -> Iterator[WindowedValue]:
        window = beam.transforms.window.GlobalWindow()
        for letter in self.flush():
            yield WindowedValue(letter, window.max_timestamp(), [window])


class _WriteArticles(_Inserts):
    def __init__(self, sink: BigQuerySink) -> None:
        super().__init__(sink, ARTICLES, refused)

    def process(self, e: Envelope) -> Iterable[DeadLetter]:
        row = article_of(e, self.sink.settings, self.sink.run_id)
        return [row] if isinstance(row, DeadLetter) else self.add(row, e.raw)


class _WriteDeadLetters(_Inserts):
    """A dead letter with a payload that BigQuery refuses is written without it; raising would redeliver its
    message forever."""

    def __init__(self, sink: BigQuerySink) -> None:
        super().__init__(sink, DEAD_LETTERS, self._refused)

    def process(self, letter: DeadLetter) -> Iterable[DeadLetter]:
        row = self._row(letter)
        if len(letter.payload) > PAYLOAD_LIMIT or row.size > ROW_BYTES:
            row = self._row(_without_payload(letter))
        return self.add(row, letter)

    def flush(self) -> list[DeadLetter]:
        """See :class:`_Inserts`. Refused dead letters are sent once more without their payload."""
        again = [self._row(_without_payload(letter)) for letter in super().flush()]
        faults = self.dataset.insert(self.table, [(row.insert_id, row.row) for row in again]) if again else []
        if faults:
            raise StoreError(f"{self.dataset.url}/{self.table}: refuses every dead letter: {faults[0][1]}")
        return []

    @staticmethod
    def _refused(letter: DeadLetter, reason: str) -> DeadLetter:
        return letter.model_copy(
            update={"message": f"{letter.message} (its payload was refused: {reason})"[:MESSAGE_CHARS]}
        )

    def _row(self, letter: DeadLetter) -> Keyed:
        row = {k: v for k, v in dead_letter_row(letter, self.sink.run_id).items() if v is not None}
        return keyed(f"{letter.dead_letter_id}|{letter.version}", row)


def _without_payload(letter: DeadLetter) -> DeadLetter:
    """The letter with its origin in place of the payload; the hash of the payload stays."""
    return letter.model_copy(update={"payload": letter.origin, "payload_encoding": "reference"})
