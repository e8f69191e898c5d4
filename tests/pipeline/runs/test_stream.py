"""The loop of a stream, with a source and a sink that do as the test says."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest

from dateline.pipeline.findings import Finding
from dateline.pipeline.runs import stopping
from dateline.pipeline.runs import stream as serve
from dateline.pipeline.runs.stopping import until_signal
from dateline.pipeline.sources.source import Delivery, StreamSource
from dateline.transforms.model import RawArticle
from tests.waiting import LONG


@dataclass
class Message:
    n: int
    acked: int = 0
    published: float = field(default_factory=time.time)

    def ack(self) -> None:
        self.acked += 1


class Source(StreamSource):
    def __init__(self, messages: Sequence[Message], stop: threading.Event) -> None:
        self.left = list(messages)
        self.stop = stop
        self.sizes: list[int] = []

    @classmethod
    def open(cls, name: str) -> Source:
        raise NotImplementedError

    @property
    def waiting(self) -> int:
        return len(self.left)

    def take(self, most: int, seconds: float) -> list[Delivery]:
        batch, self.left = self.left[:most], self.left[most:]
        if not batch:
            self.stop.set()
        else:
            self.sizes.append(len(batch))
        return [Delivery(RawArticle(content="x", origin=str(m.n)), m.published, m.ack) for m in batch]

    @classmethod
    def check(cls, name: str) -> Iterator[Finding]:
        yield from ()

    def close(self) -> None:
        self.left = []


def _done(raws: Sequence[RawArticle]) -> Counter[str]:
    return Counter(read=len(raws), article=len(raws))


@pytest.fixture
def stop() -> threading.Event:
    return threading.Event()


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "_FIRST_PAUSE", 0.01)
    monkeypatch.setattr(serve, "_LONGEST_PAUSE", 0.04)
    monkeypatch.setattr(
        stopping, "STOP_SECONDS", 10 * LONG
    )  # after which a process ends with 0, tests and all


def test_nothing_is_acked_before_it_is_written(stop: threading.Event) -> None:
    messages = [Message(n) for n in range(1200)]

    def put(raws: Sequence[RawArticle]) -> Counter[str]:
        assert not any(messages[int(r.origin)].acked for r in raws)
        return _done(raws)

    meter = serve.Meter()
    source = Source(messages, stop)
    serve.serve(source, put, stop, meter)
    assert {m.acked for m in messages} == {1} and meter.totals["read"] == 1200
    assert max(source.sizes) <= 500


def test_a_sink_that_fails_gets_the_same_batch_again_and_nothing_is_acked_meanwhile(
    stop: threading.Event, caplog: pytest.LogCaptureFixture
) -> None:
    messages = [Message(n) for n in range(5)]
    tries: list[list[str]] = []

    def put(raws: Sequence[RawArticle]) -> Counter[str]:
        tries.append([r.origin for r in raws])
        assert not any(m.acked for m in messages)
        if len(tries) < 5:
            raise ConnectionError("refused")
        return _done(raws)

    serve.serve(Source(messages, stop), put, stop, serve.Meter())
    assert len(tries) == 5 and all(t == tries[0] for t in tries)
    assert {m.acked for m in messages} == {1}
    assert "refused" in caplog.text


def test_a_stop_during_a_failing_sink_acks_nothing(stop: threading.Event) -> None:
    messages = [Message(0)]

    def put(raws: Sequence[RawArticle]) -> Counter[str]:
        stop.set()
        raise OSError("no space left on device")

    serve.serve(Source(messages, stop), put, stop, serve.Meter())
    assert messages[0].acked == 0


def test_slow_batches_get_smaller(stop: threading.Event, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(serve, "time", SimpleNamespace(monotonic=lambda: now[0], time=time.time))
    source = Source([Message(n) for n in range(3_000)], stop)

    def put(raws: Sequence[RawArticle]) -> Counter[str]:
        now[0] += 0.04 * len(raws)
        return _done(raws)

    serve.serve(source, put, stop, serve.Meter(clock=lambda: now[0]))
    # 2 seconds a batch are 50 messages of 40 ms each.
    assert source.sizes[:3] == [500, 135, 89] and source.sizes[-2] == 50


def test_a_limit_ends_the_stream(stop: threading.Event) -> None:
    messages = [Message(n) for n in range(50)]
    meter = serve.Meter()
    serve.serve(Source(messages, stop), _done, stop, meter, limit=7)
    assert meter.totals["read"] == 7 and sum(m.acked for m in messages) == 7


def test_the_metrics_line() -> None:
    now = [0.0]
    meter = serve.Meter(clock=lambda: now[0])
    meter.add(Counter(read=40, article=30, known=5, duplicate=2, dead_letter=3), 1.5)
    assert meter.line(9) is None
    now[0] = 10.0
    assert meter.line(9) == {
        "rate": 4.0, "oldest_seconds": 1.5, "in": 40, "out": 30, "known": 7, "rejects": 3, "waiting": 9,
    }  # fmt: skip
    now[0] = 20.0
    line = meter.line(0)
    assert line is not None and line["rate"] == 0 and line["in"] == 40


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_asks_for_a_stop_and_handlers_are_put_back(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    with until_signal() as stop:
        os.kill(os.getpid(), number)
        assert stop.wait(LONG)
        os.kill(os.getpid(), number)
    assert signal.getsignal(number) is before
