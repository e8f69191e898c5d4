"""Times counted from another: three years ago, two days later, in a week, the day after Easter."""

from __future__ import annotations

import datetime
import re

from transforms.timex.calendar import Day, Unit, containing, offset, shift
from transforms.timex.context import Context
from transforms.timex.forms import Match
from transforms.timex.production import Options, production
from transforms.timex.productions.durations import CLOCKED, MANY_GRAIN, amount, period, unit_of
from transforms.timex.reading import Reading


@production(Options)
def ago(m: Match, context: Context, options: Options) -> Reading | None:
    """So many units from the anchor, or from the day spoken of ("two days later")."""
    count = amount(m)
    if count is None:
        count = 1.0
    unit = unit_of(m)
    name = next((n for n in ("LATER", "AFTERTHAT", "LATERPREP") if n in m.slots), "AGO")
    leaning = name != "AGO"
    step = int(m.get(name)) if name in m.slots else -1
    if isinstance(count, str):
        return Reading(value="PAST_REF" if step < 0 else "FUTURE_REF", precision="none")
    if count != int(count) or count > 5000:
        return Reading(type="DURATION", value=period(count, unit))
    if unit in CLOCKED:
        return instant_ago(step * int(count), unit, context) or Reading(
            type="DURATION", value=period(count, unit)
        )
    near = context.near_day(m.start) if leaning else None
    base = near.start if near is not None else context.today(period(count, unit))
    if context.narrative and near is None and context.year is not None:
        base = Day(context.year, 1, 1)
    grain, times = MANY_GRAIN.get(unit, (unit, 1))
    return counted_from(base, step * int(count) * times, grain, near is not None)


def instant_ago(count: int, unit: str, context: Context) -> Reading | None:
    """Hours and minutes from an anchor that is an instant; from a day alone they tell nothing."""
    if context.instant is None:
        return None
    try:
        moved = context.instant + count * datetime.timedelta(**{unit + "s": 1})
    except OverflowError:
        return None
    r = Reading("TIME", Unit("day", moved.date()), time=f"{moved:%H:%M}", precision="minute", anchored=True)
    r.certainty = "implied"
    r.notes = [
        f"{abs(count)} {unit}(s) {'before' if count < 0 else 'after'} {context.instant:%Y-%m-%d %H:%M}"
    ]
    return r


def counted_from(base: Day, count: int, grain: str, leaning: bool) -> Reading | None:
    """The unit so many units from a day; it is as coarse as what it is counted in."""
    moved = offset(base, count, grain)
    if moved is None:
        return None
    why = (
        f"counted from {base}, the day spoken of"
        if leaning
        else f"{abs(count)} {grain} {'before' if count < 0 else 'after'} {base}"
    )
    return Reading(unit=containing(grain, moved), anchored=not leaning, certainty="implied", notes=[why])


@production(Options)
def year_ago(m: Match, context: Context, options: Options) -> Reading | None:
    """ "A year earlier" beside a quarter's result is that quarter of the year before (WSJ)."""
    quarter = context.near_quarter(m.start)
    count = int(m.get("NUM") or 1)
    if quarter is not None:
        moved = shift(quarter, -4 * count)
        return (
            Reading(unit=moved, certainty="implied", notes=["the quarter spoken of, a year before"])
            if moved
            else None
        )
    base = context.today("P1Y").year
    if context.narrative and context.year is not None:
        base = context.year
    if base - count < 1:
        return None
    return Reading(unit=Unit("year", Day(base - count, 1, 1)), anchored=True, certainty="implied")


@production(Options)
def in_time(m: Match, context: Context, options: Options) -> Reading | None:
    """In three weeks' time: counted forward from the anchor."""
    unit = str(m.get("UNIT") if "UNIT" in m.slots else m.get("UNITS"))
    count = float(m.get("NUM") or 1)
    if unit in CLOCKED or unit in ("fortnight", "millennium", "night") or count != int(count) or count > 5000:
        return Reading(type="DURATION", value=period(count, unit))
    return counted_from(context.today(period(count, unit)), int(count), unit, False)


COUNTED = re.compile(r"P(\d{1,4})([DWMY])")


SIDE = re.compile(
    r"\s+(?:(?P<before>before|prior to|ahead of)|(?P<after>after|following|from))\s+(?:the\s+)?"
)


GRAINS = {"D": "day", "W": "week", "M": "month", "Y": "year"}


def join_counted(readings: list[Reading], context: Context) -> list[Reading]:
    """ "Three weeks before Christmas", "the day after Easter": a length and the day it is counted from."""
    out: list[Reading] = []
    for r in readings:
        joined = _count(out[-1], r, context) if out else None
        if joined is None:
            out.append(r)
        else:
            out[-1] = joined
    return out


def _count(a: Reading, b: Reading, context: Context) -> Reading | None:
    if not b.is_day or b.unit is None or b.type != "DATE":
        return None
    if not {"day_after", "day_before"}.isdisjoint(a.traits):
        gap, grain, count = context.low[a.stop : b.start], "day", 1
        if gap.strip() or context.low[a.start : a.stop].split()[1:2] != ["day"]:
            return None
        sign = 1 if "day_after" in a.traits else -1
    else:
        length = COUNTED.fullmatch(a.value or "") if a.type == "DURATION" else None
        side = SIDE.fullmatch(context.low[a.stop : b.start]) if length else None
        if length is None or side is None:
            return None
        count, grain = int(length[1]), GRAINS[length[2]]
        sign = -1 if side["before"] else 1
    moved = offset(b.unit.start, sign * count, grain)
    if moved is None:
        return None
    return Reading(
        unit=Unit("day", moved),
        certainty=b.certainty,
        anchored=b.anchored,
        rule="counted",
        notes=[*b.notes, f"counted from {b.unit.start}"],
        start=a.start,
        stop=b.stop,
    )
