"""WARC records → raw articles: the responses and resources that hold a page.

A large file is split by byte ranges: a shard reads the records that begin within it.
Where a record begins is found by its own header, in the clear or as the first bytes of
a gzip member (every record of a ``.warc.gz`` is a member of its own).
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

import pyarrow as pa
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from dateline.pipeline.sources.formats.opened import Opened
from dateline.pipeline.sources.formats.passed import pass_over
from dateline.transforms import inflate, magic
from dateline.transforms.model import Fault, RawArticle

PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain")
_DOCUMENTS = ("application/pdf", "application/msword", "application/rtf", "text/rtf", "application/epub+zip")
_RATIO = 200
CHUNK = 1 << 20
_GZIP = b"\x1f\x8b\x08"
_PLAIN = b"WARC/1."
_BLANK = b"\r\n\r\n"


def read(opened: Opened) -> Iterator[RawArticle]:
    """The pages among the records that begin in ``[shard.start, shard.end)``, each within the bound of size.

    What is broken is one raw article with a fault, up to where the next record begins.
    """
    file, shard = opened.file, opened.shard
    if shard.start == 0:
        try:
            plain = _one_stream(file)
        except ValueError as error:
            yield opened.refused(f"a broken web archive: {error}")
            return
        if plain is not None:
            yield from _read_one_stream(opened, plain)
            return
    start = first_record(file, shard.start, shard.size) if shard.start else 0
    while start is not None and start < shard.end:
        file.seek(start)
        try:
            yield from _pages(opened, file, shard.end)
            return
        except BrokenRecord as error:
            start = first_record(file, error.offset + 1, shard.size)
            end = shard.size if start is None else start
            file.seek(error.offset)
            head = file.read(min(CHUNK, end - error.offset))
            yield error.as_raw(opened, head, f"+{end - error.offset}")


class BrokenRecord(Exception):
    """A record that cannot be read, and where it begins."""

    def __init__(self, offset: int, message: str) -> None:
        super().__init__(message)
        self.offset = offset

    def as_raw(self, opened: Opened, head: bytes, length: str) -> RawArticle:
        """What stands for the record: its head, and where the whole is."""
        part = f"@{self.offset}"
        message = f"broken record: {' '.join(str(self).split())[:200]}"
        fault = Fault(type="undecodable", message=message, reference=opened.name + part + length)
        return opened.raw(head, part, fault=fault)


def _pages(opened: Opened, file: BinaryIO, end: int) -> Iterator[RawArticle]:
    iterator = ArchiveIterator(file)
    while (offset := iterator.offset) < end:
        try:
            record = next(iterator, None)
            if record is None:
                # The iterator takes an archive that was cut for its end; reading on tells them apart.
                file.read(1)
                return
            page = _page(opened, record, f"@{offset}")
            iterator.read_to_end()
            if record.raw_stream.limit > 0:
                raise EOFError("the file ends within it")
        except (ArchiveLoadFailed, EOFError, ValueError, OSError, *inflate.ERRORS) as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise  # of the file system, and no fault of the record
            raise BrokenRecord(offset, str(error)) from error
        if page is not None:
            yield page


def _one_stream(file: BinaryIO) -> BinaryIO | None:
    """A reader of a WARC that is decompressed from its top: its records are no members of gzip. Raises ``ValueError``."""
    file.seek(0)
    packed = file.read(CHUNK)
    file.seek(0)
    if packed.startswith(inflate.ZSTD_DICTIONARY):
        return cast("BinaryIO", inflate.zstd_reader_with_dictionary(file))
    codec = inflate.codec_of(packed)
    if codec is None:
        return None
    if codec is not inflate.GZIP:
        return cast("BinaryIO", codec.reader(file))
    try:
        head = zlib.decompressobj(wbits=31).decompress(packed, CHUNK)
    except zlib.error:
        return None
    whole = head.startswith(_PLAIN) and head.find(_BLANK + _PLAIN) > 0
    return cast("BinaryIO", codec.reader(file)) if whole else None


def _read_one_stream(opened: Opened, plain: BinaryIO) -> Iterator[RawArticle]:
    """All records of such a file, read in one go: it has no place to begin but its top."""
    with plain:
        try:
            yield from _pages(opened, plain, sys.maxsize)
        except BrokenRecord as error:
            yield error.as_raw(opened, b"", "+")


def _page(opened: Opened, record: Any, part: str) -> RawArticle | None:
    if not record.rec_type or record.rec_headers.get_header("Content-Length") is None:
        raise ValueError("a record without type or length")
    if record.rec_type not in ("response", "resource", "conversion"):
        pass_over(record.rec_type)
        return None
    http = record.http_headers
    media_type = _media_type(record)
    kind = media_type.partition(";")[0].strip().lower()
    if kind and kind not in PAGE_TYPES:
        # A document may well be an article; pictures, styles and scripts are none.
        name = magic.declared(kind)
        if name is not None and kind in _DOCUMENTS:
            return opened.refused(magic.refusal(name), part)
        pass_over(kind if kind.startswith(("text/", "application/")) else kind.partition("/")[0])
        return None
    limit = opened.options.raw_bytes
    content = record.content_stream().read(limit + 1)
    if not isinstance(content, bytes):
        pass_over("empty")
        return None
    known = {
        "url": record.rec_headers.get_header("WARC-Target-URI"),
        "fetched_at": record.rec_headers.get_header("WARC-Date"),
    }
    status = http.get_statuscode() if http else "200"
    if status and not status.startswith("2"):
        refused = Fault(type="not_an_article", message=f"HTTP status {status}")
        return opened.raw(content, part, media_type=media_type or None, fault=refused, **known)
    fault: Fault | None = None
    if (encoding := _encoding(http)) is not None:
        content, fault = _decompressed(content, encoding, limit)
    if len(content) > limit:
        fault = Fault(type="too_large", message=f"over {limit} bytes", reference=opened.name + part)
    if not kind and fault is None and (foreign := magic.foreign(content)) is not None:
        fault = Fault(type="undecodable", message=magic.refusal(foreign))
    return opened.raw(content, part, media_type=media_type or None, fault=fault, **known)


def _media_type(record: Any) -> str:
    """The type that a record's page has: the server's, for records without an answer their own; of two the first that is a page."""
    http = record.http_headers
    if record.rec_type == "response" and http is not None:
        told = [value for name, value in http.headers if name.lower() == "content-type" and value.strip()]
    else:
        own = record.rec_headers.get_header("Content-Type") or ""
        told = [own] if own and not own.startswith("application/http") else []
    pages = [value for value in told if value.partition(";")[0].strip().lower() in PAGE_TYPES]
    return next(iter(pages or told), "")


def _encoding(http: Any) -> str | None:
    """The coding of a body that the archive's reader leaves as it is."""
    told = ((http.get_header("Content-Encoding") if http else None) or "").strip().lower()
    return {"zstd": "zstd", "br": "brotli"}.get(told)


def _decompressed(content: bytes, encoding: str, limit: int) -> tuple[bytes, Fault | None]:
    """A body without its coding, at most one byte over the limit; one that was stored without it stays as it is."""
    out = bytearray()
    try:
        with pa.CompressedInputStream(pa.BufferReader(content), encoding) as stream:
            while len(out) <= limit and (piece := stream.read(CHUNK)):
                out += piece
                if len(out) > max(CHUNK, _RATIO * len(content)):
                    return content[:0], Fault(
                        type="too_large", message=f"over {_RATIO} times its size when decompressed"
                    )
    except (OSError, pa.ArrowException) as error:
        if out or content.lstrip()[:1] != b"<":
            return content, Fault(
                type="undecodable", message=f"broken {encoding}: {' '.join(str(error).split())[:120]}"
            )
        return content, None
    return bytes(out[: limit + 1]), None


def first_record(file: BinaryIO, start: int, size: int) -> int | None:
    """Where the first record at or after ``start`` begins; ``None`` where none does."""
    at = max(0, start - len(_BLANK))  # a record in the clear is known by the blank lines before it
    file.seek(at)
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
            if base + hit >= start and _begins(window, hit, base + hit == 0):
                return base + hit
            position = hit + 1
        if not chunk:
            return None
        window = window[-4096:]
    return None


def _begins(window: bytes, hit: int, top: bool) -> bool:
    if window.startswith(_PLAIN, hit):
        return top or window[max(0, hit - len(_BLANK)) : hit] == _BLANK
    try:
        return zlib.decompressobj(wbits=31).decompress(window[hit : hit + 2048], 16).startswith(_PLAIN)
    except zlib.error:
        return False
