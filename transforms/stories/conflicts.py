"""Where two articles of one story contradict one another: slots that tell one deed and put it on different days,
or count the same things differently.

The slots are compared, not the articles: two pages may speak of different days and both be right.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from dateline.transforms.stories.profile import Profile
from dateline.transforms.stories.slots import Slot
from dateline.transforms.stories.table import Table, load

ALIKE = 0.6
"""Share of the poorer sentence's words (by rarity) that the other holds, from which both tell one deed."""
ALIKE_SAID = 0.8
"""The same where the day is that of the saying: one statement may be made twice."""
ALIKE_COUNTED = 0.5
"""Share of all words of both sentences that both hold, from which both count one thing: "scored 14 points" and
"scored two of his 23 points" have a player, a verb and a noun in common."""
SHARED = 4
"""Words that both sentences hold at least."""


class Conflict(NamedTuple):
    """Two slots that can not both be right. ``soft``: they might be, by a zone, a midnight or a later count."""

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
    """Whether two slots count one noun, and not to the same number."""
    for noun in {n.noun for n in x.numbers} & {n.noun for n in y.numbers}:
        ours, theirs = ({n.value for n in s.numbers if n.noun == noun} for s in (x, y))
        if len(ours) == len(theirs) == 1 and ours != theirs:
            return True
    return False


def _overlap(x: Slot, y: Slot, table: Table) -> float:
    """The rarity of the words of both sentences over that of the words of either."""
    shared, either = (
        sum(table.rarity(k) for k in sorted(part)) for part in (x.terms & y.terms, x.terms | y.terms)
    )
    return shared / either if either else 0.0


def alike(x: Slot, y: Slot, table: Table) -> float:
    """How far two sentences tell one deed: the rarity of the words of both over that of the poorer.

    Of names, where both have any, one must be shared, and of other words one too.
    """
    shared = x.terms & y.terms
    names = x.names | y.names
    if len(shared) < SHARED or shared <= names or (x.names and y.names and not x.names & y.names):
        return 0.0  # the same people in the same place do many things
    mass = [sum(table.rarity(k) for k in sorted(part)) for part in (shared, x.terms, y.terms)]
    return mass[0] / min(mass[1:])
