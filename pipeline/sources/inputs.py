"""Matches inputs to files and splits large files, before the run starts.

An input is a file, a folder, a glob on any Beam file system, or ``-`` (standard input). Names are matched in
the launching process, so that an input that matches nothing is an error that names it.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from apache_beam.io.filesystem import CompressionTypes
from apache_beam.io.filesystems import FileSystems

from dateline.pipeline import filesystems
from dateline.pipeline.errors import InputError
from dateline.pipeline.findings import no_right
from dateline.pipeline.settings import Settings
from dateline.pipeline.sources import listing as listings
from dateline.pipeline.sources import own_files
from dateline.pipeline.sources.carrier import SIDECAR, fields_for_all, read_table, rows_of_files
from dateline.pipeline.sources.listing import Listing
from dateline.pipeline.sources.registry import format_named, format_of, stem_of
from dateline.transforms import inflate, magic

PAGE, JSON, JSONL, WARC, XML, MAIL = "page", "json", "jsonl", "warc", "xml", "mail"
"""Formats that are recognized by content, for standard input and files whose name has no known ending."""
_BINARY = {"a Parquet file": "parquet", "a ZIP archive": "zip", "a tar archive": "tar"}
_MESSAGE = re.compile(
    rb"(?:[A-Za-z-]{2,40}: [^\n]{0,900}\n(?:[ \t][^\n]{0,900}\n){0,20}){1,60}?MIME-Version:", re.IGNORECASE
)

_DOMAIN = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,12}(?:/\S{0,300})?", re.IGNORECASE)
"""The address of a page without ``https://``."""

WORKER_BYTES = 256_000
"""The smallest piece of a file that becomes its own shard."""
SHARDS = 4
"""Shards for each worker, so that the others do not wait long for the last one."""
STDIN_LIMIT = 2_000_000_000
SPOOL_CHUNK = 1 << 16


class Shard(NamedTuple):
    """A file, or the records of a large file that begin in the bytes ``[start, end)``."""

    path: str
    format: str
    compressed: bool
    size: int
    start: int
    end: int
    split: bool
    sidecar: str | None
    fields: tuple[tuple[str, str], ...]
    """The fields of every record from settings and the metadata table."""
    name: str
    """The name of the file in origins."""
    take: int | None = None
    """The number of records to read, if limited."""
    lines: int | None = None
    """The number of lines before a shard that begins at a line, so that origins count lines as in a whole
    file."""


def match(inputs: Iterable[str], settings: Settings, listing: Listing | None = None) -> list[Shard]:
    """Every shard of every input, each file once, in order of name. Raises :class:`InputError`. ``listing``
    records the outcome of each file."""
    table = read_table(settings.metadata) if settings.metadata else {}
    listing = Listing() if listing is None else listing
    files: dict[str, tuple[int, str | None, str]] = {}
    patterns = list(inputs)
    for pattern in patterns:
        here = Listing()
        found = [f for f in _files(pattern, here) if f[0] == pattern or not _is_metadata(f[0], settings)]
        # The output of an earlier run beside the pages, as in ``dateline run *``, is left out like any file of another kind.
        if not found and not (here.own and len(patterns) > 1):
            last = len(patterns) > 1 and pattern == patterns[-1]
            raise InputError(f"{pattern}: matches no file that can be read{_why_none(pattern, here, last)}")
        for path, size, sidecar in found:
            files.setdefault(path, (size, sidecar, "-" if pattern == "-" else path))
        listing.add(here)
    listing.read += len(files)
    if settings.metadata:
        table = rows_of_files(table, files, settings.metadata)
    return [
        shard
        for path in sorted(files)
        for shard in _shards(path, *files[path][:2], table.get(path, {}), settings, files[path][2])
    ]


def _why_none(pattern: str, listing: Listing, last: bool = False) -> str:
    """Why an input matches nothing, and what to do. The last of several may be meant as the output, as in ``cp``."""
    if listing.own and listing.files == listing.own:
        return "; " + _OWN.get(
            own_files.what_of(pattern) or "", "it holds what dateline wrote: give the folder of the pages"
        )
    if listing.left:
        return f"; it holds {listing.left}; dateline guide inputs lists what can be read"
    if "://" in pattern or any(c in pattern for c in "*?["):
        return ""
    if os.path.isdir(pattern):
        return "; the folder is empty"
    if _DOMAIN.fullmatch(pattern) and format_of(pattern)[0] is None:
        return f"; for a page on the web give its address: https://{pattern}"
    meant = f"; to write there: --output {pattern}" if last and not os.path.splitext(pattern)[1] else ""
    return f"; there is no such file or folder{meant}"


_OWN = {
    "dead letters": "it holds dead letters: dateline replay reads them again",
    "events or dates": "it holds what dateline found in pages: give the pages",
}
"""What to do with a file that dateline wrote."""


def _is_metadata(path: str, settings: Settings) -> bool:
    """Whether a file in a folder is the metadata table of the others."""
    return settings.metadata is not None and os.path.abspath(path) == os.path.abspath(settings.metadata)


def _files(pattern: str, listing: Listing) -> Iterator[tuple[str, int, str | None]]:
    if pattern == "-":
        path = _spool()
        yield path, os.path.getsize(path), None
        return
    remote = "://" in pattern
    named = not remote and os.path.isfile(pattern)
    if named:  # A name may contain the characters of a glob.
        sizes = {pattern: os.path.getsize(pattern)}
    elif not remote and os.path.isdir(pattern):
        sizes = dict(_walk(pattern, listing))
    else:
        sizes = _match(pattern)
        named = remote and pattern in sizes
    sides = set() if named else listings.side_folders(sizes)
    own = _own(sizes, named) if not remote else set()
    for path in sorted(sizes):
        hidden = os.path.basename(path).startswith(".")
        if path.endswith(SIDECAR) or (hidden and not named):
            continue
        if path in own:
            listing.own += 1
            continue
        if (side := listings.is_within(path, sides)) is not None:
            listing.parts += 1
            listing.folders.add(side)
            continue
        if not named and format_of(path)[0] is None:
            listing.leave(path)
            continue
        beside = os.path.splitext(stem_of(path))[0] + SIDECAR
        exists = beside in sizes or (filesystems.exists(beside) if remote else os.path.isfile(beside))
        yield path, sizes[path], beside if exists else None


def _own(paths: Collection[str], named: bool) -> set[str]:
    """The files among ``paths`` that dateline wrote. A table of articles has their texts, so it is read if it is named."""
    return {p for p in own_files.own_files(paths) if not (named and own_files.what_of(p) == "articles")}


def _walk(folder: str, listing: Listing) -> Iterator[tuple[str, int]]:
    """The files of a folder at any depth. Links to folders are followed when everything else was listed, and no
    folder is listed twice, so that a loop of links ends."""
    seen: set[str] = set()
    roots = [folder]
    for root in roots:
        for here, folders, names in os.walk(root, onerror=_refuse):
            real = os.path.realpath(here)
            if real in seen:
                folders.clear()
                continue
            seen.add(real)
            folders[:] = sorted(f for f in folders if not f.startswith("."))
            roots += [path for f in folders if os.path.islink(path := os.path.join(here, f))]
            for name in names:
                path = os.path.join(here, name)
                if os.path.isfile(path):
                    yield path, os.path.getsize(path)
                elif os.path.islink(path) and not os.path.exists(path) and not name.startswith("."):
                    listing.broken += 1


def _refuse(error: OSError) -> None:
    """End a run at a folder that cannot be listed, because its files would be missing without a word."""
    raise InputError(f"{error.filename}: {no_right(error)}") from error


def _match(pattern: str) -> dict[str, int]:
    if (lacks := filesystems.missing(pattern)) is not None:
        raise InputError(lacks)
    try:
        found = filesystems.match(pattern + "**" if pattern.endswith("/") else pattern)
        if not found and "://" in pattern and not pattern.endswith("/"):
            found = filesystems.match(f"{pattern}/**")
    except OSError as error:
        raise InputError(f"{pattern}: {error.strerror or error}") from error
    return found


def _shards(
    path: str, size: int, sidecar: str | None, row: dict[str, str], settings: Settings, name: str
) -> Iterator[Shard]:
    found, compressed = format_of(path)
    if name == "-" or found is None:
        found, compressed = _sniff(path)
        if found == "zip" and os.path.splitext(path)[1]:
            found = PAGE  # A document or program in ZIP format; decode refuses it by name.
    known = fields_for_all(settings) | row
    fields = tuple(sorted(known.items()))
    kind = found
    splits = format_named(kind).splits
    splittable = splits == "always" or (splits == "uncompressed" and not compressed)
    if splits == "uncompressed" and splittable and size <= settings.split_bytes and "://" not in path:
        # Workers share a file that one of them could read; its origins do not change.
        each = max(WORKER_BYTES, -(-size // (SHARDS * settings.workers)))
        if settings.workers > 1 and each < size:
            for start, end, lines in _cut_at_lines(path, size, each):
                yield Shard(
                    path, kind, compressed, size, start, end, True, sidecar, fields, name, lines=lines
                )
            return
    if not splittable or size <= settings.split_bytes:
        yield Shard(path, kind, compressed, size, 0, size, False, sidecar, fields, name)
        return
    for start in range(0, size, settings.split_bytes):
        end = min(start + settings.split_bytes, size)
        yield Shard(path, kind, compressed, size, start, end, True, sidecar, fields, name)


def _cut_at_lines(path: str, size: int, each: int) -> Iterator[tuple[int, int, int]]:
    """``(start, end, lines before)`` of pieces of about ``each`` bytes that begin at lines, in one pass."""
    at = start = lines = before = 0
    with open(path, "rb") as file:
        while chunk := file.read(min(SPOOL_CHUNK, each)):
            if at + len(chunk) - start >= each and (cut := chunk.rfind(b"\n") + 1):
                end = at + cut
                yield start, end, before
                before = lines + chunk.count(b"\n", 0, cut)
                start = end
            lines += chunk.count(b"\n")
            at += len(chunk)
    if start < size:
        yield start, size, before


def _spool() -> str:
    """Standard input as a file, because workers are other processes and a record may be read again."""
    with tempfile.NamedTemporaryFile(prefix="dateline-stdin-", delete=False) as spool:
        while (chunk := sys.stdin.buffer.read(SPOOL_CHUNK)) and spool.tell() <= STDIN_LIMIT:
            spool.write(chunk)
        size = spool.tell()
    if 0 < size <= STDIN_LIMIT:
        return spool.name
    os.unlink(spool.name)
    if size:
        raise InputError(f"-: over {STDIN_LIMIT} bytes on standard input; give it as a file")
    raise InputError("-: nothing on standard input")


def discard(shards: Iterable[Shard]) -> None:
    """Remove the copy of standard input that :func:`match` made."""
    for path in {s.path for s in shards if s.name == "-"}:
        os.unlink(path)


def _sniff(path: str) -> tuple[str, bool]:
    """The format of a file by its content, and whether it is compressed."""
    with FileSystems.open(path, compression_type=CompressionTypes.UNCOMPRESSED) as file:
        head = file.read(SPOOL_CHUNK)
    codec = inflate.codec_of(head)
    compressed = codec is not None
    if codec is not None:
        try:
            head = next(inflate.Inflater(codec=codec).feed(head), b"")
        except inflate.Broken:
            return PAGE, True  # decode reports what is wrong with it.
    if (binary := _BINARY.get(magic.foreign(head) or "")) is not None:
        return binary, compressed
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"WARC/"):
        return WARC, compressed
    if magic.xml_root(head.decode("utf-8", "replace")) is not None or head.startswith(
        (b"<rss", b"<feed", b"<nitf")
    ):
        return XML, compressed
    if _MESSAGE.match(head):
        return MAIL, compressed
    if head.startswith(b"[") and head[1:].lstrip().startswith(b"{"):
        return JSON, compressed
    if not head.startswith(b"{"):
        return PAGE, compressed
    line, newline, _ = head.partition(b"\n")
    try:
        json.loads(line)
    except ValueError:
        # One object over many lines. A first line that is longer than the head is still a line.
        return (JSON if newline else JSONL), compressed
    return JSONL, compressed
