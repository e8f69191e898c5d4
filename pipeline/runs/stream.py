"""A run over a stream: take a batch, put it, acknowledge it, and repeat until stopped.

A message is acknowledged only after its article or dead letter is on disk. While a sink fails, the batch is
kept under lease and retried with longer and longer pauses.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dateline.pipeline.backoff import Backoff
from dateline.pipeline.errors import InputError, Refused
from dateline.pipeline.runs import metrics
from dateline.pipeline.runs.engine import LOCAL
from dateline.pipeline.runs.metrics import StreamState
from dateline.pipeline.runs.microbatch import MicroBatchRun
from dateline.pipeline.runs.stopping import CLOSE_SECONDS, until_signal
from dateline.pipeline.settings import Settings
from dateline.pipeline.sources import registry
from dateline.pipeline.sources.source import StreamSource
from dateline.transforms.model import RawArticle

LINE_SECONDS = 10.0
"""Seconds between two log lines of the counts."""
MOST = 500
FEWEST = 10
"""The largest and the smallest size of a batch."""
BATCH_WAIT = 0.2
BATCH_SECONDS = 2.0
"""Seconds that a batch should take, because a stop waits for it; its size is chosen accordingly."""
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0
_log = logging.getLogger("dateline")
Put = Callable[[Sequence[RawArticle]], Counter[str]]


def run(name: str, output: str | Sequence[str], settings: Settings) -> Counter[str]:
    """Read a stream until SIGTERM or SIGINT (or ``limit`` messages), then write the exports. Returns the
    counts.

    After a signal the exports have :data:`~dateline.pipeline.runs.stopping.CLOSE_SECONDS`, then the process
    ends. Raises a :class:`~dateline.pipeline.errors.PipelineError`.
    """
    if settings.engine != LOCAL:
        raise Refused(
            f"--engine {settings.engine}: a stream is read in micro-batches on this machine; leave --engine out, and start "
            "the command again for a second process"
        )
    if settings.workers > 1:
        raise InputError("a stream is read by one process; start the command again for a second one")
    opens: type[StreamSource] = registry.class_of(registry.source_of([name]))
    batches = MicroBatchRun(output, settings, name)
    meter = Meter()
    status, seconds = "failed", None
    try:
        with until_signal() as stop:
            source = opens.open(name)
            try:
                with metrics.serving(
                    settings.metrics_port, lambda: meter.reading(source.waiting, batches.counters)
                ):
                    serve(source, batches.put, stop, meter, settings.limit)
            finally:
                source.close()
        status, seconds = "stopped", CLOSE_SECONDS if stop.is_set() else None
        _log.info("the stream has stopped; its exports are being written")
    finally:
        batches.close(status, seconds)
    return meter.totals


class Meter:
    """Counts for the periodic log line and for ``/metrics``."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._since = clock()
        self._window: Counter[str] = Counter()
        self.totals: Counter[str] = Counter()
        self.oldest = 0.0
        self.pause = 0.0
        self._progress = clock()
        self._last_oldest = self._last_seconds = 0.0
        self._in_hand = 0

    def begin(self, messages: int) -> None:
        """Note that a batch was taken (0: there was none)."""
        self._in_hand = messages
        if not messages:
            self._progress = self._clock()

    def add(self, counts: Counter[str], oldest: float, seconds: float = 0.0) -> None:
        """Count a committed batch with its duration in seconds; its oldest message had waited for ``oldest``."""
        self._progress, self._in_hand = self._clock(), 0
        self._last_oldest, self._last_seconds = max(oldest, 0.0), seconds
        self._window += counts
        self.totals += counts
        self.oldest = max(self.oldest, oldest, 0.0)

    def reading(self, waiting: int, counters: Mapping[str, int] | None = None) -> StreamState:
        """The current state. ``waiting``: messages that no batch has taken yet; ``counters``: those of the
        graph."""
        return StreamState(
            read=self.totals["read"],
            articles=self.totals["article"],
            known=self.totals["known"] + self.totals["duplicate"],
            dead_letters=self.totals["dead_letter"],
            waiting=waiting + self._in_hand,
            oldest=self._last_oldest,
            batch=self._last_seconds,
            pause=self.pause,
            since=self._clock() - self._progress,
            counters=dict(counters or {}),
        )

    def line(self, waiting: int, at_once: bool = False) -> dict[str, Any] | None:
        """The fields of the next log line if it is due. ``waiting``: messages that no batch has taken yet."""
        span = self._clock() - self._since
        if span < LINE_SECONDS and not at_once:
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
    source: StreamSource, put: Put, stop: threading.Event, meter: Meter, limit: int | None = None
) -> None:
    """Run until ``stop`` is set, or until ``limit`` messages are done. An error of ``put`` counts as an error
    of the environment, and the batch is retried."""
    each = BATCH_SECONDS / MOST
    while not stop.is_set():
        most = max(FEWEST, min(MOST, int(BATCH_SECONDS / each)))
        if limit is not None:
            most = min(most, limit - meter.totals["read"])
            if most <= 0:
                break
        batch = source.take(most, BATCH_WAIT)
        meter.begin(len(batch))
        if batch:
            began = time.monotonic()
            counts = _put_until_done(put, [delivery.raw for delivery in batch], source, stop, meter)
            if counts is None:
                break
            for delivery in batch:
                delivery.ack()
            seconds = time.monotonic() - began
            each = 0.7 * each + 0.3 * max(seconds / len(batch), 1e-4)
            meter.add(counts, time.time() - min(delivery.published for delivery in batch), seconds)
        _log_line(meter, source)
    _log_line(meter, source, at_once=True)


def _put_until_done(
    put: Put, raws: Sequence[RawArticle], source: StreamSource, stop: threading.Event, meter: Meter
) -> Counter[str] | None:
    """Put a batch until it is on disk, and return its counts; ``None`` if the stream was stopped before."""
    backoff = Backoff(_FIRST_PAUSE, _LONGEST_PAUSE)
    while True:
        try:
            counts = put(raws)
        except Exception as error:
            meter.pause = backoff.failed()
            _log.error(
                "a batch could not be written and is kept: %s",
                str(error)[:500] or type(error).__name__,
                extra={"fields": {"pause_seconds": meter.pause}},
            )
            if _wait(meter.pause, source, stop, meter):
                return None
        else:
            meter.pause = 0.0
            return counts


def _wait(seconds: float, source: StreamSource, stop: threading.Event, meter: Meter) -> bool:
    """Wait, writing the log line when it is due. Returns whether the stream was stopped meanwhile."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        if stop.wait(min(left, 1.0)):
            return True
        _log_line(meter, source)
    return stop.is_set()


def _log_line(meter: Meter, source: StreamSource, at_once: bool = False) -> None:
    line = meter.line(source.waiting, at_once)
    if line is not None:
        _log.info("stream", extra={"fields": line})
