"""Rows of our own pages and a store to put them in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from dateline.pipeline.store.connection import sqlite_url
from dateline.pipeline.store.packed import readings
from dateline.pipeline.store.rows import ArticleRows, article_rows, dead_letter_row
from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.schema import whole as whole_rows
from dateline.pipeline.store.store import Store
from dateline.transforms import errors
from dateline.transforms.model import RawArticle
from dateline.transforms.steps import reject
from dateline.transforms.walk import walk
from tests.pages import page

RUN = "run-1"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    one = Store(sqlite_url(tmp_path / "events.db"), retry_seconds=0.3)
    yield one
    one.close()


def rows(number: int, origin: str = "a", settings: str = "s1", run: str = RUN, **fields: Any) -> ArticleRows:
    one = page(number, sentences=4)
    told: dict[str, Any] = {"content": one.html(), "origin": origin, "url": one.url} | fields
    return article_rows(walk(RawArticle(**told)), settings, run)


def version(made: ArticleRows, number: int, **changes: Any) -> ArticleRows:
    return made._replace(article=made.article | {"pipeline_order": number, "pipeline": str(number)} | changes)


def held(store: Store, table: sa.Table | str) -> list[dict[str, Any]]:
    source = sa.text(f"SELECT * FROM {table}") if isinstance(table, str) else sa.select(table)
    return list(store.rows(source))


def whole(store: Store, name: str) -> list[dict[str, Any]]:
    """The rows of ``articles``, ``dates`` or ``events`` with what is packed of them, in order of article."""
    a = t.articles.c
    keys = sa.select(a.article_id, a.revision).order_by(a.article_id, a.revision)
    found = readings.every(store, keys)
    if name == "articles":
        return [one.article for one in found]
    return [
        {c.name: row[c.name] for c in whole_rows.metadata.tables[name].columns}
        for one in found
        for row in getattr(one, name)
    ]


def letter(origin: str = "x", run: str = RUN, message: str = "bad") -> dict[str, Any]:
    raw = RawArticle(content=b"words", origin=origin)
    return dead_letter_row(reject(raw, "Decode", errors.Undecodable(message)), run)
