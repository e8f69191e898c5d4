"""Which files an input names, and how large ones are split: settled before the run starts.

An input is a file, a folder, a glob on any Beam file system, or ``-`` (standard
input). Names are matched in the launching process, so that an input that matches nothing
is an error that names it.
"""

from __future__ import annotations

import csv
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from apache_beam.io.filesystem import BeamIOError
from apache_beam.io.filesystems import FileSystems

from pipeline.config import Settings

PAGE, JSON, JSONL, WARC = "page", "json", "jsonl", "warc"
FORMATS = {
    ".txt": PAGE, ".text": PAGE, ".html": PAGE, ".htm": PAGE, ".xhtml": PAGE,
    ".json": JSON, ".jsonl": JSONL, ".ndjson": JSONL, ".warc": WARC,
}  # fmt: skip
SIDECAR = ".meta.json"
TOLD_COLUMNS = ("url", "source", "published", "modified", "zone", "language")
TOLD_LIMIT = 1_000_000
STDIN_LIMIT = 2_000_000_000


class InputError(Exception):
    """An input that names nothing, or that can not be read."""


class Shard(NamedTuple):
    """A file, or the records of a large one that begin in ``[start, end)`` bytes."""

    path: str
    kind: str
    compressed: bool
    size: int
    start: int
    end: int
    split: bool
    sidecar: str | None
    told: tuple[tuple[str, str], ...]
    name: str
    """How origins call the file."""
    take: int | None = None
    """Only the first so many records."""


def format_of(path: str) -> tuple[str | None, bool]:
    """The format that a name promises, and whether it is gzip."""
    lower = path.lower()
    compressed = lower.endswith(".gz")
    stem = lower.removesuffix(".gz")
    return FORMATS.get(os.path.splitext(stem)[1]), compressed


def match(inputs: Iterable[str], settings: Settings) -> list[Shard]:
    """Every shard of every input, each file once, in order of name. Raises :class:`InputError`."""
    told = read_told(settings.told) if settings.told else {}
    shards: dict[str, list[Shard]] = {}
    for pattern in inputs:
        found = list(_files(pattern))
        if not found:
            raise InputError(f"{pattern}: matches no file that can be read")
        for path, size, sidecar in found:
            if path not in shards:
                shards[path] = list(
                    _shards(path, size, sidecar, told, settings, "-" if pattern == "-" else path)
                )
    return [shard for path in sorted(shards) for shard in shards[path]]


def _files(pattern: str) -> Iterator[tuple[str, int, str | None]]:
    if pattern == "-":
        path = _spool()
        yield path, os.path.getsize(path), None
        return
    folder = "://" not in pattern and os.path.isdir(pattern)
    if folder or pattern.endswith("/"):
        pattern = pattern.rstrip("/") + "/**"
        folder = True
    try:
        results = FileSystems.match([pattern])
    except BeamIOError as error:
        raise InputError(f"{pattern}: {error}") from error
    except OSError as error:
        raise InputError(f"{pattern}: {error.strerror or error}") from error
    except ValueError as error:
        raise InputError(f"{pattern}: {error}") from error
    sizes = {m.path: m.size_in_bytes for m in results[0].metadata_list}
    wild = folder or any(c in pattern for c in "*?[")
    for path in sorted(sizes):
        base = os.path.basename(path)
        if path.endswith(SIDECAR) or (wild and (base.startswith(".") or format_of(path)[0] is None)):
            continue
        stem = path.removesuffix(".gz")
        beside = os.path.splitext(stem)[0] + SIDECAR
        if beside not in sizes and not (not wild and "://" not in path and os.path.exists(beside)):
            beside = ""
        yield path, sizes[path], beside or None


def _shards(
    path: str, size: int, sidecar: str | None, told: dict[str, dict[str, str]], settings: Settings, name: str
) -> Iterator[Shard]:
    kind, compressed = format_of(path)
    known = {k: v for k in ("published", "url", "zone", "language") if (v := getattr(settings, k))}
    known |= told.get(path) or told.get(os.path.basename(path)) or {}
    fields = tuple(sorted(known.items()))
    kind = kind or (PAGE if name != "-" else _sniff(path))
    splittable = (kind == JSONL and not compressed) or kind == WARC
    if not splittable or size <= settings.split_bytes:
        yield Shard(path, kind, compressed, size, 0, size, False, sidecar, fields, name)
        return
    for start in range(0, size, settings.split_bytes):
        end = min(start + settings.split_bytes, size)
        yield Shard(path, kind, compressed, size, start, end, True, sidecar, fields, name)


def _spool() -> str:
    """Standard input as a file: workers are other processes, and a record may be read again."""
    with tempfile.NamedTemporaryFile(prefix="dateline-stdin-", delete=False) as spool:
        shutil.copyfileobj(sys.stdin.buffer, spool)
        if spool.tell() > STDIN_LIMIT:
            raise InputError(f"-: over {STDIN_LIMIT} bytes on standard input; give it as a file")
        if spool.tell() == 0:
            raise InputError("-: nothing on standard input")
    return spool.name


def _sniff(path: str) -> str:
    with open(path, "rb") as file:
        head = file.read(4096).lstrip()
    return WARC if head.startswith(b"WARC/") else JSONL if head.startswith(b"{") else PAGE


def read_told(path: str) -> dict[str, dict[str, str]]:
    """A CSV with a column ``file`` and any of url, source, published, modified, zone, language."""
    try:
        with Path(path).open(newline="", encoding="utf-8-sig") as file:
            reader = csv.DictReader(file)
            columns = set(reader.fieldnames or ())
            if "file" not in columns:
                raise InputError(f"{path}: has no column 'file'")
            if unknown := columns - {"file", *TOLD_COLUMNS}:
                raise InputError(f"{path}: unknown columns: {', '.join(sorted(unknown))}")
            told = {}
            for number, row in enumerate(reader, 2):
                if number > TOLD_LIMIT:
                    raise InputError(f"{path}: over {TOLD_LIMIT} rows")
                told[row["file"]] = {k: v for k in TOLD_COLUMNS if (v := row.get(k))}
            return told
    except (OSError, csv.Error, UnicodeDecodeError) as error:
        raise InputError(f"{path}: {error}") from error
