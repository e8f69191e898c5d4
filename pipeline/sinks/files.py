"""Exports on any Beam file system: ``gs://bucket/news/events.jsonl``, ``…/events.parquet``, or a folder ``gs://bucket/news/``.

A file is written whole beside this process first and takes its final name last, so nobody
reads half of one.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
from apache_beam.io.filesystem import BeamIOError, CompressionTypes
from apache_beam.io.filesystems import FileSystems

from pipeline.sinks.exports import PARQUET_FIELDS, export_file
from pipeline.sinks.outputs import OutputError
from pipeline.store.connection import StoreError
from pipeline.store.store import Store
from transforms.model import EVENT_SCHEMA

JSONL, PARQUET = ".jsonl", ".parquet"
DEAD_LETTERS = "dead_letters.jsonl"
_LINE = 10_000_000
_DATABASES = ("sqlite", "postgresql", "postgres", "mysql", "bigquery", "pubsub", "kafka")


class FileOutput(NamedTuple):
    """A file of events, or a folder (``url`` ends with ``/``) for all of them."""

    url: str

    @property
    def parts(self) -> list[tuple[str, str]]:
        """``(kind of export, address)``; dead letters stand beside the events."""
        if self.url.endswith("/"):
            return [(name, self.url + name) for name in ("events.jsonl", "events.parquet", DEAD_LETTERS)]
        ending = PARQUET if self.url.endswith(PARQUET) else JSONL
        stem = self.url.removesuffix(ending)
        return [(f"events{ending}", self.url), (DEAD_LETTERS, f"{stem}.{DEAD_LETTERS}")]


def file_output(name: str) -> FileOutput | None:
    """An ``--output`` that names files; ``None`` where it names something else.

    Raises OutputError for a file that is there and is not an earlier export.
    """
    scheme, mark, _ = name.partition("://")
    if mark and scheme.lower().split("+")[0] in _DATABASES:
        return None
    if name.endswith((JSONL, PARQUET)) or (mark and name.endswith("/")):
        if not mark and Path(name).exists() and not _is_ours(Path(name)):
            raise OutputError(f"{name}: is a file that no run has written; give another name")
        return FileOutput(name)
    return None


def _is_ours(path: Path) -> bool:
    """Whether a file is an earlier export. Someone who names input and output the wrong way round keeps the input."""
    try:
        if path.suffix == PARQUET:
            return bool(pq.read_schema(path).names == [name for name, _ in PARQUET_FIELDS])
        with path.open(encoding="utf-8") as file:
            line = file.readline(_LINE)
        return not line or bool(json.loads(line).get("schema") == EVENT_SCHEMA)
    except (OSError, ValueError, AttributeError, pa.ArrowException):
        return False


def write_files(store: Store, output: FileOutput) -> list[Path]:
    """Export a store; gives the paths of local files. Raises StoreError."""
    made = []
    with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
        for kind, address in output.parts:
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


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder}: {error.strerror}") from error


def _upload(local: Path, address: str) -> None:
    """An object store shows an object only when it is closed; a file system gets a rename."""
    scheme = address.partition("://")[0]
    partial = f"{address}.part" if scheme == "hdfs" else address
    try:
        with (
            local.open("rb") as source,
            FileSystems.create(partial, compression_type=CompressionTypes.UNCOMPRESSED) as target,
        ):
            shutil.copyfileobj(source, target)
        if partial != address:
            if FileSystems.exists(address):
                FileSystems.delete([address])
            FileSystems.rename([partial], [address])
    except (OSError, BeamIOError, ValueError) as error:
        raise StoreError(f"{address}: {error}") from error
