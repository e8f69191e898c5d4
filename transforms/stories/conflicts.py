"""Contradictions between two articles of a story: slots about the same deed with different days or different
counts.

Slots are compared, not articles: two pages may name different days and both be right.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from dateline.transforms.stories.profile import Profile
from dateline.transforms.stories.slots import Slot
from dateline.transforms.stories.table import Table, load

ALIKE = 0.6
"""Two sentences are about the same deed if they share at least this part of the words (by rarity) of the
sentence with less."""
ALIKE_SAID = 0.8
"""The same for the day of a statement, which may be made twice."""
ALIKE_COUNTED = 0.5
"""Two sentences count the same thing if they share at least this part of all their words. "Scored 14 points"
and "scored two of his 23 points" have a player, a verb and a noun in common."""
SHARED = 4
"""The least number of words that both sentences must share."""


class Conflict(NamedTuple):
    """Two slots that contradict each other. ``soft``: both may be right because of a time zone, a midnight or
    a later count."""

    kind: Literal["day", "number"]
    soft: bool
    a: Slot
    b: Slot
    alike: float


def conflicts(a: Profile, b: Profile, table: Table | None = None) -> list[Conflict]:
    """The contradictions between two articles of one story, hard ones first, each pair of slots once."""
    table = table or load()
    found = [c for x in a.slots for y in b.slots if (c := _compare(a, b, x, y, table)) is not None]
    return sorted(found, key=lambda c: (c.soft, -c.alike, c.a.sentence, c.b.sentence))


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
    shared, either = (
        sum(table.rarity(k) for k in sorted(part)) for part in (x.terms & y.terms, x.terms | y.terms)
    )
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
    mass = [sum(table.rarity(k) for k in sorted(part)) for part in (shared, x.terms, y.terms)]
    return mass[0] / min(mass[1:])
