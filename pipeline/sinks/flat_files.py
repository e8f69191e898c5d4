"""The flat tables of a store as Parquet, CSV or JSON lines, and as Arrow; see :mod:`dateline.pipeline.store.schema.flat`."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from dateline.pipeline.sinks.cells import safe_cell
from dateline.pipeline.sinks.replacing import replacing
from dateline.pipeline.store import flat_rows
from dateline.pipeline.store.connection import Database
from dateline.pipeline.store.schema.flat import FlatTable

CHUNK = 500
ROW_GROUP = 10_000
"""Rows of a row group of a Parquet file. The description of each group stays in memory until the file is closed, and
readers load all of them: with groups of 2,000 rows they took 26 MB for 100,000 articles."""
_TYPES = {"text": pa.string(), "day": pa.date32(), "integer": pa.int64()}


def schema(table: FlatTable) -> Any:
    """The Arrow schema of a table; the meaning of each column is the metadata ``help`` of its field."""
    return pa.schema([pa.field(c.name, _TYPES[c.kind], metadata={"help": c.help}) for c in table.columns])


def batches(store: Database, table: FlatTable) -> Iterator[Any]:
    """The rows of a table as Arrow record batches, in the order of the table."""
    arrow = schema(table)
    for rows in _chunks(store, table):
        columns = zip(*rows, strict=True)
        arrays = [pa.array(column, field.type) for column, field in zip(columns, arrow, strict=True)]
        yield pa.RecordBatch.from_arrays(arrays, schema=arrow)


def table_of(store: Database, table: FlatTable) -> Any:
    """A whole table as an Arrow table."""
    return pa.Table.from_batches(batches(store, table), schema=schema(table))


def write(store: Database, table: FlatTable, form: str, path: Path) -> None:
    """Write a table in one of :data:`FORMATS`. The file takes its name when it is whole. Raises StoreError."""
    FORMATS[form](store, table, path)


def _parquet(store: Database, table: FlatTable, path: Path) -> None:
    with (
        replacing(path, "wb") as file,
        pq.ParquetWriter(file, schema(table), compression="zstd") as writer,
    ):
        groups = batches(store, table)
        while group := list(islice(groups, ROW_GROUP // CHUNK)):
            writer.write_table(pa.Table.from_batches(group))


def _csv(store: Database, table: FlatTable, path: Path) -> None:
    with replacing(path) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(table.names)
        for rows in _chunks(store, table):
            writer.writerows([safe_cell(value) for value in row] for row in rows)


def _jsonl(store: Database, table: FlatTable, path: Path) -> None:
    with replacing(path) as file:
        for rows in _chunks(store, table):
            for row in rows:
                _line(file, dict(zip(table.names, row, strict=True)))


def _line(file: IO[Any], row: dict[str, Any]) -> None:
    file.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")


def _chunks(store: Database, table: FlatTable) -> Iterator[list[tuple[Any, ...]]]:
    rows = flat_rows.rows(store, table)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


FORMATS: dict[str, Callable[[Database, FlatTable, Path], None]] = {
    "parquet": _parquet,
    "csv": _csv,
    "jsonl": _jsonl,
}
"""The formats of files, by the ending of their names."""
