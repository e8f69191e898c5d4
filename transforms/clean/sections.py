"""Live blogs: the clock lines that open a post."""

from __future__ import annotations

import re

_ZONE = r"(?:\s{0,2}\(?(?:GMT|UTC|BST|IST|CES?T|EE?S?T|[ECMP][SD]?T|MSK|JST|AE[SD]T|NZ[SD]T|SGT|HKT|PKT|Uhr|h)(?:[+-]\d{1,2}(?::?\d\d)?)?\)?)?"
_CLOCK = rf"(?:[01]?\d|2[0-3])[:.h]\s?[0-5]\d(?::[0-5]\d)?(?:\s?[ap]\.?\s?m\b\.?)?{_ZONE}|(?:1[0-2]|0?[1-9])\s?[ap]\.?m\b\.?{_ZONE}"
_AGO = (
    r"(?:\d{1,2}|an?|one) (?:sec(?:ond)?|min(?:ute)?|hour|hr|day)s? ago|(?:\d{1,2})\s?[mhd] ago|just now"
    r"|vor (?:\d{1,2}|einer?|einem) (?:sekunden?|minuten?|stunden?|tag(?:en)?)"
    r"|il y a \d{1,2} (?:secondes?|minutes?|heures?|jours?)|hace \d{1,2} (?:segundos?|minutos?|horas?|días?)"
    r"|há \d{1,2} (?:segundos?|minutos?|horas?|dias?)|\d{1,2} (?:minuti|ore|giorni) fa|\d{1,2} (?:минут[аыу]?|час(?:а|ов)?) назад"
)
_DAY = r"(?:[^\W\d_]{3,12}\.?,? ?\d{1,2}(?:,? \d{4})?|\d{1,2}\.? [^\W\d_]{3,12}\.?(?:,? \d{4})?|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|today|yesterday|heute|gestern|hoy|ayer)"
_MARK = r"[\s,;:|·•–—\-]{0,4}"
_ALONE = re.compile(
    rf"(?:(?:{_DAY}){_MARK}(?:at )?)?(?:{_CLOCK}|{_AGO})(?:{_MARK}(?:{_CLOCK}|{_AGO}|{_DAY}))?[\s.:|–—-]*",
    re.IGNORECASE,
)
_LEADING = re.compile(rf"(?:{_CLOCK})(?=[\s:|–—-]{{1,4}}[^\W\d_\"“«„]?)", re.IGNORECASE)
_SHORT = 60


def clock_line(text: str) -> bool:
    """Whether a line is a clock and nothing more: ``4:12 a.m. EDT``, ``1 hour ago``."""
    return len(text) <= _SHORT and _ALONE.fullmatch(text) is not None


def leading_clock(text: str) -> int:
    """Length of the clock that a line opens with and goes on after; 0 where there is none."""
    if not text[:1].isdigit():
        return 0
    found = _LEADING.match(text)
    if found is None or len(text) - found.end() < 12:
        return 0
    return found.end()
