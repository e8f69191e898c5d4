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
LEAD = 1000
"""Code points at the top of a text in which a weekday without a date tells that it is news."""
SHORTEST = 5
"""Code points of the shortest name of a weekday that is looked for; shorter ones are other words too ("Sat", "Mar")."""


@lru_cache(maxsize=4)
def _news(library: lexicon.Library) -> re.Pattern[str]:
    """The words of the day of writing in lower case, of all languages that name them."""
    words = "|".join(library.union(lexicon.Calendar, lambda c: c.news)) or "(?!)"
    return re.compile(rf"\b(?:{words})\b")


@lru_cache(maxsize=4)
def _lately(library: lexicon.Library) -> re.Pattern[str]:
    """A weekday of any language behind a small word, with no number behind it: "on Sunday", but not "Bloody Sunday"
    and not "on Sunday, 7 December"."""
    named = {name for part in library.every(lexicon.Names).values() for name in _weekdays(part)}
    words = "|".join(sorted(map(re.escape, named))) or "(?!)"
    return re.compile(rf"\b[a-zà-ÿ]{{1,12}}\s(?i:{words})\b(?![^.\n]{{0,14}}\d)")


def _weekdays(names: lexicon.Names) -> list[str]:
    return [name for printed in names.weekdays.values() for name in printed if len(name) >= SHORTEST]


def is_narrative(text: str, low: str, day: str | None, parse: Parse, marked: Iterable[int]) -> bool:
    """Whether a text is history: many years, few of them the anchor's, and few words for the day of writing.

    An obituary tells as many years, but its lead tells that somebody died "on Sunday". ``low`` is the text in lower case,
    ``marked`` are the words of the parse among which those with digits are.
    """
    if day is None:
        return False
    words, starts, ends = parse.words, parse.starts, parse.ends
    likely = [at for at in marked if len(words[at]) >= DIGITS and not words[at].isalpha()]
    if sum([len(words[at]) // DIGITS for at in likely]) < ENOUGH:
        return False
    years = [int(m[0]) for at in likely for m in YEAR.finditer(low, starts[at], ends[at] + BEHIND)]
    if len(years) < ENOUGH or len(years) * PER < len(low):
        return False
    here = int(day[:4])
    if sum(y >= here for y in years) * 2 > len(years):
        return False
    if _lately(lexicon.library()).search(text, 0, LEAD) is not None:
        return False
    most = int(NEWSY * len(years))
    return sum(1 for _ in islice(_news(lexicon.library()).finditer(low), most + 1)) <= most
