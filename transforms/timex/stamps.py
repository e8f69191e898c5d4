"""Dates that carry their own year, in a line of a page: any usual written form, ten languages.

This is what the anchor is found with: it reads one line, knows no anchor and no tense, and
never guesses a year. One pattern is compiled from the month names of all languages.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib import resources
from typing import Literal, NamedTuple

from transforms.timex.calendar import day_of
from transforms.timex.lexicon import LANGUAGES, one_of
from transforms.timex.tokens import folded

Order = Literal["dmy", "mdy"]
LONGEST = 4000
"""Code points of a line that are read; a stamp further on is not a page's date."""


class Stamp(NamedTuple):
    """A date in a line. ``day`` is ISO, ``time`` ``HH:MM`` or ``None``, ``zone`` a name or offset or ``None``.

    ``start`` and ``end`` take in the weekday and the time that stand beside the date.
    ``form`` is ``iso``, ``words``, ``numeric``, ``ambiguous`` (3/4/2024: order by hint, by
    what stands beside it, else day first), ``cjk`` or ``compact`` (20240513).
    """

    start: int
    end: int
    day: str
    time: str | None
    zone: str | None
    form: str


ZONES = {
    "z": "UTC", "utc": "UTC", "gmt": "UTC", "est": "-05:00", "edt": "-04:00", "et": "America/New_York",
    "cst": "-06:00", "cdt": "-05:00", "ct": "America/Chicago", "mst": "-07:00", "mdt": "-06:00", "mt": "America/Denver",
    "pst": "-08:00", "pdt": "-07:00", "pt": "America/Los_Angeles", "bst": "+01:00", "cet": "+01:00", "cest": "+02:00",
    "mez": "+01:00", "mesz": "+02:00", "eet": "+02:00", "eest": "+03:00", "msk": "+03:00", "ist": "+05:30", "hkt": "+08:00",
    "sgt": "+08:00", "jst": "+09:00", "kst": "+09:00", "aest": "+10:00", "aedt": "+11:00", "nzst": "+12:00", "nzdt": "+13:00",
}  # fmt: skip
CLOCK = (
    r"(?P<{0}h>[01]?\d|2[0-4])(?:[:.h]|\s?uhr\s?)(?P<{0}m>[0-5]\d)(?::(?P<{0}s>[0-5]\d))?(?:\.\d{{1,6}})?"
    r"\s{{0,2}}(?P<{0}ap>[ap]\.?\s?m\b\.?)?\s{{0,2}}(?:uhr\b|h\b|hrs\b)?\s{{0,2}}"
    r"\(?(?P<{0}z>(?:gmt|utc)?[+-]\d\d:?\d\d\b|(?:"
    + "|".join(sorted(ZONES, key=len, reverse=True))
    + r")\b)?\)?"
)
HOUR = r"(?P<{0}h2>1[0-2]|0?[1-9])\s?(?P<{0}ap2>[ap]\.?\s?m\b\.?)\s{{0,2}}(?P<{0}z2>(?:gmt|utc|[ecmp][sd]?t|bst)\b)?"
TIME_AFTER = re.compile(
    r"(?:[t]|[\s,;:|·•–—-]{0,4}(?:(?:at|um|om|à|a las|alle|às|в|saat|@)\s)?[\s]{0,2})(?:"
    + CLOCK.format("a")
    + "|"
    + HOUR.format("a")
    + ")"
)
TIME_BEFORE = re.compile(
    r"(?<![\d:.])(?:"
    + CLOCK.format("b")
    + "|"
    + HOUR.format("b")
    + r")[\s,;|·•–—-]{0,4}(?:(?:on|am|op|le|el|il|em)\s{1,2})?$"
)
REACH = 32
WEEKDAY_REACH = 24
"""Code points before a date in which its time and its weekday are looked for."""


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    names: dict[str, int] = {}
    for language in LANGUAGES:
        source = resources.files("transforms.timex") / "rules" / f"{language}.words.toml"
        for number, spellings in tomllib.loads(source.read_text("utf-8"))["classes"]["MONTH"].items():
            for spelling in spellings:
                names.setdefault(folded(spelling).rstrip("."), int(number))
    return names


@lru_cache(maxsize=1)
def _weekday() -> re.Pattern[str]:
    """A weekday right before a date; asked for only where a date stands."""
    names: set[str] = set()
    for language in LANGUAGES:
        source = resources.files("transforms.timex") / "rules" / f"{language}.words.toml"
        for spellings in tomllib.loads(source.read_text("utf-8"))["classes"]["WEEKDAY"].values():
            names |= {folded(s).rstrip(".") for s in spellings}
    return re.compile(rf"(?<![^\W\d_]){one_of(names)}\.?[\s,]{{1,3}}(?:den\s|the\s|le\s)?$")


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    month = one_of(_months())
    year = r"(?:1[6-9]|20)\d\d"
    link = r"(?:\s?(?:de|del|di|of|van|يوم|من)\s|[\s.,/·-]{1,3})"
    return re.compile(
        rf"(?<!\d)(?P<y1>{year})-(?P<m1>\d\d)-(?P<d1>\d\d)(?!\d)"
        rf"|(?<!\d)(?<!\d[/.-])(?P<y2>{year})(?P<sep>[/.-])(?P<m2>\d{{1,2}})(?P=sep)(?P<d2>\d{{1,2}})(?![\d])"
        rf"|(?<![\d/.-])(?P<a3>\d{{1,2}})\s?(?P<sep3>[/.-])\s?(?P<b3>\d{{1,2}})\s?(?P=sep3)\s?(?P<y3>{year}|\d\d)(?![\d/]|[-.]\d)"
        rf"|(?<![\d.,:$€£])(?P<d4>\d{{1,2}})(?:st|nd|rd|th|er|º|ª|°)?{link}(?P<n4>{month})(?![^\W\d_])\.?"
        rf"{link}(?P<y4>{year}|['’]\d\d)(?!\d)"
        rf"|(?<![^\W\d_])(?P<n5>{month})(?![^\W\d_])\.?[\s-]{{1,2}}(?P<d5>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s{{0,2}}|\s{{1,2}}|-)(?P<y5>{year}|['’]\d\d)(?!\d)"
        rf"|(?<!\d)(?P<y6>{year})\s?年\s?(?P<m6>\d{{1,2}})\s?月\s?(?P<d6>\d{{1,2}})\s?日"
        rf"|(?<![^\W_])(?P<y7>20\d\d)(?P<m7>0[1-9]|1[0-2])(?P<d7>0[1-9]|[12]\d|3[01])(?=t\d{{4}}|(?![^\W_]))"
    )


QUICK = re.compile(r"\d{4}|\d[./-]\d{1,2}[./-]\d\d|['’]\d\d")


def find_stamps(line: str, hint: Order | None = None) -> list[Stamp]:
    """The dates with a year in a line, in order of place; a day that no calendar has is none.

    ``hint`` settles 3/4/2024; without it AM, PM or a zone of North America says month
    first, anything else day first.
    """
    low = folded(line[:LONGEST])
    if QUICK.search(low) is None:
        return []
    found: list[Stamp] = []
    floor = 0
    for m in _pattern().finditer(low):
        read = _read(m, low, hint)
        if read is None:
            continue
        day, form = read
        start, end, time, zone = m.start(), m.end(), None, None
        if (weekday := _weekday().search(low[max(floor, start - WEEKDAY_REACH) : start])) is not None:
            start -= len(weekday[0])
        after = TIME_AFTER.match(low, end)
        if after is not None and (after["ah"] or after["ah2"]):
            time, zone = _clock(after, "a")
            if time:
                end = after.end()
        if time is None:
            left = max(floor, start - REACH)
            before = TIME_BEFORE.search(low[left:start])
            if before is not None and (before["bh"] or before["bh2"]):
                time, zone = _clock(before, "b")
                if time:
                    start = left + before.start()
        while end > start and low[end - 1] in " ,;(":
            end -= 1
        found.append(Stamp(start, end, day, time, zone, form))
        floor = end
    return found


def full_dates(text: str, hint: Order | None = None) -> list[tuple[int, int, str]]:
    """``(start, end, YYYY-MM-DD)`` of each date in a text that carries its own year."""
    return [(s.start, s.end, s.day) for s in find_stamps(text, hint)]


def _read(m: re.Match[str], low: str, hint: Order | None) -> tuple[str, str] | None:
    form = "words"
    if m["y1"]:
        parts, form = (m["y1"], m["m1"], m["d1"]), "iso"
    elif m["y2"]:
        parts, form = (m["y2"], m["m2"], m["d2"]), "numeric"
    elif m["a3"]:
        return _ordered(m, low, hint)
    elif m["d4"]:
        parts = (_year(m["y4"]), str(_months()[m["n4"]]), m["d4"])
    elif m["d5"]:
        parts = (_year(m["y5"]), str(_months()[m["n5"]]), m["d5"])
    elif m["y6"]:
        parts, form = (m["y6"], m["m6"], m["d6"]), "cjk"
    else:
        parts, form = (m["y7"], m["m7"], m["d7"]), "compact"
    unit = day_of(*(int(p) for p in parts))
    return (unit.start.isoformat(), form) if unit else None


def _year(text: str) -> str:
    digits = text.lstrip("'’")
    return digits if len(digits) == 4 else ("20" if int(digits) < 50 else "19") + digits


AMERICAN = re.compile(r"\b(?:[ecmp][sd]?t|[ap]\.?m)\b")


def _ordered(m: re.Match[str], low: str, hint: Order | None) -> tuple[str, str] | None:
    """Day and month of 3/4/2024; a two-digit year only beside slashes or two-digit parts."""
    a, b, year = m["a3"], m["b3"], m["y3"]
    if len(year) == 2 and m["sep3"] != "/" and len(a + b) < 4:
        return None  # 1.2.10 is a version
    number = int(_year(year))
    day_first, month_first = day_of(number, int(b), int(a)), day_of(number, int(a), int(b))
    if day_first is None or month_first is None or day_first == month_first:
        unit = day_first or month_first
        return (unit.start.isoformat(), "numeric") if unit else None
    if hint is None:
        near = low[max(0, m.start() - REACH) : m.end() + REACH]
        hint = "mdy" if m["sep3"] == "/" and AMERICAN.search(near) else "dmy"
    unit = day_first if hint == "dmy" else month_first
    return unit.start.isoformat(), "ambiguous"


def _clock(m: re.Match[str], side: str) -> tuple[str | None, str | None]:
    if m[side + "h"]:
        hour, minute = int(m[side + "h"]), int(m[side + "m"])
        half, zone = m[side + "ap"], m[side + "z"]
    else:
        hour, minute = int(m[side + "h2"]), 0
        half, zone = m[side + "ap2"], m[side + "z2"]
    if half:
        if hour > 12:
            return None, None
        hour = hour % 12 + (12 if half[0] == "p" else 0)
    if hour > 24 or (hour == 24 and minute):
        return None, None
    if zone:
        offset = zone.removeprefix("gmt").removeprefix("utc")
        zone = ZONES.get(zone) or (offset if ":" in offset else f"{offset[:3]}:{offset[3:]}")
    return f"{hour:02d}:{minute:02d}", zone
