"""Watched feeds: into a database, and through a topic into the same database."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from dateline.pipeline.runs import feeds, stream
from dateline.pipeline.runs.metrics import RunState
from dateline.pipeline.settings import Settings
from dateline.pipeline.sources.fetch.fetcher import Fetcher
from dateline.pipeline.sources.message import attributes_of, content_of, raw_of
from dateline.pipeline.store.location import parse as parse_output
from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.store import Store, open_store
from dateline.transforms.model import Fault, RawArticle
from tests.pipeline.articles import page
from tests.pipeline.site import PATIENT, Answer, Site, bomb
from tests.pipeline.topics import Topic


@pytest.fixture
def fetcher(site: Site) -> Fetcher:
    """Three articles in a feed."""
    items = "".join(f"<item><link>{site.url(f'/{n}')}</link></item>" for n in range(3))
    site.pages["/feed"] = site.tagged(
        f"<rss version='2.0'><channel><title>P</title>{items}</channel></rss>".encode()
    )
    for n in range(3):
        site.pages[f"/{n}"] = site.tagged(page(n))
    return Fetcher(PATIENT, exempt=[site.address])


def _store(output: str) -> Store:
    return open_store(parse_output(output).url)


@pytest.fixture(autouse=True)
def brisk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody minds how often our own site is asked."""
    monkeypatch.setattr("dateline.pipeline.runs.feeds.HOST_GAP", 0.0)


def test_feeds_come_to_a_database_once(site: Site, fetcher: Fetcher, tmp_path: Path) -> None:
    output = str(tmp_path / "out")
    for _ in range(2):
        feeds.watch([site.url("/feed")], output, Settings(), 600, once=True, fetcher=fetcher)
    store = _store(output)
    assert store.count(t.articles) == 3 and store.count(t.events) >= 3
    assert [site.asked(f"/{n}") for n in range(3)] == [1, 1, 1] and site.asked("/feed") == 1
    origins = store.read(lambda c: c.execute(sa.select(t.articles.c.origin)).scalars().all())
    assert all(o.startswith(site.url("/feed") + "#") for o in origins)
    assert len((tmp_path / "out" / "events.jsonl").read_text().splitlines()) >= 3
    assert (tmp_path / "out" / "report.html").exists()


def test_a_watch_shows_what_it_did(
    site: Site, fetcher: Fetcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Callable[[], RunState]] = []

    @contextmanager
    def serving(port: int | None, read: Callable[[], RunState]) -> Iterator[int | None]:
        shown.append(read)
        yield port

    monkeypatch.setattr("dateline.pipeline.runs.metrics.serving", serving)
    site.pages["/gone"] = Answer(b"", status=500)
    names = [site.url("/feed"), site.url("/gone")]
    feeds.watch(names, str(tmp_path / "out"), Settings(), 600, once=True, fetcher=fetcher)
    values = {sample.name: sample.value for sample in shown[0]().samples() if not sample.labels}
    expected = {"polls": 2, "feeds_failed": 1, "entries_new": 3, "pages_read": 3, "undated_dates": 0}
    assert {name: values[f"dateline_{name}_total"] for name in expected} == expected
    assert values["dateline_dates_total"] > 3 and values["dateline_events_total"] >= 3


def test_feeds_come_to_a_topic_and_from_there_to_the_same_events(
    site: Site, fetcher: Fetcher, pubsub: str, tmp_path: Path
) -> None:
    topic = Topic.create(uuid.uuid4().hex[:8])
    site.pages["/bomb"] = bomb()
    feed = f"<rss><channel><item><link>{site.url('/bomb')}</link></item></channel></rss>"
    site.pages["/other"] = Answer(feed.encode())
    names = [site.url("/feed"), site.url("/other")]
    for _ in range(2):
        feeds.publish(
            names, topic.url, str(tmp_path / "feeds.db"), Settings(), 600, once=True, fetcher=fetcher
        )
    totals = stream.run(topic.url, str(tmp_path / "b"), Settings(limit=4, metrics_port=0))
    assert totals["article"] == 3 and totals["dead_letter"] == 1
    assert len((tmp_path / "b" / "dead_letters.jsonl").read_text().splitlines()) == 1
    assert (tmp_path / "b" / "report.html").exists()
    feeds.watch(names, str(tmp_path / "a"), Settings(), 600, once=True, fetcher=fetcher)
    columns = (t.events.c.event_id, t.events.c.revision, t.events.c.when_edtf)
    query = sa.select(*columns).order_by(*columns)
    a, b = (_store(str(tmp_path / n)).read(lambda c: c.execute(query).all()) for n in ("a", "b"))
    assert a == b and len(a) >= 3
    (letter,) = _store(str(tmp_path / "b")).rows(sa.select(t.dead_letters))
    assert letter["type"] == "too_large"


def test_a_message_keeps_what_the_carrier_knew() -> None:
    raw = RawArticle(
        content="Ü".encode("latin-1"),
        origin="o",
        media_type="text/html",
        url="https://e.example/1",
        published="2026-11-17",
        fetched_at="2026-11-18T00:00:00+00:00",
        carrier={"feed": "https://e.example/feed", "long": "x" * 2000},
        fault=Fault(type="too_large", message="more than 8 MB"),
    )
    again = raw_of(content_of(raw), attributes_of(raw, 1024), "o")
    assert again == raw.model_copy(update={"carrier": {"feed": "https://e.example/feed"}})
