"""The words by which events find their times, compiled once a vocabulary.

They are those of all languages that have any, as names and titles are: a page in Italian speaks of a "summit" too.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from dateline.transforms import lexicon
from dateline.transforms.lexicon import EventTimes

Pick = Callable[[EventTimes], frozenset[str]]


class EventWords:
    """Sets and patterns of a vocabulary; the patterns ignore case, but for that of short forms."""

    def __init__(self, library: lexicon.Library) -> None:
        def every(pick: Pick) -> frozenset[str]:
            return frozenset(library.union(EventTimes, pick))

        def any_of(pick: Pick) -> str:
            return "|".join(map(re.escape, sorted(every(pick)))) or "(?!)"

        self.meetings = every(lambda w: w.meetings)
        self.papers = every(lambda w: w.papers)
        self.earlier = tuple(every(lambda w: w.earlier))
        """Last words of a time of comparison."""
        occasions, at = any_of(lambda w: w.occasions), any_of(lambda w: w.at)
        self.opens = re.compile(
            rf"\b(?:{at})\s+(?:(?:{any_of(lambda w: w.before_day)})\s+){{0,2}}$", re.IGNORECASE
        )
        """What stands before the day of an occasion …"""
        self.follows = re.compile(rf"(?:['’]s)?(?:\s+[\w.-]+){{0,3}}\s+(?:{occasions})\b", re.IGNORECASE)
        """… and behind it."""
        self.closes = re.compile(
            rf"\b(?:{at})\s+(?:[\w’'.-]+\s+){{0,5}}(?:{occasions})\b(?:\s+[\w’'.-]+){{0,8}}\s+$",
            re.IGNORECASE,
        )
        """An occasion that stands before its day."""
        self.named = re.compile(
            rf"\b(?:{at})\s+(?:{any_of(lambda w: w.whose)})\s+(?:(?:{any_of(lambda w: w.which)})\s+)?(?:{occasions})\b",
            re.IGNORECASE,
        )
        """An occasion that was told before."""
        self.told = re.compile(rf"\b(?:{occasions}|{any_of(lambda w: w.met)})\b", re.IGNORECASE)
        """Any word of an occasion."""
        relatives = any_of(lambda w: w.relatives)
        self.relative = re.compile(rf"\b(?:{relatives})\b", re.IGNORECASE)
        self.aside = re.compile(rf"\b(?:{relatives})\b[^,;—–]*$", re.IGNORECASE)
        """A relative clause that is still open: its times are not those of the main verb."""
        self.clause = re.compile(rf"\b(?:{any_of(lambda w: w.clauses)})\b|[:;“\"]", re.IGNORECASE)
        self.offset = re.compile(rf"\b(?:{any_of(lambda w: w.offsets)})(?:\s+\S+){{0,2}}\s*$", re.IGNORECASE)
        self.compared = re.compile(rf"\b(?:{any_of(lambda w: w.compared)})\b", re.IGNORECASE)
        self.joined = re.compile(rf"\b(?:{any_of(lambda w: w.joining)})\s+$", re.IGNORECASE)
        self.short = re.compile(rf"\b(?:[A-Z]|{any_of(lambda w: w.short)})$")
        self.together = re.compile(
            rf"(?:{any_of(lambda w: w.parties_after)})\s+(?:{any_of(lambda w: w.parties)})\b"
            rf"|(?:{any_of(lambda w: w.parties_alone)})\b",
            re.IGNORECASE,
        )
        self.paper = re.compile(rf"(?:{any_of(lambda w: w.papers_after)})\s+(\w+)", re.IGNORECASE)


@lru_cache(maxsize=4)
def words_of(library: lexicon.Library) -> EventWords:
    """The words of a vocabulary, compiled once."""
    return EventWords(library)


def words() -> EventWords:
    """The words of the current vocabulary."""
    return words_of(lexicon.library())
