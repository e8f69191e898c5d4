"""A run over watched feeds: what they bring goes into an output, or to a topic that a job elsewhere reads."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Sequence

from dateline.pipeline.backoff import Backoff
from dateline.pipeline.errors import StoreError
from dateline.pipeline.runs.microbatch import MicroBatchRun
from dateline.pipeline.runs.stopping import CLOSE_SECONDS, until_signal
from dateline.pipeline.runs.watcher import Put, Watcher
from dateline.pipeline.settings import Settings
from dateline.pipeline.sinks.registry import topic_of
from dateline.pipeline.sources.feed_list import read_feeds
from dateline.pipeline.sources.fetch import Fetcher
from dateline.pipeline.sources.polite import Polite
from dateline.pipeline.store.connection import Database
from dateline.pipeline.store.feed_state import FeedState
from dateline.pipeline.store.location import make_folder
from dateline.pipeline.store.location import parse as parse_location

PAUSE_SECONDS = 5.0
"""The first pause after an output that failed; each further one is twice as long, up to the time between two polls."""
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
    """Watch feeds until SIGTERM or SIGINT (or for one cycle), then write the exports. Gives the counts.

    ``every`` is in seconds. Raises a :class:`~dateline.pipeline.errors.PipelineError`.
    """
    urls = read_feeds(feeds)
    batches = MicroBatchRun(output, settings, " ".join(feeds))
    status, seconds = "failed", None
    try:
        with until_signal() as stop:
            counts = _watch(urls, FeedState(batches.store), batches.put, every, once, fetcher, stop)
        status, seconds = "stopped", CLOSE_SECONDS if stop.is_set() else None
    finally:
        batches.close(status, seconds)
    return counts


def publish(
    feeds: Sequence[str],
    to: str,
    state: str,
    settings: Settings,
    every: float,
    once: bool = False,
    fetcher: Fetcher | None = None,
) -> Counter[str]:
    """Watch feeds into a topic. ``state`` is the file or database that remembers what was sent."""
    urls = read_feeds(feeds)
    topic = topic_of(to)
    location = parse_location(state if "://" in state else f"sqlite:///{state}")
    make_folder(location)
    database = Database(location.url, settings.retry_seconds)
    with until_signal() as stop:
        return _watch(urls, FeedState(database), topic.put, every, once, fetcher, stop)


def _watch(
    urls: Sequence[str],
    state: FeedState,
    put: Put,
    every: float,
    once: bool,
    fetcher: Fetcher | None,
    stop: threading.Event,
) -> Counter[str]:
    polite = Polite(fetcher or Fetcher(), gap=HOST_GAP, sleep=lambda seconds: stop.wait(seconds))
    watcher = Watcher(urls, state, put, polite, every=every, stop=stop)
    backoff = Backoff(PAUSE_SECONDS, every)
    while not stop.is_set():
        try:
            counts = watcher.cycle()
            backoff.succeeded()
        except StoreError as error:
            if once:
                raise
            # What was fetched and not stored is fetched again: a sink that fails costs requests, not articles.
            backoff.failed()
            _log.error("what was fetched could not be written: %s", error)
        else:
            _log.info("watch", extra={"fields": dict(counts)})
        if once:
            break
        stop.wait(backoff.pause or watcher.idle_seconds())
    return watcher.counts
