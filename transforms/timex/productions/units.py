"""Weeks, months and other units by their distance from the anchor: last week, the end of the month."""

from __future__ import annotations

from dateline.transforms.timex.calendar import Day, Unit, add_days, containing, end_of, nth_weekday, shift
from dateline.transforms.timex.context import Context
from dateline.transforms.timex.forms import Match
from dateline.transforms.timex.production import Options, production
from dateline.transforms.timex.productions.back_references import spoken_of
from dateline.transforms.timex.productions.days import date
from dateline.transforms.timex.productions.durations import CLOCKED, period, unit_of
from dateline.transforms.timex.productions.months_years import MonthOptions, month, named_year
from dateline.transforms.timex.productions.weekdays import is_coming
from dateline.transforms.timex.reading import Reading


class StepOptions(Options):
    """``unit`` and ``step``, where no word of the form says them."""

    unit: str | None = None
    step: int = 0


@production(StepOptions)
def unit_step(m: Match, context: Context, options: StepOptions) -> Reading | None:
    """This week, last month, next year."""
    unit = options.unit or unit_of(m)
    step = int(m.get("STEP")) if "STEP" in m.slots else options.step
    if unit in CLOCKED:
        return Reading(type="DURATION", value=period(1.0, unit), precision="none")
    if unit in ("fortnight", "millennium"):
        return Reading(type="DURATION", value=period(1.0, unit), anchored=False)
    here = context.today()
    if context.narrative and unit == "year" and context.year is not None:
        moved = shift(Unit("year", Day(context.year, 1, 1)), step)
        return (
            Reading(unit=moved, certainty="implied", notes=[f"the narrative is in {context.year}"])
            if moved
            else None
        )
    if context.narrative and unit == "month" and context.month is not None:
        moved = shift(context.month, step)
        return Reading(unit=moved, certainty="implied", notes=["from the month spoken of"]) if moved else None
    if context.narrative and unit == "day" and context.last is not None:
        moved = shift(context.last, step)
        return Reading(unit=moved, certainty="implied", notes=["from the day spoken of"]) if moved else None
    if unit == "day" and step == 1:
        near = context.near_day(m.start)
        moved = shift(near or Unit("day", here), 1)
        if context.is_elsewhere(m.start) or (moved and not context.can_lean(moved, m.start, m.end)):
            # "The next day I told my wife": behind a day that the text does not tell.
            if not context.parse.clauses and moved is not None:
                note = "the day after, though it may be that of a day that is not told"
                return Reading(unit=moved, anchored=near is None, certainty="assumed", notes=[note])
            return Reading(value="XXXX-XX-XX", precision="none", notes=["the day spoken of is not known"])
        if near is not None:
            return (
                Reading(unit=moved, certainty="implied", notes=["from the day spoken of"]) if moved else None
            )
    if unit == "night":
        # "last night" belongs to the day before; "this night" to the anchor's own.
        moved = shift(Unit("day", here), step)
        return (
            Reading("TIME", moved, part="NI", precision="daypart", anchored=True, certainty="implied")
            if moved
            else None
        )
    if unit == "weekend":
        return _weekend(m, context, here, step if "STEP" in m.slots else None)
    spoken = context.near_quarter(m.start) if unit == "quarter" and step == 0 else None
    if spoken is not None:
        return Reading(unit=spoken, certainty="implied", notes=["the quarter spoken of"])
    moved = shift(containing(unit, here), step)
    if moved is None:
        return None
    note = f"{unit} of the anchor, {step:+d}"
    return Reading(unit=moved, anchored=True, certainty="implied", notes=[note])


def _weekend(m: Match, context: Context, here: Day, step: int | None) -> Reading | None:
    """A weekend. On a Monday to Wednesday "the weekend" is the one before unless the verb is of the future."""
    this = containing("weekend", here)
    if step is None:
        tense, why = context.tense(m.start, m.end)
        step = 0 if tense == "future" or here.weekday() >= 5 else -1
        if tense == "none" and here.weekday() >= 3:
            step = 0
        note = f"{tense}: {why!r}" if why else "no verb tells"
    elif step < 0:
        note = "the weekend before the anchor's"
    elif is_coming(m):
        step, note = int(here.weekday() >= 5), "the first one after the anchor"
    else:
        if step == 0 and here.weekday() < 3 and context.tense(m.start, m.end)[0] == "past":
            step = -1
        note = "counted from the anchor's week"
    moved = shift(this, step)
    return Reading(unit=moved, anchored=True, certainty="implied", notes=[note]) if moved else None


@production(Options)
def week_of(m: Match, context: Context, options: Options) -> Reading | None:
    """The week (weekend, month) of a day."""
    unit = str(m.get("UNIT"))
    if unit not in ("week", "weekend", "month"):
        return None
    inner = date(m, context, Options())
    if inner is None or inner.unit is None:
        return None
    inner.unit = containing(unit, inner.unit.start)
    return inner


@production(Options)
def nth_week(m: Match, context: Context, options: Options) -> Reading | None:
    """The n-th week or weekend of a month."""
    grain = "weekend" if m.meaning("UNIT") == "weekend" else "week"
    n = int(m.get("ORD") if "ORD" in m.slots else m.get("LASTORD"))
    if "MONTH" in m.slots:
        inner = month(m, context, MonthOptions())
        if inner is None or inner.unit is None:
            return None
    else:
        base = (
            context.month if "THATSTEP" in m.slots and context.month else containing("month", context.today())
        )
        moved = shift(base, int(m.get("STEP") or m.get("THATSTEP") or 0))
        if moved is None:
            return None
        inner = Reading(unit=moved, anchored=True, certainty="implied")
    assert inner.unit is not None
    if not (1 <= n <= 5 or n == -1):
        return None
    first = inner.unit.start
    if grain == "weekend":
        saturday = nth_weekday(first.year, first.month, 5, n)
        inner.unit = Unit("weekend", saturday.start) if saturday else None
        return inner if inner.unit else None
    if n < 0:
        last = add_days(end_of(inner.unit), -1)
        assert last is not None
        inner.unit = containing("week", last)
    else:
        moved_day = add_days(first, 7 * (n - 1))
        inner.unit = containing("week", moved_day) if moved_day and moved_day.month == first.month else None
    return inner if inner.unit else None


@production(Options)
def unit_edge(m: Match, context: Context, options: Options) -> Reading | None:
    """The end of the month, the rest of the week: of the one mentioned last in a narrative, else the
    anchor's."""
    unit = str(m.get("UNIT"))
    if unit in CLOCKED or unit in ("fortnight", "millennium", "night"):
        return None
    r: Reading | None
    if "STEP" in m.slots:
        r = unit_step(m, context, StepOptions())
    elif "THATSTEP" in m.slots:
        return None  # The unit that refers to another one is read alone.
    else:
        base = spoken_of(unit, m.start, context) if context.narrative else None
        r = Reading(
            unit=base or containing(unit, context.today()), certainty="implied", anchored=base is None
        )
    if r is not None:
        edge = m.get("EDGE") if "EDGE" in m.slots else m.get("EDGEBEHIND")
        r.mod = str(edge).replace("REST", "END")
    return r


class WithinOptions(Options):
    """``mod``: the part of the unit."""

    mod: str | None = None


@production(WithinOptions)
def within_unit(m: Match, context: Context, options: WithinOptions) -> Reading | None:
    """Earlier in the day, later in the week: of the day mentioned last, else of the anchor's own day, week …"""
    unit = str(m.get("UNIT"))
    if unit in CLOCKED or unit in ("fortnight", "millennium", "night", "weekend"):
        return None
    base = spoken_of(unit, m.start, context) if unit == "day" or context.narrative else None
    r = Reading(unit=base or containing(unit, context.today()), certainty="implied", anchored=base is None)
    r.mod = options.mod
    return r


@production(Options)
def week_number(m: Match, context: Context, options: Options) -> Reading | None:
    """A calendar week (ISO 8601) by its number, with its year, else in the year that fits the tense of its
    verb."""
    number = next((m.get(name) for name in ("INT", "ORD", "DAY") if name in m.slots), m.get("LASTORD"))
    if number is None or not (1 <= int(number) <= 53 or int(number) == -1):
        return None
    year = named_year(m, context)
    stated = year is not None
    if year is None:
        here = context.today(f"XXXX-W{int(number):02d}")
        year, week, _ = here.isocalendar()
        tense = context.tense(m.start, m.end)[0]
        if tense == "future":
            year += int(number) < week
        else:
            year -= int(number) > week + (0 if tense == "past" else 13)
    unit = week_of_year(year, int(number))
    if unit is None:
        return None
    r = Reading(unit=unit, notes=["a calendar week"])
    if not stated:
        r.anchored, r.certainty = True, "implied"
    return r


def week_of_year(year: int, number: int) -> Unit | None:
    """The calendar week of a year; -1 is the last. None where the year has no such week."""
    if number < 0:
        number = Day(year, 12, 28).isocalendar()[1]
    try:
        return Unit("week", Day.fromisocalendar(year, number, 1))
    except ValueError:
        return None
