"""Lengths of time: six months, a year and a half, the last three weeks."""

from __future__ import annotations

import math
from typing import Literal

from dateline.transforms.timex.calendar import Day, add_days, end_of, offset
from dateline.transforms.timex.context import Context
from dateline.transforms.timex.forms import Match
from dateline.transforms.timex.production import Options, production
from dateline.transforms.timex.productions.months_years import MonthOptions, month, named_year
from dateline.transforms.timex.reading import Reading

CODES = {
    "second": "S", "minute": "M", "hour": "H", "day": "D", "night": "D", "week": "W", "fortnight": "W",
    "weekend": "WE", "month": "M", "quarter": "Q", "year": "Y", "decade": "DE", "century": "CE", "millennium": "ML",
}  # fmt: skip


CLOCKED = ("second", "minute", "hour")


MANY_GRAIN = {"fortnight": ("week", 2), "night": ("day", 1), "millennium": ("century", 10)}


def amount(m: Match) -> float | str | None:
    """The number that a form holds: a figure, ``X`` for "several", ``None`` where there is none."""
    more = 0.5 if "HALFMORE" in m.slots else 0.0
    if (n := m.get("NUM")) is not None:
        if (f := m.get("SLASH")) is not None and f[1]:
            return float(n + f[0] / f[1])
        return float(n) + more
    if "QUANT" in m.slots:
        found = m.get("QUANT")
        return "X" if found == "X" else float(found)
    if "HALFNUM" in m.slots:
        return float(m.get("HALFNUM")) + 0.5
    if "PAIRNUM" in m.slots:
        return 2.0
    if "HALF" in m.slots:
        return 0.5
    if "DUAL" in m.slots:
        return 2.0
    if "A" in m.slots:
        return 1.0 + more
    return None


def period(count: float | str, unit: str) -> str:
    """An ISO 8601 duration, with the TIMEX3 letters for what ISO has none for."""
    prefix = "PT" if unit in CLOCKED else "P"
    if isinstance(count, str):
        return f"{prefix}X{CODES[unit]}"
    if unit == "fortnight":
        count *= 2
    if count != int(count) and unit == "year" and count % 0.5 == 0:
        return f"P{math.floor(count)}Y6M" if count > 1 else "P6M"
    if count == 0.5:
        halves = {
            "hour": "PT30M",
            "minute": "PT30S",
            "day": "PT12H",
            "decade": "P5Y",
            "century": "P50Y",
            "month": "P15D",
        }
        return halves.get(unit, f"{prefix}0.5{CODES[unit]}")
    if count % 1 == 0.5 and unit in ("hour", "minute"):
        return f"PT{math.floor(count)}{CODES[unit]}30{'M' if unit == 'hour' else 'S'}"
    shown = str(int(count)) if count == int(count) else str(count)
    return f"{prefix}{shown}{CODES[unit]}"


def unit_of(m: Match) -> str:
    """The unit that a form names."""
    if "DUAL" in m.slots:
        return str(m.get("DUAL"))
    if "UNIT" not in m.slots and "UNITS" not in m.slots:
        return next(str(t.values["UNIT"]) for t in m.tokens if "UNIT" in t.values)
    return str(m.get("UNIT") if "UNIT" in m.slots else m.get("UNITS"))


class DurationOptions(Options):
    """``half``: the words are half a unit, or a half more. ``to``: the second number of two counts.
    ``amounts``: the sum of several amounts ("a year, two months and a day")."""

    half: Literal["only", "more"] | None = None
    to: bool = False
    amounts: bool = False


@production(DurationOptions)
def duration(m: Match, context: Context, options: DurationOptions) -> Reading | None:
    """A length of time without a position: "six months", "a ten-day trip"."""
    if options.amounts:
        return _amounts(m)
    count = amount(m)
    unit = unit_of(m)
    if options.half and "HALFMORE" not in m.slots:
        count = 0.5 if count is None or options.half == "only" else float(count) + 0.5
    if count is None:
        count = 1.0
    reading = Reading(type="DURATION", value=period(count, unit), precision="none")
    numbers = m.all("NUM")
    if len(numbers) == 2 and options.to:
        reading.value = period(float(numbers[1]), unit)
    return reading


UNIT_CLASSES = ("UNITS", "UNIT", "SHORTUNIT")
SUMMED = ("year", "month", "week", "day", "hour", "minute", "second")
"""Units whose amounts are summed to one length, each smaller than the one before it."""


def _amounts(m: Match) -> Reading | None:
    """Amounts of ever smaller units as one length: ``P1Y1D``, ``PT3H20M``, ``P2DT4H``."""
    order = sorted(t for name in UNIT_CLASSES for t in m.slots.get(name, ()))
    units = [str(next(t.values[name] for name in UNIT_CLASSES if name in t.values)) for t in order]
    numbers = [
        float(t.values.get("NUM", 1))
        for t in sorted(t for name in ("NUM", "INT", "A") for t in m.slots.get(name, ()))
    ]
    if len(numbers) != len(units) or not set(units) <= set(SUMMED) or any(n != int(n) for n in numbers):
        return None
    sizes = [SUMMED.index(unit) for unit in units]
    if sizes != sorted(set(sizes)):
        return None
    value = ""
    for number, unit in zip(numbers, units, strict=True):
        part = period(number, unit)
        clocked = part.startswith("PT") and "T" in value
        value += part[2:] if clocked else part[1:] if value else part
    return Reading(type="DURATION", value=value)


class BareOptions(Options):
    """``weak``: means nothing unless a date is counted back from it. ``count`` of units, where it is known."""

    weak: bool = False
    count: int | None = None


@production(BareOptions)
def duration_bare(m: Match, context: Context, options: BareOptions) -> Reading | None:
    """ "for years", "weeks of talks": an uncounted length; "the week" of "the week ended Nov. 15"."""
    unit = str(next(m.get(name) for name in ("UNITS", "UNITLONG", "UNIT") if name in m.slots))
    value = period("X" if options.count is None else float(options.count), unit)
    return Reading(type="DURATION", value=value, precision="none", weak=options.weak)


class SpanOptions(Options):
    """``half``: the words are half a unit, or a half more."""

    half: Literal["only", "more"] | None = None


@production(SpanOptions)
def anchored_span(m: Match, context: Context, options: SpanOptions) -> Reading | None:
    """A length that ends or begins at the anchor: "the last three months", "the next two weeks"."""
    count = amount(m)
    unit = unit_of(m)
    if count is None:
        count = "X" if "UNITS" in m.slots else 1.0
    elif len(m.all("NUM")) == 2:
        count = float(m.all("NUM")[1])
    if options.half and not isinstance(count, str):
        count = 0.5 if options.half == "only" else count + (0.0 if "NUM" in m.slots else 0.5)
    step = int(m.get("STEP") if "STEP" in m.slots else m.meaning("LASTN"))
    reading = Reading(type="DURATION", value=period(count, unit), anchored=True, certainty="implied")
    if (
        isinstance(count, str)
        or context.day is None
        or unit in CLOCKED
        or count != int(count)
        or count > 5000
    ):
        reading.anchored = False
        return reading
    grain, times = MANY_GRAIN.get(unit, (unit, 1))
    other = offset(context.day, step * int(count) * times, grain)
    if other is not None:
        tomorrow = add_days(context.day, 1)
        reading.first, reading.end = (other, tomorrow) if step < 0 else (context.day, add_days(other, 1))
        reading.notes = ["ends at the anchor" if step < 0 else "begins at the anchor"]
    return reading


@production(Options)
def edge_span(m: Match, context: Context, options: Options) -> Reading | None:
    """The first nine months, the last two weeks of a year: a length inside something else."""
    count = amount(m)
    if count is None:
        return None
    unit = unit_of(m)
    reading = Reading(type="DURATION", value=period(count, unit))
    if "MONTH" in m.slots:
        return _within(reading, count, unit, int(m.get("FIRSTN")), month(m, context, MonthOptions()))
    year = named_year(m, context)
    step = m.get("STEP")
    if year is None and step is not None and context.day is not None:
        year = context.day.year + int(step)
        reading.anchored, reading.certainty = True, "implied"
    if (
        year is not None
        and 1 <= year < 9999
        and not isinstance(count, str)
        and unit not in CLOCKED
        and count == int(count)
    ):
        begin, end = Day(year, 1, 1), Day(year + 1, 1, 1)
        sign = int(m.get("FIRSTN"))
        other = offset(begin if sign > 0 else end, sign * int(count), MANY_GRAIN.get(unit, (unit, 1))[0])
        if other is not None and begin <= other <= end:
            reading.first, reading.end = (begin, other) if sign > 0 else (other, end)
    return reading


def _within(reading: Reading, count: float | str, unit: str, sign: int, outer: Reading | None) -> Reading:
    """A length at the beginning or end of a month: "the first ten days of March"."""
    if (
        outer is None
        or outer.unit is None
        or isinstance(count, str)
        or unit in CLOCKED
        or count != int(count)
    ):
        return reading
    begin, end = outer.unit.start, end_of(outer.unit)
    grain, times = MANY_GRAIN.get(unit, (unit, 1))
    other = offset(begin if sign > 0 else end, sign * int(count) * times, grain)
    if other is not None and begin <= other <= end:
        reading.first, reading.end = (begin, other) if sign > 0 else (other, end)
        reading.anchored, reading.certainty, reading.notes = outer.anchored, outer.certainty, outer.notes
    return reading
