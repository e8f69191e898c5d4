"""Every date with a year in a page, with the clock time and the zone beside it.

The finder starts from the years, which the regex engine meets at the speed of C, and reads
the forty characters around each: one pass, linear, whatever the page.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from dateline.transforms import core, lexicon
from dateline.transforms.dateline.clock import halves
from dateline.transforms.dateline.names import names
from dateline.transforms.dateline.zones import zone_of

FIRST_YEAR, LAST_YEAR = 1900, 2099
STAMP_LIMIT = 1_000
"""Stamps that are read from one page; an archive page of a whole year has fewer."""
REACH = 28
"""Characters before a year in which its month and day stand."""


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words)) or "(?!)"


def _second_words(names: lexicon.Names) -> Iterator[str]:
    """What follows the first word of a month that has two, as in Arabic."""
    for months in (names.months, names.stamp_months):
        yield from (word.partition(" ")[2] for words in months.values() for word in words if " " in word)


class Patterns:
    """Patterns of a month and a day before or behind a year, and of what stands beside a date: clock and weekday."""

    def __init__(self, library: lexicon.Library) -> None:
        every = [f.stamps for f in library.every(lexicon.Furniture).values()]
        joins = "|".join(p for s in every for p in s.clock_joins) or "(?!)"
        hours = "|".join(p for s in every for p in s.hours) or "(?!)"
        hours_before = "|".join(p for s in every for p in s.hours_before) or "(?!)"
        self.halves = halves(library)
        half = self.halves.pattern
        before_weekday = _any(w for s in every for w in s.before_weekday)
        before_day = _any(w for s in every for w in s.before_day)
        ordinals = _any(w for s in every for w in s.ordinals)
        ordinals_last = _any(w for s in every for w in s.ordinals_last)
        before_month = _any(w for s in every for w in s.before_month)
        before_year = _any(w for s in every for w in s.before_year)
        second = _any(library.union(lexicon.Names, _second_words))
        word = rf"[^\W\d_]{{2,12}}(?:\s(?:{second}))?"
        self.before = re.compile(
            r"(?:"
            rf"(?<![\w.,])(?<!\d:)(?P<d1>\d{{1,2}})(?:{ordinals}|º|°|ª)?\.?[ \u00a0-]{{0,2}}(?:{before_month}|/)?(?P<m1>{word})(?:/{word})?\.?"
            rf"|(?P<m2>{word})\.?[ \u00a0]{{0,2}}(?P<d2>\d{{1,2}})(?:{ordinals_last}|º|\.)?"
            rf")(?:[ \u00a0]?,[ \u00a0]{{0,2}}|[ \u00a0]{{1,2}}(?:{before_year})?|[-/]|'){{1}}\Z",
            re.IGNORECASE,
        )
        self.after = re.compile(
            r"\s?(?P<sep>[-/.])\s?(?P<m1>\d{1,2})\s?(?P=sep)\s?(?P<d1>\d{1,2})(?!\d)"
            r"|\s?[年년]\s?(?P<m2>\d{1,2})\s?[月월]\s?(?P<d2>\d{1,2})\s?[日号일]"
            rf"|,?\s(?P<m3>{word})\.?\s(?P<d3>\d{{1,2}})(?!\d)"
            rf"|\.\s(?P<m4>{word})\s(?P<d4>\d{{1,2}})\."
        )
        self.unix = re.compile(
            rf"(?P<m>{word})\s{{1,2}}(?P<d>\d{{1,2}})\s(?P<t>\d\d:\d\d):\d\d\s(?P<z>[A-Z]{{2,5}}\s)?\Z"
        )
        self.clock_after = re.compile(
            rf"[T\s,|•·@:;–—/-]{{0,5}}(?:(?:{joins}|-)\s{{1,2}})?\(?"
            r"(?P<h>[01]?\d|2[0-3])(?:\s?[:.h]\s?(?P<m>[0-5]\d)(?::[0-5]\d(?:\.\d{1,6})?)?)?"
            rf"\s?(?P<half>{half})?(?!\d)(?:\s?(?:{hours}))?"
            r"(?P<zone>\s?\(?(?:(?:GMT|UTC)?\s?[+-]\d{1,2}:?(?:\d\d)?(?!\d)|[A-Z]{2,5}\b|Z\b))?",
            re.IGNORECASE,
        )
        self.clock_before = re.compile(
            r"(?<![\d.:])(?P<h>[01]?\d|2[0-3])(?:[:.h](?P<m>[0-5]\d)(?::[0-5]\d)?)?"
            rf"\s?(?P<half>{half})?(?:\s?(?:{hours_before}))?(?P<zone>\s?\(?[A-Z]{{2,5}}\)?(?:[+-]\d{{1,2}}(?::?\d\d)?)?)?"
            rf"[\s,|•·;–—-]{{1,4}}(?:(?:{before_weekday})\s)?(?:[^\W\d]{{2,12}}\.?,?\s)?\Z",
            re.IGNORECASE,
        )
        self.weekday = re.compile(
            rf"([^\W\d_]{{2,12}}(?:-[^\W\d_]{{3,8}})?)[.,،]{{0,2}}\s{{0,2}}[,،]?\s{{0,2}}(?:(?:{before_day}) )?\Z",
            re.IGNORECASE,
        )


@lru_cache(maxsize=4)
def _patterns(library: lexicon.Library) -> Patterns:
    return Patterns(library)


class Stamp(NamedTuple):
    """A date of a page. ``days`` are its readings, likeliest first: two where day and month may change places.

    ``[start, end)`` are the words of the date alone, ``[first, last)`` with weekday, time and zone.
    """

    start: int
    end: int
    days: tuple[datetime.date, ...]
    form: str
    first: int
    last: int
    time: str | None = None
    zone: str | None = None
    weekday: int | None = None

    @property
    def day(self) -> datetime.date:
        """The likeliest reading."""
        return self.days[0]


_CENTURIES = ("19", "20")
_YEAR = re.compile(r"\d{4}(?=\D|\Z|\d{1,2}\.\s[A-Z])")
_NUMERIC_HINT = re.compile(r"\d\s?[./-]\s?\d{1,2}\s?[./-]\s?(?:\d\d)?\d\d")
_NUMERIC = re.compile(
    r"(?<![\d/-])(?<!\d[.,:])(?P<a>\d{1,2})\s?(?P<sep>[./-])\s?(?P<b>\d{1,2})(?P=sep)\s?(?P<y>(?:19|20)\d\d|\d\d)"
    r"(?=(?P<tail>\D|\Z))(?![./-]\d|[.,:%]\d)"
)
_DIGIT = re.compile(r"\d")
_PIVOT = 70


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None  # 31 June does not exist.


def _month(name: str, *, leads: bool) -> int | None:
    folded = name.lower().strip(".")
    known = names()
    if leads and folded not in known.leading:
        return None
    return known.months.get(folded)


def _named(text: str, at: int) -> tuple[int, int, int, str] | None:
    """``(start, month, day, form)`` of the month and day that end before a year."""
    window = text[max(0, at - REACH) : at]
    m = (
        _patterns(lexicon.library()).before.search(window)
        if _DIGIT.search(window) and not window[-1:].isalpha()
        else None
    )
    if m is None:
        return None
    base = at - len(window)
    if m["d1"]:
        month, day, form = _month(m["m1"], leads=False), int(m["d1"]), "day-name"
    else:
        # The engine takes the leftmost letters: of a glued "SavedNovember" only the name itself is the date.
        word = m["m2"]
        month, day, form = _month(word, leads=True), int(m["d2"]), "name-day"
        start = base + m.start("m2")
        if month is None and (cut := re.search(r"[a-z](?=[A-Z])", word)):
            month, start = _month(word[cut.end() :], leads=True), start + cut.end()
        return (start, month, day, form) if month else None
    return (base + m.start(), month, day, form) if month else None


def places(text: str) -> tuple[list[int], list[int]]:
    """Where years stand, with no digit before them, and where dates in numbers may stand; both in order."""
    if core.compiled is not None:
        return core.compiled.date_places(text)
    years: list[int] = []
    for century in _CENTURIES:
        # The search for a string skips a page twice as fast as the pattern.
        at = text.find(century)
        while at >= 0:
            if _YEAR.match(text, at) is not None and not text[at - 1 : at].isdigit():
                years.append(at)
            at = text.find(century, at + 2)
    return sorted(years), [hint.start() for hint in _NUMERIC_HINT.finditer(text)]


def find(text: str) -> list[Stamp]:
    """Every full date in order of place. Yearless dates are no stamps: they name no day of a calendar."""
    found: dict[int, Stamp] = {}
    years, hints = places(text)
    for start in years:
        if len(found) >= STAMP_LIMIT:
            break
        if stamp := _around(text, start, start + 4):
            found.setdefault(stamp.start, stamp)
    taken = [(s.start, s.end) for s in found.values()]
    for hint in hints[:STAMP_LIMIT]:
        at = hint - 1 if text[hint - 1 : hint].isdigit() else hint
        if (exact := _NUMERIC.match(text, max(0, at))) and (stamp := _numeric(text, exact)):
            found.setdefault(stamp.start, stamp)
    stamps = sorted(found.values())
    if len(taken) == len(stamps):
        return stamps
    out: list[Stamp] = []
    for stamp in stamps:
        if not out or stamp.start >= out[-1].end:
            out.append(stamp)
    return out


def _around(text: str, start: int, end: int) -> Stamp | None:
    year = int(text[start:end])
    if named := _named(text, start):
        begin, month, number, form = named
        if day := _date(year, month, number):
            return _clocked(text, begin, end, (day,), form)
        return None
    if m := _patterns(lexicon.library()).after.match(text, end, min(len(text), end + 24)):
        for k, form in (("1", "iso"), ("2", "cjk"), ("3", "year-name"), ("4", "year-name")):
            if not m[f"m{k}"]:
                continue
            month_text = m[f"m{k}"]
            month_number = int(month_text) if month_text.isdecimal() else _month(month_text, leads=True)
            if month_number and (day := _date(year, month_number, int(m[f"d{k}"]))):
                return _clocked(text, start, m.end(), (day,), form)
            break
    if (
        text[start - 1 : start] == " "
        and ":" in text[max(0, start - 10) : start]
        and (m := _patterns(lexicon.library()).unix.search(text[max(0, start - REACH) : start]))
    ):
        begin = max(0, start - REACH) + m.start("m")
        unix_month = _month(m["m"], leads=True)
        if unix_month and (day := _date(year, unix_month, int(m["d"]))):
            weekday, first = _weekday(text, begin)
            zone = zone_of(m["z"]) if m["z"] else None
            return Stamp(begin, end, (day,), "unix", first, end, m["t"], zone, weekday)
    return None


def _numeric(text: str, m: re.Match[str]) -> Stamp | None:
    a, b, year = int(m["a"]), int(m["b"]), int(m["y"])
    if len(m["y"]) == 2:
        if (
            (len(m["b"]) == 1 and not _alone(text, m))
            or m["tail"].isalpha()
            or (m["sep"] == "-" and not (len(m["a"]) == 2 and b > 12))
        ):
            return None  # a score, a version, a part number
        year += 1900 if year >= _PIVOT else 2000
    days = [d for d in (_date(year, b, a), _date(year, a, b)) if d]
    if m["sep"] == ".":
        days = days[:1] if a <= 31 and 1 <= b <= 12 else []  # with full stops the day is first
    if not days:
        return None
    unique = tuple(dict.fromkeys(days))
    form = "numeric" if len(m["y"]) == 4 else "numeric-short"
    return _clocked(text, m.start(), m.end(), unique, form)


def _alone(text: str, m: re.Match[str]) -> bool:
    """Whether "8.5.12" ends its line, and begins it or follows a comma: elsewhere it may be a version."""
    before = text[max(0, m.start() - 3) : m.start()].rstrip(" ")
    return (
        m["sep"] == "."
        and before[-1:] in ("", "\n", ",", "|")
        and text[m.end() : m.end() + 2].strip(" ")[:1] in ("", "\n")
    )


def _weekday(text: str, start: int) -> tuple[int | None, int]:
    window = text[max(0, start - 24) : start]
    if (m := _patterns(lexicon.library()).weekday.search(window)) and (
        number := names().weekdays.get(m[1].lower())
    ) is not None:
        return number, start - len(window) + m.start()
    return None, start


def _clocked(text: str, start: int, end: int, days: tuple[datetime.date, ...], form: str) -> Stamp:
    """A date with the weekday before it and the clock on either side."""
    weekday, first = _weekday(text, start)
    if weekday is not None and len(days) == 2 and days[1].weekday() == weekday != days[0].weekday():
        days = days[::-1]
    stop = text.find("\n", end, end + REACH)
    known = _patterns(lexicon.library())
    m = known.clock_after.match(text, end, stop if stop >= 0 else end + REACH)
    if m and (m["m"] or m["half"]):
        zone = zone_of(m["zone"].strip(" (")) if m["zone"] else None
        last = m.end() if zone or not m["zone"] else m.start("zone")
        return Stamp(
            start, end, days, form, first, last, known.halves.time(m["h"], m["m"], m["half"]), zone, weekday
        )
    window = text[max(0, first - 28) : first].rpartition("\n")[2]
    if (
        any(c.isdigit() for c in window)
        and (m := known.clock_before.search(window))
        and (m["m"] or m["half"])
    ):
        zone = zone_of(m["zone"].strip(" ()")) if m["zone"] else None
        before = first - len(window) + m.start()
        return Stamp(
            start, end, days, form, before, end, known.halves.time(m["h"], m["m"], m["half"]), zone, weekday
        )
    return Stamp(start, end, days, form, first, end, None, None, weekday)
