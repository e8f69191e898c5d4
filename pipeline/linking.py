"""The steps of linking as Beam sees them: ids, days and keys are shuffled, never a text or a profile.

A worker looks profiles up in the store when it compares, a block of pairs at a time.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import apache_beam as beam
import numpy as np

from dateline.pipeline.environment import EnvironmentDoFn
from dateline.pipeline.settings import Settings
from dateline.pipeline.store.links import LinkStore, link_row
from dateline.pipeline.store.rows import Row
from dateline.pipeline.store.store import open_store
from dateline.transforms import stories

PARTS = 16
"""Parts of the space of keys, so that one bucket is joined by several workers and in bounded memory."""
BLOCKS = 32
_PAIR = np.dtype([("ends", "V32"), ("shared", "<u4")])
_HEAD = np.dtype([("day", "<i8"), ("id", "V16")])
_PROFILES = 2_000
_WRITE = 200


class _StoreDoFn(EnvironmentDoFn):
    def __init__(self, url: str, settings: Settings, epoch: str) -> None:
        self.url = url
        self.settings = settings
        self.epoch = epoch

    def setup(self) -> None:
        self.links = LinkStore(open_store(self.url, self.settings.retry_seconds), self.epoch)


class ReadKeys(_StoreDoFn):
    """Bucket → ``(bucket, part), day + article + its keys of that part``, for every article of the bucket."""

    def process(self, bucket: int) -> Iterator[tuple[tuple[int, int], bytes]]:
        for name, day, packed in self.links.articles(bucket):
            rare = stories.unpack_rare(packed)
            if rare is None:
                continue
            keys = stories.keys(rare)
            head = np.array((stories.NO_DAY if day is None else day, uuid.UUID(name).bytes), _HEAD).tobytes()
            part = keys % PARTS
            for n in np.unique(part).tolist():
                yield (bucket, int(n)), head + keys[part == n].tobytes()


class Meet(beam.DoFn):
    """The articles of a bucket's part → ``(bucket, block), pairs that share a key there``."""

    def process(
        self, group: tuple[tuple[int, int], Iterable[bytes]]
    ) -> Iterator[tuple[tuple[int, int], bytes]]:
        (bucket, _), held = group
        ones = []
        for data in held:
            head = np.frombuffer(data, _HEAD, 1)[0]
            ones.append((int(head["day"]), head["id"].tobytes(), data[_HEAD.itemsize :]))
        ones.sort(key=lambda one: one[:2])
        days = [None if day == stories.NO_DAY else day for day, _, _ in ones]
        first, second, shared = stories.met(bucket, days, [np.frombuffer(k, np.uint64) for _, _, k in ones])
        if not len(first):
            return
        pairs = np.empty(len(first), _PAIR)
        pairs["ends"] = [
            ones[a][1] + ones[b][1] for a, b in zip(first.tolist(), second.tolist(), strict=True)
        ]
        pairs["shared"] = shared
        block = np.array([ones[n][1][0] for n in first.tolist()]) % BLOCKS
        for n in np.unique(block).tolist():
            yield (bucket, int(n)), pairs[block == n].tobytes()


class Compare(_StoreDoFn):
    """A block's pairs from all parts → the links of those that share two keys."""

    def process(self, group: tuple[tuple[int, int], Iterable[bytes]]) -> Iterator[Row]:
        (bucket, _), held = group
        wanted = _wanted(held)
        for n in range(0, len(wanted), _PROFILES // 2):
            some = [_names(ends) for ends in wanted[n : n + _PROFILES // 2]]
            profiles = self.links.profiles(name for pair in some for name in pair)
            for a, b in some:
                if a in profiles and b in profiles:
                    yield from self._rows(profiles[a], profiles[b], bucket)

    def _rows(self, a: stories.Profile, b: stories.Profile, bucket: int) -> Iterator[Row]:
        events = {s.event: one.article_id for one in (a, b) for s in one.slots if s.event}
        for link in stories.links_of(a, b):
            yield link_row(link, events, bucket)


def _wanted(held: Iterable[bytes]) -> list[bytes]:
    """The ends of the pairs that share enough keys over all parts, in order of their ids."""
    pairs = np.frombuffer(b"".join(held), _PAIR)
    ends = np.ascontiguousarray(pairs["ends"])
    numbers = ends.view(">u8").reshape(-1, 4)
    order = np.lexsort(numbers.T[::-1])
    numbers = numbers[order]
    starts = np.flatnonzero(np.r_[True, (numbers[1:] != numbers[:-1]).any(axis=1)])
    shared = np.add.reduceat(pairs["shared"][order], starts)
    return [x.tobytes() for x in ends[order][starts[shared >= stories.SHARED]]]


def _names(ends: bytes) -> tuple[str, str]:
    return str(uuid.UUID(bytes=ends[:16])), str(uuid.UUID(bytes=ends[16:]))


class WriteLinks(_StoreDoFn):
    """Rows into the store, in batches."""

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
    """The rows of the same steps without a runner, for a few articles."""
    read, meet, compare = ReadKeys(url, settings, epoch), Meet(), Compare(url, settings, epoch)
    for step in (read, compare):
        step.setup()
    for bucket in buckets:
        parts: dict[tuple[int, int], list[bytes]] = defaultdict(list)
        blocks: dict[tuple[int, int], list[bytes]] = defaultdict(list)
        for key, data in read.process(bucket):
            parts[key].append(data)
        for key in sorted(parts):
            for block, pairs in meet.process((key, parts[key])):
                blocks[block].append(pairs)
        for key in sorted(blocks):
            yield from compare.process((key, blocks[key]))
