"""Days of the calendar: a day of a month, dates in digits, today and its neighbours."""

from __future__ import annotations

import datetime
import re

from pydantic import BaseModel, ConfigDict

from dateline.transforms.lexicon.parts import Pattern
from dateline.transforms.timex.calendar import Day, Unit, add_days, day_of
from dateline.transforms.timex.context import Context
from dateline.transforms.timex.forms import Match
from dateline.transforms.timex.production import Options, production
from dateline.transforms.timex.productions.months_years import full_year, named_year, rolled_year, shared_year
from dateline.transforms.timex.reading import Reading, Unanchored

BEFORE = 48
"""Code points beside a day in which the name of its event is looked for."""
LOOKS_BACK = 40
"""A day without year further ahead than this, behind a verb of the past, is of the year before."""


LOOKS_AHEAD = 60
"""A day without year further back than this, behind a verb of the future, is of the year after."""


@production(Options)
def date(m: Match, context: Context, options: Options) -> Reading | None:
    """A day of a month, with or without its year."""
    month = m.get("MONTH") or m.get("LOWMONTH") or m.get("MM")
    day = next((m.get(n) for n in ("DAY", "DAYTH", "ORD", "CARDINAL", "WORDNUM") if n in m.slots), None)
    if month is None or day is None:
        return None
    if not 1 <= day <= 31:
        return (
            impossible()
            if "YEAR" in m.slots or any(t.text[0].isdigit() for t in m.slots.get("ORD", ()))
            else None
        )
    weekday = m.get("WEEKDAY")
    year = named_year(m, context)
    if m.get("ERA") == "BC" or m.get("BC"):
        return _before_christ(int(year or m.get("INT")), month, day)
    if year is not None:
        unit = day_of(year, month, day)
        return Reading(unit=unit, notes=["carries its own year"]) if unit else impossible()
    if day_of(2000, month, day) is None:
        return impossible()
    if (step := m.get("STEP")) is not None:
        here = context.today(f"XXXX-{month:02d}-{day:02d}", f"XXXX-{month:02d}-{day:02d}")
        unit = day_of(here.year + int(step), month, day)
        return Reading(unit=unit, anchored=True, certainty="implied") if unit else None
    if (shared := shared_year(m, context)) is not None:
        unit = day_of(shared, month, day)
        return Reading(unit=unit, notes=["shares the year that follows"]) if unit else None
    year, why = settle_year(month, day, weekday, context, m.start, m.end)
    unit = day_of(year, month, day)
    if unit is None:
        return None
    if context.opens_line(m.start):
        context.list_day(unit.start)
    return Reading(unit=unit, anchored=not context.narrative, certainty="implied", notes=[why])


def _before_christ(year: int, month: int, day: int) -> Reading:
    """A day before Christ: EDTF counts a year 0, and no calendar of ours goes so far back."""
    edtf = f"{1 - year:05d}-{month:02d}-{day:02d}" if year > 1 else f"0000-{month:02d}-{day:02d}"
    return Reading(value=f"BC{year:04d}-{month:02d}-{day:02d}", edtf=edtf, precision="day")


class EventDay(BaseModel):
    """A day that is called by its event: patterns of the words ``behind`` it or ``before`` it, or digits that mean it ``alone``."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    day: datetime.date
    behind: Pattern
    before: Pattern
    alone: str | None = None


class EventOptions(Options):
    """``events``: the days that are told without their year."""

    events: tuple[EventDay, ...]


FRESH = 45
"""Days around its day in another year in which a page may mean an event of its own: "the Oct. 7 attack" in October."""


def _is_past(event: Day, here: Day) -> bool:
    """Whether a page of a day can mean the event by its day alone."""
    if here <= event:
        return False
    near = [
        u.start for y in (here.year - 1, here.year, here.year + 1) if (u := day_of(y, event.month, event.day))
    ]
    return all(abs((day - here).days) > FRESH or day == event for day in near)


@production(EventOptions)
def event_day(m: Match, context: Context, options: EventOptions) -> Reading | None:
    """A day that its event names, for a page of that day or later: "the Sept. 11 attacks"."""
    digits = context.low[m.start : m.end] if "SLASH" in m.slots else None
    for event in options.events:
        before = context.low[max(0, m.start - BEFORE) : m.start]
        if digits is not None:
            told = digits == event.alone and not before.endswith("on ")
        else:
            told = (m.get("MONTH"), m.get("DAY")) == (event.day.month, event.day.day) and (
                re.match(event.behind, context.low[m.end : m.end + BEFORE]) is not None
                or re.search(rf"(?:{event.before})\Z", before) is not None
            )
        if told and context.day is not None and _is_past(event.day, context.day):
            note = "the day of the event that is named beside it"
            return Reading(unit=Unit("day", event.day), certainty="implied", notes=[note])
    return None


@production(Options)
def date_step(m: Match, context: Context, options: Options) -> Reading | None:
    """A day of a month with last, this or next: the nearest one before or after the anchor ("le 4 mai
    dernier")."""
    month, step = int(m.get("MONTH")), int(m.get("STEP"))
    day = next(int(m.get(name)) for name in ("DAY", "DAYTH", "ORD") if name in m.slots)
    if ("UNIT" in m.slots and m.get("UNIT") != "day") or not -1 <= step <= 1:
        return None
    if not 1 <= day <= 31 or day_of(2000, month, day) is None:
        return impossible()
    here = context.today(f"XXXX-{month:02d}-{day:02d}", f"XXXX-{month:02d}-{day:02d}")
    units = [
        u
        for year in range(max(1, here.year - 8), min(9999, here.year + 8) + 1)
        if (u := day_of(year, month, day))
    ]
    if step < 0:
        unit = next((u for u in reversed(units) if u.start < here), None)
    elif step > 0:
        unit = next((u for u in units if u.start > here), None)
    else:
        unit = day_of(here.year, month, day)
    if unit is None:
        return None
    note = "the nearest on that side of the anchor"
    return Reading(unit=unit, anchored=True, certainty="implied", notes=[note])


def settle_year(
    month: int, day: int, weekday: int | None, context: Context, at: int, stop: int
) -> tuple[int, str]:
    """The year of a month and day without one, and the reason."""
    partial = f"XXXX-{month:02d}-{day:02d}"
    if context.narrative and context.year is not None:
        return rolled_year(month, context, at)
    here = context.today(partial, partial)
    choices = [
        u
        for y in (here.year - 1, here.year, here.year + 1)
        if 1 <= y <= 9999 and (u := day_of(y, month, day))
    ]
    if not choices:
        # 29 February: the nearest leap year, however far.
        choices = [u for y in range(here.year - 4, here.year + 5) if (u := day_of(y, month, day))]
    if weekday is not None:
        fitting = [u for u in choices if u.start.weekday() == weekday]
        choices = fitting or choices
    if not choices:
        raise Unanchored(partial, partial)
    if (listed := context.in_order(at)) is not None:
        following = next((u for u in choices if u.start >= listed), None)
        if following is not None and context.tense(at, stop)[0] != "past":
            return following.start.year, f"no year is given: in the order of a list, behind {listed}"
    best = min(choices, key=lambda u: abs((u.start - here).days))
    ahead = (best.start - here).days
    place = choices.index(best)
    if ahead > 1 and place > 0:
        tense, words = context.tense(at, stop)
        sure = ahead > LOOKS_BACK or context.right_behind(words, at) or context.labelled(at)
        if (
            tense == "past"
            and sure
            and context.grammar.bound.search(context.low[max(0, at - 20) : at]) is None
        ):
            return choices[place - 1].start.year, f"no year is given; past: {words!r}"
    if ahead < -LOOKS_AHEAD and place + 1 < len(choices):
        tense, words = context.tense(at, stop)
        if tense == "future":
            return choices[place + 1].start.year, f"no year is given; future: {words!r}"
    return best.start.year, "no year is given: the nearest one"


def impossible() -> Reading:
    """The reading of a day that no calendar has, which has no date."""
    return Reading(weak=True, notes=["no such day"])


@production(Options)
def no_day(m: Match, context: Context, options: Options) -> Reading | None:
    """A day that no calendar has ("32 August"): it is marked, without a date."""
    return Reading(weak=True)


class NumericOptions(Options):
    """``day_first``: whether 3/5/2019 is of May where nothing in the text tells; none: it is no date then."""

    day_first: bool | None = True


def _one_order(digits: str, context: Context) -> bool:
    """Whether a date in digits has its whole year, and the day can only stand in one place."""
    first, second, year = re.split(r"[-/.]", digits)
    known = "." in digits or context.day_first() or first == second
    return len(year) == 4 and (known or int(first) > 12 or int(second) > 12)


@production(NumericOptions)
def numeric(m: Match, context: Context, options: NumericOptions) -> Reading | None:
    """Dates in digits: ISO, year first, and day-month or month-day by what is possible, then by the language."""
    if text := m.get("ISO"):
        unit = day_of(*(int(p) for p in text[:10].split("-")))
        if unit is None:
            return None
        r = Reading(unit=unit, notes=["written in digits, year first"])
        if len(text) > 10:
            r.type, r.time, r.precision = "TIME", text[11:16], "minute"
            if text[16:17] == ":":
                r.time, r.precision = text[11:19], "second"
            if text[11:13] > "24" or text[14:16] > "59":
                return None
            zone = re.search(r"(?:[zZ]|[+-]\d\d:?\d\d)$", text[16:])
            r.zone = "UTC" if zone and zone[0] in "zZ" else zone[0] if zone else None
        return r
    a, b, c = (int(p) for p in re.split(r"[-/.]", m.get("NUMDATE")))
    pieces = re.split(r"[-/.]", m.get("NUMDATE"))
    if len(pieces[0]) == 4:
        unit = day_of(a, b, c)
    else:
        if len(pieces[0]) > 2 or len(pieces[2]) == 3:
            return None
        year = c if len(pieces[2]) == 4 else full_year(c, context)
        if not 1000 <= year <= 2199:
            return None
        if options.day_first is None and not _one_order(m.get("NUMDATE"), context):
            return None
        day_first = options.day_first or "." in m.get("NUMDATE") or context.day_first()
        orders = ((b, a), (a, b)) if day_first else ((a, b), (b, a))
        unit = next((u for month, day in orders if (u := day_of(year, month, day))), None)
        if "." in m.get("NUMDATE") and len(pieces[2]) == 2 and len(pieces[0]) + len(pieces[1]) < 4:
            return None  # 1.2.10 is a version, not a date
    return Reading(unit=unit, notes=["written in digits"]) if unit else None


@production(Options)
def slashed(m: Match, context: Context, options: Options) -> Reading | None:
    """A month and a day in digits, "on 3/14"; the order as in :func:`numeric`."""
    a, b = m.get("SLASH")
    return _digits(*((b, a) if context.day_first() or a > 12 else (a, b)), m, context)


@production(Options)
def dotted(m: Match, context: Context, options: Options) -> Reading | None:
    """A day and a month in digits with dots, "am 03.05."."""
    day, month = m.get("DOTCLOCK")[:2]
    return _digits(month, day, m, context)


def _digits(month: int, day: int, m: Match, context: Context) -> Reading | None:
    if not 1 <= month <= 12 or day_of(2000, month, day) is None:
        return None
    year, why = settle_year(month, day, m.get("WEEKDAY"), context, m.start, m.end)
    unit = day_of(year, month, day)
    if unit is None:
        return None
    return Reading(unit=unit, anchored=not context.narrative, certainty="assumed", notes=[why])


@production(Options)
def relative_day(m: Match, context: Context, options: Options) -> Reading | None:
    """Today, yesterday, tomorrow, tonight; in one word with a part of the day in Dutch ("gisteravond")."""
    step, part = (
        next(m.get(name) for name in ("RELDAY", "TONIGHT", "RELPART") if name in m.slots),
        m.get("PART"),
    )
    if "TONIGHT" in m.slots:
        part = part or "NI"
    elif "RELPART" in m.slots:
        step, part = str(step).split(":")
    if not part and m.tokens[0].text in context.grammar.nowadays and not context.daily():
        return Reading(
            value="PRESENT_REF", precision="none", notes=["the text speaks of no other day: nowadays"]
        )
    r = day_from(context.today(), int(step), "counted from the anchor")
    if r and part:
        r.type, r.part, r.precision = "TIME", str(part), "daypart"
    return r


def day_from(base: Day, days: int, why: str, *, anchored: bool = True, suffix: str = "") -> Reading | None:
    """The day so many days from another. ``suffix`` ends the name of the rule."""
    moved = add_days(base, days)
    if moved is None:
        return None
    return Reading(unit=Unit("day", moved), anchored=anchored, certainty="implied", notes=[why], rule=suffix)
