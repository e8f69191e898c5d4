"""Meetings, calls and votes at which something is said; their time is the time of the statement."""

from __future__ import annotations

from dateline.transforms.events.words import EventWords
from dateline.transforms.model import Span

REACH = 120
"""Characters before and after a time in which its occasion is searched."""


def dates_occasion(words: EventWords, text: str, time: Span) -> bool:
    """Whether a time is that of an occasion: ``following Monday's vote``, ``after talks on Tuesday``."""
    before = text[max(0, time.start - REACH) : time.start]
    if words.opens.search(before) and words.follows.match(text, time.end, time.end + REACH):
        return True
    return bool(words.closes.search(before))


def names_again(words: EventWords, text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` names an occasion that the article named before: ``in her meeting with Ruiz``."""
    return bool(words.named.search(text, start, end))


def mentions(words: EventWords, text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` has a word for an occasion."""
    return bool(words.occasion.search(text, start, end))
