"""What was forgotten leaves no trace, and does not come back."""

from __future__ import annotations

from pathlib import Path

from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.store import Store
from tests.pages import page
from tests.pipeline.store.conftest import RUN, held, letter, rows


def test_forget_removes_every_trace_and_keeps_a_tombstone(store: Store, tmp_path: Path) -> None:
    made, other = rows(1, "a"), rows(2, "b")
    store.write_articles(RUN, [made, other])
    store.write_dead_letters(RUN, [letter("a") | {"payload": "an earlier secret try"}])
    word = made.article["text"][:60]
    assert store.forget(page(1).url + "?utm_source=mail") == [made.key[0]]
    assert {a["article_id"] for a in held(store, t.articles)} == {other.key[0]}
    for table in (t.dates, t.events, t.ledger):
        assert {row["article_id"] for row in held(store, table)} == {other.key[0]}
    assert [row["article_id"] for row in held(store, t.tombstones)] == [made.key[0]]
    bytes_left = b"".join(p.read_bytes() for p in tmp_path.glob("events.db*"))
    assert word.encode() not in bytes_left
    assert b"earlier secret" not in bytes_left
    assert other.article["text"][:60].encode() in bytes_left


def test_what_was_forgotten_is_not_read_in_again(store: Store) -> None:
    made = rows(1)
    store.write_articles(RUN, [made])
    assert store.forget(made.key[0]) == [made.key[0]]
    store.begin_run("f", ["in"], "run-2")
    store.note_inputs("run-2", ["a"])
    store.write_articles("run-2", [made])
    assert store.count(t.articles) == store.count(t.ledger) == 0
    assert store.outcomes("run-2") == {"read": 1, "forgotten": 1}
    assert store.unaccounted("run-2") == []
    assert store.forget("nothing") == []
