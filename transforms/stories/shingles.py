"""How much of one text is contained in another, by sampled runs of words.

A run of :data:`RUN` words is a 32-bit hash; the smallest :data:`KEPT` hashes of a text are its sketch. Two
sketches are compared below the smaller of their largest hashes, where both contain every run, so the share is
unbiased for texts of any two lengths (bottom-k sampling; Broder 1997, "On the resemblance and containment of
documents").
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

RUN = 5
KEPT = 300
LEAST = 8
"""The least number of comparable runs; a share of fewer is meaningless."""
_MIX = np.uint64(0x9E3779B97F4A7C15)
_MIX2 = np.uint64(0xBF58476D1CE4E5B9)
_TOP = 2**32


@dataclass(frozen=True)
class Sketch:
    """The smallest hashes of a text, sorted, and the number of its distinct runs."""

    hashes: tuple[int, ...]
    size: int

    @cached_property
    def runs(self) -> frozenset[int]:
        """The hashes as a set."""
        return frozenset(self.hashes)

    @property
    def bound(self) -> int:
        """The value below which the sketch contains every run of the text."""
        return self.hashes[-1] + 1 if self.size > len(self.hashes) else _TOP


def sketch(keys: npt.NDArray[np.int64]) -> Sketch:
    """The sketch of a text by the keys of its words in order; a text of fewer than :data:`RUN` words has none."""
    hashes, size = smallest(keys)
    return Sketch(tuple(hashes.tolist()), size)


def smallest(keys: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.uint64], int]:
    """The hashes of :func:`sketch` as an array, and the number of distinct runs."""
    count = len(keys) - RUN + 1
    if count < 1:
        return np.empty(0, np.uint64), 0
    numbers = keys.astype(np.uint64)
    mixed = numbers[:count]
    for n in range(1, RUN):
        mixed = mixed * _MIX + numbers[n : n + count]
    mixed ^= mixed >> np.uint64(29)
    mixed *= _MIX2
    runs = mixed >> np.uint64(32)
    # Sorted by hand: numpy.unique goes by a hash table, which takes 250 µs of a page to the 10 of a sort.
    runs.sort()
    new = np.ones(count, np.bool_)
    np.not_equal(runs[1:], runs[:-1], out=new[1:])
    runs = runs[new]
    return runs[:KEPT], int(runs.size)


def containment(a: Sketch, b: Sketch) -> float:
    """The share of the shorter text's runs that the longer text contains; 0 if too few can be compared."""
    if a.size > b.size:
        a, b = b, a
    bound = min(a.bound, b.bound)
    comparable = bisect_left(a.hashes, bound)
    if comparable < LEAST:
        return 0.0
    return len(a.runs & b.runs) / comparable  # A hash that both have is below the bound.
