"""Which pairs of articles are compared: those that share two keys.

A key is a pair of rare terms of one article. Each article gives its best :data:`KEYS` pairs (by the sum of
the two ranks among its rare terms) to the bucket of its day. Buckets are :data:`BUCKET` days long, and an
article of the first :data:`WINDOW` days of a bucket also visits the bucket before. So two articles at most
:data:`WINDOW` days apart meet in exactly one bucket, that of the earlier one. An undated article meets all
others in the bucket ``*``.

On development data 90 pairs of terms find .88 of the true pairs within a week (.74 if a text is a teaser of
90 words) and give 24 pairs an article in a week of 37,000. Single terms find more but give hundreds; runs of
words find half.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from dateline.transforms.stories.profile import RARE

Keys = npt.NDArray[np.uint64]
KEYS = 90
SHARED = 2
"""Keys that a candidate pair must share."""
BUCKET = 28
WINDOW = 7
UNDATED = -1
"""The bucket of undated articles."""


@lru_cache(maxsize=RARE + 1)
def _ranks(count: int) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """The two ranks of each pair among ``count`` rare terms."""
    pairs = [(a, b) for a in range(RARE) for b in range(a + 1, RARE)]
    best = [p for p in sorted(pairs, key=lambda p: (p[0] + p[1], p))[:KEYS] if p[1] < count]
    return np.array([a for a, _ in best], np.intp), np.array([b for _, b in best], np.intp)


def keys(rare: npt.ArrayLike) -> Keys:
    """The keys of an article from its rare terms, best first: at most :data:`KEYS` distinct 64-bit numbers."""
    terms = np.asarray(rare, np.uint64)
    first, second = (terms[ranks] for ranks in _ranks(len(terms)))
    return np.minimum(first, second) << np.uint64(32) | np.maximum(first, second)


def among(held: Keys, asked: Keys) -> npt.NDArray[np.bool_]:
    """Which of the keys of an article are among many; ``asked`` are in order."""
    if not len(asked):
        return np.zeros(len(held), np.bool_)
    found: npt.NDArray[np.bool_] = asked[np.minimum(asked.searchsorted(held), len(asked) - 1)] == held
    return found


def buckets(published: int | None, undated: bool = True) -> Iterator[int]:
    """The buckets in which an article meets others. ``undated``: whether there is any undated article."""
    if published is not None:
        number, day = divmod(published, BUCKET)
        yield number
        if day < WINDOW:
            yield number - 1
    if published is None or undated:
        yield UNDATED
