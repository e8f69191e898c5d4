"""Exports on any Beam file system: ``gs://bucket/news/events.jsonl``, ``…/events.parquet``, or a folder ``gs://bucket/news/``.

A file is first written locally and takes its final name last, so that nobody reads half of one.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import pyarrow as pa
import pyarrow.parquet as pq

from dateline.pipeline import filesystems
from dateline.pipeline.errors import OutputError, StoreError
from dateline.pipeline.filesystems import files_exist
from dateline.pipeline.findings import Finding
from dateline.pipeline.sinks.exports import export_file
from dateline.pipeline.sinks.sink import Output, Run
from dateline.pipeline.store.store import Store
from dateline.transforms.model import EVENT_SCHEMA

JSONL, PARQUET = ".jsonl", ".parquet"
DEAD_LETTERS = "dead_letters.jsonl"
_LINE = 10_000_000


class FilesOutput(Output):
    """A file of events, or a folder (the address ends with ``/``) for all exports, written when a run has ended."""

    endless = False

    def __init__(self, address: str) -> None:
        self.address = address

    @classmethod
    def parse(cls, address: str) -> Self:
        """See :class:`~dateline.pipeline.sinks.sink.Output`. Refuses a file that exists and is not an earlier export."""
        if (lacks := filesystems.missing(address)) is not None:
            raise OutputError(lacks)
        local = Path(address)
        if "://" not in address and local.exists() and not _is_export(local):
            raise OutputError(f"{address}: is a file that no run has written; give another name")
        return cls(address)

    def open(self, run: Run) -> None:
        """See :class:`~dateline.pipeline.sinks.sink.Output`: it takes no part in the graph."""

    @property
    def parts(self) -> list[tuple[str, str]]:
        """``(kind of export, address)``; dead letters stand beside the events."""
        if self.address.endswith("/"):
            return [(name, self.address + name) for name in ("events.jsonl", "events.parquet", DEAD_LETTERS)]
        ending = PARQUET if self.address.endswith(PARQUET) else JSONL
        stem = self.address.removesuffix(ending)
        return [(f"events{ending}", self.address), (DEAD_LETTERS, f"{stem}.{DEAD_LETTERS}")]

    def export(self, store: Store) -> list[Path]:
        """See :class:`~dateline.pipeline.sinks.sink.Output`."""
        made: list[Path] = []
        with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
            for kind, address in self.parts:
                if "://" not in address:
                    path = Path(address)
                    _make(path.parent)
                    export_file(store, kind, path)
                    made.append(path)
                    continue
                local = Path(folder) / kind
                export_file(store, kind, local)
                _upload(local, address)
        return made

    def check(self) -> Iterator[Finding]:
        """See :class:`~dateline.pipeline.sinks.sink.Output`."""
        yield files_exist("files", self.address.rpartition("/")[0] or ".", must_match=False)


def _is_export(path: Path) -> bool:
    """Whether a file is an earlier export. This protects an input that is given as the output by mistake."""
    try:
        if path.suffix == PARQUET:
            return {"event_id", "revision"} <= set(
                pq.read_schema(path).names
            )  # of this or an earlier release
        with path.open(encoding="utf-8") as file:
            line = file.readline(_LINE)
        return not line or bool(json.loads(line).get("schema") == EVENT_SCHEMA)
    except (OSError, ValueError, AttributeError, pa.ArrowException):
        return False


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder}: {error.strerror}") from error


def _upload(local: Path, address: str) -> None:
    try:
        with local.open("rb") as content:
            filesystems.write(address, content)
    except OSError as error:
        raise StoreError(f"{address}: {error}") from error
