"""Joins the lines of plain text that was wrapped at a column (mail, wire copy) into paragraphs."""

from __future__ import annotations

import operator
import re

from dateline.transforms.flat import FlatLines

_LINE = re.compile(r"[^\n]+")
_NARROW, _WIDE = 45, 110
"""The range of columns at which a text may be wrapped."""
_FEW = 5
_FULL_SHARE = 0.45
_TOUCH = 0.72
"""A line whose paragraph continues fills at least this share of the column."""
_END = '.?!"”’»:'

Cut = tuple[int, int]


def cuts(text: str) -> list[Cut]:
    """The spans of the lines of a text, or of its paragraphs if it was wrapped at a column."""
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


def may_be_wrapped(flat: FlatLines) -> bool:
    """Whether the lines of a text are many enough, and none is wider than a column, as :func:`cuts` asks for."""
    widest = max(map(operator.sub, flat.ends, flat.starts), default=0)
    return len(flat.starts) >= _FEW and widest <= _WIDE


def _column(text: str, found: list[Cut]) -> int:
    """The column at which a text was wrapped; 0 if it was not."""
    if len(found) < _FEW:
        return 0
    lengths = sorted(end - start for start, end in found)
    widest = lengths[-1]
    if not _NARROW <= widest <= _WIDE:
        return 0
    full = [n for n, (start, end) in enumerate(found[:-1]) if end - start >= _TOUCH * widest]
    # A list of headlines is as wide, but each of its lines starts a new one.
    on = sum(text[found[n][1] - 1] not in _END and text[found[n + 1][0]].islower() for n in full)
    return widest if len(full) >= _FULL_SHARE * len(found) and 5 * on >= 2 * len(full) else 0


def _goes_on(text: str, above: Cut, start: int, end: int, column: int) -> bool:
    line_start = text.rfind("\n", 0, above[1]) + 1
    return (
        start == above[1] + 1
        and above[1] - max(line_start, above[0]) >= _TOUCH * column
        and text[start] not in "*-•\t"
    )
