"""The store: whole articles, once each, the same content in whatever order they came."""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import pytest
import sqlalchemy as sa

from dateline.pipeline.store.connection import RowRefused, sqlite_url
from dateline.pipeline.store.rows import in_text
from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.store import Store
from tests.pipeline.store.conftest import RUN, held, letter, rows, version, whole


def test_an_article_is_written_whole(store: Store) -> None:
    made = in_text(rows(1))
    store.write_articles(RUN, [rows(1)])
    assert whole(store, "articles") == [made.article]
    assert whole(store, "dates") == made.dates
    assert whole(store, "events") == made.events
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


def test_reading_under_other_settings_replaces_and_is_known_no_more(store: Store) -> None:
    one, two = rows(1), rows(1, settings="s2", run="run-2")
    store.write_articles(RUN, [one])
    store.write_articles("run-2", [two])
    assert held(store, t.articles)[0]["settings"] == "s2"
    assert store.known([(*one.key, one.fingerprint, "a"), (*two.key, two.fingerprint, "a")]) == {1}


# ---------------------------------------------------------------- dead letters


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
    store.transact(lambda c: (c.execute(sa.delete(t.article_rows)), c.execute(sa.delete(t.dead_letters))))
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
        (t.date_rows, "rule"),
        (t.event_rows, "lemma"),
        (t.article_rows, "title"),
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
