"""What a stream stands on goes away and comes back: it catches up, and nothing is lost."""

from __future__ import annotations

import threading
import time
import uuid

import pytest

from dateline.pipeline.runs import stream as serve
from dateline.pipeline.runs.microbatch import MicroBatchRun
from dateline.pipeline.settings import Settings
from dateline.pipeline.sources.pubsub import Pull
from dateline.pipeline.store import tables as t
from tests.pipeline.articles import message
from tests.pipeline.servers import Postgres
from tests.pipeline.topics import Topic


def test_postgresql_stops_and_starts_within_a_stream(
    lethal_pubsub: str, postgres_server: Postgres, postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dateline.pipeline.runs.microbatch.RETRY_SECONDS", 0.5)
    monkeypatch.setattr(serve, "_LONGEST_PAUSE", 1.0)
    topic = Topic.create(uuid.uuid4().hex[:8])
    topic.publish([message(n) for n in range(60)])
    intake = MicroBatchRun(postgres, Settings(), topic.url)
    pull, meter, stop = Pull.open(topic.url), serve.Meter(), threading.Event()
    worker = threading.Thread(
        target=serve.serve,
        args=(pull, intake.put, stop, meter),
        daemon=True,
    )
    worker.start()
    _wait(lambda: meter.totals["read"] >= 60)
    postgres_server.stop()
    topic.publish([message(n) for n in range(60, 100)])
    _wait(lambda: meter.pause > 0)
    assert meter.totals["read"] == 60
    postgres_server.start()
    _wait(lambda: meter.totals["read"] >= 100)
    stop.set()
    worker.join(20)
    pull.close()
    assert intake.store.count(t.articles) == 100 and meter.pause == 0
    intake.close()
    assert topic.waiting(1) == 0


def _wait(done: object, seconds: float = 60.0) -> None:
    assert callable(done)
    until = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < until, "it took too long"
        time.sleep(0.05)
