"""What a stream reads from or writes to goes away and comes back: the stream catches up, and nothing is lost."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Self

import pytest
import sqlalchemy as sa

from dateline.pipeline.runs import microbatch, stream
from dateline.pipeline.runs.microbatch import MicroBatchRun
from dateline.pipeline.runs.stream import Meter, Put
from dateline.pipeline.settings import Settings
from dateline.pipeline.sources.pubsub import Pull
from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.store import Store
from dateline.transforms.model import RawArticle
from tests.pipeline import servers
from tests.pipeline.articles import message
from tests.pipeline.servers import Postgres
from tests.pipeline.topics import Topic

SETTINGS = Settings(link=False)


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(microbatch, "RETRY_SECONDS", 0.5)
    monkeypatch.setattr(stream, "_LONGEST_PAUSE", 1.0)


class Serving:
    """A stream in a thread of this process, from one subscription into ``put``, for the length of a block."""

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
        self.worker.join(60)
        self.pull.close()
        if kind is None:
            assert not self.worker.is_alive() and self.meter.pause == 0

    @property
    def articles(self) -> int:
        """How many came to the store. Messages that were read may be more: one that is delivered twice counts twice."""
        return self.meter.totals["article"]

    def wait_for(self, store: Store, articles: int) -> None:
        wait_until(lambda: store.count(t.articles) == articles or not self.worker.is_alive())
        assert self.worker.is_alive()


def drain(topic: Topic, put: Put) -> None:
    """Streams read what still waits until nothing does.

    An acknowledgement that was under way in the outage may be lost, and a stream ends once all is stored:
    such a message is delivered again to the next stream, as Pub/Sub delivers at least once.
    """
    for _ in range(5):
        if not topic.waiting(1):
            return
        with Serving(topic.url, put) as serving:
            wait_until(lambda: serving.meter.totals["read"] > 0)
    assert topic.waiting(1) == 0


def wait_until(done: Callable[[], bool], seconds: float = 120.0) -> None:
    until = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < until, "it took too long"
        time.sleep(0.05)


def test_postgresql_stops_and_starts_within_a_stream(
    lethal_pubsub: str, postgres_server: Postgres, postgres: str
) -> None:
    topic = Topic.create(uuid.uuid4().hex[:8])
    topic.publish([message(n) for n in range(60)])
    run = MicroBatchRun(postgres, SETTINGS, topic.url)
    with Serving(topic.url, run.put) as serving:
        serving.wait_for(run.store, 60)
        wait_until(lambda: serving.articles == 60)
        with postgres_server.stopped():
            topic.publish([message(n) for n in range(60, 100)])
            wait_until(lambda: serving.meter.pause > 0)
            assert serving.articles == 60
        serving.wait_for(run.store, 100)
    drain(topic, run.put)
    run.close()


def test_the_disk_is_full_within_a_stream(lethal_pubsub: str, tiny_disk: Path) -> None:
    topic = Topic.create(uuid.uuid4().hex[:8])
    run = MicroBatchRun(str(tiny_disk / "out"), SETTINGS, topic.url)
    with Serving(topic.url, run.put) as serving:
        topic.publish([message(n) for n in range(300)])
        wait_until(lambda: serving.meter.pause > 0)
        stored = run.store.read(
            lambda c: c.execute(sa.select(sa.func.count()).select_from(t.articles)).scalar()
        )
        assert stored is not None and serving.articles <= stored < 300
        subprocess.run(["mount", "-o", "remount,size=64m", tiny_disk], check=True)
        serving.wait_for(run.store, 300)
    assert run.store.count(t.dead_letters) == 0
    drain(topic, run.put)
    run.close()


class Gate:
    """A port of its own that passes every connection on to ``to``; what it passed on breaks with :meth:`shut`."""

    def __init__(self, to: str) -> None:
        self.to: str | None = to
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._listener.getsockname()[1]}"
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            to = self.to
            try:
                if to is None:
                    raise ConnectionRefusedError
                host, port = to.split(":")
                server = socket.create_connection((host, int(port)), timeout=10)
                server.settimeout(None)
            except (
                OSError
            ):  # also a server that went away since it was looked up: the next call is heard again
                client.close()
                continue
            self._open += [client, server]
            for one, other in ((client, server), (server, client)):
                threading.Thread(target=self._pass_on, args=(one, other), daemon=True).start()

    @staticmethod
    def _pass_on(one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(1 << 16):
                other.sendall(data)
        for end in (one, other):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def shut(self) -> None:
        self.to = None
        while self._open:
            end = self._open.pop()
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def close(self) -> None:
        self._listener.close()
        self.shut()


@pytest.fixture
def gate() -> Iterator[Gate]:
    made = Gate("")
    yield made
    made.close()


def test_pubsub_restarts_within_a_stream_and_delivers_all_again(
    gate: Gate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test server keeps its state in memory, so the publisher sends all again.

    Messages are sent one by one, in the same order: the server numbers them, so that the ids of messages in
    hand name the same messages after the restart. It ends with a panic where a lease of an unknown id is extended.
    """
    name = uuid.uuid4().hex[:8]
    run = MicroBatchRun(str(tmp_path / "out"), SETTINGS, name)
    held, go_on = threading.Event(), threading.Event()

    def put(raws: Sequence[RawArticle]) -> Counter[str]:
        if run.store.count(t.articles) >= 60:
            held.set()
            go_on.wait(60)
        return run.put(raws)

    with contextlib.ExitStack() as first, contextlib.ExitStack() as second:

        def start(stack: contextlib.ExitStack, messages: int) -> Topic:
            try:
                address = stack.enter_context(servers.pubsub(first=servers.PSTEST))
            except servers.NoServer as reason:
                pytest.skip(str(reason))
            monkeypatch.setenv("PUBSUB_EMULATOR_HOST", address)
            topic = Topic.create(name)
            publish(topic, range(messages))
            monkeypatch.setenv("PUBSUB_EMULATOR_HOST", gate.address)
            gate.to = address
            return topic

        def publish(topic: Topic, numbers: range) -> None:
            for n in numbers:
                topic.publish([message(n)])

        topic = start(first, 60)
        with Serving(topic.url, put) as serving:
            serving.wait_for(run.store, 60)
            publish(topic, range(60, 80))
            assert held.wait(60)  # some messages are in hand while the server goes away
            gate.shut()
            first.close()
            go_on.set()
            topic = start(second, 100)
            serving.wait_for(run.store, 100)
        drain(topic, run.put)
        assert run.store.count(t.articles) == 100
        assert run.store.count(t.dead_letters) == 0
    run.close()
