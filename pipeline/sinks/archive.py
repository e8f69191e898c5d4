"""Archives the raw input of a stream, so that ``dateline run`` can read it again years later.

Each batch becomes one gzip file of JSON lines on any Beam file system. It is written before the batch is
processed, so that every article has its raw input. A batch that is retried writes its file again.
"""

from __future__ import annotations

import base64
import datetime
import gzip
import io
import json
from collections.abc import Sequence
from typing import Any

from dateline.pipeline import filesystems
from dateline.pipeline.errors import OutputError, StoreError
from dateline.transforms import records
from dateline.transforms.errors import Rejection
from dateline.transforms.model import DECLARED, RawArticle

_ELSEWHERE = ("content", "carrier", "declared", "fault", "origin", "media_type")
"""The fields of a raw article that a line does not contain, or contains under another name."""


class Archive:
    """An archive folder at a URL. ``run_id`` makes file names unique to one process.

    Raises :class:`~dateline.pipeline.errors.OutputError` if the file system needs something that is not
    installed.
    """

    def __init__(self, url: str, run_id: str) -> None:
        if (lacks := filesystems.missing(url)) is not None:
            raise OutputError(lacks)
        self.url = url.rstrip("/")
        self._run_id = run_id
        self._number = 0

    def keep(self, raws: Sequence[RawArticle]) -> None:
        """Write a batch. Raises StoreError."""
        day = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d")
        path = f"{self.url}/{day}/{self._run_id}-{self._number:08}.jsonl.gz"
        lines = "".join(line_of(raw) + "\n" for raw in raws)
        try:
            filesystems.write(path, io.BytesIO(gzip.compress(lines.encode(), 6, mtime=0)))
        except OSError as error:
            raise StoreError(f"{self.url}: {error}") from error

    def advance(self) -> None:
        """Note that the batch is stored: the next one gets a new file."""
        self._number += 1


def line_of(raw: RawArticle) -> str:
    """A raw article as a line that ``dateline run`` reads back."""
    row: dict[str, Any] = dict(raw.carrier)
    row |= raw.model_dump(exclude={*_ELSEWHERE}, exclude_none=True)
    row["archived_origin"] = raw.origin
    if raw.media_type == "application/json" and (inner := _record(raw.content)) is not None:
        # A record within a record would be read as text, so its fields are merged; they take precedence, as in decoding.
        return json.dumps(row | inner, ensure_ascii=True)
    row[DECLARED] = raw.declared
    if raw.media_type:
        row["media_type"] = raw.media_type
    if isinstance(raw.content, str):
        row["content"] = raw.content
    else:
        row["content_base64"] = base64.b64encode(raw.content).decode("ascii")
    return json.dumps(row, ensure_ascii=True)


def _record(content: bytes | str) -> dict[str, Any] | None:
    try:
        inner = records.load(content.decode() if isinstance(content, bytes) else content)
    except (Rejection, ValueError):
        return None  # It will become a dead letter, so it is kept unchanged.
    return inner if isinstance(inner, dict) else None
