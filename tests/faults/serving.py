"""A stream in a thread of the test's own process."""

from __future__ import annotations

import threading
from typing import Self

from dateline.pipeline.runs import stream
from dateline.pipeline.runs.stream import Meter, Put
from dateline.pipeline.sources.pubsub import Pull
from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.store import Store
from tests.pipeline.topics import Topic
from tests.waiting import LONG, until


class Serving:
    """A stream from one subscription into ``put``, for the length of a block."""

    def __init__(self, url: str, put: Put) -> None:
        self.pull, self.meter, self.stop = Pull.open(url), Meter(), threading.Event()
        self.worker = threading.Thread(
            target=stream.serve, args=(self.pull, put, self.stop, self.meter), daemon=True
        )

    def __enter__(self) -> Self:
        self.worker.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.stop.set()
        self.worker.join(LONG)
        self.pull.close()
        if kind is None:
            assert not self.worker.is_alive() and self.meter.pause == 0

    @property
    def articles(self) -> int:
        """How many came to the store. Messages that were read may be more: one that is delivered twice counts twice."""
        return self.meter.totals["article"]

    def wait_for(self, store: Store, articles: int) -> None:
        """Until the store holds so many articles."""
        until(lambda: store.count(t.articles) == articles or not self.worker.is_alive())
        assert self.worker.is_alive()


def drain(topic: Topic, put: Put) -> None:
    """Streams read what still waits until nothing does.

    An acknowledgement may be lost in an outage or at the end of a stream: such a message is delivered again to the
    next stream, as Pub/Sub delivers at least once.
    """
    for _ in range(5):
        if not topic.waiting(1):
            return
        with Serving(topic.url, put) as serving:
            until(lambda: serving.meter.totals["read"] > 0)
    assert topic.waiting(1) == 0
