"""Times counted from another: three years ago, two days later, in a week, the day after Easter."""

from __future__ import annotations

import datetime
import re
from typing import Literal

from dateline.transforms.timex.calendar import (
    Day,
    Unit,
    add_days,
    add_months,
    containing,
    days_between,
    end_of,
    offset,
    shift,
)
from dateline.transforms.timex.context import Context
from dateline.transforms.timex.forms import Match
from dateline.transforms.timex.production import Options, production
from dateline.transforms.timex.productions.days import day_from
from dateline.transforms.timex.productions.durations import CLOCKED, MANY_GRAIN, amount, period, unit_of
from dateline.transforms.timex.productions.weekdays import bare_weekday
from dateline.transforms.timex.reading import Reading


class AgoOptions(Options):
    """``half``: the words are half a unit."""

    half: bool = False


@production(AgoOptions)
def ago(m: Match, context: Context, options: AgoOptions) -> Reading | None:
    """A number of units from the anchor, or from the day mentioned last ("two days later")."""
    count = 0.5 if options.half else amount(m)
    if count is None:
        count = 1.0
    unit = unit_of(m)
    name = next((n for n in ("LATER", "AFTERTHAT", "LATERPREP") if n in m.slots), "AGO")
    refers_back = name != "AGO"
    step = int(m.get(name)) if name in m.slots else -1
    if isinstance(count, str):
        return Reading(value="PAST_REF" if step < 0 else "FUTURE_REF", precision="none")
    if count > 5000:
        return Reading(type="DURATION", value=period(count, unit))
    if unit == "year" and count % 1 == 0.5:
        count, unit = count * 12, "month"
    if count != int(count):
        return Reading(type="DURATION", value=period(count, unit))
    if unit in CLOCKED:
        return instant_ago(step * int(count), unit, context) or Reading(
            type="DURATION", value=period(count, unit)
        )
    near = context.near_day(m.start) if refers_back else None
    if near is not None and not context.can_lean(near, m.start, m.end):
        near = None
    year = context.near_year(m.start) if refers_back and unit == "year" and not context.narrative else None
    if year is not None:
        # "In 1984 it was sold. One year later": not counted from the birthday before it.
        near = Unit("year", Day(year, 1, 1))
    base = near.start if near is not None else context.today(period(count, unit))
    if context.narrative and near is None and context.year is not None:
        if unit not in ("year", "decade", "century"):
            # "Three days later" in a story of a year: of which day it does not tell.
            return Reading(type="DURATION", value=period(count, unit))
        base = Day(context.year, 1, 1)
    grain, times = MANY_GRAIN.get(unit, (unit, 1))
    r = counted_from(base, step * int(count) * times, grain, near is not None)
    if refers_back and near is None and r is not None and r.unit is not None and not context.narrative:
        unknown = grain == "day" and context.is_elsewhere(m.start)
        if unknown or not context.can_lean(r.unit, m.start, m.end):
            # "The club knew a week later": of a time that the text does not tell.
            return Reading(type="DURATION", value=period(count, unit))
    return r


def instant_ago(count: int, unit: str, context: Context) -> Reading | None:
    """Hours and minutes from an anchor that is an instant; from a day they cannot be counted."""
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


def counted_from(base: Day, count: int, grain: str, refers_back: bool) -> Reading | None:
    """The unit a number of units from a day; its precision is that of the counted unit."""
    moved = offset(base, count, grain)
    if moved is None:
        return None
    why = (
        f"counted from {base}, the day spoken of"
        if refers_back
        else f"{abs(count)} {grain} {'before' if count < 0 else 'after'} {base}"
    )
    return Reading(unit=containing(grain, moved), anchored=not refers_back, certainty="implied", notes=[why])


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
    unit, found = unit_of(m), amount(m)
    count = 1.0 if found is None or isinstance(found, str) else found
    if unit in CLOCKED or unit in ("fortnight", "millennium", "night") or count != int(count) or count > 5000:
        return Reading(type="DURATION", value=period(count, unit))
    return counted_from(context.today(period(count, unit)), int(count), unit, False)


COUNTED = re.compile(r"P(\d{1,4})([DWMQY])")
GRAINS = {"D": "day", "W": "week", "M": "month", "Q": "quarter", "Y": "year"}
NOUN = re.compile(r"(?:['’]s)?\s+[^\W\d_]")
GAP = 32
"""Code points between a length and what it is counted from."""


def join_counted(readings: list[Reading], context: Context) -> list[Reading]:
    """A length or a weekday and what it is counted from, as one.

    "Three weeks before Christmas", "the day after Easter", "the Monday after the Nov. 5 election",
    "the three months to September".
    """
    out: list[Reading] = []
    for r in readings:
        joined = _joined(out[-1], r, context) if out and r.start - out[-1].stop <= GAP else None
        if joined is None:
            out.append(r)
        else:
            out[-1] = joined
    return out


def _joined(a: Reading, b: Reading, context: Context) -> Reading | None:
    if b.type != "DATE" or b.unit is None or b.value is not None:
        return None
    joined = _count(a, b, context) if b.is_day else None
    return joined or _ended(a, b, context)


def _count(a: Reading, b: Reading, context: Context) -> Reading | None:
    """The day a number of days, weeks … before or after another."""
    assert b.unit is not None
    gap, links = context.low[a.stop : b.start], context.grammar.links
    named = {"day_after", "day_before"} & a.traits
    side = links.side.fullmatch(gap)
    length = COUNTED.fullmatch(a.value or "") if a.type == "DURATION" else None
    if named:
        # "the day after Easter", and "the day after the Nov. 5 election" where what happened follows.
        if gap.strip() and (links.article.fullmatch(gap) is None or NOUN.match(context.low, b.stop) is None):
            return None
        grain = a.unit.grain if a.unit is not None else "day"
        moved = offset(b.unit.start, 1 if "day_after" in a.traits else -1, grain)
        unit = containing(grain, moved) if moved else None
    elif side is not None and length is not None and GRAINS[length[2]] != "quarter":
        moved = offset(b.unit.start, (-1 if side["before"] else 1) * int(length[1]), GRAINS[length[2]])
        unit = Unit("day", moved) if moved else None
    elif side is not None and "weekday" in a.traits and a.is_day and a.unit is not None and b.unit != a.unit:
        # "the Monday after Easter", but not "on Monday after Friday's vote".
        words = context.low[max(0, a.start - 8) : a.start].split()
        ordinal = bool(words) and "ORD" in context.grammar.words.values.get(words[-1], {})
        article = bool(words) and words[-1] in context.grammar.link_articles
        if not (article or ordinal or "holiday" in b.traits):
            return None
        number, day = a.unit.start.weekday(), b.unit.start
        steps = -((day.weekday() - number) % 7 or 7) if side["before"] else (number - day.weekday()) % 7 or 7
        # "the third Tuesday after Easter"
        nth = int(context.grammar.words.values.get(words[-1] if words else "", {}).get("ORD", 1))
        moved = add_days(day, steps + 7 * (nth - 1) * (-1 if side["before"] else 1))
        unit = Unit("day", moved) if moved else None
    else:
        return None
    if unit is None:
        return None
    r = Reading(
        unit=unit, certainty=b.certainty, anchored=b.anchored, rule="counted", start=a.start, stop=b.stop
    )
    r.notes = [*b.notes, f"counted from {b.unit.start}"]
    return r


def _ended(a: Reading, b: Reading, context: Context) -> Reading | None:
    """A length counted back from its end: "the three months to September", "the year ended June 30"."""
    assert b.unit is not None
    length = COUNTED.fullmatch(a.value or "") if a.type == "DURATION" and a.first is None else None
    if (
        b.unit.grain not in ("day", "month", "quarter", "year")
        or context.grammar.links.ended.fullmatch(context.low[a.stop : b.start]) is None
    ):
        return None
    if length is not None:
        count, grain = int(length[1]), GRAINS[length[2]]
    elif a.unit is not None and "period" in a.traits and a.value is None:
        count, grain = 1, a.unit.grain
    else:
        return None
    if grain == "day" and not b.is_day:
        return None
    unit = b.unit
    ahead = b.anchored and context.day is not None and unit.start > context.day
    if ahead and unit.grain in ("day", "month") and context.tense(a.start, a.stop)[0] != "future":
        # Results are about the past: "the 12 months through March" have ended, unless the verb is of the
        # future.
        back = add_months(unit.start, -12)
        if back is None:
            return None
        unit = Unit(unit.grain, back)
    end = end_of(unit)
    first = offset(end, -count, grain)
    if first is None:
        return None
    one = Reading(a.type, unit=a.unit, value=a.value, start=a.start, stop=a.stop)
    if a.unit is not None and a.unit.grain == "year":
        one = Reading("DURATION", value=period(count, grain), start=a.start, stop=a.stop)
    two = Reading(unit=unit, start=b.start, stop=b.stop)
    edtf = days_between(first, end)
    if unit.grain == "month" and first.day == 1 and add_months(first, 1) != end:
        edtf = f"{first.isoformat()[:7]}/{unit.start.isoformat()[:7]}"
    r = Reading("DURATION", value=period(count, grain), first=first, end=end, edtf=edtf, precision="interval")
    r.certainty, r.anchored, r.rule = b.certainty, b.anchored, "counted.to_its_end"
    r.start, r.stop, r.parts, r.traits = a.start, b.stop, [one, two], frozenset(("span",))
    r.notes = [*b.notes, f"counted back from {end - datetime.timedelta(1)}"]
    return r


@production(Options)
def weekdays_off(m: Match, context: Context, options: Options) -> Reading | None:
    """Two Saturdays ago, three Fridays from now: the first is the nearest one that is not the anchor's day."""
    number, count = int(m.get("WEEKDAYS")), int(m.get("NUM") or 0)
    if not 1 <= count <= 60:
        return None
    step = int(m.get("AGO") if "AGO" in m.slots else -1)
    here = context.today(f"XXXX-WXX-{number + 1}")
    near = ((here.weekday() - number) % 7 or 7) if step < 0 else ((number - here.weekday()) % 7 or 7)
    return day_from(here, step * (near + 7 * (count - 1)), f"{count} weekdays {'back' if step < 0 else 'on'}")


class AgoDayOptions(Options):
    """``step``: -1 for units before the day that the words name, 1 for units after it."""

    step: Literal[-1, 1] = -1


@production(AgoDayOptions)
def units_from_day(m: Match, context: Context, options: AgoDayOptions) -> Reading | None:
    """Two years ago today, a week from tomorrow, this time last year: a day so many units from a near one."""
    near = int(m.get("RELDAY") or 0)
    unit, count = unit_of(m), int(m.get("STEP") if "STEP" in m.slots else (amount(m) or 1))
    if unit in CLOCKED or count == 0:
        return None
    grain, times = MANY_GRAIN.get(unit, (unit, 1))
    base = add_days(context.today(period(abs(count), unit)), near)
    sign = 1 if "STEP" in m.slots else options.step
    moved = offset(base, sign * count * times, grain) if base and grain != "weekend" else None
    if moved is None:
        return None
    r = Reading(unit=Unit("day", moved), anchored=True, certainty="implied")
    r.mod = "APPROX" if "STEP" in m.slots else None
    r.notes = [f"{abs(count)} {grain} from {base}"]
    return r


@production(Options)
def units_before_weekday(m: Match, context: Context, options: Options) -> Reading | None:
    """Ten years ago Monday: so many units before the weekday that is meant without them."""
    near = bare_weekday(int(m.get("LONGDAY")), m, context)
    unit, count = unit_of(m), amount(m)
    if near is None or near.unit is None or unit in CLOCKED or not isinstance(count, float) or count % 1:
        return None
    grain, times = MANY_GRAIN.get(unit, (unit, 1))
    moved = offset(near.unit.start, -int(count) * times, grain)
    if moved is None:
        return None
    near.unit, near.rule = Unit("day", moved), ""
    near.notes = [*near.notes, f"{int(count)} {grain} before it"]
    return near


@production(Options)
def units_before_unit(m: Match, context: Context, options: Options) -> Reading | None:
    """Ten years ago this month: so many years before a unit that is counted from the anchor."""
    order = sorted((*m.slots.get("UNITS", ()), *m.slots.get("UNIT", ())))
    units = [str(t.values.get("UNITS") or t.values["UNIT"]) for t in order]
    count = amount(m)
    if len(units) != 2 or units[0] != "year" or units[1] not in ("day", "week", "month", "season", "year"):
        return None
    if not isinstance(count, float) or count % 1:
        return None
    here = shift(containing(units[1], context.today()), int(m.get("STEP")))
    moved = offset(here.start, -int(count), "year") if here else None
    if moved is None:
        return None
    note = f"{int(count)} year before {units[1]} of the anchor, {int(m.get('STEP')):+d}"
    return Reading(unit=containing(units[1], moved), anchored=True, certainty="implied", notes=[note])


@production(Options)
def two_units_ago(m: Match, context: Context, options: Options) -> Reading | None:
    """One year and two months ago: both are counted, and the smaller unit gives the precision."""
    order = sorted((*m.slots.get("UNITS", ()), *m.slots.get("UNIT", ())))
    units = [str(t.values.get("UNITS") or t.values["UNIT"]) for t in order]
    numbers = sorted((*m.slots.get("NUM", ()), *m.slots.get("A", ())))
    counts = [int(t.values.get("NUM", 1)) for t in numbers]
    if len(units) != 2 or len(counts) != 2 or not set(units) <= {"day", "week", "month", "year"}:
        return None
    step = int(next(m.get(name) for name in ("AGO", "AGOPRE", "LATER") if name in m.slots))
    day: Day | None = context.today()
    for count, unit in zip(counts, units, strict=True):
        day = offset(day, step * count, unit) if day else None
    if day is None:
        return None
    note = f"{counts[0]} {units[0]} and {counts[1]} {units[1]} from the anchor"
    return Reading(unit=containing(units[1], day), anchored=True, certainty="implied", notes=[note])


@production(Options)
def in_time_by_tense(m: Match, context: Context, options: Options) -> Reading | None:
    """In ten days: counted forward if the verb is of the future, else a length ("built in ten days")."""
    tense, words = context.tense(m.start, m.end)
    if tense != "future" or words in context.grammar.ability:
        return None
    return in_time(m, context, options)
