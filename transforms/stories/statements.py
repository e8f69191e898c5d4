"""The slots of an article side by side, so that those of two articles are compared all at once.

Two articles have up to 1,600 pairs of slots, and two pages of one template are alike in most of them. One by one
they took 2 ms of such a pair of pages.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dateline.transforms.stories.slots import Slot
from dateline.transforms.stories.table import load

ALIKE = 0.6
"""Two sentences are about the same deed if they share at least this part of the words (by rarity) of the
sentence with less."""
ALIKE_SAID = 0.8
"""The same for the day of a statement, which may be made twice."""
SHARED = 4
"""The least number of words that both sentences must share."""
_ROUNDING = 1e-6
"""Shares are compared in single precision here, and once more where two slots contradict each other."""
_NEVER = 0

Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.float32]


class Columns(NamedTuple):
    """What statements are made of: how many words each slot has, the words of all, and of each slot its kind, its day
    and whether it counts something."""

    sizes: Sequence[int]
    words: npt.NDArray[np.uint32]
    kinds: Sequence[str]
    days: Sequence[Sequence[int] | None]
    counted: Sequence[bool]


class InColumns(ABC):
    """Slots that are kept in columns. As objects those of an article take 40 KB more."""

    @abstractmethod
    def columns(self) -> Columns:
        """The columns."""


@dataclass(frozen=True)
class Statements:
    """The slots of one article in columns: the words of all, which slot has which, and their days."""

    words: npt.NDArray[np.uint32]
    rarity: Numbers
    has: Numbers
    mass: Numbers
    told: Mask
    start: npt.NDArray[np.int64]
    end: npt.NDArray[np.int64]
    counted: Mask

    @classmethod
    def of(cls, slots: Sequence[Slot]) -> Statements:
        """The columns of slots."""
        held = slots.columns() if isinstance(slots, InColumns) else _columns(slots)
        count = len(held.sizes)
        words, at = np.unique(held.words, return_inverse=True)
        rarity = load().rarities(words).astype(np.float32)
        has = np.zeros((count, len(words)), np.float32)
        has[np.repeat(np.arange(count), held.sizes), at] = 1
        days = [day or (_NEVER, _NEVER) for day in held.days]
        start, end = np.array(days, np.int64).reshape(-1, 2).T
        return cls(
            words,
            rarity,
            has,
            has @ rarity,
            np.fromiter((kind == "told" for kind in held.kinds), np.bool_, count),
            start,
            end,
            np.fromiter(held.counted, np.bool_, count),
        )

    @property
    def dated(self) -> Mask:
        """Which slots have a day."""
        return self.end > _NEVER

    def alike(self, other: Statements) -> Mask:
        """Which slots share enough words with which slots of another article to be about one deed."""
        _, ours, theirs = np.intersect1d(self.words, other.words, assume_unique=True, return_indices=True)
        mine, its = self.has[:, ours], other.has[:, theirs].T
        shared = mine @ its
        share = (mine * self.rarity[ours]) @ its / np.minimum(self.mass[:, None], other.mass)
        least = np.where(self.told[:, None] & other.told, ALIKE, ALIKE_SAID)
        found: Mask = (shared >= SHARED) & (share >= least - _ROUNDING)
        return found


def _columns(slots: Sequence[Slot]) -> Columns:
    sizes = [len(s.terms) for s in slots]
    return Columns(
        sizes,
        np.fromiter((k for s in slots for k in s.terms), np.uint32, sum(sizes)),
        [s.kind for s in slots],
        [s.day for s in slots],
        [bool(s.numbers) for s in slots],
    )


class Compared(NamedTuple):
    """The slots of one article (rows) about the same deed as those of another one (columns).

    ``same_days``: their days have a moment in common; ``other_days``: they have none; ``both_count``: both have counted
    nouns. ``stated``: one of the two articles states the day of the other's slot as well, of the same deed.
    """

    same_days: Mask
    other_days: Mask
    both_count: Mask
    stated: Mask


def compared(a: Statements, b: Statements) -> Compared:
    """The slots of two articles side by side."""
    near = a.alike(b)
    dated = near & a.dated[:, None] & b.dated
    overlap = (a.start[:, None] < b.end) & (b.start < a.end[:, None])
    same = dated & overlap
    stated: Mask = np.logical_or(same.any(axis=0), same.any(axis=1, keepdims=True))
    return Compared(same, dated & ~overlap, near & a.counted[:, None] & b.counted, stated)
