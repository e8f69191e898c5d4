"""Contradictions between two articles of a story: slots about the same deed with different days or different
counts.

Slots are compared, not articles: two pages may name different days and both be right.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np

from dateline.transforms.stories.profile import Profile
from dateline.transforms.stories.slots import Slot
from dateline.transforms.stories.statements import ALIKE, ALIKE_SAID, SHARED, Mask, compared
from dateline.transforms.stories.table import Table, load

ALIKE_COUNTED = 0.5
"""Two sentences count the same thing if they share at least this part of all their words. "Scored 14 points"
and "scored two of his 23 points" have a player, a verb and a noun in common."""


TEMPLATE = 3
"""Days and numbers in which two reports of one event do not differ."""
NUMBERS = 2
"""Numbers in which two copies of a text do not differ."""


class Conflict(NamedTuple):
    """Two slots that contradict each other. ``soft``: both may be right because of a time zone, a midnight or
    a later count."""

    kind: Literal["day", "number"]
    soft: bool
    a: Slot
    b: Slot
    alike: float


def conflicts(a: Profile, b: Profile, copies: bool = False) -> list[Conflict]:
    """The contradictions between two articles of one story, hard ones first, each pair of slots once.

    Two articles of one source contradict each other only if they are ``copies``, of which one was corrected: else the
    later one goes on with the story, or both fill one template (none of 24 such pairs on development data was a
    contradiction). A day is no contradiction either if the article that names another one states it too, as of
    a visitation and of a funeral; in copies the same sentence has another day, and that is one.
    """
    if not copies and a.source == b.source:
        return []
    table = load()
    found = []
    held = compared(a.statements, b.statements)
    days = held.other_days if copies else held.other_days & ~held.stated
    for n, m in zip(*map(np.ndarray.tolist, np.nonzero(days | held.both_count)), strict=True):
        if (one := _compare(a, b, a.slots[n], b.slots[m], table)) is not None:
            found.append(one)
    return sorted(found, key=lambda c: (c.soft, -c.alike, c.a.sentence, c.b.sentence))


def fill_one_template(a: Profile, b: Profile, copies: bool = False) -> bool:
    """Whether two articles differ more often than they agree, in :data:`TEMPLATE` days or more: reports of one form,
    each about its own week, match or town.

    Of one source, or where no source is known, the numbers of what both count are added to the days. It is asked of
    articles that share some wording: on development data of no two that report one event. Of articles that look like
    ``copies`` most numbers must differ too, because the days of a copy move with the day on which it is published.
    """
    both = a.counts.keys() & b.counts.keys()
    equal = sum([not a.counts[noun].isdisjoint(b.counts[noun]) for noun in both])
    unequal = len(both) - equal
    if copies and (unequal <= equal or unequal < NUMBERS):
        return False
    held = compared(a.statements, b.statements)
    other, same = held.other_days & ~held.stated, held.same_days
    differ = min(_count(other, 0), _count(other, 1))
    agree = max(_count(same, 0), _count(same, 1))
    if a.source == b.source or (a.source == a.article_id and b.source == b.article_id):
        differ, agree = differ + unequal, agree + equal
    return differ >= TEMPLATE and differ > agree


def _count(mask: Mask, axis: int) -> int:
    return int(mask.any(axis=axis).sum())


def _compare(a: Profile, b: Profile, x: Slot, y: Slot, table: Table) -> Conflict | None:
    days = x.day is not None and y.day is not None and (x.day[1] <= y.day[0] or y.day[1] <= x.day[0])
    numbers = _different(x, y)
    if not days and not numbers:
        return None
    share = alike(x, y, table)
    if share < (ALIKE if x.kind == y.kind == "told" else ALIKE_SAID):
        return None
    if days:
        assert x.day and y.day
        apart = max(x.day[0] - y.day[1], y.day[0] - x.day[1])
        zones = x.zone is not None and y.zone is not None and x.zone != y.zone
        return Conflict("day", apart == 0 and (x.near or y.near or zones), x, y, share)
    if _overlap(x, y, table) < ALIKE_COUNTED:
        return None
    return Conflict("number", a.published != b.published, x, y, share)


def _different(x: Slot, y: Slot) -> bool:
    """Whether two slots give different numbers for the same noun."""
    for noun in {n.noun for n in x.numbers} & {n.noun for n in y.numbers}:
        ours, theirs = ({n.value for n in s.numbers if n.noun == noun} for s in (x, y))
        if len(ours) == len(theirs) == 1 and ours != theirs:
            return True
    return False


def _overlap(x: Slot, y: Slot, table: Table) -> float:
    """The rarity of the words that both sentences share over the rarity of all their words."""
    shared, either = table.mass(x.terms & y.terms), table.mass(x.terms | y.terms)
    return shared / either if either else 0.0


def alike(x: Slot, y: Slot, table: Table) -> float:
    """How likely two sentences are about the same deed: the rarity of the shared words over that of the
    sentence with less.

    If both have names, they must share a name and another word.
    """
    shared = x.terms & y.terms
    names = x.names | y.names
    if len(shared) < SHARED or shared <= names or (x.names and y.names and not x.names & y.names):
        return 0.0  # The same people do many things in the same place.
    return table.mass(shared) / min(table.mass(x.terms), table.mass(y.terms))
