"""One run of linking: what changed, its buckets through the graph, then the stories and days that the links make."""

from __future__ import annotations

import datetime
import json
import re
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import apache_beam as beam

from dateline.pipeline import graph, linking
from dateline.pipeline.environment import noted_faults
from dateline.pipeline.errors import InputError
from dateline.pipeline.runs import engine
from dateline.pipeline.settings import Settings
from dateline.pipeline.store.links import LinkStore, Work
from dateline.pipeline.store.rows import Row
from dateline.pipeline.store.store import Store
from dateline.transforms import identity, stories
from dateline.transforms.model import Link

_SINCE = re.compile(r"(\d{1,4})d|(\d{4}-\d\d-\d\d)")
SMALL = 500
"""Changed articles up to which a runner would cost more than the work: the same steps are called in this process."""


class LinkSummary(NamedTuple):
    """What a run of linking did; ``without``: articles that have no profile (read by an older release)."""

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
    """Link what is not linked yet. Raises :class:`~dateline.pipeline.errors.StoreError`."""
    began = time.monotonic()
    links = LinkStore(store)
    work = links.work(since)
    if work.changed or work.gone:
        dirty = links.clear(work)
        if len(work.changed) <= SMALL:
            links.write(list(linking.here(work.buckets, store.url, settings, links.epoch)))
        else:
            _run(work.buckets, links, settings)
        _settle(links, work, dirty)
    held = store.link_counts()
    return LinkSummary(len(work.changed), *held, work.without, time.monotonic() - began)


def is_quick(store: Store) -> bool:
    """Whether what is not linked yet meets at most :data:`SMALL` articles, so that linking takes seconds."""
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


def _settle(links: LinkStore, work: Work, dirty: set[str]) -> None:
    """The stories of every component that an article of a touched bucket stands in, and the days of its articles."""
    edges = list(links.edges())
    touched = set(work.buckets)
    dirty |= {x for e in edges if e["bucket"] in touched for x in (e["article_a"], e["article_b"])}
    dirty |= {a for a, _, _ in work.changed}
    pairs = [stories.ordered(e["article_a"], e["article_b"]) for e in edges]
    groups = stories.components(pairs)
    group_of = {x: n for n, group in enumerate(groups) for x in group}
    mine: dict[int, list[Row]] = defaultdict(list)
    for edge in edges:
        mine[group_of[edge["article_a"]]].append(edge)
    members: dict[str, Row] = {}
    days: dict[str, Row] = {}
    stale = set(dirty)
    for n, group in enumerate(groups):
        if dirty.isdisjoint(group):
            continue
        stale.update(group)
        profiles = links.profiles(group)
        found, told = _of_component(mine[n], profiles, links.epoch)
        members |= found
        days |= told
    alone = sorted(x for x in dirty if x not in group_of)
    for one in links.profiles(alone).values():
        days |= _told(one, links.epoch)
    links.settle(work, members, days, stale)


def _of_component(
    edges: Iterable[Row], profiles: Mapping[str, stories.Profile], epoch: str
) -> tuple[dict[str, Row], dict[str, Row]]:
    made = [
        Link(kind=e["kind"], a=e["article_a"], b=e["article_b"], score=e["score"], epoch=epoch) for e in edges
    ]
    members: dict[str, Row] = {}
    days: dict[str, Row] = {}
    for one in profiles.values():
        days |= _told(one, epoch)
    copies = [stories.ordered(x.a, x.b) for x in made if x.kind == "copy"]
    for story in stories.stories_of(made, profiles):
        inside = set(story)
        texts = {
            x: group[0]
            for group in stories.components(p for p in copies if inside.issuperset(p))
            for x in group
        }
        partners = [profiles[x] for x in story if x in profiles]
        for one in partners:
            members[one.article_id] = {
                "article_id": one.article_id,
                "epoch": epoch,
                "story_id": identity.story_id(story[0]),
                "source": one.source,
                "text_id": texts.get(one.article_id, one.article_id),
            }
            if one.published is None and (found := stories.infer(one, partners)) is not None:
                days[one.article_id] = _inferred(one, found, profiles, epoch)
    return members, days


def _told(one: stories.Profile, epoch: str) -> dict[str, Row]:
    day = stories.main_day(one)
    if day is None:
        return {}
    row = _day_row(one.article_id, epoch, "told", day.start, day.end, 1)
    return {one.article_id: row | {"evidence": json.dumps([{"at": [day.at, day.until]}])}}


def _inferred(
    one: stories.Profile, found: stories.Inferred, profiles: Mapping[str, stories.Profile], epoch: str
) -> Row:
    reasons = []
    for name in found.partners:
        day = stories.main_day(profiles[name])
        assert day is not None
        reasons.append({"article_id": name, "at": [day.at, day.until]})
    certainty = "inferred" if found.certain else "bound"
    row = _day_row(one.article_id, epoch, certainty, found.start, found.end, found.sources)
    return row | {"evidence": json.dumps(reasons)}


def _day_row(article_id: str, epoch: str, certainty: str, start: int, end: int, sources: int) -> Row:
    first, last = (datetime.date.fromordinal(n).isoformat() for n in (start, end))
    return {
        "article_id": article_id, "epoch": epoch, "certainty": certainty, "day_start": first, "day_end": last,
        "sources": sources,
    }  # fmt: skip
