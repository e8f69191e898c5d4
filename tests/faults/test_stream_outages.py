"""What a stream reads from or writes to goes away and comes back: the stream catches up, and nothing is lost."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import threading
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import sqlalchemy as sa

from dateline.pipeline.runs import microbatch, stream
from dateline.pipeline.runs.microbatch import MicroBatchRun
from dateline.pipeline.settings import Settings
from dateline.pipeline.store.schema import tables as t
from dateline.transforms.model import RawArticle
from tests.faults.serving import Serving, drain
from tests.pipeline import servers
from tests.pipeline.articles import message
from tests.pipeline.servers import Postgres
from tests.pipeline.topics import Topic
from tests.tools import NoTool
from tests.waiting import LONG, until

SETTINGS = Settings(link=False)
LEASE_SECONDS = 10
"""What was under way while a server went away comes again after this."""


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(microbatch, "RETRY_SECONDS", 0.5)
    monkeypatch.setattr(stream, "_LONGEST_PAUSE", 1.0)


def test_postgresql_stops_and_starts_within_a_stream(
    lethal_pubsub: str, postgres_server: Postgres, postgres: str
) -> None:
    topic = Topic.create(uuid.uuid4().hex[:8], LEASE_SECONDS)
    topic.publish([message(n) for n in range(60)])
    run = MicroBatchRun(postgres, SETTINGS, topic.url)
    with Serving(topic.url, run.put) as serving:
        serving.wait_for(run.store, 60)
        until(lambda: serving.articles == 60)
        with postgres_server.stopped():
            topic.publish([message(n) for n in range(60, 100)])
            until(lambda: serving.meter.pause > 0)
            assert serving.articles == 60
        serving.wait_for(run.store, 100)
    drain(topic, run.put)
    run.close()


def test_the_disk_is_full_within_a_stream(lethal_pubsub: str, tiny_disk: Path) -> None:
    topic = Topic.create(uuid.uuid4().hex[:8], LEASE_SECONDS)
    run = MicroBatchRun(str(tiny_disk / "out"), SETTINGS, topic.url)
    with Serving(topic.url, run.put) as serving:
        topic.publish([message(n) for n in range(300)])
        until(lambda: serving.meter.pause > 0)
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
        self._changing = threading.Lock()
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._accepting.start()

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
            # Also a server that went away since it was looked up: the next call is heard again.
            except OSError:
                client.close()
                continue
            with self._changing:
                gone = self.to is None
                if not gone:
                    self._open += [client, server]
            if gone:  # it was shut while the connection was made
                client.close()
                server.close()
                continue
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
        with self._changing:
            self.to = None
            open_, self._open = self._open, []
        for end in open_:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)  # wakes the thread that accepts
        self._listener.close()
        self.shut()
        self._accepting.join(LONG)


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
            go_on.wait(LONG)
        return run.put(raws)

    with contextlib.ExitStack() as first, contextlib.ExitStack() as second:

        def start(stack: contextlib.ExitStack, messages: int) -> Topic:
            try:
                address = stack.enter_context(servers.pubsub(first=servers.PSTEST))
            except NoTool as reason:
                pytest.skip(str(reason))
            monkeypatch.setenv("PUBSUB_EMULATOR_HOST", address)
            topic = Topic.create(name, LEASE_SECONDS)
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
            assert held.wait(LONG)  # some messages are in hand while the server goes away
            gate.shut()
            first.close()
            go_on.set()
            topic = start(second, 100)
            serving.wait_for(run.store, 100)
        drain(topic, run.put)
        assert run.store.count(t.articles) == 100
        assert run.store.count(t.dead_letters) == 0
    run.close()
