"""The store: whole articles, once each, the same content in whatever order they came."""

from __future__ import annotations

import itertools
import json
import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from pipeline.sinks import rows as r
from pipeline.sinks import tables as t
from pipeline.sinks.connection import RowRefused, StoreError, sqlite_url
from pipeline.sinks.rows import ArticleRows, article_rows, dead_letter_row
from pipeline.sinks.store import Store
from tests.pages import page
from transforms import errors
from transforms.model import RawArticle
from transforms.steps import reject
from transforms.walk import walk

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


def test_an_article_is_written_whole(store: Store) -> None:
    made = rows(1)
    store.write_articles(RUN, [made])
    assert held(store, t.articles) == [made.article]
    assert held(store, t.dates) == made.dates
    assert sorted(held(store, t.events), key=lambda e: int(e["n"])) == made.events
    assert made.dates and made.events
    assert store.outcomes(RUN) == {"read": 1, "article": 1}


def test_writing_again_changes_nothing(store: Store) -> None:
    batch = [rows(n) for n in range(3)]
    store.write_articles(RUN, batch)
    before = store.content_hash()
    store.write_articles(RUN, batch)
    store.write_articles("run-2", [b._replace(article=b.article | {"run_id": "run-2"}) for b in batch])
    assert store.content_hash() == before
    assert store.count(t.articles) == 3


def test_of_equal_contents_the_smallest_origin_is_kept_in_any_order(tmp_path: Path) -> None:
    copies = [rows(1, origin) for origin in ("b", "a", "c")]
    hashes = set()
    for n, order in enumerate(itertools.permutations(copies)):
        for size in (1, 3):
            store = Store(sqlite_url(tmp_path / f"{n}-{size}.db"))
            for i in range(0, 3, size):
                store.write_articles(RUN, order[i : i + size])
            [article] = held(store, t.articles)
            assert article["origin"] == "a"
            assert store.count(t.dates) == len(copies[0].dates)
            hashes.add(store.content_hash())
            assert store.unaccounted(RUN) == []
            store.close()
    assert len(hashes) == 1


def test_duplicates_are_counted_once_each(store: Store) -> None:
    store.write_articles(RUN, [rows(1, "a"), rows(1, "b"), rows(2, "c")])
    assert store.outcomes(RUN) == {"read": 3, "article": 2, "duplicate": 1}


def test_newest_pipeline_version_wins_in_any_order(tmp_path: Path) -> None:
    old, new = version(rows(1, "a"), 1_000_000), version(rows(1, "b"), 1_001_000)
    hashes = set()
    for n, order in enumerate(([old, new], [new, old])):
        store = Store(sqlite_url(tmp_path / f"{n}.db"))
        for one in order:
            store.write_articles(RUN, [one])
        assert held(store, t.articles)[0]["pipeline_order"] == 1_001_000
        hashes.add(store.content_hash())
        store.close()
    assert len(hashes) == 1


def test_stale_dates_and_events_of_an_older_reading_go_with_it(store: Store) -> None:
    old = version(rows(1), 1)
    store.write_articles(RUN, [old])
    store.write_articles(RUN, [version(rows(1), 2)._replace(dates=old.dates[:1], events=[])])
    assert (store.count(t.dates), store.count(t.events)) == (1, 0)


@pytest.mark.parametrize(
    ("number", "shown"),
    [("1.4.0", 1_004_000), ("0.1.0", 1_000), ("2.0.0rc1", 2_000_001), ("1.10", 1_010_000)],
)
def test_versions_sort(number: str, shown: int) -> None:
    assert r.version_order(number) == shown


def test_revisions_are_kept_and_the_newest_is_current(store: Store) -> None:
    url = "https://a.example/x"
    first, second = (
        rows(1, "b", url=url, modified="2024-05-01T10:00:00Z"),
        rows(2, "a", url=url, modified="2024-05-02"),
    )
    assert first.key[0] == second.key[0]
    store.write_articles(RUN, [second])
    store.write_articles(RUN, [first])
    assert store.count(t.articles) == 2
    [current] = held(store, "current_articles")
    assert current["revision"] == second.key[1]
    assert {e["revision"] for e in held(store, "current_events")} == {second.key[1]}
    gone = {e["event_id"] for e in first.events} - {e["event_id"] for e in second.events}
    assert {e["event_id"] for e in held(store, "withdrawn")} == gone != set()


@pytest.mark.parametrize(
    ("candidates", "order"),
    [
        (("2024-05-01T10:00:00+02:00",), "2024-05-01T08:00:00"),
        ((None, "2024-05-01"), "2024-05-01T00:00:00"),
        (("May 1", "2024-05-01T10:00Z"), "2024-05-01T10:00:00"),
        (("0001-01-01T00:00:00+10:00",), ""),
        (("9999-12-31T23:59:59-10:00", "2024-01-01"), "2024-01-01T00:00:00"),
        ((), ""),
    ],
)
def test_order_of_revisions_is_by_utc(candidates: tuple[str | None, ...], order: str) -> None:
    assert r.order_at(*candidates) == order


# ---------------------------------------------------------------- what is known


def test_known_is_what_this_or_a_smaller_origin_left_under_the_same_fingerprint(store: Store) -> None:
    made = rows(1, "b")
    store.write_articles(RUN, [made])
    key = (*made.key, made.fingerprint)
    asked = [
        (*key, "b"),
        (*key, "c"),
        (*key, "a"),
        (made.key[0], made.key[1], "other", "b"),
        (made.key[0], "other", key[2], "b"),
        ("other", made.key[1], key[2], "b"),
    ]
    assert store.known(asked) == {0, 1}


def test_carrier_fields_and_settings_change_the_fingerprint() -> None:
    same = rows(1).fingerprint
    assert same == rows(1, "other origin").fingerprint
    assert same == rows(1, fetched_at="2024-01-01").fingerprint
    assert len({same, rows(1, settings="s2").fingerprint, rows(1, published="2024-01-01").fingerprint,
                rows(1, carrier={"desk": 1}).fingerprint}) == 4  # fmt: skip


def test_reading_under_other_settings_replaces_and_is_known_no_more(store: Store) -> None:
    one, two = rows(1), rows(1, settings="s2", run="run-2")
    store.write_articles(RUN, [one])
    store.write_articles("run-2", [two])
    assert held(store, t.articles)[0]["settings"] == "s2"
    assert store.known([(*one.key, one.fingerprint, "a"), (*two.key, two.fingerprint, "a")]) == {1}


# ---------------------------------------------------------------- dead letters


def letter(origin: str = "x", run: str = RUN, message: str = "bad") -> dict[str, Any]:
    raw = RawArticle(content=b"words", origin=origin)
    return dead_letter_row(reject(raw, "Decode", errors.Undecodable(message)), run)


def test_dead_letters_are_upserted_and_attempts_counted_once_a_run(store: Store) -> None:
    first = letter() | {"first_failed_at": "2024-01-01T00:00:00+00:00"}
    store.write_dead_letters(RUN, [first, first])
    store.write_dead_letters(RUN, [letter()])
    store.write_dead_letters("run-2", [letter(run="run-2", message="worse")])
    [row] = held(store, t.dead_letters)
    assert (row["attempts"], row["message"], row["first_failed_at"]) == (2, "worse", first["first_failed_at"])
    assert store.outcomes("run-2") == {"read": 1, "dead_letter": 1}


# ---------------------------------------------------------------- conservation


def test_inputs_without_an_outcome_are_named(store: Store) -> None:
    store.begin_run("f", ["in"], RUN)
    store.note_inputs(RUN, ["a", "b", "x", "lost"])
    store.write_articles(RUN, [rows(1, "a"), rows(1, "b")])
    store.write_dead_letters(RUN, [letter("x")])
    assert store.unaccounted(RUN) == ["lost"]
    assert store.outcomes(RUN) == {"read": 4, "article": 1, "duplicate": 1, "dead_letter": 1, "open": 1}


def test_an_outcome_that_no_table_bears_out_is_unaccounted(store: Store) -> None:
    store.begin_run("f", ["in"], RUN)
    store.note_inputs(RUN, ["a", "x"])
    store.write_articles(RUN, [rows(1, "a")])
    store.write_dead_letters(RUN, [letter("x")])
    assert store.unaccounted(RUN) == []
    store.transact(lambda c: (c.execute(sa.delete(t.articles)), c.execute(sa.delete(t.dead_letters))))
    assert store.unaccounted(RUN) == ["a", "x"]


def test_inputs_of_a_finished_run_are_swept_and_of_a_failed_one_kept(store: Store) -> None:
    for run, status in (("r1", "done"), ("r2", "failed")):
        store.begin_run("f", ["in"], run)
        store.note_inputs(run, ["a"])
        store.end_run(run, status, {"read": 1})
    assert {row["run_id"] for row in held(store, t.inputs)} == {"r2"}
    store.transact(lambda c: c.execute(sa.update(t.runs).values(started_at="2020-01-01T00:00:00+00:00")))
    store.begin_run("f", ["in"], "r3")
    assert held(store, t.inputs) == []


# ---------------------------------------------------------------- refused rows


def test_row_that_the_database_refuses_leaves_the_others_of_its_batch(store: Store) -> None:
    batch = [rows(n, f"o{n}") for n in range(5)]
    batch[2].events[0]["lemma"] = None
    batch[4].article["title"] = "half \ud800"
    refused = store.write_or_refuse(RUN, batch)
    assert [index for index, _ in refused] == [2, 4]
    assert "lemma" in refused[0][1]
    assert {a["origin"] for a in held(store, t.articles)} == {"o0", "o1", "o3"}
    assert store.count(t.events) == sum(len(batch[n].events) for n in (0, 1, 3))
    with pytest.raises(RowRefused):
        store.write_articles(RUN, [batch[2]])


def test_numbers_too_large_for_the_database_are_refused(store: Store) -> None:
    made = rows(1)
    made.dates[0]["start"] = 1 << 70
    assert len(store.write_or_refuse(RUN, [made])) == 1
    assert store.count(t.articles) == 0


# ---------------------------------------------------------------- takedown


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


# ---------------------------------------------------------------- schema and faults


def test_store_of_a_newer_release_is_refused(store: Store, tmp_path: Path) -> None:
    store.count(t.articles)
    store.transact(lambda c: c.execute(sa.update(t.meta).values(value="99")))
    with pytest.raises(t.SchemaTooNew, match="schema 99"):
        Store(store.url).count(t.articles)


def test_older_store_is_migrated_step_by_step(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.count(t.articles)
    steps: list[int] = []
    monkeypatch.setattr(t, "SCHEMA_VERSION", 3)
    monkeypatch.setattr(t, "MIGRATIONS", {n: lambda _, n=n: steps.append(n) for n in (1, 2)})
    other = Store(store.url)
    other.count(t.articles)
    assert steps == [1, 2]
    assert held(other, t.meta) == [{"key": "schema", "value": "3"}]
    assert len(held(other, "current_events")) == 0
    other.close()


def test_failed_migration_changes_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(c: sa.Connection) -> None:
        c.execute(sa.text("CREATE TABLE half (a)"))
        raise OSError("disk")

    store.count(t.articles)
    monkeypatch.setattr(t, "SCHEMA_VERSION", 2)
    monkeypatch.setattr(t, "MIGRATIONS", {1: broken})
    other = Store(store.url, retry_seconds=0)
    with pytest.raises(StoreError):
        other.count(t.articles)
    other.close()
    assert held(store, t.meta) == [{"key": "schema", "value": "1"}]
    assert "half" not in {row["name"] for row in store.rows(sa.text("SELECT name FROM sqlite_master"))}


def test_locked_database_is_waited_for(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.sinks.connection.BUSY_MS", 10)
    store.count(t.articles)
    other = Store(store.url, retry_seconds=5)
    other.count(t.articles)
    blocker = sqlite3.connect(store.url.removeprefix("sqlite:///"), isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    tries = itertools.count(1)

    def slept(_: float) -> None:
        if next(tries) == 2:
            blocker.execute("ROLLBACK")

    monkeypatch.setattr("pipeline.sinks.connection.time.sleep", slept)
    other.note_inputs(RUN, ["a"])
    assert next(tries) == 3
    blocker.close()
    other.close()


def test_lasting_lock_is_an_error_in_words(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.sinks.connection.BUSY_MS", 10)
    store.count(t.articles)
    other = Store(store.url, retry_seconds=0.1)
    blocker = sqlite3.connect(store.url.removeprefix("sqlite:///"), isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match=r"events\.db: database is locked"):
        other.note_inputs(RUN, ["a"])
    blocker.execute("ROLLBACK")
    blocker.close()
    other.close()


def test_file_that_is_no_database_is_an_error_in_words(tmp_path: Path) -> None:
    (tmp_path / "events.db").write_bytes(b"not a database at all, only words" * 99)
    with pytest.raises(StoreError, match="not a database"):
        Store(sqlite_url(tmp_path / "events.db"), retry_seconds=5).count(t.articles)


# ---------------------------------------------------------------- content hash


def test_content_hash_sees_every_kind_of_row(store: Store) -> None:
    seen = [store.content_hash()]

    def step() -> None:
        seen.append(store.content_hash())

    store.write_articles(RUN, [rows(1)])
    step()
    store.write_dead_letters(RUN, [letter()])
    step()
    for table, column in (
        (t.dates, "rule"),
        (t.events, "record"),
        (t.articles, "title"),
        (t.ledger, "origin"),
    ):
        store.transact(
            lambda c, table=table, column=column: c.execute(sa.update(table).values({column: "other"}))
        )
        step()
    assert len(set(seen)) == len(seen)


def test_content_hash_does_not_see_runs_and_clocks(store: Store) -> None:
    store.write_articles(RUN, [rows(1)])
    store.write_dead_letters(RUN, [letter()])
    before = store.content_hash()
    store.write_dead_letters("run-9", [letter(run="run-9")])
    store.begin_run("f", ["in"])
    store.transact(lambda c: c.execute(sa.update(t.dead_letters).values(first_failed_at="2020")))
    assert store.content_hash() == before


def test_batches_of_any_cut_and_order_give_the_same_store(tmp_path: Path) -> None:
    made = [rows(n % 5, f"o{n}") for n in range(12)] + [version(rows(1, "o99"), 7)]
    hashes = set()
    for seed in range(6):
        dice = random.Random(seed)
        order = dice.sample(made, len(made))
        store = Store(sqlite_url(tmp_path / f"{seed}.db"))
        while order:
            cut = dice.randrange(1, 6)
            store.write_articles(RUN, order[:cut])
            order = order[cut:]
        hashes.add(store.content_hash())
        store.close()
    assert len(hashes) == 1


def test_rows_hold_valid_json(store: Store) -> None:
    store.write_articles(RUN, [rows(1)])
    for table, column in (
        (t.dates, "record"),
        (t.events, "record"),
        (t.articles, "anchors"),
        (t.articles, "blocks"),
    ):
        for row in held(store, table):
            json.loads(row[column])
