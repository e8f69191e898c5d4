"""The streaming commands, put together: Pub/Sub in, single pages in."""

from __future__ import annotations

import logging
import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from pipeline.runs import stream as serve
from pipeline.runs.bounded import Summary, tally
from pipeline.runs.microbatch import Intake
from pipeline.runs.watch import Watcher, read_feeds
from pipeline.settings import Settings
from pipeline.sinks import outputs
from pipeline.sinks.topic import Topic
from pipeline.sources import pubsub
from pipeline.sources.fetch import Fetcher
from pipeline.sources.inputs import InputError
from pipeline.sources.page import fetch_page
from pipeline.sources.polite import Polite
from pipeline.store.connection import Database, StoreError
from pipeline.store.feed_state import FeedState
from transforms.model import RawArticle

PAUSE_SECONDS = 5.0
HOST_GAP = 1.0
"""Seconds between two requests to one host."""
_SPAN = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)\s?([smhd]?)", re.ASCII)
_UNITS = {"": 1.0, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}
_log = logging.getLogger("dateline")


def run_subscription(url: str, output: str | Sequence[str], settings: Settings) -> Counter[str]:
    """Read a subscription until SIGTERM or SIGINT (or ``limit`` messages); gives the counts."""
    subscription = pubsub.parse(url)
    if settings.workers > 1:
        raise InputError("a stream is read by one process; start the command again for a second one")
    intake = Intake(output, settings, url)
    meter = serve.Meter()
    with serve.until_signal() as stop:
        pull = pubsub.Pull(subscription)
        try:
            serve.serve(
                pull,
                intake.put,
                lambda batch: pubsub.raws_of(subscription, batch),
                stop,
                meter,
                settings.limit,
            )
        finally:
            pull.close()
            intake.close("stopped")
    return meter.totals


def run_pages(
    urls: Sequence[str], output: str | Sequence[str], settings: Settings, fetcher: Fetcher | None = None
) -> Summary:
    """Fetch pages and read them. Raises InputError where one can not be fetched."""
    began = time.monotonic()
    fetcher = fetcher or Fetcher()
    raws = [fetch_page(url, fetcher, settings) for url in dict.fromkeys(urls)]
    intake = Intake(output, settings, " ".join(urls))
    intake.put(raws)
    counts = dict(intake.counts) | {
        k: v for k, v in tally(intake.store, intake.run_id).items() if k not in intake.counts and k != "read"
    }
    files = intake.export()
    intake.close()
    return Summary(intake.run_id, counts, time.monotonic() - began, files)


def run_watch(
    names: Sequence[str],
    output: str | Sequence[str],
    settings: Settings,
    every: float,
    once: bool = False,
    fetcher: Fetcher | None = None,
) -> Counter[str]:
    """Watch feeds into an output until SIGTERM or SIGINT (or for one cycle); gives the counts."""
    urls = read_feeds(names)
    intake = Intake(output, settings, " ".join(names))
    try:
        return _watch(urls, FeedState(intake.store), intake.put, every, once, fetcher)
    finally:
        intake.close("stopped")


def run_publish(
    names: Sequence[str],
    to: str,
    state: str,
    settings: Settings,
    every: float,
    once: bool = False,
    fetcher: Fetcher | None = None,
) -> Counter[str]:
    """Watch feeds into a topic; ``state`` is the file in which the watcher remembers what it has sent."""
    urls = read_feeds(names)
    topic = Topic(pubsub.parse(to))
    place = outputs.parse(state if "://" in state else f"sqlite:///{state}")
    outputs.make_folder(place)
    database = Database(place.store, settings.retry_seconds)
    return _watch(urls, FeedState(database), topic.put, every, once, fetcher)


def _watch(
    urls: Sequence[str],
    state: FeedState,
    put: Callable[[Sequence[RawArticle]], Any],
    every: float,
    once: bool,
    fetcher: Fetcher | None,
) -> Counter[str]:
    with serve.until_signal() as stop:
        polite = Polite(fetcher or Fetcher(), gap=HOST_GAP, sleep=lambda seconds: stop.wait(seconds))
        watcher = Watcher(urls, state, put, polite, every=every, stop=stop)
        pause = 0.0
        while not stop.is_set():
            try:
                counts = watcher.cycle()
                pause = 0.0
            except StoreError as error:
                if once:
                    raise
                # What was fetched and not stored is fetched again: a sink that fails costs requests, not articles.
                pause = min(pause * 2 or PAUSE_SECONDS, every)
                _log.error("what was fetched could not be written: %s", error)
            else:
                _log.info("watch", extra={"fields": dict(counts)})
            if once:
                break
            stop.wait(pause or watcher.idle_seconds())
        return watcher.counts


def seconds_of(text: str) -> float:
    """``90``, ``45s``, ``10m``, ``2h`` or ``1d`` in seconds. Raises :class:`~pipeline.sources.inputs.InputError`."""
    found = _SPAN.fullmatch(text.strip())
    if found is None or float(found[1]) == 0:
        raise InputError(f"{text}: not a length of time such as 45s, 10m, 2h or 1d")
    return float(found[1]) * _UNITS[found[2]]
