"""Meetings, calls and votes at which something is said: their time is the time of saying it."""

from __future__ import annotations

import re

from dateline.transforms.model import Span

_OCCASIONS = (
    "briefing|call|conference|conversation|debate|hearing|interview|meeting|negotiations|presser|rally|"
    "session|speech|summit|talks|visit|vote"
)
_AT = "during|following|after|at|in"
_OPENS = re.compile(rf"\b(?:{_AT})\s+(?:(?:the|a|an|his|her|their|its|earlier|last|this)\s+){{0,2}}$", re.I)
_FOLLOWS = re.compile(rf"(?:['’]s)?(?:\s+[\w.-]+){{0,3}}\s+(?:{_OCCASIONS})\b", re.I)
_CLOSES = re.compile(
    rf"\b(?:{_AT})\s+(?:[\w’'.-]+\s+){{0,5}}(?:{_OCCASIONS})\b(?:\s+[\w’'.-]+){{0,8}}\s+$", re.I
)
_NAMED = re.compile(
    rf"\b(?:during|at|in|after|following)\s+(?:his|her|their|the|that)\s+(?:phone\s+|telephone\s+|joint\s+)?(?:{_OCCASIONS})\b",
    re.I,
)
_KNOWN = re.compile(rf"\b(?:{_OCCASIONS}|met|spoke|talked|phoned|telephoned|visited|voted|conferred)\b", re.I)
REACH = 120
"""Characters of a setting before and behind its time."""


def placed(text: str, time: Span) -> bool:
    """Whether a time is that of an occasion: ``following Monday's vote``, ``after talks on Tuesday``."""
    before = text[max(0, time.start - REACH) : time.start]
    if _OPENS.search(before) and _FOLLOWS.match(text, time.end, time.end + REACH):
        return True
    return bool(_CLOSES.search(before))


def named(text: str, start: int, end: int) -> bool:
    """Whether a stretch names an occasion that was told before: ``in her meeting with Ruiz``."""
    return bool(_NAMED.search(text, start, end))


def tells(text: str, start: int, end: int) -> bool:
    """Whether a stretch tells of an occasion."""
    return bool(_KNOWN.search(text, start, end))
