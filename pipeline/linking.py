"""Linking as Beam transforms. They shuffle pairs of ids, never a text or a profile.

A worker reads keys and profiles from the store: those of a bucket when it joins them, those of some pairs
when it compares them.
"""

from __future__ import annotations

import struct
import uuid
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from operator import itemgetter

import numpy as np
import numpy.typing as npt

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
_ID = 16
_ARTICLES = 16
"""Articles that are compared at a time, each with a few that follow it."""
_HELD = 512
"""Profiles that are kept in memory, 30 to 50 KB each. Among 4,000 articles of four weeks a profile is read 1.4 times;
with 128 in memory, 4 times."""
WRITE = 200


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
        ones = sorted(self._articles(bucket), key=itemgetter(0, 1))
        days = [None if day == stories.NO_DAY else day for day, _, _ in ones]
        first, second = stories.met(bucket, days, [keys for _, _, keys in ones])
        names = [name for _, name, _ in ones]
        del ones
        edges = np.searchsorted(first, np.arange(0, len(names) + BLOCK, BLOCK))
        for n, (low, high) in enumerate(pairwise(edges)):
            if low < high:
                yield (bucket, n), pack_pairs(names, first[low:high], second[low:high])

    def _articles(self, bucket: int) -> Iterator[tuple[int, bytes, stories.Keys]]:
        """The day, the id and the keys of each article of a bucket.

        Everybody stands in the bucket of the undated, and most have no key that an undated article has.
        """
        asked = None
        if bucket == stories.UNDATED:
            undated = [keys for _, _, keys in self._keyed(self.links.undated())]
            asked = np.unique(np.concatenate(undated)) if undated else np.zeros(0, np.uint64)
        for day, name, keys in self._keyed(self.links.articles(bucket)):
            if asked is None:
                yield day, name, keys
            elif len(kept := keys[stories.among(keys, asked)]):
                yield day, name, kept

    def _keyed(
        self, articles: Iterable[tuple[str, int | None, bytes]]
    ) -> Iterator[tuple[int, bytes, stories.Keys]]:
        for name, day, packed in articles:
            if (rare := profiles.rare(packed)) is not None:
                yield stories.NO_DAY if day is None else day, uuid.UUID(name).bytes, stories.keys(rare)


class Compare(_StoreDoFn):
    """The pairs of a block → the links of those that share two keys."""

    def setup(self) -> None:
        super().setup()
        self.known: OrderedDict[str, stories.Profile | None] = OrderedDict()

    def process(self, group: tuple[tuple[int, int], Iterable[bytes]]) -> Iterator[Row]:
        (bucket, _), parts = group
        for part in parts:
            every = [(a, [b for _, b in some]) for a, some in groupby(unpack_pairs(part), key=itemgetter(0))]
            for n in range(0, len(every), _ARTICLES):
                yield from self._compared(bucket, every[n : n + _ARTICLES])

    def _compared(self, bucket: int, articles: Iterable[tuple[str, list[str]]]) -> Iterator[Row]:
        """The links of some articles, each with those that follow it, a few of these at a time."""
        waiting = [(a, others, stories.Patience()) for a, others in articles]
        while waiting:
            self._read([name for a, others, _ in waiting for name in (a, *others[: stories.MISSES])])
            for a, others, patience in waiting:
                one = self.known[a]
                for b in others[: stories.MISSES]:
                    other = self.known[b]
                    if patience.left and one is not None and other is not None:
                        rows = list(self._rows(one, other, bucket))
                        patience.note(bool(rows))
                        yield from rows
            waiting = [
                (a, others[stories.MISSES :], patience)
                for a, others, patience in waiting
                if patience.left and len(others) > stories.MISSES
            ]

    def _read(self, names: Sequence[str]) -> None:
        """Have the profiles of these articles in memory; those that were not needed for longest go."""
        wanted = dict.fromkeys(names)
        missing = []
        for name in wanted:
            if name in self.known:
                self.known.move_to_end(name)
            else:
                missing.append(name)
        while len(self.known) + len(missing) > max(_HELD, len(wanted)):
            self.known.popitem(last=False)
        found = self.links.profiles(missing)
        self.known |= {name: found.get(name) for name in missing}

    def _rows(self, a: stories.Profile, b: stories.Profile, bucket: int) -> Iterator[Row]:
        links = stories.links_of(a, b)
        events: dict[str, str] = {}
        if any(link.kind == "contradicts" for link in links):
            events = {s.event: one.article_id for one in (a, b) for s in one.slots if s.event}
        for link in links:
            yield link_row(link, events, bucket)


_LENGTH = struct.Struct("<I")
_PLACES = np.dtype("<u2")


def pack_pairs(names: Sequence[bytes], first: npt.NDArray[np.int64], second: npt.NDArray[np.int64]) -> bytes:
    """The pairs of a block: the number of its articles, the id of each in 16 bytes, and both sides of all pairs.

    The bucket of a month of 4,000 articles has 130,000 pairs, which take 32 bytes each as pairs of ids and 5 like this.
    """
    held, places = np.unique(np.concatenate((first, second)), return_inverse=True)
    ids = b"".join(names[n] for n in held.tolist())
    return _LENGTH.pack(len(held)) + ids + places.astype(_PLACES).tobytes()


def unpack_pairs(data: bytes) -> Iterator[tuple[str, str]]:
    """The pairs of ids that were given to :func:`pack_pairs`, in their order."""
    end = _LENGTH.size + _ID * _LENGTH.unpack_from(data)[0]
    ids = [str(uuid.UUID(bytes=data[n : n + _ID])) for n in range(_LENGTH.size, end, _ID)]
    first, second = np.frombuffer(data, _PLACES, offset=end).reshape(2, -1).tolist()
    return zip(map(ids.__getitem__, first), map(ids.__getitem__, second), strict=True)


class WriteLinks(_StoreDoFn):
    """Writes rows to the store in batches."""

    def start_bundle(self) -> None:
        self.buffer: list[Row] = []

    def process(self, row: Row) -> None:
        self.buffer.append(row)
        if len(self.buffer) >= WRITE:
            self.finish_bundle()

    def finish_bundle(self) -> None:
        batch, self.buffer = self.buffer, []
        self.links.write(batch)


def here(buckets: Sequence[int], url: str, settings: Settings, epoch: str) -> Iterator[Row]:
    """The rows of the same steps, a block at a time in this process.

    A runner holds the pairs of all buckets: linking 100,000 articles took 820 MB with one worker.
    """
    meet, compare = Meet(url, settings, epoch), Compare(url, settings, epoch)
    for step in (meet, compare):
        step.setup()
    for bucket in buckets:
        for block, pairs in meet.process(bucket):
            yield from compare.process((block, (pairs,)))
