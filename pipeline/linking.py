"""Linking as Beam transforms. They shuffle pairs of ids, never a text or a profile.

A worker reads keys and profiles from the store: those of a bucket when it joins them, those of some pairs
when it compares them.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

from dateline.pipeline.environment import EnvironmentDoFn
from dateline.pipeline.settings import Settings
from dateline.pipeline.store.links import LinkStore, link_row
from dateline.pipeline.store.packed import profiles
from dateline.pipeline.store.rows import Row
from dateline.pipeline.store.store import open_store
from dateline.transforms import stories

BLOCK = 256
"""Articles of a bucket, in order of their days, whose pairs are compared together. Those that follow one of them are
mostly of the same days, so few profiles are read twice."""
_PAIR = 32
"""Bytes of a pair of ids."""
_ARTICLES = 64
"""Articles that are compared at a time, each with a few that follow it. A profile takes 40 to 80 KB of memory."""
_WRITE = 200


class _StoreDoFn(EnvironmentDoFn):
    def __init__(self, url: str, settings: Settings, epoch: str) -> None:
        self.url = url
        self.settings = settings
        self.epoch = epoch

    def setup(self) -> None:
        self.links = LinkStore(open_store(self.url, self.settings.retry_seconds), self.epoch)


class Meet(_StoreDoFn):
    """Bucket → ``(bucket, block), pairs`` of its articles that share keys. The keys of one bucket are held in
    memory."""

    def process(self, bucket: int) -> Iterator[tuple[tuple[int, int], bytes]]:
        ones = []
        for name, day, packed in self.links.articles(bucket):
            if (rare := profiles.rare(packed)) is not None:
                ones.append(
                    (stories.NO_DAY if day is None else day, uuid.UUID(name).bytes, stories.keys(rare))
                )
        ones.sort(key=lambda one: one[:2])
        days = [None if day == stories.NO_DAY else day for day, _, _ in ones]
        first, second = stories.met(bucket, days, [keys for _, _, keys in ones])
        blocks: dict[int, list[bytes]] = defaultdict(list)
        for a, b in zip(first.tolist(), second.tolist(), strict=True):
            blocks[a // BLOCK].append(ones[a][1] + ones[b][1])
        for n in sorted(blocks):
            yield (bucket, n), b"".join(blocks[n])


class Compare(_StoreDoFn):
    """The pairs of a block from all parts → the links of those that share two keys."""

    def process(self, group: tuple[tuple[int, int], Iterable[bytes]]) -> Iterator[Row]:
        (bucket, _), held = group
        data = b"".join(held)
        pairs = (_names(data[n : n + _PAIR]) for n in range(0, len(data), _PAIR))
        every = [(a, [b for _, b in some]) for a, some in groupby(pairs, key=itemgetter(0))]
        known: dict[str, stories.Profile] = {}
        for n in range(0, len(every), _ARTICLES):
            waiting = [(a, others, stories.Patience()) for a, others in every[n : n + _ARTICLES]]
            while waiting:
                known = self._profiles(waiting, known)
                for a, others, patience in waiting:
                    for b in others[: stories.MISSES]:
                        if patience.left and a in known and b in known:
                            rows = list(self._rows(known[a], known[b], bucket))
                            patience.note(bool(rows))
                            yield from rows
                waiting = [
                    (a, others[stories.MISSES :], patience)
                    for a, others, patience in waiting
                    if patience.left and len(others) > stories.MISSES
                ]

    def _profiles(
        self, waiting: Iterable[tuple[str, Sequence[str], object]], known: Mapping[str, stories.Profile]
    ) -> dict[str, stories.Profile]:
        """The profiles of articles and of those that each is compared with next."""
        wanted = {name for a, others, _ in waiting for name in (a, *others[: stories.MISSES])}
        held = {name: known[name] for name in known.keys() & wanted}
        return held | self.links.profiles(wanted - held.keys())

    def _rows(self, a: stories.Profile, b: stories.Profile, bucket: int) -> Iterator[Row]:
        links = stories.links_of(a, b)
        events: dict[str, str] = {}
        if any(link.kind == "contradicts" for link in links):
            events = {s.event: one.article_id for one in (a, b) for s in one.slots if s.event}
        for link in links:
            yield link_row(link, events, bucket)


def _names(ends: bytes) -> tuple[str, str]:
    return str(uuid.UUID(bytes=ends[:16])), str(uuid.UUID(bytes=ends[16:]))


class WriteLinks(_StoreDoFn):
    """Writes rows to the store in batches."""

    def start_bundle(self) -> None:
        self.buffer: list[Row] = []

    def process(self, row: Row) -> None:
        self.buffer.append(row)
        if len(self.buffer) >= _WRITE:
            self.finish_bundle()

    def finish_bundle(self) -> None:
        batch, self.buffer = self.buffer, []
        self.links.write(batch)


def here(buckets: Sequence[int], url: str, settings: Settings, epoch: str) -> Iterator[Row]:
    """The rows of the same steps, computed without a runner for a few articles."""
    meet, compare = Meet(url, settings, epoch), Compare(url, settings, epoch)
    for step in (meet, compare):
        step.setup()
    for bucket in buckets:
        for block, pairs in meet.process(bucket):
            yield from compare.process((block, (pairs,)))
