"""The rows of the flat tables that are computed are those of their views, whatever a store holds."""

from __future__ import annotations

import gzip
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from dateline.pipeline.store import flat_rows
from dateline.pipeline.store.connection import sqlite_url
from dateline.pipeline.store.location import parse
from dateline.pipeline.store.rows import ArticleRows, article_rows
from dateline.pipeline.store.schema import flat
from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.store import Store
from dateline.transforms.model import RawArticle
from dateline.transforms.walk import walk

HERE = Path(__file__).parent
PAGES = Path(__file__).parents[3] / "seeds" / "pages"
TABLES = (flat.DATES, flat.EVENTS)


def by_view(store: Store, table: flat.FlatTable) -> list[tuple[object, ...]]:
    return [tuple(flat.cells(table, tuple(row.values()))) for row in store.rows(sa.text(flat.rows_of(table)))]


def assert_equal(store: Store, least: int) -> None:
    for table in map(flat.FlatTable.without_records, TABLES):
        found = list(flat_rows.rows(store, table))
        assert found == by_view(store, table)
        assert len(found) >= least


@pytest.fixture(scope="module")
def seeds() -> list[ArticleRows]:
    pages = sorted(PAGES.glob("*.txt"))
    return [
        article_rows(walk(RawArticle(content=page.read_text("utf-8"), origin=page.name)), "s", "r")
        for page in pages
    ]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    one = Store(sqlite_url(tmp_path / "events.db"))
    yield one
    one.close()


def test_the_seeds(store: Store, seeds: list[ArticleRows], monkeypatch: pytest.MonkeyPatch) -> None:
    store.write_articles("r", seeds)
    store.write_articles("r", [older(seeds[0])])
    assert_equal(store, 20)
    monkeypatch.setattr(flat_rows, "ARTICLES", 2)
    assert_equal(store, 20)


def older(rows: ArticleRows) -> ArticleRows:
    """A revision of the same article that is not the current one."""
    old = {"revision": "0" * 16, "order_at": ""}
    parts = ([row | {"revision": "0" * 16} for row in part] for part in (rows.dates, rows.events))
    return ArticleRows(rows.article | old, *parts, "old")


def test_no_text_is_kept(store: Store, seeds: list[ArticleRows]) -> None:
    store.write_articles("r", [one._replace(article=one.article | {"text": None}) for one in seeds])
    assert_equal(store, 20)


def test_values_of_their_own_and_days_that_are_none(store: Store, seeds: list[ArticleRows]) -> None:
    store.write_articles("r", seeds)
    own = {
        t.event_rows: {"when_start": "2025-02-31", "when_end": "2024-02-29T10:00Z", "not_after": None, "verb": "x"},
        t.date_rows: {"day_start": "0000-01-01", "day_end": "2025-W01-1", "end": 7, "partial": "XXXX-10-07"},
    }  # fmt: skip
    for table, values in own.items():
        store.transact(lambda c, t=table, v=values: c.execute(sa.update(t).values(own=json.dumps(v))))
    assert_equal(store, 20)


def test_a_store_of_an_older_release(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "events.db")) as connection:
        connection.executescript(gzip.decompress((HERE / "schema_4.sql.gz").read_bytes()).decode())
    one = Store(sqlite_url(tmp_path / "events.db"))
    assert_equal(one, 10)
    one.close()


def test_postgresql(postgres: str, seeds: list[ArticleRows]) -> None:
    one = Store(parse(postgres).url)
    one.write_articles("r", seeds)
    assert_equal(one, 20)
    one.close()


def test_columns_of_the_article_come_last() -> None:
    """Rows are put together of their own cells and those of their article."""
    for table in TABLES:
        of_article = [column.source.startswith("a.") for column in table.in_sql]
        assert of_article == sorted(of_article)
