"""The few calls of BigQuery's REST interface that a sink needs, with their retries.

``google-auth`` alone is enough for them, so a stream on one machine can write to
BigQuery without Beam's cloud extra. Faults of the service raise StoreError after the retries.
"""

from __future__ import annotations

import json
import os
import random
import time
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.errors import StoreError
from pipeline.sinks import bigquery_tables as tables

EMULATOR = "BIGQUERY_EMULATOR_HOST"
"""Google's own client reads this too: where a test serves the interface."""
_ROOT = "https://bigquery.googleapis.com"
_SCOPE = "https://www.googleapis.com/auth/bigquery"
_PASSING = frozenset((408, 429, 500, 502, 503, 504))
_PASSING_REASONS = frozenset(("backendError", "internalError", "rateLimitExceeded", "timeout", "stopped"))
_SECONDS = 60.0


class Dataset:
    """One dataset. Safe to make in every worker; opens its connection when first used."""

    def __init__(self, project: str, name: str, retry_seconds: float) -> None:
        self.project = project
        self.name = name
        self.retry_seconds = retry_seconds
        self._session: Any = None

    @property
    def url(self) -> str:
        """As we name it."""
        return f"bigquery://{self.project}/{self.name}"

    def _open(self) -> tuple[Any, str]:
        import requests

        emulator = os.environ.get(EMULATOR)
        if self._session is None:
            if emulator:
                self._session = requests.Session()
            else:
                import google.auth
                from google.auth.exceptions import GoogleAuthError
                from google.auth.transport.requests import AuthorizedSession

                try:
                    credentials, _ = google.auth.default(scopes=[_SCOPE])
                except GoogleAuthError as error:
                    raise StoreError(f"{self.url}: {error}") from error
                self._session = AuthorizedSession(credentials)  # type: ignore[no-untyped-call]
        root = emulator if emulator and "://" in emulator else f"http://{emulator}" if emulator else _ROOT
        return self._session, f"{root}/bigquery/v2/projects/{self.project}/datasets/{self.name}"

    def call(
        self, method: str, path: str, body: Mapping[str, Any] | None = None
    ) -> tuple[int, dict[str, Any]]:
        """One request, retried while its fault may pass: status and answer. Raises StoreError."""
        import requests
        from google.auth.exceptions import GoogleAuthError

        session, root = self._open()
        data = json.dumps(body, ensure_ascii=True).encode() if body is not None else None
        until = time.monotonic() + self.retry_seconds
        pause = 0.2
        while True:
            try:
                answer = session.request(
                    method,
                    root + path,
                    data=data,
                    timeout=_SECONDS,
                    headers={"Content-Type": "application/json"},
                )
                problem = _problem(answer)
                if not problem:
                    return int(answer.status_code), dict(answer.json() or {})
            except (requests.RequestException, GoogleAuthError, ValueError) as error:
                problem = f"{type(error).__name__}: {str(error)[:300]}"
            if time.monotonic() + pause > until:
                raise StoreError(f"{self.url}: {problem}")
            time.sleep(pause * (0.5 + random.random()))
            pause = min(pause * 2, 8.0)

    def close(self) -> None:
        """Let the connection go."""
        if self._session is not None:
            self._session.close()
            self._session = None

    def make_tables(self) -> None:
        """Make the tables and views that are missing. Raises StoreError where the dataset is not there."""
        definitions = [
            tables.definition(self.project, self.name, n) for n in (tables.ARTICLES, tables.DEAD_LETTERS)
        ]
        definitions += [tables.view_definition(self.project, self.name, n) for n in tables.VIEWS]
        for definition in definitions:
            status, answer = self.call("POST", "/tables", definition)
            if status not in (200, 409):  # 409: it is there
                name = definition["tableReference"]["tableId"]
                raise StoreError(f"{self.url}/{name}: {_words(answer) or f'status {status}'}")

    def insert(self, table: str, rows: Sequence[tuple[str, Mapping[str, Any]]]) -> list[tuple[int, str]]:
        """Insert ``(insert id, row)``: the index and reason of each row that was refused for its own data.

        The insert id makes BigQuery drop most repeats within a minute; the views drop the rest.
        """
        left = list(range(len(rows)))
        refused: list[tuple[int, str]] = []
        until = time.monotonic() + self.retry_seconds
        pause = 0.2
        while left:
            body = {
                "skipInvalidRows": True,
                "rows": [{"insertId": rows[n][0], "json": rows[n][1]} for n in left],
            }
            status, answer = self.call("POST", f"/tables/{table}/insertAll", body)
            if status == 413 and len(left) > 1:
                half = len(left) // 2
                for part in (left[:half], left[half:]):
                    inner = self.insert(table, [rows[n] for n in part])
                    refused += [(part[n], reason) for n, reason in inner]
                return sorted(refused)
            if status == 413:
                return [*refused, (left[0], "the row is larger than BigQuery takes")]
            if status != 200:
                raise StoreError(f"{self.url}/{table}: {_words(answer) or f'status {status}'}")
            again: list[int] = []
            for fault in answer.get("insertErrors", ()):
                reasons = fault.get("errors") or [{}]
                index = left[int(fault.get("index", 0))]
                if any(r.get("reason") in _PASSING_REASONS for r in reasons):
                    again.append(index)
                else:
                    refused.append((index, "; ".join(str(r.get("message", r))[:200] for r in reasons)))
            left = again
            if left and time.monotonic() + pause > until:
                raise StoreError(f"{self.url}/{table}: {len(left)} rows could not be written for now")
            if left:
                time.sleep(pause)
                pause = min(pause * 2, 8.0)
        return sorted(refused)


def _problem(answer: Any) -> str:
    """Why a request is worth another try; empty where it is not."""
    if answer.status_code in _PASSING:
        return f"status {answer.status_code}"
    if answer.status_code == 403:
        try:
            reasons = {e.get("reason") for e in answer.json()["error"]["errors"]}
        except (ValueError, KeyError, TypeError):
            return ""
        return "rate limit" if reasons & _PASSING_REASONS else ""
    return ""


def _words(answer: Mapping[str, Any]) -> str:
    error = answer.get("error")
    return str(error.get("message", ""))[:300] if isinstance(error, Mapping) else ""
