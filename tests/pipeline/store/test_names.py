"""Which articles a name means, and what is suggested where it means none or several."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dateline.pipeline.store import names
from dateline.pipeline.store.connection import sqlite_url
from dateline.pipeline.store.rows import ArticleRows
from dateline.pipeline.store.store import Store

ARTICLES = {
    "aaaa1111-0": ("clips/river_falls.txt", "River falls back", "https://a.example/river"),
    "aaaa2222-0": ("clips/river_rises.txt", "River rises again", None),
    "bbbb1111-0": ("clips/archive.jsonl#1", "Tram line backed", None),
    "bbbb2222-0": ("clips/archive.jsonl#2", "100% of the vote", None),
    "cccc1111-0": ("C:\\clips\\ferry.html", None, None),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    one = Store(sqlite_url(tmp_path_factory.mktemp("names") / "events.db"))
    for article_id, (origin, title, url) in ARTICLES.items():
        row: dict[str, Any] = {
            "article_id": article_id, "revision": "r", "origin": origin, "title": title, "url": url, "order_at": "", "anchors": "{}",
            "text_sha256": "", "pipeline": "0", "pipeline_order": 0, "settings": "s", "run_id": "r",
        }  # fmt: skip
        one.write_articles("r", [ArticleRows(row, [], [], "f")])
    yield one
    one.close()


@pytest.mark.parametrize(
    "name, ids",
    [
        ("aaaa1111-0", ["aaaa1111-0"]),
        ("aaaa1", ["aaaa1111-0"]),
        ("https://a.example/river", ["aaaa1111-0"]),
        ("HTTPS://A.example/river#top", ["aaaa1111-0"]),
        ("clips/river_falls.txt", ["aaaa1111-0"]),
        ("river_falls.txt", ["aaaa1111-0"]),
        ("river_falls", ["aaaa1111-0"]),
        ("/clips/river_falls.txt", ["aaaa1111-0"]),
        ("archive.jsonl", ["bbbb1111-0", "bbbb2222-0"]),
        ("archive.jsonl#2", ["bbbb2222-0"]),
        ("ferry.html", ["cccc1111-0"]),
        ("tram LINE", ["bbbb1111-0"]),
        ("100%", ["bbbb2222-0"]),
        ("falls", ["aaaa1111-0"]),
        ("River", ["aaaa1111-0", "aaaa2222-0"]),
        ("aaaa", ["aaaa1111-0", "aaaa2222-0"]),
        ("", []),
        ("%", []),
        ("____", []),
        ("riv", []),
        ("clips", []),
    ],
)
def test_ways_to_name_an_article(store: Store, name: str, ids: list[str]) -> None:
    assert sorted(names.ids_of(store, name)) == ids


def test_a_part_is_not_a_name(store: Store) -> None:
    assert names.named(store, "river_falls") and not names.named(store, "falls")


def test_one_article_and_the_records_of_one_file_are_clear(store: Store) -> None:
    assert names.is_clear(store, "river_falls") and names.is_clear(store, "archive.jsonl")
    assert not names.is_clear(store, "River") and not names.is_clear(store, "nothing at all")


def test_advice(store: Store) -> None:
    several = names.advice(store, "River")
    assert "means 2 articles" in several and "aaaa1111  river_falls.txt  River falls back" in several
    near = names.advice(store, "river_fals")
    assert "did you mean:" in near and "river_falls.txt" in near.splitlines()[1]
    assert "see dateline list" in names.advice(store, "zzzzzzzzzzzzzz")


def test_paths_do_not_matter_to_a_part(store: Store, tmp_path: Path) -> None:
    """All origins begin with one folder, whose name would mean every article."""
    assert names.ids_of(store, "clips") == []
