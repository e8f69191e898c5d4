"""The loop of a stream: take, put, ack; again until told to stop.

A message is acked when its article or dead letter is on disk, never before. While a sink
fails nothing is handed back: the batch is tried again, ever more slowly, under lease.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

from pipeline.sources.pubsub import MOST, oldest_seconds
from transforms.model import RawArticle

METRICS_SECONDS = 10.0
STOP_SECONDS = 9.0
BATCH_WAIT = 0.2
BATCH_SECONDS = 2.0
"""A batch is kept to what takes about this long, so that a stop waits no longer than that."""
_FEWEST = 10
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0
_log = logging.getLogger("dateline")


class Source(Protocol):
    """Where messages come from: :class:`pipeline.sources.pubsub.Pull`, or a test's own."""

    def take(self, most: int, seconds: float) -> Sequence[Any]:
        """The next messages; empty when none came for a moment."""
        ...

    @property
    def waiting(self) -> int:
        """Messages in hand that no batch has taken."""
        ...


class Meter:
    """Counts for the line that says every ten seconds how it goes."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._since = clock()
        self._window: Counter[str] = Counter()
        self.totals: Counter[str] = Counter()
        self.oldest = 0.0
        self.pause = 0.0

    def add(self, counts: Counter[str], oldest: float) -> None:
        """A batch that was committed."""
        self._window += counts
        self.totals += counts
        self.oldest = max(self.oldest, oldest)

    def report(self, waiting: int, at_once: bool = False) -> dict[str, Any] | None:
        """The line, once its time has come: rate a second, seconds of the oldest, in, out, rejects."""
        span = self._clock() - self._since
        if span < METRICS_SECONDS and not at_once:
            return None
        line = {
            "rate": round(self._window["read"] / max(span, 1e-9), 1),
            "oldest_seconds": round(self.oldest, 2),
            "in": self.totals["read"],
            "out": self.totals["article"],
            "known": self.totals["known"] + self.totals["duplicate"],
            "rejects": self.totals["dead_letter"],
            "waiting": waiting,
        }
        if self.pause:
            line["pause_seconds"] = self.pause
        self._since, self._window, self.oldest = self._clock(), Counter(), 0.0
        return line


def serve(
    source: Source,
    put: Callable[[Sequence[RawArticle]], Counter[str]],
    raws_of: Callable[[Sequence[Any]], list[RawArticle]],
    stop: threading.Event,
    meter: Meter,
    limit: int | None = None,
) -> None:
    """Run until ``stop`` is set, or until ``limit`` messages are done.

    What ``put`` raises is taken for a fault of the environment, and waited out.
    """
    each = BATCH_SECONDS / MOST
    while not stop.is_set():
        most = max(_FEWEST, min(MOST, int(BATCH_SECONDS / each)))
        if limit is not None:
            most = min(most, limit - meter.totals["read"])
            if most <= 0:
                break
        batch = source.take(most, BATCH_WAIT)
        if batch:
            began = time.monotonic()
            counts = _put_until_done(put, raws_of(batch), source, stop, meter)
            if counts is None:
                break
            for message in batch:
                message.ack()
            each = 0.7 * each + 0.3 * max((time.monotonic() - began) / len(batch), 1e-4)
            meter.add(counts, oldest_seconds(batch, time.time()))
        _report(meter, source)
    _report(meter, source, at_once=True)


def _put_until_done(
    put: Callable[[Sequence[RawArticle]], Counter[str]],
    raws: Sequence[RawArticle],
    source: Source,
    stop: threading.Event,
    meter: Meter,
) -> Counter[str] | None:
    """The counts of a batch once it is in; ``None`` if told to stop before."""
    meter.pause = 0.0
    while True:
        try:
            counts = put(raws)
        except Exception as error:
            meter.pause = min(meter.pause * 2 or _FIRST_PAUSE, _LONGEST_PAUSE)
            _log.error(
                "a batch could not be written and is kept: %s",
                _plain(error),
                extra={"fields": {"pause_seconds": meter.pause}},
            )
            if _wait(meter.pause, source, stop, meter):
                return None
        else:
            meter.pause = 0.0
            return counts


def _plain(error: Exception) -> str:
    from pipeline.runs.bounded import plain

    return str(plain(error))[:500] or type(error).__name__


def _wait(seconds: float, source: Source, stop: threading.Event, meter: Meter) -> bool:
    """Wait, reporting as time goes on. Whether told to stop."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        if stop.wait(min(left, 1.0)):
            return True
        _report(meter, source)
    return stop.is_set()


def _report(meter: Meter, source: Source, at_once: bool = False) -> None:
    line = meter.report(source.waiting, at_once)
    if line is not None:
        _log.info("stream", extra={"fields": line})


@contextlib.contextmanager
def until_signal() -> Iterator[threading.Event]:
    """An event that SIGTERM and SIGINT set. What has not ended after nine seconds is left as it is, exit 0.

    Nothing is lost by that: what was not acked comes again, what was committed is known then.
    """
    stop = threading.Event()
    watchdogs: list[threading.Timer] = []

    def leave() -> None:
        _log.warning("stopped within a batch; its messages come again")
        logging.shutdown()
        os._exit(0)

    def begin(*_: object) -> None:
        if not stop.is_set():
            stop.set()
            watchdog = threading.Timer(STOP_SECONDS, leave)
            watchdog.daemon = True
            watchdog.start()
            watchdogs.append(watchdog)

    before = {s: signal.signal(s, begin) for s in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for watchdog in watchdogs:
            watchdog.cancel()
        for s, handler in before.items():
            signal.signal(s, handler)
