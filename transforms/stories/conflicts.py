"""Contradictions between two articles of a story: slots about the same deed with different days or different
counts.

Slots are compared, not articles: two pages may name different days and both be right.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np

from dateline.transforms.stories.profile import Profile
from dateline.transforms.stories.slots import Slot
from dateline.transforms.stories.statements import ALIKE, ALIKE_SAID, SHARED
from dateline.transforms.stories.table import Table, load

ALIKE_COUNTED = 0.5
"""Two sentences count the same thing if they share at least this part of all their words. "Scored 14 points"
and "scored two of his 23 points" have a player, a verb and a noun in common."""


class Conflict(NamedTuple):
    """Two slots that contradict each other. ``soft``: both may be right because of a time zone, a midnight or
    a later count."""

    kind: Literal["day", "number"]
    soft: bool
    a: Slot
    b: Slot
    alike: float


def conflicts(a: Profile, b: Profile) -> list[Conflict]:
    """The contradictions between two articles of one story, hard ones first, each pair of slots once."""
    table = load()
    found = []
    for n, m in _may_differ(a, b):
        if (one := _compare(a, b, a.slots[n], b.slots[m], table)) is not None:
            found.append(one)
    return sorted(found, key=lambda c: (c.soft, -c.alike, c.a.sentence, c.b.sentence))


def _may_differ(a: Profile, b: Profile) -> list[tuple[int, int]]:
    """The pairs of slots about one deed that can differ: found at once, because two articles have up to 1,600."""
    ours, theirs = a.statements, b.statements
    near = ours.alike(theirs)
    days = ours.dated[:, None] & theirs.dated & ~ours.overlap(theirs)
    either = days | (ours.counted[:, None] & theirs.counted)
    first, second = np.nonzero(near & either)
    return list(zip(first.tolist(), second.tolist(), strict=True))


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
