"""Recognizes the clock lines that open the posts of a live blog."""

from __future__ import annotations

import re
from functools import lru_cache

from dateline.transforms import lexicon

_SHORT = 60


class Clocks:
    """Patterns of a clock at the start of a line, and of a line that is only a clock."""

    def __init__(self, library: lexicon.Library) -> None:
        every = [f.stamps for f in library.every(lexicon.Furniture).values()]
        table = library.common(lexicon.Zones)
        names = {name for z in table.zone for name in z.names if name.isupper()} | set(table.ambiguous)
        zones = "|".join(sorted(names - {"Z"}, key=lambda n: (-len(n), n)))
        hours = "|".join(p for s in every for p in s.hours) or "(?!)"
        half = "|".join(p for s in every for p in (*s.before_noon, *s.after_noon)) or "(?!)"
        joins = "|".join(p for s in every for p in s.clock_joins) or "(?!)"
        named = rf"\(?(?:{zones or '(?!)'}|{hours})(?:[+-]\d{{1,2}}(?::?\d\d)?)?\)?"
        zone = rf"(?:\s{{0,2}}{named})?"
        clock = (
            rf"(?:[01]?\d|2[0-3])[:.h]\s?[0-5]\d(?::[0-5]\d)?(?:\s?(?:{half}))?{zone}"
            rf"|(?:1[0-2]|0?[1-9])\s?(?:{half}){zone}"
            rf"|(?:[01]\d|2[0-3])[0-5]\d\s{{0,2}}{named}\b"  # "0945 GMT:" of bulletins
        )
        ago = "|".join(p for s in every for p in s.ago) or "(?!)"
        near = "|".join(re.escape(w) for s in every for w in s.near_days) or "(?!)"
        day = (
            r"(?:[^\W\d_]{3,12}\.?,? ?\d{1,2}(?:,? \d{4})?|\d{1,2}\.? [^\W\d_]{3,12}\.?(?:,? \d{4})?"
            rf"|\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}}|{near})"
        )
        mark = r"[\s,;:|·•–—\-]{0,4}"
        self.alone = re.compile(
            rf"(?:{day}{mark}(?:(?:{joins}) )?)?(?:{clock}|{ago})(?:{mark}(?:{clock}|{ago}|{day}))?[\s.:|–—-]*",
            re.IGNORECASE,
        )
        self.leading = re.compile(rf"(?:{clock})(?=[\s:|–—-]{{1,4}}[^\W\d_\"“«„]?)", re.IGNORECASE)


@lru_cache(maxsize=4)
def _clocks(library: lexicon.Library) -> Clocks:
    return Clocks(library)


def clock_line(text: str) -> bool:
    """Whether a line is only a clock: ``4:12 a.m. EDT``, ``1 hour ago``."""
    return len(text) <= _SHORT and _clocks(lexicon.library()).alone.fullmatch(text) is not None


def leading_clock(text: str) -> int:
    """The length of the clock at the start of a line that continues after it; 0 if there is none."""
    if not text[:1].isdigit():
        return 0
    found = _clocks(lexicon.library()).leading.match(text)
    if found is None or len(text) - found.end() < 12:
        return 0
    return found.end()
