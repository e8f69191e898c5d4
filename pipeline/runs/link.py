"""One run of linking: finds what changed, sends its buckets through the graph, and derives stories and days
from the links."""

from __future__ import annotations

import datetime
import re
import time
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

import apache_beam as beam

from dateline.pipeline import graph, linking
from dateline.pipeline.environment import noted_faults
from dateline.pipeline.errors import InputError
from dateline.pipeline.runs import engine
from dateline.pipeline.runs.stories import write_stories
from dateline.pipeline.settings import Settings
from dateline.pipeline.store.links import LinkStore
from dateline.pipeline.store.store import Store

_SINCE = re.compile(r"(\d{1,4})d|(\d{4}-\d\d-\d\d)")
SMALL = 500
"""Up to this many changed articles several workers do nothing, because their start would cost more than the work."""


class LinkSummary(NamedTuple):
    """The result of a run of linking. ``without``: articles without a profile (read by an older release)."""

    articles: int
    links: int
    stories: int
    without: int
    seconds: float


def since_day(text: str) -> int:
    """``14d`` or ``2026-11-01`` as an ordinal. Raises :class:`~dateline.pipeline.errors.InputError`."""
    found = _SINCE.fullmatch(text)
    if found is None:
        raise InputError(f"--since {text}: not of the form 14d or 2026-11-01")
    if found[1]:
        return datetime.datetime.now(datetime.UTC).date().toordinal() - int(found[1])
    try:
        return datetime.date.fromisoformat(found[2]).toordinal()
    except ValueError as error:
        raise InputError(f"--since {text}: no day of the calendar") from error


def link(store: Store, settings: Settings, since: int | None = None) -> LinkSummary:
    """Link the articles that are not linked yet. Raises :class:`~dateline.pipeline.errors.StoreError`."""
    began = time.monotonic()
    links = LinkStore(store)
    work = links.work(since)
    if work.changed or work.gone:
        dirty = links.clear(work)
        if settings.workers == 1 or len(work.changed) <= SMALL:
            rows = linking.here(work.buckets, store.url, settings, links.epoch)
            while batch := list(islice(rows, linking.WRITE)):
                links.write(batch)
        else:
            _run(work.buckets, links, settings)
        write_stories(links, work, dirty)
    held = store.link_counts()
    return LinkSummary(len(work.changed), *held, work.without, time.monotonic() - began)


def is_quick(store: Store) -> bool:
    """Whether the articles that are not linked yet meet at most :data:`SMALL` articles, so that linking takes
    seconds."""
    links = LinkStore(store)
    return links.count(links.work().buckets) <= SMALL


def link_all(stores: Iterable[Store], settings: Settings) -> None:
    """Link every database of a run."""
    for store in stores:
        link(store, settings)


def _run(buckets: Sequence[int], links: LinkStore, settings: Settings) -> None:
    pipeline = beam.Pipeline(options=engine.local(settings.workers).options)
    graph.link(pipeline, buckets, links.store.url, settings, links.epoch)
    with noted_faults() as original:
        try:
            pipeline.run().wait_until_finish()
        except Exception as error:
            fault = original(error)
            raise fault from (None if fault is error else error)
