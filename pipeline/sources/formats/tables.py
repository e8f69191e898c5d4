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
    csv.field_size_limit(max(opened.options.raw_bytes, 131_072))
    chunks = _Chunks(opened)
    try:
        lines = _lines(chunks)
        first = next(lines, "")
        mark = first[4] if _SEPARATOR.match(first) else delimiter_of(first)
        if not _SEPARATOR.match(first):
            lines = chain([first], lines)
        loose = mark == "\t" and _LOOSE.search(chunks.head) is not None
        reader = csv.reader(lines, delimiter=mark, quoting=csv.QUOTE_NONE if loose else csv.QUOTE_MINIMAL)
        names = [name.strip().lstrip("\ufeff") for name in next(reader, [])]
        if not names:
            yield (
                opened.raw(b"", fault=chunks.fault)
                if chunks.fault is not None
                else opened.refused("an empty table", kind="empty")
            )
            return
        if (lacking := _lacking(names, opened)) is not None:
            yield opened.refused(
                lacking, head=chunks.head[:_SAMPLE].decode("utf-8", "replace"), kind="schema_violation"
            )
            return
        rows = (dict(zip(names, row, strict=False)) for row in reader)
        number = 0
        for number, row in enumerate(_in_order(opened, rows), 1):
            if any(map(str.strip, row.values())):
                yield _row(opened, row, number)
        if not number:
            yield opened.refused("a table without a row", kind="empty")
    except csv.Error as error:
        yield opened.refused(f"broken table near line {reader.line_num}: {error}", f"#{reader.line_num}+")
    if chunks.fault is not None:
        yield opened.raw(b"", "#end", fault=chunks.fault)


def _in_order(opened: Opened, rows: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The rows, their numeric dates in the order that the first rows show."""
    first = list(islice(rows, _ORDER_ROWS))
    known = records.orders(first, opened.options.fields)
    return (records.in_order(row, known) for row in chain(first, rows))


class _Chunks:
    """The bytes of a table. The first bytes can be examined before they are read."""

    def __init__(self, opened: Opened) -> None:
        self.fault: Fault | None = None
        self._chunks = opened.chunks()
        self.head = b""
        while len(self.head) < _SAMPLE and (chunk := self._next()):
            self.head += chunk

    def _next(self) -> bytes:
        chunk = next(self._chunks, b"")
        if isinstance(chunk, Fault):
            self.fault = chunk
            return b""
        return chunk

    def __iter__(self) -> Iterator[bytes]:
        yield self.head
        while chunk := self._next():
            yield chunk


def _lines(chunks: _Chunks) -> Iterator[str]:
    """The lines of a table with their line ends, because a quoted field may contain several lines."""
    decoder = codecs.getincrementaldecoder(_charset(chunks.head))("replace")
    rest = ""
    for chunk in chunks:
        text = rest + decoder.decode(chunk).replace("\x00", "")
        lines = text.splitlines(keepends=True) if "\r" in text else text.split("\n")
        if "\r" not in text:
            lines = [line + "\n" for line in lines[:-1]] + [lines[-1]]
        rest = lines.pop() if lines else ""
        yield from lines
        if len(rest) > csv.field_size_limit():
            yield rest  # The reader reports that a field is too large.
            rest = ""
    if rest := rest + decoder.decode(b"", True):
        yield rest


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
