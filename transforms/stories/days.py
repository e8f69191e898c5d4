"""The day on which a story happened: the main day of an article, and the day of an undated article by its
partners."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from dateline.transforms.stories.columns import Day
from dateline.transforms.stories.profile import CAPTION, Profile

_LONG_AGO, _TOO_LONG_AGO = 30, 60
"""Days before publication from which a day is probably background, and from which it is certainly background."""
_OF_PUBLICATION, _OF_BACKGROUND, _EARLIEST = 0.6, 0.5, 1.6
_OF_SAYING, _OF_TELLING = 0.4, 1.3
"""Weights of a day on which something was said, and of a day on which something happened."""
_WEIGHTS = {"said": _OF_SAYING, "told": _OF_TELLING}


class Inferred(NamedTuple):
    """The interval that partners give an undated article, in ordinals, half open.

    ``sources`` is the number of independent sources that agree. With a single one the interval is only a
    bound.
    """

    start: int
    end: int
    sources: int
    partners: tuple[str, ...]

    @property
    def certain(self) -> bool:
        """Whether at least two independent sources agree."""
        return self.sources >= 2


def main_day(one: Profile) -> Day | None:
    """The day of the main event of an article, if its words resolve to one.

    Each mention votes, with more weight the earlier it stands. On pages about shootings (2,400, each with its
    day known from a register) this is right .80 of the time, the first resolved day .74: the publication day
    is mostly that of a statement, and of the days named the earliest is mostly that of the deed.
    """
    days = [d for d in one.days if d.certainty != CAPTION and _possible(d, one.published)]
    if not days:
        return None
    earliest = min(d.start for d in days)
    kinds = {s.at: s.kind for s in reversed(one.slots) if s.at}
    votes: dict[tuple[int, int], float] = defaultdict(float)
    first: dict[tuple[int, int], Day] = {}
    for n, d in enumerate(days):
        key = (d.start, d.end)
        first.setdefault(key, d)
        weight = (1 + n) ** -0.5 * _WEIGHTS.get(kinds.get((d.at, d.until), ""), 1.0)
        if one.published is not None:
            weight *= _OF_PUBLICATION if d.start == one.published else 1.0
            weight *= _OF_BACKGROUND if d.start < one.published - _LONG_AGO else 1.0
        votes[key] += weight * (_EARLIEST if d.start == earliest else 1.0)
    return first[max(votes, key=lambda k: (votes[k], -first[k].at))]


def _possible(day: Day, published: int | None) -> bool:
    return published is None or published - _TOO_LONG_AGO <= day.start <= published


def infer(
    one: Profile, partners: Iterable[Profile], sources: Mapping[str, str] | None = None
) -> Inferred | None:
    """The day of an undated article from the dated partners of its story; ``None`` if they do not agree.

    Partners with the same source count once; ``sources`` gives the source of each article where copies are
    known. The answer is the day on which most sources agree, if no other day has as many.
    """
    told: dict[tuple[int, int], set[str]] = defaultdict(set)
    ids: dict[tuple[int, int], list[str]] = defaultdict(list)
    for p in sorted(partners, key=lambda p: p.article_id):
        if p.article_id == one.article_id or p.published is None:
            continue
        day = main_day(p)
        if day is not None and day.end - day.start == 1:
            told[day.start, day.end].add((sources or {}).get(p.article_id, p.source))
            ids[day.start, day.end].append(p.article_id)
    if not told:
        return None
    ranked = sorted(told, key=lambda k: (-len(told[k]), k))
    if len(ranked) > 1 and len(told[ranked[0]]) == len(told[ranked[1]]):
        return None
    best = ranked[0]
    return Inferred(*best, len(told[best]), tuple(ids[best]))
