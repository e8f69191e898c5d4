"""The role of a name that stands beside it between commas: ``Ana Ruiz, mayor of Lund, …``, ``El alcalde, Juan Pérez, …``."""

from __future__ import annotations

from dateline.transforms.claims.chunks import Chunks
from dateline.transforms.claims.draft import Run
from dateline.transforms.claims.names import Mention

MAX_ROLE = 14
"""Most words of a role behind a name."""
MAX_OFFICE = 8
"""Most words of an office before a name between commas."""
_ENDS = ',.;”"'
_UNTAGGED_ENDS = f"{_ENDS}(–—"
_ENDING_TAGS = frozenset(["WH", "VBD", "VBZ"])


def apposition(c: Chunks, run: Run, m: Mention) -> str | None:
    """The words between commas behind the name of a source that say what its bearer is, if one of them is a role; else the
    office before it."""
    floor, ceiling = c.bounds(run.first)
    first = m.last + 1
    if first >= ceiling or c.words[m.last] != ",":
        return None
    before = None if c.tags[m.first] else _before_commas(c, m, floor)
    if before is not None:
        return before
    last = next((k for k in range(first, min(ceiling, m.last + MAX_ROLE)) if _ends(c, k)), first)
    if not any(c.low[k] in c.people.roles for k in range(first, last)):
        return None
    first += c.low[first] in c.closed.articles
    return c.text[c.parse.starts[first] : c.parse.ends[last - 1]] if first < last else None


def _ends(c: Chunks, k: int) -> bool:
    return c.words[k] in (_ENDS if c.tags[k] else _UNTAGGED_ENDS) or c.tags[k] in _ENDING_TAGS


def _before_commas(c: Chunks, m: Mention, floor: int) -> str | None:
    """``El alcalde de Lima, | Juan Pérez, …``: the office before a name between commas, in words without tags."""
    closed = c.closed
    comma = m.first - 1
    if comma <= floor or c.words[comma] != ",":
        return None
    first = comma
    while first > floor and comma - first < MAX_OFFICE and c.words[first - 1][0].isalnum():
        first -= 1
    opens = c.low[first] in closed.determiners and (first == floor or not c.words[first - 1][0].isalnum())
    first += 1
    # "El plan del alcalde, Juan Pérez, …": the noun itself is the office.
    if not opens or first >= comma or not c.vocabulary.office(c.low[first]):
        return None
    return c.text[c.parse.starts[first] : c.parse.ends[comma - 1]]
