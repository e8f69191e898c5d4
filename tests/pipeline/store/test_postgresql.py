"""The database sink on a real PostgreSQL: the same rows as in SQLite, and its own faults."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from dateline.pipeline.errors import OutputError, StoreError
from dateline.pipeline.runs import link as linking
from dateline.pipeline.runs import microbatch
from dateline.pipeline.runs.microbatch import MicroBatchRun
from dateline.pipeline.settings import Settings
from dateline.pipeline.sources.feeds import Entry
from dateline.pipeline.sources.message import raw_of
from dateline.pipeline.store import connection
from dateline.pipeline.store.connection import RowRefused
from dateline.pipeline.store.feed_state import FeedState, Polled
from dateline.pipeline.store.location import parse as parse_output
from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.store import Store, open_store
from dateline.transforms.model import RawArticle
from tests import stories
from tests.pipeline.articles import POISON, message
from tests.pipeline.servers import Postgres
from tests.waiting import LONG


def _value(column: str, value: Any) -> str:
    """A value as both databases give it: they write JSON with other blanks."""
    return json.dumps(json.loads(value), sort_keys=True) if column == "evidence" else str(value)


LINK_VIEWS = ("stories", "conflicts", "inferred_dates", "who_said_first")


@pytest.fixture(autouse=True)
def _disposed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every pool that a test opened is closed at its end, since the server outlives the test."""
    engines: list[sa.Engine] = []
    true_engine = connection._engine

    def engine(url: str) -> sa.Engine:
        engines.append(true_engine(url))
        return engines[-1]

    monkeypatch.setattr(connection, "_engine", engine)
    yield
    for one in engines:
        one.dispose()


def _mixture() -> list[RawArticle]:
    given = (
        [message(n) for n in range(40)] + [message(n, 1) for n in range(5)] + [message(3)] * 2 + list(POISON)
    )
    return [raw_of(data, attributes, f"m#{n:03}") for n, (data, attributes) in enumerate(given)]


def test_the_same_content_as_in_sqlite(postgres: str, tmp_path: Path) -> None:
    hashes, counts = set(), []
    for output in (postgres, str(tmp_path / "out")):
        intake = MicroBatchRun(output, Settings(), "test")
        intake.put(_mixture()[:30])
        intake.put(_mixture())
        intake.close()
        hashes.add(intake.store.content_hash())
        current = intake.store.read(
            lambda c: c.execute(sa.text("SELECT count(*) FROM current_events")).scalar()
        )
        withdrawn = intake.store.read(lambda c: c.execute(sa.text("SELECT count(*) FROM withdrawn")).scalar())
        counts.append(
            (intake.store.count(t.articles), intake.store.count(t.dead_letters), current, withdrawn)
        )
    assert len(hashes) == 1
    assert counts[0] == counts[1] and counts[0][:2] == (45, len(POISON)) and counts[0][3] > 0


def test_two_writers_at_once_make_one_store(postgres: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both begin on an empty database, so both want to make its tables."""
    monkeypatch.setattr(microbatch, "RETRY_SECONDS", LONG)  # a stream would put the batch again
    raws = _mixture()
    faults: list[BaseException] = []

    def write(order: list[RawArticle]) -> None:
        try:
            MicroBatchRun(postgres, Settings(link=False), "test").put(order)
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=write, args=(order,)) for order in (raws, raws[::-1])]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert not faults
    store = open_store(parse_output(postgres).url)
    assert store.count(t.articles) == 45 and store.count(t.dead_letters) == len(POISON)


def test_data_that_it_refuses_is_not_its_own_fault(postgres: str) -> None:
    store = Store(parse_output(postgres).url, retry_seconds=1)
    with pytest.raises(RowRefused):
        store.transact(lambda c: c.execute(sa.insert(t.meta), {"key": "a\x00b", "value": "x"}))
    with pytest.raises(StoreError):
        store.transact(lambda c: c.execute(sa.text("SELECT * FROM nowhere")))


def test_nobody_there_or_nobody_known_is_said_in_words(postgres: str) -> None:
    with pytest.raises(StoreError, match="does not exist"):
        Store(parse_output(postgres + "x").url, retry_seconds=20).count(t.articles)
    with pytest.raises(StoreError, match=r"refused|failed"):
        Store("postgresql+psycopg://news@127.0.0.1:9/news", retry_seconds=0.2).count(t.articles)


@pytest.mark.parametrize(
    "output",
    [
        "postgresql://news:opensesame@localhost/news",
        "postgresql://news@localhost/news?password=opensesame",
        "postgresql://localhost",
        "mysql://news@localhost/news",
    ],
)
def test_outputs_that_are_refused(output: str) -> None:
    with pytest.raises(OutputError) as caught:
        parse_output(output)
    assert "opensesame" not in str(caught.value)


def test_feed_state_lives_there_too(postgres: str) -> None:
    state = FeedState(open_store(parse_output(postgres).url))
    feed = Polled("https://e.example/feed")
    entry = Entry(url="https://e.example/1", id="1")
    assert state.found(feed, [entry], now=1000, next_at=1600, etag='"1"') == (1, 0)
    assert state.found(feed, [entry], now=1600, next_at=2200) == (0, 0)
    assert [p.url for p in state.pending(2000, 10)] == [entry.url]
    assert [f.etag for f in state.due([feed.url], 9000)] == [None]


def test_a_server_that_goes_and_comes_back(postgres_server: Postgres, postgres: str) -> None:
    """What was in hand while it was away is written when it is back: nothing lost, nothing doubled."""
    intake = MicroBatchRun(postgres, Settings(link=False), "test")
    raws = _mixture()
    counts: Counter[str] = intake.put(raws[:20])
    with postgres_server.stopped(), pytest.raises(StoreError):
        intake.put(raws[20:])
    counts += intake.put(raws[20:])
    assert intake.store.count(t.articles) == 45 and counts["read"] == len(raws)


def test_the_same_links_and_views_as_in_sqlite(postgres: str, tmp_path: Path) -> None:
    pages = [
        raw_of(json.dumps(page).encode(), {"media_type": "application/json"}, page["url"])
        for page in stories.rows(6, 4)
    ]
    held = []
    for output in (postgres, str(tmp_path / "out")):
        intake = MicroBatchRun(output, Settings(), "test")
        # Linked after each half: the second run holds new articles against those of the first.
        for half in (pages[::2], pages[1::2]):
            intake.put(half)
            linking.link(intake.store, Settings())
        intake.close()
        held.append(
            {
                name: Counter(
                    tuple(_value(name, value) for name, value in row.items())
                    for row in intake.store.rows(sa.text(f"SELECT * FROM {name}"))
                )
                for name in ("links", "story_members", "story_days", *LINK_VIEWS)
            }
        )
    there, here = held
    for name, rows in here.items():
        assert there[name] == rows, name
    assert here["stories"] and here["conflicts"] and here["who_said_first"]
