"""Calendar arithmetic: units of the calendar as values, and nothing about text.

A :class:`Unit` is one day, week, month, … : a grain and its first day. Everything that
the rules compute (the third quarter of last year, the week before a Friday) is a step
from unit to unit, so no rule does arithmetic of its own. Years 1 to 9999; a step that
leaves them gives ``None``.
"""

from __future__ import annotations

import datetime
from typing import NamedTuple

Day = datetime.date

MONTHS_OF = {"month": 1, "quarter": 3, "half": 6, "season": 3, "year": 12, "decade": 120, "century": 1200}
"""Length in months of the grains that are counted in months."""

DAYS_OF = {"day": 1, "week": 7, "weekend": 7}
"""Step in days of the grains that are counted in days (a weekend is two days long, but steps by seven)."""

SEASON_STARTS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""First month of the meteorological seasons of the north; winter is named by the year it begins in."""

SEASON_CODES = {month: code for code, month in SEASON_STARTS.items()}
EDTF_SEASONS = {3: 21, 6: 22, 9: 23, 12: 24}


HEBREW_EPOCH = -1373427
"""Ordinal of the day from which the Hebrew calendar counts."""
LUNAR_NEW_YEARS = (
    "CrhzoexlDtiAqfynbukCrhAodwlDsiBqfynFujCrhApdvlEsiBqexmcujDsgzodvlEtiBqfxmcvjCrgyodwlEtiApexmcvkCrgznd"
)
"""Days of the Chinese New Year after 20 January, from 1950 on: a to z are 0 to 25, A is 26."""


class Unit(NamedTuple):
    """One unit of the calendar: its grain and its first day."""

    grain: str
    start: Day


def day_of(year: int, month: int, day: int) -> Unit | None:
    """The day, or ``None`` for a day that no calendar has (31 June, 29 February 2023)."""
    try:
        return Unit("day", Day(year, month, day))
    except ValueError:
        return None


def containing(grain: str, day: Day) -> Unit:
    """The unit of a grain that a day lies in."""
    if grain == "day":
        return Unit("day", day)
    if grain == "week":
        return Unit("week", day - datetime.timedelta(day.weekday()))
    if grain == "weekend":
        return Unit("weekend", day + datetime.timedelta(5 - day.weekday()))
    if grain == "season":
        month = day.month // 3 * 3 or 12
        return Unit("season", Day(day.year - (day.month < 3), month, 1))
    if grain == "century":
        return Unit("century", Day(max(1, day.year // 100 * 100), 1, 1))
    if grain == "decade":
        return Unit("decade", Day(max(1, day.year // 10 * 10), 1, 1))
    months = MONTHS_OF[grain]
    return Unit(grain, Day(day.year, (day.month - 1) // months * months + 1, 1))


def add_months(day: Day, months: int) -> Day | None:
    """The same day so many months on, cut to the length of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    return Day(year, month + 1, min(day.day, month_length(year, month + 1)))


def month_length(year: int, month: int) -> int:
    """Days in a month."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def add_days(day: Day, days: int) -> Day | None:
    """The day so many days on."""
    try:
        return day + datetime.timedelta(days)
    except OverflowError:
        return None


def shift(unit: Unit, steps: int) -> Unit | None:
    """The unit so many steps on."""
    if unit.grain in DAYS_OF:
        moved = add_days(unit.start, steps * DAYS_OF[unit.grain])
    else:
        moved = add_months(unit.start, steps * MONTHS_OF[unit.grain])
    return Unit(unit.grain, moved) if moved else None


def end_of(unit: Unit) -> Day:
    """The first day after a unit (the last of all days stays itself)."""
    if unit.grain == "weekend":
        end = add_days(unit.start, 2)
    elif unit.grain in DAYS_OF:
        end = add_days(unit.start, DAYS_OF[unit.grain])
    else:
        end = add_months(unit.start, MONTHS_OF[unit.grain])
    return end or Day.max


def offset(day: Day, count: int, grain: str) -> Day | None:
    """A day moved by so many units: three months before 31 May is 28 or 29 February."""
    if grain in DAYS_OF:
        return add_days(day, count * DAYS_OF[grain])
    return add_months(day, count * MONTHS_OF[grain])


def nth_weekday(year: int, month: int, weekday: int, n: int) -> Unit | None:
    """The n-th weekday (0 = Monday) of a month, counted from the end where ``n`` is negative."""
    if n < 0:
        last = Day(year, month, month_length(year, month))
        found = last - datetime.timedelta((last.weekday() - weekday) % 7 + 7 * (-n - 1))
    else:
        first = Day(year, month, 1)
        found = first + datetime.timedelta((weekday - first.weekday()) % 7 + 7 * (n - 1))
    return Unit("day", found) if n and found.month == month else None


def easter(year: int) -> Day:
    """Western Easter Sunday (the anonymous Gregorian computus)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return Day(year, month, day + 1)


def orthodox_easter(year: int) -> Day | None:
    """Easter Sunday of the Julian calendar, by the Gregorian one (Meeus); of the years 1900 to 2099."""
    if not 1900 <= year <= 2099:
        return None
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return Day(year, month, day + 1) + datetime.timedelta(13)


def hebrew_new_year(year: int) -> Day | None:
    """Rosh Hashanah of a Gregorian year, by the arithmetic of the Hebrew calendar; its eve is the evening before.

    After Dershowitz and Reingold, Calendrical Calculations: the mean new moon, moved by four rules.
    """
    if not 1000 <= year <= 9000:
        return None
    before, here, after = (_hebrew_days(year + 3761 + n) for n in (-1, 0, 1))
    delay = 2 if after - here == 356 else 1 if here - before == 382 else 0
    return Day.fromordinal(HEBREW_EPOCH + here + delay)


def _hebrew_days(year: int) -> int:
    months = (235 * year - 234) // 19
    days = months * 29 + (12084 + 13753 * months) // 25920
    return days + 1 if 3 * (days + 1) % 7 < 3 else days


def lunar_new_year(year: int) -> Day | None:
    """The first day of the Chinese calendar in a year from 1950 to 2050."""
    if not 1950 <= year < 1950 + len(LUNAR_NEW_YEARS):
        return None
    letter = LUNAR_NEW_YEARS[year - 1950]
    days = ord(letter) - ord("a") if letter.islower() else ord(letter) - ord("A") + 26
    return Day(year, 1, 20) + datetime.timedelta(days)


def season(year: int, code: str) -> Unit:
    """A season by the year it begins in."""
    return Unit("season", Day(year, SEASON_STARTS[code], 1))


_DIGITS = {"century": 2, "decade": 3, "year": 4, "month": 7, "day": 10}
"""Code points of an ISO day that name a unit."""


def timex(unit: Unit) -> str:
    """The TIMEX3 value of a unit."""
    day = unit.start
    if unit.grain in ("week", "weekend"):
        year, week, _ = day.isocalendar()
        return f"{year:04d}-W{week:02d}" + ("-WE" if unit.grain == "weekend" else "")
    if unit.grain == "season":
        return f"{day.year:04d}-{SEASON_CODES[day.month]}"
    if unit.grain == "quarter":
        return f"{day.year:04d}-Q{(day.month + 2) // 3}"
    if unit.grain == "half":
        return f"{day.year:04d}-H{(day.month + 5) // 6}"
    return day.isoformat()[: _DIGITS[unit.grain]]


def edtf(unit: Unit) -> str:
    """The EDTF value of a unit; a week and a weekend are the interval of their days."""
    day = unit.start
    if unit.grain in ("week", "weekend"):
        return f"{day.isoformat()}/{(end_of(unit) - datetime.timedelta(1)).isoformat()}"
    if unit.grain == "season":
        return f"{day.year:04d}-{EDTF_SEASONS[day.month]}"
    if unit.grain == "quarter":
        return f"{day.year:04d}-{32 + (day.month + 2) // 3}"
    if unit.grain == "half":
        return f"{day.year:04d}-{39 + (day.month + 5) // 6}"
    return timex(unit) + {"century": "XX", "decade": "X"}.get(unit.grain, "")


def days_between(first: Day, end: Day) -> str:
    """EDTF of a half-open interval of days."""
    last = end - datetime.timedelta(1)
    return first.isoformat() if last <= first else f"{first.isoformat()}/{last.isoformat()}"
