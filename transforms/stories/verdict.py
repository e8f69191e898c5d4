"""Two profiles → their relation: copies, one story, or neither. A pure function of the pair.

``same`` is a logistic regression with few features that can each be explained; their shares of the score are
the evidence of the link. ``copy`` is the share of the shorter text that the longer one contains.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from dateline.transforms.stories import cluster, shingles
from dateline.transforms.stories.conflicts import fill_one_template
from dateline.transforms.stories.keys import WINDOW
from dateline.transforms.stories.profile import CAPTION, Profile
from dateline.transforms.stories.table import Table, load, weights

COPY = 0.6
COPY_OF_FEW = 0.9
"""The same for texts of fewer than :data:`FEW` runs of words; sign-in forms, for example, differ only in a
name."""
FEW = 60
TOO_FEW = 30
"""The least number of runs of words of a copy; a shorter text is a form, a notice or the line of an agency."""
TEMPLATE = 0.1
"""The least share of copied text of two pages that fill one template: its wording is the same in both. Most reports of
one event share less than .01, two pages of a template .16 and more."""
FEATURES = (
    "terms", "head", "names", "numbers", "days_apart", "days_apart_log", "undated", "common_day", "no_common_day",
    "one_site", "copied_undated",
)  # fmt: skip
"""The features. ``terms``: root of the cosine of the TF-IDF vectors. ``head``: rarity of the shared words of
title and lead over that of the article with less. ``names``: rarity of the shared names over the geometric
mean of both articles. ``numbers``: shared counted nouns, at most three. ``days_apart``: days between
publications, at most seven; ``days_apart_log``: its logarithm; ``undated``: whether one article is undated.
``common_day``: a resolved day that both name; ``no_common_day``: both name days, but none in common.
``one_site``: both are from one registered domain. ``copied_undated``: root of the copied share if one is
undated: only shared quotations distinguish two meetings of the same people."""
_LONG = 60
_TOTALS = 1_024
"""Sets of words whose mass is kept: two for each profile that linking has in memory. More would only keep sets of
profiles that are gone."""
UNDATED_LEAST = 0.4
"""The least probability at which an undated article, which could belong to any year, joins a story."""


class Verdict(NamedTuple):
    """The relation of two articles: the probability of one story (see :func:`counted`), the share of copied
    text, the values of the features, and whether both fill one template."""

    same: float
    copied: float
    features: tuple[float, ...]
    template: bool = False

    @property
    def is_copy(self) -> bool:
        """Whether the longer text contains the shorter one, and not only its template."""
        return self.copied >= COPY and not self.template


def features(a: Profile, b: Profile, table: Table | None = None) -> tuple[float, ...]:
    """The values of :data:`FEATURES`."""
    return _features(a, b, table or load())[0]


def _features(a: Profile, b: Profile, table: Table) -> tuple[tuple[float, ...], float]:
    """The values of the features, and the share of copied text."""
    apart = None if a.published is None or b.published is None else abs(a.published - b.published)
    common, disjoint = _days(a, b)
    share = copied(a, b)
    values = (
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
        math.sqrt(share) if apart is None else 0.0,
    )
    return values, share


def cosine(a: Profile, b: Profile) -> float:
    """The cosine of two articles' words."""
    ours, theirs = a.terms, b.terms
    # The exact sum, which no order of the words changes: sorting them cost more than adding them.
    return min(1.0, math.fsum([ours[k] * theirs[k] for k in ours.keys() & theirs.keys()]))


def _geometric(a: float, b: float) -> float:
    return math.sqrt(a * b)


def _overlap(
    a: frozenset[int], b: frozenset[int], table: Table, power: int, mean: Callable[[float, float], float]
) -> float:
    shared = a & b
    if not shared:
        return 0.0
    return table.mass(shared, power) / mean(_total(a, table, power), _total(b, table, power))


@lru_cache(maxsize=_TOTALS)
def _total(keys: frozenset[int], table: Table, power: int) -> float:
    """The mass of one article, cached because it is needed for each of its partners."""
    return table.mass(keys, power)


def _days(a: Profile, b: Profile) -> tuple[float, float]:
    ours, theirs = ({(d.start, d.end) for d in one.days if d.certainty != CAPTION} for one in (a, b))
    if not ours or not theirs:
        return 0.0, 0.0
    common = any(e - s == 1 for s, e in ours & theirs)
    meet = any(s < e2 and s2 < e for s, e in ours for s2, e2 in theirs)
    return float(common), float(not meet)


def copied(a: Profile, b: Profile) -> float:
    """The share of the shorter text that the longer one contains; 0 if more than a week lies between them or
    a text is too short."""
    if a.published is not None and b.published is not None and abs(a.published - b.published) > WINDOW:
        return 0.0
    least = min(a.sketch.size, b.sketch.size)
    share = shingles.containment(a.sketch, b.sketch) if least >= TOO_FEW else 0.0
    return share if share >= COPY_OF_FEW or least >= FEW else 0.0


def judge(a: Profile, b: Profile) -> Verdict:
    """The verdict on a pair. It does not depend on the order of the two.

    Pages that fill one template (:func:`~dateline.transforms.stories.conflicts.fill_one_template`) are neither a story
    nor copies, however many words they share.
    """
    told = weights()["same"]
    values, share = _features(a, b, load())
    odds = told["bias"] + sum([told["weights"][name] * v for name, v in zip(FEATURES, values, strict=True)])
    same = counted(a, b, 1 / (1 + math.exp(-odds)))
    filled = (
        max(same, share) >= cluster.STORY and share >= TEMPLATE and fill_one_template(a, b, share >= COPY)
    )
    return Verdict(0.0 if filled else same, share, values, filled)


def counted(a: Profile, b: Profile, probability: float) -> float:
    """The probability as used for stories.

    It is 0 for articles more than a week apart and for an undated article below :data:`UNDATED_LEAST`, and -1
    for articles more than two weeks apart, so that an undated page does not join two stories.
    """
    if a.published is None or b.published is None:
        return probability if probability >= UNDATED_LEAST else 0.0
    apart = abs(a.published - b.published)
    return probability if apart <= WINDOW else 0.0 if apart <= 2 * WINDOW else -1.0
