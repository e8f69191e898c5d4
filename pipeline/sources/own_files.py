"""Recognizes files that dateline itself wrote, because a folder of pages often holds the output of an earlier run.

Read as pages they would give events of events: ``dateline run . --output out`` twice in a folder of 200 pages
made 1,700 articles of its own tables.
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterable

import pyarrow as pa
import pyarrow.parquet as pq

_STORE = "events.db"
_BESIDE = frozenset(
    [_STORE, f"{_STORE}-wal", f"{_STORE}-shm", "events.jsonl", "events.parquet", "dead_letters.jsonl", "report.html"]
)  # fmt: skip
"""What a run writes into its folder; other files there may be anybody's."""
_DATABASE = b"SQLite format 3\x00"
_KEYS = frozenset(["article_id", "revision", "pipeline"])
"""Names that every table and record of ours has, and no table of others."""
_LETTER = frozenset(["dead_letter_id", "payload_sha256"])
_HEAD = 4_000


def own_files(paths: Iterable[str]) -> set[str]:
    """The local files of ``paths`` that dateline wrote: outputs, exported tables, dead letters."""
    found = list(paths)
    outputs = {
        os.path.dirname(path)
        for path in found
        if os.path.basename(path) == _STORE and _head(path, len(_DATABASE)) == _DATABASE
    }
    return {path for path in found if _is_beside(path, outputs) or what_of(path) is not None}


def _is_beside(path: str, outputs: set[str]) -> bool:
    return os.path.dirname(path) in outputs and os.path.basename(path) in _BESIDE


def what_of(path: str) -> str | None:
    """What a table or a file of JSON lines of ours holds (``events``, ``articles``, ``dead letters``); ``None`` for any other file."""
    ending = os.path.splitext(path)[1].lower()
    names = _NAMES[ending](path) if ending in _NAMES else frozenset()
    if names >= _LETTER:
        return "dead letters"
    if not names >= _KEYS:
        return None
    return "articles" if "byline" in names else "events or dates"


def _head(path: str, size: int = _HEAD) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read(size)
    except OSError:  # The reader of the file reports it.
        return b""


def _of_csv(path: str) -> frozenset[str]:
    first = _head(path).removeprefix(b"\xef\xbb\xbf").partition(b"\n")[0].decode("utf-8", "replace")
    try:
        return frozenset(next(csv.reader([first.rstrip("\r")]), []))
    except csv.Error:
        return frozenset()


def _of_lines(path: str) -> frozenset[str]:
    """The keys with which the first record begins: it may be longer than the head."""
    head = _head(path)
    if not (
        head.startswith(b'{"')
        and any(f'"{name}"'.encode() in head for name in ("article_id", "dead_letter_id"))
    ):
        return frozenset()
    try:
        with open(path, encoding="utf-8") as file:
            record = json.loads(file.readline(16_000_000))
    except (OSError, ValueError, RecursionError):
        return frozenset()
    return frozenset(record) if isinstance(record, dict) else frozenset()


def _of_parquet(path: str) -> frozenset[str]:
    try:
        return frozenset(pq.read_schema(path).names)
    except (OSError, ValueError, pa.ArrowException):
        return frozenset()


_NAMES = {".csv": _of_csv, ".jsonl": _of_lines, ".parquet": _of_parquet}
