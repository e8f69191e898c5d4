"""Writes the stories and days that follow from the links of a store, a batch of connected components at a
time.

The ids of linked articles and their components are held in memory; all else only of one batch.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from dateline.pipeline.store.links import LinkStore
from dateline.pipeline.store.rows import Row
from dateline.pipeline.store.unlinked import Work
from dateline.transforms import identity, stories

BATCH = 1_000
"""Articles of one batch of components of up to ``FILLED`` articles; a larger component is its own batch."""
Rows = dict[str, Row]


def write_stories(links: LinkStore, work: Work, dirty: set[str]) -> None:
    """Write the stories of every component with an article of a touched bucket, and the days of its articles.

    ``dirty`` are the articles whose links were dropped before. Each batch is one transaction. When all is
    written, the views switch to the epoch and the articles count as linked.
    """
    groups = stories.components(_noted(links, set(work.buckets), dirty))
    linked = {x for group in groups for x in group}
    found = (group for group in groups if not dirty.isdisjoint(group))
    # A changed article that has a link is dirty by it: its buckets are touched.
    unlinked = ([a] for batch in work.changed.batches() for a, _, _ in batch if a not in linked)
    before = ([a] for a in sorted(dirty - linked))
    for batch in _batches(chain(found, unlinked, before)):
        _write(links, batch)
    links.finish(work)


def _noted(links: LinkStore, touched: set[int], dirty: set[str]) -> Iterator[stories.Pair]:
    """The articles of all links; those in touched buckets are added to ``dirty``."""
    for a, b, bucket in links.ends():
        if bucket in touched:
            dirty.update((a, b))
        yield stories.ordered(a, b)


def _batches(groups: Iterable[Sequence[str]]) -> Iterator[list[Sequence[str]]]:
    batch: list[Sequence[str]] = []
    size = 0
    for group in groups:
        if len(group) > stories.FILLED:
            yield [group]
            continue
        if batch and size + len(group) > BATCH:
            yield batch
            batch, size = [], 0
        batch.append(group)
        size += len(group)
    if batch:
        yield batch


def _write(links: LinkStore, batch: Sequence[Sequence[str]]) -> None:
    ids = [x for group in batch for x in group]
    profiles = links.profiles(ids, words=False)
    place = {x: n for n, group in enumerate(batch) for x in group}
    compared: dict[str, stories.Profile] = {}

    def score(a: str, b: str) -> float:
        """The score of two articles of a component that are no link. Only for these are its words read."""
        nonlocal compared
        if a not in compared:
            compared = links.profiles(batch[place[a]])
        return stories.judge(compared[a], compared[b]).same if {a, b} <= compared.keys() else 0.0

    edges: list[list[stories.Edge]] = [[] for _ in batch]
    for edge in links.edges(ids):
        edges[place[edge.a]].append(edge)
    members: Rows = {}
    days: Rows = {}
    for one in profiles.values():
        days |= _own_day(one, links.epoch)
    for own in edges:
        for story in stories.told_by(own, profiles, score):
            members |= _members(story, links.epoch)
            days |= _days(story, profiles, links.epoch)
    links.write_stories(ids, members, days)


def _members(story: stories.Story, epoch: str) -> Rows:
    story_id = identity.story_id(story.articles[0])
    return {
        x: {
            "article_id": x,
            "epoch": epoch,
            "story_id": story_id,
            "source": story.sources[x],
            "text_id": text,
        }
        for x, text in story.texts.items()
    }


def _days(story: stories.Story, profiles: Mapping[str, stories.Profile], epoch: str) -> Rows:
    """The days that partners give the undated articles of a story."""
    partners = [profiles[x] for x in story.texts]
    found = {}
    for one in partners:
        if one.published is None and (day := stories.infer(one, partners, story.sources)) is not None:
            found[one.article_id] = _inferred(one, day, profiles, epoch)
    return found


def _own_day(one: stories.Profile, epoch: str) -> Rows:
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
