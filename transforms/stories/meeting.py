"""The candidate pairs of one bucket: a join of articles over their keys, a block of articles at a time.

The articles of a key are counted pair by pair, up to :data:`FULL` of them. In a fuller key each article meets
the next :data:`NEAR` in order of day and id. Of all that follow an article and share enough keys, the
:data:`FOLLOWERS` that share most are kept. So the result depends on which articles are in the bucket, never
on their order, and there are at most :data:`FOLLOWERS` pairs an article.

They are compared in order of the keys that they share, and only until :data:`MISSES` in a row have no link: see
:class:`Patience`. What shares fewer keys is then less likely still.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from dateline.transforms.stories.keys import BUCKET, SHARED, UNDATED, WINDOW

FULL = 128
NEAR = 16
FOLLOWERS = 32
MISSES = 8
NO_DAY = -(10**6)
_BLOCK = 128
"""Articles whose pairs are counted at a time: at most 90 keys each, with at most 128 articles, in 8 bytes. That is 12 MB
and three times as much to count them."""
_PARTS = 16

Ints = npt.NDArray[np.int64]


def met(bucket: int, days: Sequence[int | None], held: Sequence[npt.ArrayLike]) -> tuple[Ints, Ints]:
    """The pairs of articles in this bucket that share :data:`~dateline.transforms.stories.keys.SHARED` keys.

    ``days`` and ``held`` (keys) are those of the articles in order of day (undated first) and id. The result
    are indexes in that order, each pair once, the smaller index first. Pairs come in the order of their first articles,
    and of one article in the order in which they are to be compared: those that share most keys first.
    """
    day = np.array([NO_DAY if d is None else d for d in days], np.int64)
    kept = [np.asarray(k, np.uint64) for k in held]
    size = np.array([len(k) for k in kept], np.int64)
    found: list[tuple[Ints, Ints]] = []
    if len(day) > 1 and size.any():
        key = np.concatenate(kept)
        again = _repeated(key)
        key, owner = key[again], np.repeat(np.arange(len(day)), size)[again]
        order = np.lexsort((owner, key))
        key, owner = key[order], owner[order]
        starts = np.flatnonzero(np.r_[True, key[1:] != key[:-1]])
        counts = np.diff(np.r_[starts, len(key)])
        followed = np.repeat(starts + counts, counts) - np.arange(len(key)) - 1
        counted = np.where(np.repeat(counts, counts) <= FULL, followed, np.minimum(followed, NEAR))
        undated = day[owner] == NO_DAY
        here = undated if bucket == UNDATED else (~undated & (day[owner] // BUCKET == bucket))
        at = np.flatnonzero(here & (counted > 0))
        at = at[np.argsort(owner[at], kind="stable")]
        for edge in range(0, len(day), _BLOCK):
            low, high = np.searchsorted(owner[at], (edge, edge + _BLOCK))
            found.append(_pairs(at[low:high], owner, counted, day, WINDOW if bucket != UNDATED else None))
    if not found:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    return np.concatenate([f for f, _ in found]), np.concatenate([s for _, s in found])


def _repeated(key: npt.NDArray[np.uint64]) -> npt.NDArray[np.bool_]:
    """A mask of the keys that occur more than once: in real news one in four, so the rest need not be sorted."""
    found = np.zeros(len(key), np.bool_)
    for part in range(_PARTS):
        at = np.flatnonzero(key % np.uint64(_PARTS) == part)
        ordered = np.sort(key[at])
        found[at] = np.isin(key[at], ordered[1:][ordered[1:] == ordered[:-1]])
    return found


def _pairs(at: Ints, owner: Ints, counted: Ints, day: Ints, window: int | None) -> tuple[Ints, Ints]:
    """The pairs whose first articles own the positions ``at``."""
    codes = [np.zeros(0, np.int64)]
    step = 1
    while len(at := at[counted[at] >= step]):
        if window is not None:
            at = at[day[owner[at + step]] - day[owner[at]] <= window]
        codes.append(owner[at] * len(day) + owner[at + step])
        step += 1
    pairs, shared = np.unique(np.concatenate(codes), return_counts=True)
    pairs, shared = pairs[shared >= SHARED], shared[shared >= SHARED]
    first, second = pairs // len(day), pairs % len(day)
    # Pairs come in order of both indexes; a stable sort keeps that order among pairs that share as many keys.
    best = np.lexsort((-shared, first))
    begins = np.searchsorted(first, first[best])
    chosen = best[np.arange(len(best)) - begins < FOLLOWERS]
    return first[chosen], second[chosen]


class Patience:
    """How long the pairs of one first article are worth comparing, in the order of :func:`met`: until :data:`MISSES` in
    a row have no link.

    Pages of one template share keys with every page around them, and so does any page in a dense store by chance.
    """

    def __init__(self) -> None:
        self._misses = 0

    @property
    def left(self) -> bool:
        """Whether the next pair is to be compared."""
        return self._misses < MISSES

    def note(self, linked: bool) -> None:
        """The pair was compared; ``linked``: it has a link."""
        self._misses = 0 if linked else self._misses + 1
