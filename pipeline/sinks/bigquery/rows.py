"""Articles as BigQuery takes them: one row with its dates and events inside, of a bounded size."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from dateline.pipeline.settings import Settings
from dateline.pipeline.sinks.counters import count
from dateline.pipeline.store.rows import article_row, article_rows
from dateline.transforms.errors import SchemaViolation
from dateline.transforms.identity import sha256
from dateline.transforms.model import DeadLetter, Envelope, RawArticle
from dateline.transforms.steps import reject

ROW_BYTES = 9_500_000
"""BigQuery takes requests and rows up to 10 MB, as JSON in ASCII: a Cyrillic letter is six bytes there."""


class Keyed(NamedTuple):
    """A row with its insert id and its size in bytes."""

    insert_id: str
    row: dict[str, Any]
    size: int


def keyed(name: str, row: dict[str, Any]) -> Keyed:
    """A row under an insert id made of ``name``."""
    return Keyed(sha256(name)[:32], row, len(json.dumps(row)))


def article_of(e: Envelope, settings: Settings, run_id: str) -> Keyed | DeadLetter:
    """The row of a finished envelope, which is counted; a dead letter where it is too large for BigQuery."""
    assert e.page is not None
    rows = article_rows(e, settings.fingerprint_of(e.page, e.raw), run_id, settings.store_text)
    row = keyed("|".join((*rows.key, rows.fingerprint, rows.article["origin"])), article_row(rows))
    if row.size > ROW_BYTES:
        return refused(e.raw, f"a row of {row.size} bytes, over BigQuery's 10 MB")
    count(rows)
    return row


def refused(raw: RawArticle, reason: str) -> DeadLetter:
    """The dead letter of an article whose row was refused."""
    return reject(raw, "Write", SchemaViolation(reason))
