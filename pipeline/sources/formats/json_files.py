"""JSON files → raw articles: JSON lines, an object, an array, objects one after another, the response of a
service."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from itertools import chain
from typing import Any

from dateline.pipeline.sources.formats.opened import Opened
from dateline.transforms import records
from dateline.transforms.charset import to_text
from dateline.transforms.decode import inflated
from dateline.transforms.errors import Rejection
from dateline.transforms.inflate import codec_of
from dateline.transforms.model import Fault, RawArticle

MEDIA = "application/json"
_SNIFFED = 1 << 16
_ORDER_LINES = 100
"""Records that are looked at to see whether days or months come first."""


def read_lines(opened: Opened) -> Iterator[RawArticle]:
    """The lines of a JSONL file that begin within the shard. A line with several records gives each of them."""
    shard, options, name = opened.shard, opened.options, opened.name
    at = shard.start
    order, chunks = _order_of_lines(opened)
    lines = split_lines(chunks, options.raw_bytes)
    if shard.start:
        first = next(lines, None)  # The end of a line that belongs to the previous shard.
        at += (first[1] - 1) if first else 0
    for number, (line, length, fault) in enumerate(lines, 1):
        if shard.split and at >= shard.end:
            return
        part = f"@{at}" if shard.split and shard.lines is None else f"#{(shard.lines or 0) + number}"
        if fault and fault.type == "too_large" and not shard.compressed:
            fault = fault.model_copy(update={"reference": f"{name}@{at}+{length}"})
        at += length
        if fault:
            yield opened.raw(line, part, media_type=MEDIA, fault=fault)
        elif line.strip():
            yield from _of_line(opened, line, part, order)


def _order_of_lines(opened: Opened) -> tuple[records.Orders, Iterator[bytes | Fault]]:
    """The order of day and month in the first lines of the file, and its bytes from where the shard begins."""
    if opened.shard.compressed:
        chunks = opened.chunks()
        first = next(chunks, b"")
        return _order(opened, first if isinstance(first, bytes) else b""), chain([first], chunks)
    opened.file.seek(0)
    head = opened.file.read(_SNIFFED)
    opened.file.seek(max(0, opened.shard.start - 1))
    return _order(opened, head), opened.chunks()


def _order(opened: Opened, head: bytes) -> records.Orders:
    if b"/" not in head and b"-" not in head:
        return {}
    found = []
    for line in head.split(b"\n")[:_ORDER_LINES]:
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict):
            found.append(value)
    return records.orders(found, opened.options.fields)


def _of_line(opened: Opened, line: bytes, part: str, order: records.Orders) -> Iterator[RawArticle]:
    found = None if _is_flat(line) else _records(opened, line)
    if not found and order:
        found = _one(opened, line, order)
    if not found:
        yield opened.raw(line, part, media_type=MEDIA)
        return
    for number, record in enumerate(found, 1):
        yield opened.raw(json.dumps(record), f"{part}.{number}" if len(found) > 1 else part, media_type=MEDIA)


def _is_flat(line: bytes) -> bool:
    """Whether a line can be nothing but one record without arrays and objects in it, and so not several records."""
    return line[:1] == b"{" and line.count(b"{") == 1 and b"[" not in line


def read(opened: Opened) -> Iterator[RawArticle]:
    """A JSON file with any arrangement of records.

    A file over the limit, or one that cannot be parsed as a whole, is split where its objects end; a broken
    or too large object is one dead letter.
    """
    data, fault = opened.whole()
    if _is_lines(opened, data):
        opened.file.seek(0)
        yield from read_lines(opened)
        return
    found = None if fault else _records(opened, data)
    if found is not None:
        order = records.orders(found[:_ORDER_LINES], opened.options.fields)
        for number, record in enumerate(found, 1):
            yield opened.raw(json.dumps(records.in_order(record, order)), f"#{number}", media_type=MEDIA)
        return
    pieces = _pieces(opened, data)
    first, second = next(pieces, None), next(pieces, None)
    if first is None or second is None:
        yield opened.raw(
            data, media_type=MEDIA, fault=fault
        )  # decode finds what is wrong, and reports it with the whole content.
        return
    for number, (piece, length) in enumerate(chain([first, second], pieces), 1):
        large = None
        if length > opened.options.raw_bytes:
            message = f"an object of {length} bytes, over the bound of {opened.options.raw_bytes}"
            large = Fault(type="too_large", message=message)
        yield opened.raw(piece, f"#{number}", media_type=MEDIA, fault=large)


def _pieces(opened: Opened, data: bytes) -> Iterator[tuple[bytes, int]]:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in data[:4]:
        return iter(())  # In UTF-16 no single byte is a bracket.
    opened.file.seek(0)
    chunks = (chunk for chunk in opened.chunks() if isinstance(chunk, bytes))
    first = next(chunks, b"").removeprefix(codecs.BOM_UTF8)
    return records.split_objects(chain([first], chunks), opened.options.raw_bytes)


def _one(opened: Opened, line: bytes, order: records.Orders) -> list[dict[str, Any]] | None:
    """The record of a line whose dates are in a known order; ``None`` where it has none of them."""
    try:
        record = records.load(to_text(line, MEDIA), opened.options)
    except Rejection:
        return None
    if not isinstance(record, dict) or (found := records.in_order(record, order)) == record:
        return None
    return [found]


def _records(opened: Opened, data: bytes) -> list[dict[str, Any]] | None:
    """The records of an array or a response; ``None`` for a single record, and for other content."""
    try:
        plain = inflated(data, opened.options)
        text = to_text(plain, MEDIA)
        value = records.load(text, opened.options)
    except Rejection:
        return None  # decode finds the error again, and reports it with the whole payload.
    found = records.found_in(value, opened.options.fields)
    if found is None and isinstance(value, list):
        return [item if isinstance(item, dict) else {"value": item} for item in value]
    return found


def _is_lines(opened: Opened, data: bytes) -> bool:
    """Whether the first line is a complete JSON object and other lines follow."""
    head = data[:_SNIFFED]
    if codec_of(head) is not None:
        try:
            head = inflated(data, opened.options)[:_SNIFFED]
        except Rejection:
            return False
    line, newline, rest = head.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")
    if not newline or not rest.lstrip(b" \t\r\n").startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def split_lines(chunks: Iterator[bytes | Fault], bound: int) -> Iterator[tuple[bytes, int, Fault | None]]:
    """``(line, length in the file, fault)``. A line over the limit is a fault that keeps its first bytes."""
    kept = bytearray()
    length = 0
    for chunk in chunks:
        if isinstance(chunk, Fault):
            yield bytes(kept), length, chunk
            return
        start = 0
        while (newline := chunk.find(b"\n", start)) >= 0:
            kept += chunk[start : newline + 1] if length <= bound else b""
            length += newline + 1 - start
            yield _line(kept, length, bound)
            kept, length, start = bytearray(), 0, newline + 1
        if length <= bound:
            kept += chunk[start:]
        length += len(chunk) - start
    if length:
        yield _line(kept, length, bound)


def _line(kept: bytearray, length: int, bound: int) -> tuple[bytes, int, Fault | None]:
    if length <= bound + 1:
        return bytes(kept), length, None
    return (
        bytes(kept[:bound]),
        length,
        Fault(type="too_large", message=f"a line of {length} bytes, over {bound}"),
    )
