"""Flat text that was broken at a column (mail, wire copy): its lines are put back into paragraphs."""

from __future__ import annotations

import re

_LINE = re.compile(r"[^\n]+")
_NARROW, _WIDE = 45, 110
"""Characters between which a text may have been broken."""
_FEW = 5
_FULL_SHARE = 0.45
_TOUCH = 0.72
"""Share of the column that a line fills when its paragraph goes on below."""
_END = '.?!"”’»:'

Cut = tuple[int, int]


def cuts(text: str) -> list[Cut]:
    """Spans of the lines of a text; of its paragraphs where it was broken at a column."""
    found = [(m.start(), m.end()) for m in _LINE.finditer(text) if not m[0].isspace()]
    column = _column(text, found)
    if not column:
        return found
    merged: list[Cut] = []
    for start, end in found:
        if merged and _goes_on(text, merged[-1], start, end, column):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def _column(text: str, found: list[Cut]) -> int:
    """The column at which a text was broken; 0 where it was not."""
    if len(found) < _FEW:
        return 0
    lengths = sorted(end - start for start, end in found)
    widest = lengths[-1]
    if not _NARROW <= widest <= _WIDE:
        return 0
    full = [n for n, (start, end) in enumerate(found[:-1]) if end - start >= _TOUCH * widest]
    # A list of headlines is as wide, but each of its lines begins anew.
    on = sum(text[found[n][1] - 1] not in _END and text[found[n + 1][0]].islower() for n in full)
    return widest if len(full) >= _FULL_SHARE * len(found) and 5 * on >= 2 * len(full) else 0


def _goes_on(text: str, above: Cut, start: int, end: int, column: int) -> bool:
    line_start = text.rfind("\n", 0, above[1]) + 1
    return (
        start == above[1] + 1
        and above[1] - max(line_start, above[0]) >= _TOUCH * column
        and text[start] not in "*-•\t"
    )
