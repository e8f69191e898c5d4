"""Meetings, calls and votes at which something is said: their time is the time of saying it."""

from __future__ import annotations

from dateline.transforms.events.words import words
from dateline.transforms.model import Span

REACH = 120
"""Characters of a setting before and behind its time."""


def placed(text: str, time: Span) -> bool:
    """Whether a time is that of an occasion: ``following Monday's vote``, ``after talks on Tuesday``."""
    before = text[max(0, time.start - REACH) : time.start]
    known = words()
    if known.opens.search(before) and known.follows.match(text, time.end, time.end + REACH):
        return True
    return bool(known.closes.search(before))


def named(text: str, start: int, end: int) -> bool:
    """Whether a stretch names an occasion that was told before: ``in her meeting with Ruiz``."""
    return bool(words().named.search(text, start, end))


def tells(text: str, start: int, end: int) -> bool:
    """Whether a stretch tells of an occasion."""
    return bool(words().told.search(text, start, end))
