"""Two profiles → what they are to one another: copies, one story, or neither; a pure function of the pair.

``same`` is a logistic regression whose features are few and each can be read: their shares of the
score are the evidence of the link. ``copy`` is the share of the shorter text that stands in the longer.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from dateline.transforms.stories import shingles
from dateline.transforms.stories.keys import WINDOW
from dateline.transforms.stories.profile import CAPTION, Profile
from dateline.transforms.stories.table import Table, load, weights

COPY = 0.6
COPY_OF_FEW = 0.9
"""The same for texts of fewer than :data:`FEW` runs of words: what is left of a sign-in form differs by a name alone."""
FEW = 60
TOO_FEW = 30
"""Runs of words from which a text can be told a copy at all: less is a form, a notice, a line of an agency."""
FEATURES = (
    "terms", "head", "names", "numbers", "days_apart", "days_apart_log", "undated", "common_day", "no_common_day",
    "one_site", "copied_undated",
)  # fmt: skip
"""
``terms``: root of the cosine of the TF-IDF vectors. ``head``, ``names``: rarity of the shared words of title and
lead over that of the poorer side, of the shared names over the geometric mean of both sides. ``numbers``: counted nouns in common, at most three.
``days_apart``: between the days of publication, at most a week; its logarithm; whether one is ``undated``.
``common_day``: a resolved day that both tell of; ``no_common_day``: both tell of days, and of none together.
``one_site``: both come from one registered domain. ``copied_undated``: root of the copied share where one is undated:
only the words that both quote tell two meetings of the same people apart.
"""
_LONG = 60
_TOTALS = 4_096
UNDATED_LEAST = 0.4
"""Probability from which an undated article is taken into a story at all: it could belong to any year."""


class Verdict(NamedTuple):
    """How two articles stand: the probability of one story (see :func:`counted`), the share of copied text, and the features' values."""

    same: float
    copied: float
    features: tuple[float, ...]

    @property
    def is_copy(self) -> bool:
        """Whether the shorter text stands in the longer."""
        return self.copied >= COPY


def features(a: Profile, b: Profile, table: Table | None = None) -> tuple[float, ...]:
    """The values of :data:`FEATURES`."""
    table = table or load()
    apart = None if a.published is None or b.published is None else abs(a.published - b.published)
    common, disjoint = _days(a, b)
    return (
        math.sqrt(cosine(a, b)),
        _overlap(a.head, b.head, table, 1, min),
        _overlap(a.names, b.names, table, 2, _geometric),
        min(len(a.numbers & b.numbers), 3) / 3,
        float(min(apart or 0, WINDOW)),
        math.log1p(min(apart or 0, _LONG)),
        float(apart is None),
        common,
        disjoint,
        float(a.domain is not None and a.domain == b.domain),
        math.sqrt(copied(a, b)) if apart is None else 0.0,
    )


def cosine(a: Profile, b: Profile) -> float:
    """The cosine of two articles' words."""
    ours, theirs = a.terms, b.terms
    return min(1.0, sum([ours[k] * theirs[k] for k in sorted(ours.keys() & theirs.keys())]))


def _geometric(a: float, b: float) -> float:
    return math.sqrt(a * b)


def _overlap(
    a: frozenset[int], b: frozenset[int], table: Table, power: int, mean: Callable[[float, float], float]
) -> float:
    shared = a & b
    if not shared:
        return 0.0
    return _mass(shared, table, power) / mean(_total(a, table, power), _total(b, table, power))


def _mass(keys: frozenset[int], table: Table, power: int) -> float:
    return sum([table.rarity(k) ** power for k in sorted(keys)])


@lru_cache(maxsize=_TOTALS)
def _total(keys: frozenset[int], table: Table, power: int) -> float:
    """The mass of one side, which is asked for again for each of its partners."""
    return _mass(keys, table, power)


def _days(a: Profile, b: Profile) -> tuple[float, float]:
    ours, theirs = ({(d.start, d.end) for d in one.days if d.certainty != CAPTION} for one in (a, b))
    if not ours or not theirs:
        return 0.0, 0.0
    common = any(e - s == 1 for s, e in ours & theirs)
    meet = any(s < e2 and s2 < e for s, e in ours for s2, e2 in theirs)
    return float(common), float(not meet)


def copied(a: Profile, b: Profile) -> float:
    """The share of the shorter text in the longer, 0 where more than a week lies between the two, or too little."""
    if a.published is not None and b.published is not None and abs(a.published - b.published) > WINDOW:
        return 0.0
    least = min(a.sketch.size, b.sketch.size)
    share = shingles.containment(a.sketch, b.sketch) if least >= TOO_FEW else 0.0
    return share if share >= COPY_OF_FEW or least >= FEW else 0.0


def judge(a: Profile, b: Profile) -> Verdict:
    """The verdict on a pair; the order of the two changes nothing."""
    told = weights()["same"]
    values = features(a, b)
    odds = told["bias"] + sum(told["weights"][name] * v for name, v in zip(FEATURES, values, strict=True))
    return Verdict(counted(a, b, 1 / (1 + math.exp(-odds))), copied(a, b), values)


def counted(a: Profile, b: Profile, probability: float) -> float:
    """The probability as it counts for stories.

    0 for articles over a week apart, and for an undated one below :data:`UNDATED_LEAST`; -1 for articles over two
    weeks apart, which keeps an undated page from drawing two stories together.
    """
    if a.published is None or b.published is None:
        return probability if probability >= UNDATED_LEAST else 0.0
    apart = abs(a.published - b.published)
    return probability if apart <= WINDOW else 0.0 if apart <= 2 * WINDOW else -1.0
