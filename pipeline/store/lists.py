"""Lists of the articles and the dead letters of a store, for ``dateline list``."""

from __future__ import annotations

import os
from collections.abc import Iterator

import sqlalchemy as sa

from dateline.pipeline.store.connection import Database, Row
from dateline.pipeline.store.schema import tables as t

ARTICLE_COLUMNS = (
    "article_id", "published", "language", "publisher", "title", "dates", "events", "url", "origin", "pipeline",
)  # fmt: skip
ARTICLES_ON_SCREEN = ("id", "published", "language", "dates", "events", "file", "title")
LETTER_COLUMNS = (
    "dead_letter_id",
    "type",
    "stage",
    "message",
    "attempts",
    "first_failed_at",
    "version",
    "origin",
)
LETTERS_ON_SCREEN = ("id", "type", "attempts", "file", "message")


def articles(store: Database, undated: bool = False) -> Iterator[Row]:
    """Rows of :data:`ARTICLE_COLUMNS`, newest first and undated ones last, or only undated ones."""
    names = ", ".join(ARTICLE_COLUMNS)
    only = "WHERE published IS NULL" if undated else ""
    order = "CASE WHEN published IS NULL THEN 1 ELSE 0 END, published DESC, origin, article_id"
    for row in store.rows(sa.text(f"SELECT {names} FROM flat_articles {only} ORDER BY {order}")):
        yield row | {"published": row["published"] and str(row["published"])}


def dead_letters(store: Database) -> Iterator[Row]:
    """Rows of :data:`LETTER_COLUMNS` of the inputs that have not been read since, by type and origin."""
    d = t.dead_letters.c
    columns = [d[name] for name in LETTER_COLUMNS]
    return store.rows(
        sa.select(*columns).where(d.resolved_at.is_(None)).order_by(d.type, d.origin, d.dead_letter_id)
    )


def on_screen(row: Row) -> Row:
    """A row with a short id, and the name of its file instead of the path."""
    name = "article_id" if "article_id" in row else "dead_letter_id"
    return row | {"id": row[name][:8], "file": os.path.basename(row["origin"])}
