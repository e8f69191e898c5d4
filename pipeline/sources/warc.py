"""WARC records → raw articles: the responses and resources that hold a page.

A large file is split by byte ranges: a shard reads the records that begin within it.
Where a record begins is found by its own header, in the clear or as the first bytes of
a gzip member (every record of a ``.warc.gz`` is a member of its own).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from pipeline.sources.inputs import Shard
from transforms.model import Fault, RawArticle

PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain")
RECORD_LIMIT = 8_000_000
CHUNK = 1 << 20
_GZIP = b"\x1f\x8b\x08"
_PLAIN = b"WARC/1."


def read(file: BinaryIO, shard: Shard, told: dict[str, Any]) -> Iterator[RawArticle]:
    """The pages among the records that begin in ``[shard.start, shard.end)``."""
    start = first_record(file, shard.start, shard.size) if shard.start else 0
    if start is None or start >= shard.end:
        return
    file.seek(start)
    iterator = ArchiveIterator(file)
    offset = start
    try:
        for record in iterator:
            offset = start + iterator.get_record_offset()
            if shard.split and offset >= shard.end:
                return
            page = _page(record, f"{shard.name}@{offset}", told)
            if page is not None:
                yield page
    except (ArchiveLoadFailed, EOFError, zlib.error, ValueError, UnicodeDecodeError) as error:
        file.seek(offset)
        head = file.read(CHUNK)
        fault = Fault(
            type="undecodable",
            message=f"broken record: {error}",
            reference=f"{shard.path}@{offset}+{shard.size - offset}",
        )
        yield RawArticle(content=head, origin=f"{shard.name}@{offset}!", fault=fault, **told)


def _page(record: Any, origin: str, told: dict[str, Any]) -> RawArticle | None:
    if record.rec_type not in ("response", "resource"):
        return None
    http = record.http_headers
    media_type = (http.get_header("Content-Type") if http else None) or record.content_type or ""
    if record.rec_type == "resource":
        media_type = record.rec_headers.get_header("Content-Type") or ""
    if media_type.partition(";")[0].strip().lower() not in PAGE_TYPES:
        return None
    content = record.content_stream().read(RECORD_LIMIT + 1)
    if not isinstance(content, bytes):
        return None
    fault = None
    status = http.get_statuscode() if http else "200"
    if status and not status.startswith("2"):
        fault = Fault(type="not_an_article", message=f"HTTP status {status}")
    elif len(content) > RECORD_LIMIT:
        fault = Fault(type="too_large", message=f"over {RECORD_LIMIT} bytes", reference=origin)
    known = {
        "url": record.rec_headers.get_header("WARC-Target-URI"),
        "fetched_at": record.rec_headers.get_header("WARC-Date"),
    }
    return RawArticle(content=content, origin=origin, media_type=media_type, fault=fault, **(known | told))


def first_record(file: BinaryIO, start: int, size: int) -> int | None:
    """Where the first record at or after ``start`` begins; ``None`` where none does."""
    file.seek(start)
    at = start
    window = b""
    while at - len(window) < size:
        chunk = file.read(CHUNK)
        window += chunk
        at += len(chunk)
        base = at - len(window)
        position = 0
        while True:
            hits = [h for h in (window.find(_GZIP, position), window.find(_PLAIN, position)) if h >= 0]
            if not hits:
                break
            hit = min(hits)
            if _begins(window, hit, base + hit == 0):
                return base + hit
            position = hit + 1
        if not chunk:
            return None
        window = window[-4096:]
    return None


def _begins(window: bytes, hit: int, top: bool) -> bool:
    if window.startswith(_PLAIN, hit):
        return top or window[max(0, hit - 4) : hit] == b"\r\n\r\n"
    try:
        return zlib.decompressobj(wbits=31).decompress(window[hit : hit + 2048], 16).startswith(_PLAIN)
    except zlib.error:
        return False
