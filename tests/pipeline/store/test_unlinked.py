"""What is still to be linked: articles that are new, changed or gone, and the buckets that they touch."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from dateline.pipeline.store import unlinked
from dateline.pipeline.store.connection import sqlite_url
from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.store import Store
from dateline.transforms import stories

EPOCH = "now"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(sqlite_url(tmp_path / "events.db"))
    yield made
    made.close()


def article(
    n: int, revision: str = "r1", day: int | None = None, profile: bytes | None = b"p"
) -> dict[str, Any]:
    blank = {
        c.name: "00" if c.name == "text_sha256" else "" if isinstance(c.type, sa.Text) else 0
        for c in t.article_rows.columns
        if not c.nullable
    }
    return blank | {
        "id": n * 10 + int(revision[1:]), "article_id": f"a{n}", "revision": revision, "order_at": revision,
        "story_day": day, "profile": profile, "readings": b"",
    }  # fmt: skip


def linked(n: int, revision: str = "r1", day: int | None = None, epoch: str = EPOCH) -> dict[str, Any]:
    return {"article_id": f"a{n}", "revision": revision, "epoch": epoch, "story_day": day}


def look(
    store: Store, articles: list[dict[str, Any]], held: list[dict[str, Any]], since: int | None = None
) -> unlinked.Work:
    def put(c: sa.Connection) -> unlinked.Work:
        for table, rows in ((t.article_rows, articles), (t.linked, held)):
            for row in rows:
                c.execute(sa.insert(table), row)
        c.execute(sa.insert(t.meta), {"key": t.LINK_EPOCH, "value": EPOCH})
        return unlinked.look(c, EPOCH, since)

    return store.transact(put)


def changed(work: unlinked.Work) -> list[unlinked.Article]:
    return [one for batch in work.changed.batches() for one in batch]


def buckets(*days: int | None, undated: bool = False) -> tuple[int, ...]:
    return tuple(sorted({b for day in days for b in stories.buckets(day, undated)}))


def test_new_changed_gone_and_bare(store: Store) -> None:
    rows = [article(1, day=1_000), article(2, "r1", day=2_000), article(2, "r2", day=3_000), article(3, day=4_000),
            article(4, profile=None)]  # fmt: skip
    held = [linked(2, "r1", 2_000), linked(3, "r1", 4_000), linked(5, "r1", 5_000)]
    work = look(store, rows, held)
    assert changed(work) == [("a1", "r1", 1_000), ("a2", "r2", 3_000)]
    assert (work.gone, work.without, len(work.changed)) == (("a5",), 1, 2)
    # An undated article, though it has no profile, lets all others stand in its bucket.
    assert work.buckets == buckets(1_000, 2_000, 3_000, 5_000, undated=True)


def test_another_epoch_is_linked_whole_and_leaves_old_days_alone(store: Store) -> None:
    work = look(
        store,
        [article(1, day=1_000)],
        [linked(1, day=9_000, epoch="before"), linked(7, day=7_000, epoch="before")],
    )
    assert changed(work) == [("a1", "r1", 1_000)]
    assert work.gone == ("a7",)
    assert work.buckets == buckets(1_000)


def test_since_leaves_older_articles_and_keeps_the_undated(store: Store) -> None:
    work = look(store, [article(1, day=1_000), article(2, day=2_000), article(3)], [], since=1_500)
    assert changed(work) == [("a2", "r1", 2_000), ("a3", "r1", None)]


def test_articles_come_back_in_their_order() -> None:
    numbers = random.Random(3)
    every = [
        (f"{n:08x}", f"{numbers.random():.9f}", numbers.choice([None, n]))
        for n in range(2 * unlinked.BATCH + 7)
    ]
    held = unlinked.Articles(iter(every))
    assert [one for batch in held.batches() for one in batch] == every
    assert [len(batch) for batch in held.batches()] == [unlinked.BATCH, unlinked.BATCH, 7]
    assert len(held) == len(every)
    assert list(unlinked.Articles([]).batches()) == []
