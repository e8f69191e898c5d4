"""The words by which events find their times, compiled once for each language."""

from __future__ import annotations

import re
from functools import lru_cache

from dateline.transforms import lexicon
from dateline.transforms.lexicon import EventTimes


def _any_of(words: frozenset[str]) -> str:
    return "|".join(map(re.escape, sorted(words))) or "(?!)"


class EventWords:
    """Sets and patterns of one language; all patterns ignore case.

    A pattern of words that the language lacks never matches.
    """

    def __init__(self, part: EventTimes) -> None:
        self.meetings, self.papers, self.conjunctions = part.meetings, part.papers, part.conjunctions
        self.earlier = tuple(part.earlier)
        """Last words of a time of comparison."""
        occasions, at = _any_of(part.occasions), _any_of(part.at)
        self.opens = re.compile(rf"\b(?:{at})\s+(?:(?:{_any_of(part.before_day)})\s+){{0,2}}$", re.IGNORECASE)
        """The words before the day of an occasion ("following Monday's vote")."""
        self.follows = re.compile(rf"(?:['’]s)?(?:\s+[\w.-]+){{0,3}}\s+(?:{occasions})\b", re.IGNORECASE)
        """The words from that day to the occasion."""
        self.closes = re.compile(
            rf"\b(?:{at})\s+(?:[\w’'.-]+\s+){{0,5}}(?:{occasions})\b(?:\s+[\w’'.-]+){{0,8}}\s+$",
            re.IGNORECASE,
        )
        """An occasion and the words between it and its day ("after talks on Tuesday")."""
        self.named = re.compile(
            rf"\b(?:{at})\s+(?:{_any_of(part.whose)})\s+(?:(?:{_any_of(part.which)})\s+)?(?:{occasions})\b",
            re.IGNORECASE,
        )
        """An occasion that the article named before ("in her meeting")."""
        self.occasion = re.compile(rf"\b(?:{occasions}|{_any_of(part.met)})\b", re.IGNORECASE)
        """Any word for an occasion."""
        relatives = _any_of(part.relatives)
        self.relative = re.compile(rf"\b(?:{relatives})\b", re.IGNORECASE)
        self.aside = re.compile(rf"\b(?:{relatives})\b[^,;—–]*$", re.IGNORECASE)
        """A relative clause that is still open: its times are not those of the main verb."""
        self.clause = re.compile(rf"\b(?:{_any_of(part.clauses)})\b|[:;“\"]", re.IGNORECASE)
        self.offset = re.compile(rf"\b(?:{_any_of(part.offsets)})(?:\s+\S+){{0,2}}\s*$", re.IGNORECASE)
        self.compared = re.compile(rf"\b(?:{_any_of(part.compared)})\b", re.IGNORECASE)
        self.joined = re.compile(rf"\b(?:{_any_of(part.joining)})\s+$", re.IGNORECASE)
        self.together = re.compile(
            rf"(?:{_any_of(part.parties_after)})\s+(?:{_any_of(part.parties)})\b"
            rf"|(?:{_any_of(part.parties_alone)})\b",
            re.IGNORECASE,
        )
        self.paper = re.compile(rf"(?:{_any_of(part.papers_after)})\s+(\w+)", re.IGNORECASE)


@lru_cache(maxsize=64)
def _compiled(part: EventTimes) -> EventWords:
    return EventWords(part)


def words_of(language: str) -> EventWords:
    """The words of a language in the current vocabulary."""
    return _compiled(lexicon.library().part(EventTimes, language))
