"""Decides whether a text is a narrative of the past, whose dates depend on each other, or news, whose dates
depend on its day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice

from dateline.transforms import lexicon
from dateline.transforms.model import Parse

YEAR = re.compile(r"(?:1[0-9]|20)\d\d(?<![\d.,$€£#-]\d{4})(?![\d%]|[.,]\d)")
"""The lookbehind is last, because a pattern that begins with digits is searched three times as fast."""
DIGITS, BEHIND = 4, 2
"""Code points of a year, and those behind it that tell whether it is one."""
ENOUGH = 8
"""Years that a text must name before it can be a narrative."""
PER = 2500
"""The narrative must also name at least one year for so many code points."""
NEWSY = 0.25
"""A text with at least this many words for the day of writing for each year is news."""


@lru_cache(maxsize=4)
def _news(library: lexicon.Library) -> re.Pattern[str]:
    """The words of the day of writing, of all languages that name them."""
    words = "|".join(library.union(lexicon.Calendar, lambda c: c.news)) or "(?!)"
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


def is_narrative(text: str, day: str | None, parse: Parse, marked: Iterable[int]) -> bool:
    """Whether a text is history: many years, few of them the anchor's, and few words for the day of writing.

    ``marked`` are the words of the parse among which those with digits are.
    """
    if day is None:
        return False
    words, starts, ends = parse.words, parse.starts, parse.ends
    years = [
        int(m[0])
        for at in marked
        if len(words[at]) >= DIGITS and not words[at].isalpha()
        for m in YEAR.finditer(text, starts[at], ends[at] + BEHIND)
    ]
    if len(years) < ENOUGH or len(years) * PER < len(text):
        return False
    here = int(day[:4])
    if sum(y >= here for y in years) * 2 > len(years):
        return False
    most = int(NEWSY * len(years))
    return sum(1 for _ in islice(_news(lexicon.library()).finditer(text), most + 1)) <= most
