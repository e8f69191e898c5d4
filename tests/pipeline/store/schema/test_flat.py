"""The flat tables: every column says what the record says, in both databases, with spans that hold."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dateline.pipeline.sinks import flat_files
from dateline.pipeline.store.connection import sqlite_url
from dateline.pipeline.store.rows import ArticleRows, article_rows
from dateline.pipeline.store.schema import flat
from dateline.pipeline.store.store import Store
from dateline.transforms.model import RawArticle
from dateline.transforms.walk import walk

ROOT = Path(__file__).parents[4]
PAGES = ("02_page_clock_and_nesting.txt", "05_page_clock_only_bounds.txt", "08_wire_story.txt")


@pytest.fixture(scope="module")
def articles() -> list[ArticleRows]:
    made = []
    for name in PAGES:
        text = (ROOT / "seeds/pages" / name).read_text("utf-8")
        made.append(article_rows(walk(RawArticle(content=text, origin=name)), "s", "r"))
    return made


@pytest.fixture
def store(tmp_path: Path, articles: list[ArticleRows]) -> Iterator[Store]:
    one = Store(sqlite_url(tmp_path / "events.db"))
    one.write_articles("r", articles)
    yield one
    one.close()


def rows(store: Store, name: str) -> list[dict[str, Any]]:
    table = flat.TABLES[name]
    return list(flat_files.table_of(store, table).to_pylist())


def test_events_say_what_their_records_say(store: Store, articles: list[ArticleRows]) -> None:
    texts = {a.article["article_id"]: a.article["text"] for a in articles}
    found = rows(store, "events")
    assert len(found) == sum(len(a.events) for a in articles) > 0
    timed = 0
    for row in found:
        record, text = json.loads(row["record"]), texts[row["article_id"]]
        when = record["when"] or {}
        assert row["kind"] == record["kind"]
        assert row["precision"] == when.get("precision")
        assert row["when_time"] == when.get("time")
        assert row["anchor_text"] == (when.get("anchor") or {}).get("text")
        assert row["when_start"] == (
            datetime.date.fromisoformat(when["start"]) if when.get("start") else None
        )
        assert text[row["verb_start"] : row["verb_end"]] == row["verb"]
        assert text[row["sentence_start"] : row["sentence_end"]] == row["sentence"]
        assert row["sentence_start"] <= row["verb_start"] < row["sentence_end"]
        if record["content"]:
            assert row["content_start"] == record["content"][0]["start"]
            assert row["content_end"] == record["content"][-1]["end"]
        if when:
            timed += 1
            assert text[row["when_text_start"] : row["when_text_end"]] == row["when_text"]
        if record["about"]:
            assert row["about_text"] == record["about"][0]["span"]["exact"]
        assert row["language"] == "en"
        assert row["pipeline"] == record["pipeline"]
    assert timed


def test_dates_stand_in_their_sentences(store: Store, articles: list[ArticleRows]) -> None:
    texts = {a.article["article_id"]: a.article["text"] for a in articles}
    found = rows(store, "dates")
    assert len(found) == sum(len(a.dates) for a in articles) > 0
    for row in found:
        text = texts[row["article_id"]]
        assert text[row["start"] : row["end"]] == row["text"]
        assert row["text"] in row["sentence"]
        assert row["day_start"] is None or row["day_start"] < row["day_end"]


def test_articles_count_what_they_hold_and_are_bounded(store: Store) -> None:
    found = {row["origin"]: row for row in rows(store, "articles")}
    assert set(found) == set(PAGES)
    wire, bounded = found[PAGES[2]], found[PAGES[1]]
    assert wire["published"] == datetime.date(2025, 11, 19)
    assert (wire["anchor_kind"], wire["anchor_value"], wire["dateline_place"]) == (
        "dateline",
        "2025-11-18",
        "HALIFAX, Nova Scotia",
    )
    assert wire["events"] == sum(row["origin"] == PAGES[2] for row in rows(store, "events"))
    assert wire["dates"] == sum(row["origin"] == PAGES[2] for row in rows(store, "dates"))
    assert bounded["published"] is None
    assert isinstance(bounded["not_after"], datetime.date)


def test_an_older_revision_is_in_no_table(store: Store, articles: list[ArticleRows]) -> None:
    newer = articles[2].article | {"revision": "f" * 16, "order_at": "2030-01-01T00:00:00"}
    store.write_articles("r2", [ArticleRows(newer, [], [], "x")])
    assert sum(row["origin"] == PAGES[2] for row in rows(store, "articles")) == 1
    assert not any(row["origin"] == PAGES[2] for row in rows(store, "events"))


def test_no_text_leaves_the_sentence_empty(tmp_path: Path) -> None:
    text = (ROOT / "seeds/pages" / PAGES[2]).read_text("utf-8")
    made = article_rows(walk(RawArticle(content=text, origin="o")), "s", "r", store_text=False)
    one = Store(sqlite_url(tmp_path / "hashes.db"))
    one.write_articles("r", [made])
    assert all(row["sentence"] is None and row["sentence_end"] for row in rows(one, "events"))
    one.close()


def test_a_day_that_is_none_is_left_empty(store: Store, postgres: str, articles: list[ArticleRows]) -> None:
    from dateline.pipeline.store.location import parse

    other = Store(parse(postgres).url)
    for one in (store, other):
        _check_odd_days(one, articles)
    other.close()


def _check_odd_days(store: Store, articles: list[ArticleRows]) -> None:
    for n, (told, day) in enumerate(
        [("2025-02-31", None), ("0000-01-01", None), ("2024-02-29T10:00+01:00", "2024-02-29"), ("2025-02-29", None), ("2025-12-31", "2025-12-31"), ("2025", None)]
    ):  # fmt: skip
        name = f"day-{n}"
        store.write_articles(
            "r2", [ArticleRows(articles[2].article | {"article_id": name, "modified": told}, [], [], "x")]
        )
        [row] = [row for row in rows(store, "articles") if row["article_id"] == name]
        assert row["modified"] == (datetime.date.fromisoformat(day) if day else None), told
    odd = articles[2].article | {
        "article_id": "0" * 8,
        "modified": "Tue, 18 Nov 2025",
        "published": "2025-02-31",
    }
    store.write_articles("r2", [ArticleRows(odd, [], [], "x")])
    [row] = [row for row in rows(store, "articles") if row["article_id"] == "0" * 8]
    assert (row["modified"], row["published"], row["modified_at"]) == (None, None, "Tue, 18 Nov 2025")


def test_postgresql_has_the_same_rows(store: Store, postgres: str, articles: list[ArticleRows]) -> None:
    from dateline.pipeline.store.location import parse

    other = Store(parse(postgres).url)
    other.write_articles("r", articles)
    for name in flat.TABLES:
        assert rows(other, name) == rows(store, name)
    other.close()


def test_every_column_is_told_in_words() -> None:
    for table in flat.TABLES.values():
        assert len(set(table.names)) == len(table.names)
        assert all(column.help and not column.help.endswith(".") for column in table.columns)


@pytest.mark.parametrize("name", flat.TABLES)
def test_the_guide_holds_the_reference(name: str) -> None:
    guide = (ROOT / "pipeline/guides/tables.md").read_text("utf-8")
    held = guide.partition(f"<!-- flat: {name} -->\n")[2].partition("\n\n")[0] + "\n"
    assert held == flat.reference(flat.TABLES[name]), "paste flat.reference into the guide"
