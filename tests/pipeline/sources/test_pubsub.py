"""Messages into articles, against a real Pub/Sub server."""

from __future__ import annotations

import queue
import threading
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from google.api_core.exceptions import RetryError, ServiceUnavailable

from dateline.pipeline.errors import InputError, OutputError
from dateline.pipeline.runs import stream as serve
from dateline.pipeline.runs.microbatch import MicroBatchRun
from dateline.pipeline.settings import Settings
from dateline.pipeline.sinks.registry import topic_of
from dateline.pipeline.sources import pubsub as source
from dateline.pipeline.sources.message import raw_of
from dateline.pipeline.sources.pubsub import Pull, parse
from dateline.pipeline.sources.source import Delivery
from dateline.pipeline.store.schema import tables as t
from dateline.transforms.model import RawArticle
from tests.pipeline import servers
from tests.pipeline.articles import POISON, address, message
from tests.pipeline.topics import Topic
from tests.tools import NoTool
from tests.waiting import until


def test_a_url_names_a_subscription() -> None:
    found = parse("pubsub://paper/live-news")
    assert (
        found.subscription == "projects/paper/subscriptions/live-news"
        and found.url == "pubsub://paper/live-news"
    )
    assert found.topic == "projects/paper/topics/live-news"


@pytest.mark.parametrize(
    "url", ["pubsub://paper", "pubsub://", "pubsub://paper/a/b", "pubsub:///x", "pubsub://p/../../q"]
)
def test_what_names_none_is_said_so(url: str) -> None:
    with pytest.raises(InputError):
        parse(url)


def test_attributes_are_what_the_carrier_knew() -> None:
    raw = raw_of(
        b"text",
        {
            "url": "https://e.example/1",
            "content-type": "text/plain",
            "fetched_at": "2026-11-18",
            "desk": "city",
        },
        "o",
    )
    assert (raw.url, raw.media_type, raw.fetched_at) == ("https://e.example/1", "text/plain", "2026-11-18")
    assert raw.carrier == {"desk": "city"}


def test_json_is_known_by_its_type_or_its_first_letter() -> None:
    assert raw_of(b'  {"content": "x"}', {}, "o").media_type == "application/json"
    assert raw_of(b"{braces} begin this text", {"media_type": "text/plain"}, "o").media_type == "text/plain"
    assert raw_of(b"<html>", {}, "o").media_type is None


def test_a_missing_subscription_is_an_error_in_words(pubsub: str) -> None:
    pull = Pull.open("pubsub://paper/nobody")
    with pytest.raises(InputError, match="pubsub://paper/nobody"):
        until(lambda: pull.take(1, 0.1))
    pull.close()


@pytest.mark.parametrize(
    "error", [RetryError("a lease could not be extended for a minute", None), ServiceUnavailable("away")]
)
def test_a_pull_that_an_outage_ended_is_opened_again(
    error: Exception, lethal_pubsub: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(source, "_FIRST_PAUSE", 0.1)
    topic = Topic.create(uuid.uuid4().hex[:8])
    pull = Pull.open(topic.url)
    # What the client's own threads do when a call of theirs has failed for too long.
    pull._future._StreamingPullFuture__manager.close(reason=error)

    def opened() -> bool:
        assert pull.take(1, 0.1) == []
        return not pull._future.done() and "opens again" in caplog.text

    until(opened)
    assert f"{topic.url}: {error}; the pull opens again in 0.1 s" in caplog.text
    # Sent before, it might go to the pull that has just ended, and come again when its lease has ended too.
    topic.publish([message(1)])
    got: list[Delivery] = []
    until(lambda: got.extend(pull.take(1, 0.1)) or got)
    assert [delivery.raw.origin.partition("#")[0] for delivery in got] == [topic.url]
    got[0].ack()
    pull.close()


def test_missing_credentials_are_an_error_in_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("PUBSUB_EMULATOR_HOST", raising=False)
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "none.json"))
    with pytest.raises(InputError, match=r"pubsub://paper/nobody: .*none\.json.*gcloud auth"):
        Pull.open("pubsub://paper/nobody")
    with pytest.raises(OutputError, match=r"pubsub://paper/nobody: .*none\.json.*gcloud auth"):
        topic_of("pubsub://paper/nobody").put([RawArticle(content="x", origin="x")])


def test_articles_duplicates_revisions_and_poison_come_to_their_places(pubsub: str, tmp_path: Path) -> None:
    topic = Topic.create(uuid.uuid4().hex[:8])
    newer = [message(n, 1) for n in range(4)]
    older = [message(n, 0) for n in range(4)]
    topic.publish([message(n) for n in range(10, 30)] + newer + older + [message(10)] * 3 + list(POISON))
    given = 20 + 8 + 3 + len(POISON)
    intake = MicroBatchRun(str(tmp_path / "out"), Settings(), topic.url)
    pull = Pull.open(topic.url)
    stop = threading.Event()
    meter = serve.Meter()
    seen: set[str] = set()

    def put(raws: Sequence[RawArticle]) -> Counter[str]:
        counts = intake.put(raws)
        seen.update(raw.origin for raw in raws)
        if len(seen) == given:  # a limit would count a message that is delivered twice as two
            stop.set()
        return counts

    serve.serve(pull, put, stop, meter)
    pull.close()
    intake.close()
    # A message in hand twice is counted twice, and so is a copy in a later batch whose origin is the smaller one.
    assert meter.totals["article"] >= 28 and meter.totals["dead_letter"] >= len(POISON)
    store = intake.store
    assert store.count(t.articles) == 28 and store.count(t.dead_letters) == len(POISON)
    assert store.count(t.inputs) == 0
    current = store.read(
        lambda c: {r.url: r.text for r in c.execute(sa.text("SELECT url, text FROM current_articles"))}
    )
    assert len(current) == 24
    for n in range(4):
        assert str(100 + n + 1) in current[address(n)]
    letters = list(store.rows(sa.select(t.dead_letters)))
    assert {r["type"] for r in letters} >= {"empty", "undecodable", "schema_violation"}
    assert all(r["origin"].startswith(topic.url + "#") for r in letters)
    assert topic.waiting(1) < given  # an acknowledgement may be lost at the end


@pytest.fixture
def emulator(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Google's own emulator where it can be had: it gives each delivery an ack id of its own, as the service does."""
    try:
        with servers.pubsub(first=servers.EMULATOR) as address:
            monkeypatch.setenv("PUBSUB_EMULATOR_HOST", address)
            yield
    except NoTool as reason:
        pytest.skip(str(reason))


@pytest.mark.parametrize("waves", [4, pytest.param(50, marks=pytest.mark.slow)])
def test_messages_that_are_delivered_twice_leave_no_lease(
    waves: int, emulator: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hundreds of messages, or 5,000 at full size, each delivered again while it is in hand."""
    topic = Topic.create(uuid.uuid4().hex[:8])
    true_put = queue.SimpleQueue.put
    seen: set[str] = set()

    class Twice(queue.SimpleQueue):  # type: ignore[type-arg]
        """Asks for a second delivery of each message as soon as the first is in hand."""

        def put(self, item: object, *args: object, **kwargs: object) -> None:
            if item.message_id not in seen:  # type: ignore[attr-defined]
                seen.add(item.message_id)  # type: ignore[attr-defined]
                item.modify_ack_deadline(0)  # type: ignore[attr-defined]
            true_put(self, item)

    monkeypatch.setattr(source, "queue", SimpleNamespace(SimpleQueue=Twice, Empty=queue.Empty))
    pull = Pull.open(topic.url)
    got: list[str] = []

    def take() -> None:
        batch = pull.take(500, 0.3)
        assert len({d.raw.origin for d in batch}) == len(batch)
        for delivery in batch:
            got.append(delivery.raw.origin)
            delivery.ack()

    manager = pull._future._StreamingPullFuture__manager
    for wave in range(waves):
        topic.publish([message(n) for n in range(100 * wave, 100 * wave + 100)])
        until(lambda: pull.waiting >= 200, "both deliveries of each message are in hand")
        take()
        assert not manager._consumer.is_paused
    leases = manager.leaser

    def idle() -> bool:
        take()
        return not (leases.message_count or pull.waiting)

    until(idle, "no lease is left")
    assert len(set(got)) == 100 * waves
    pull.close()
