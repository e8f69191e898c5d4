"""A run over watched feeds, into an output or to a topic that another job reads."""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence

from dateline.pipeline.backoff import Backoff
from dateline.pipeline.errors import NothingRead, StoreError
from dateline.pipeline.runs import metrics
from dateline.pipeline.runs.metrics import WatchState
from dateline.pipeline.runs.microbatch import MicroBatchRun
from dateline.pipeline.runs.stopping import CLOSE_SECONDS, until_signal
from dateline.pipeline.runs.watcher import Put, Watcher
from dateline.pipeline.settings import Settings
from dateline.pipeline.sinks.registry import topic_of
from dateline.pipeline.sources.feed_list import read_feeds
from dateline.pipeline.sources.fetch.fetcher import Fetcher
from dateline.pipeline.sources.fetch.polite import Polite
from dateline.pipeline.store.connection import Database
from dateline.pipeline.store.feed_state import FeedState
from dateline.pipeline.store.location import make_folder
from dateline.pipeline.store.location import parse as parse_location

PAUSE_SECONDS = 5.0
"""The first pause after an output failed, in seconds. Each further one is twice as long, up to the time
between two polls."""
HOST_GAP = 1.0
"""Seconds between two requests to one host."""
_log = logging.getLogger("dateline")


def watch(
    feeds: Sequence[str],
    output: str | Sequence[str],
    settings: Settings,
    every: float,
    once: bool = False,
    fetcher: Fetcher | None = None,
) -> Counter[str]:
    """Watch feeds until SIGTERM or SIGINT (or for one cycle), then write the exports. Returns the counts.

    ``every`` is in seconds. Raises a :class:`~dateline.pipeline.errors.PipelineError`.
    """
    urls = read_feeds(feeds)
    batches = MicroBatchRun(output, settings, " ".join(feeds))
    status, seconds = "failed", None
    try:
        with until_signal() as stop:
            watching = _Watching(urls, FeedState(batches.store), batches.put, every, fetcher, stop)
            with metrics.serving(settings.metrics_port, lambda: watching.reading(batches.counters)):
                watching.run(once)
        status, seconds = "stopped", CLOSE_SECONDS if stop.is_set() else None
    finally:
        batches.close(status, seconds)
    return watching.counts


def publish(
    feeds: Sequence[str],
    to: str,
    state: str,
    settings: Settings,
    every: float,
    once: bool = False,
    fetcher: Fetcher | None = None,
) -> Counter[str]:
    """Watch feeds and send their articles to a topic. ``state`` is the file or database that records what was
    sent."""
    urls = read_feeds(feeds)
    topic = topic_of(to)
    location = parse_location(state if "://" in state else f"sqlite:///{state}")
    make_folder(location)
    database = Database(location.url, settings.retry_seconds)
    with until_signal() as stop:
        watching = _Watching(urls, FeedState(database), topic.put, every, fetcher, stop)
        with metrics.serving(settings.metrics_port, lambda: watching.reading({})):
            watching.run(once)
    return watching.counts


class _Watching:
    """Runs cycles of one watcher until ``stop`` is set, and keeps their state."""

    def __init__(
        self,
        urls: Sequence[str],
        state: FeedState,
        put: Put,
        every: float,
        fetcher: Fetcher | None,
        stop: threading.Event,
    ) -> None:
        polite = Polite(fetcher or Fetcher(), gap=HOST_GAP, sleep=lambda seconds: stop.wait(seconds))
        self._watcher = Watcher(urls, state, put, polite, every=every, stop=stop)
        self._backoff = Backoff(PAUSE_SECONDS, every)
        self._every = every
        self._stop = stop
        self._ended = time.monotonic()

    @property
    def counts(self) -> Counter[str]:
        return self._watcher.counts

    def reading(self, counters: Mapping[str, int]) -> WatchState:
        since = time.monotonic() - self._ended
        return WatchState(dict(self.counts), self._backoff.pause, since, self._every, dict(counters))

    def run(self, once: bool) -> None:
        while not self._stop.is_set():
            try:
                counts = self._watcher.cycle()
            except StoreError as error:
                if once:
                    raise
                # Articles that were fetched but not stored are fetched again, so a failing sink costs
                # requests and no articles.
                self._backoff.failed()
                _log.error("what was fetched could not be written: %s", error)
            else:
                self._ended = time.monotonic()
                self._backoff.succeeded()
                _log.info("watch", extra={"fields": dict(counts)})
            if once:
                break
            self._stop.wait(self._backoff.pause or self._watcher.idle_seconds())
        if once:
            _refuse_all_failed(self._watcher)


def _refuse_all_failed(watcher: Watcher) -> None:
    """Raise NothingRead if every polled feed failed, so that a scheduled job shows it."""
    if watcher.failures and len(watcher.failures) == watcher.counts["polls"]:
        shown = "; ".join(f"{url}: {why}" for url, why in list(watcher.failures.items())[:3])
        more = f"; and {len(watcher.failures) - 3} more" if len(watcher.failures) > 3 else ""
        many = "the feed" if len(watcher.failures) == 1 else f"all {len(watcher.failures)} feeds"
        raise NothingRead(f"{many} failed: {shown}{more}")
