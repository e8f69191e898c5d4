"""Tables → raw articles: each row of CSV, TSV and Parquet is a record. Rows are read in batches of bounded
size."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from itertools import chain, islice
from typing import Any, BinaryIO, cast

import pyarrow as pa
import pyarrow.parquet as pq

from dateline.pipeline.sources.formats.opened import Opened
from dateline.pipeline.sources.formats.table_heads import delimiter_of
from dateline.transforms import records
from dateline.transforms.model import Fault, RawArticle

MEDIA_TYPE = "application/json"
_SAMPLE = 1 << 20
_SEPARATOR = re.compile(r"sep=.\s*\Z", re.DOTALL)
"""The line with which Excel says what separates the columns."""
_LOOSE = re.compile(rb"(?:^|\t)\"[^\"\t\n]{0,2000}\"[^\"\t\r\n]", re.MULTILINE)
"""A cell that opens with a quotation of its own: the table has no quoted cells."""
_ORDER_ROWS = 100
"""Rows that are read ahead to see whether days or months come first."""
_BATCH = 64
"""Rows of Parquet that are decoded at once."""
_COLUMNS = 2_000
_INFLATED = 256_000_000
"""Bytes of a Parquet file inside gzip, which cannot be read in part."""
_ROW_BYTES = 64_000_000
"""The largest mean size of a row; a row group with more is refused before it is read."""


def read_csv(opened: Opened) -> Iterator[RawArticle]:
    """The rows of a table of text, by the names in its first row. Separators are commas, semicolons, tabs or bars."""
    # The limit belongs to the process. A cell over the bound of a page is a dead letter, and the rows go on behind it.
    csv.field_size_limit(max(opened.options.raw_bytes, _ROW_BYTES))
    file = _Bytes(opened)
    lines = _lines(file)
    try:
        first = next(lines, "")
    except csv.Error as error:
        yield opened.refused(f"no table: {error}", head=file.head, kind="too_large")
        return
    mark = first[4] if _SEPARATOR.match(first) else delimiter_of(first)
    if not _SEPARATOR.match(first):
        lines = chain([first], lines)
    loose = mark == "\t" and _LOOSE.search(file.head) is not None
    reader = csv.reader(lines, delimiter=mark, quoting=csv.QUOTE_NONE if loose else csv.QUOTE_MINIMAL)
    rows = _Rows(reader)
    if not rows.names:
        yield (
            opened.raw(b"", fault=file.fault)
            if file.fault is not None
            else opened.refused("an empty table", kind="empty")
        )
        return
    if (lacking := _lacking(rows.names, opened)) is not None:
        yield opened.refused(
            lacking, head=file.head[:_SAMPLE].decode("utf-8", "replace"), kind="schema_violation"
        )
        return
    number = 0
    for number, row in enumerate(_in_order(opened, iter(rows)), 1):
        if any(map(str.strip, row.values())):
            yield _row(opened, row, number)
    if rows.error is not None:
        yield opened.refused(f"broken table near line {reader.line_num}: {rows.error}", f"#{number + 1}+")
    elif not number:
        yield opened.refused("a table without a row", kind="empty")
    if file.fault is not None:
        yield opened.raw(b"", "#end", fault=file.fault)


class _Rows:
    """The rows of a table by the names in its first row, up to an error that the reader cannot get past."""

    def __init__(self, reader: Iterator[list[str]]) -> None:
        self.error: csv.Error | None = None
        self._reader = reader
        self.names = [name.strip().lstrip("\ufeff") for name in self._next() or []]

    def _next(self) -> list[str] | None:
        try:
            return next(self._reader, None)
        except csv.Error as error:
            self.error = error
            return None

    def __iter__(self) -> Iterator[dict[str, Any]]:
        while (row := self._next()) is not None:
            yield dict(zip(self.names, row, strict=False))


def _in_order(opened: Opened, rows: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The rows, their numeric dates in the order that the first rows show."""
    first = list(islice(rows, _ORDER_ROWS))
    known = records.orders(first, opened.options.fields)
    return (records.in_order(row, known) for row in chain(first, rows))


class _Bytes(io.RawIOBase):
    """The decompressed bytes of a table as a file; ``head`` are the first of them, ``fault`` is what ended them early."""

    def __init__(self, opened: Opened) -> None:
        self.fault: Fault | None = None
        self._chunks = opened.chunks()
        head = bytearray()
        while len(head) < _SAMPLE and (chunk := self._next()):
            head += chunk
        self.head = bytes(head)
        self._rest = memoryview(self.head)

    def _next(self) -> bytes:
        chunk = next(self._chunks, b"")
        if isinstance(chunk, Fault):
            self.fault = chunk
            return b""
        return chunk

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._rest:
            self._rest = memoryview(self._next())
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


def _lines(file: _Bytes) -> Iterator[str]:
    """The lines of a table with their line ends, because a quoted field may contain several lines.

    Raises :class:`csv.Error` for a line that is longer than a field may be.
    """
    text = io.TextIOWrapper(io.BufferedReader(file), _charset(file.head), "replace", newline="")
    limit = csv.field_size_limit()
    while line := text.readline(limit + 1):
        if len(line) > limit:
            raise csv.Error(f"a line of more than {limit} characters")
        yield line.replace("\x00", "")


def _charset(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "cp1252"  # The encoding that spreadsheets write.
    return "utf-8-sig"


def _lacking(names: list[str], opened: Opened) -> str | None:
    """The error message for a table without a column that is known to contain text."""
    if records.names_text(names, opened.options.fields):
        return None
    shown = ", ".join(names)[:200]
    if (mapped := opened.options.fields.get("content")) is not None:
        return f"a table without the column {mapped!r} that --map names; it has: {shown}"
    return (
        f"a table with no column that is known to hold a text; it has: {shown}. Name it: --map content=COLUMN"
    )


def _row(opened: Opened, row: Mapping[str, Any], number: int) -> RawArticle:
    filled = {name: value for name, value in row.items() if name and value not in (None, "")}
    return opened.raw(json.dumps(filled, default=_plain), f"#{number}", media_type=MEDIA_TYPE)


def _plain(value: Any) -> Any:
    """The JSON form of other values: timestamps as ISO 8601, bytes omitted."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return None if isinstance(value, bytes) else str(value)


def read_parquet(opened: Opened) -> Iterator[RawArticle]:
    """The rows of the row groups that begin within the shard."""
    shard = opened.shard
    source: BinaryIO = opened.file
    if shard.compressed:
        inflated = bytearray()
        for chunk in opened.chunks():
            inflated += chunk if isinstance(chunk, bytes) else b""
            if len(inflated) > _INFLATED:
                yield opened.refused(f"over {_INFLATED} bytes when decompressed", kind="too_large")
                return
        source = io.BytesIO(inflated)
    try:
        table = pq.ParquetFile(cast("Any", source))
    except (pa.ArrowException, OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        if not shard.start:
            yield opened.refused(f"broken Parquet: {' '.join(str(error).split())[:200]}")
        return
    names = table.schema_arrow.names[:_COLUMNS]
    if (lacking := _lacking(names, opened)) is not None:
        if not shard.start:
            yield opened.refused(lacking, kind="schema_violation")
        return
    number = 0
    for n in range(table.num_row_groups):
        group = table.metadata.row_group(n)
        first, number = number, number + group.num_rows
        if not shard.split or shard.start <= _begins(group) < shard.end:
            yield from _group(opened, table, n, first, group)


def _begins(group: Any) -> int:
    column = group.column(0)
    return int(column.dictionary_page_offset or column.data_page_offset)


def _group(opened: Opened, table: pq.ParquetFile, n: int, first: int, group: Any) -> Iterator[RawArticle]:
    mean = group.total_byte_size // max(1, group.num_rows)
    if mean > _ROW_BYTES:
        yield opened.refused(f"row group {n + 1}: rows of {mean} bytes", f"#{first + 1}", kind="too_large")
        return
    number = first
    try:
        for batch in table.iter_batches(
            batch_size=_BATCH, row_groups=[n], columns=table.schema_arrow.names[:_COLUMNS]
        ):
            for row in batch.to_pylist():
                number += 1
                yield _row(opened, row, number)
    except (pa.ArrowException, OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        message = f"row group {n + 1} is broken: {' '.join(str(error).split())[:200]}"
        yield opened.refused(message, f"#{number + 1}+")
