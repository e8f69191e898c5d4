"""Weekdays: alone, with last, this or next, of a named week, and the n-th of a month."""

from __future__ import annotations

import datetime
import re
from itertools import pairwise
from typing import Literal

from dateline.transforms.timex.calendar import Unit, containing, day_of, nth_weekday, shift
from dateline.transforms.timex.context import Context
from dateline.transforms.timex.forms import Match
from dateline.transforms.timex.production import Options, production
from dateline.transforms.timex.productions.days import day_from, impossible, settle_year
from dateline.transforms.timex.productions.durations import unit_of
from dateline.transforms.timex.productions.months_years import MonthOptions, month, named_year
from dateline.transforms.timex.reading import Reading

NAMED = ("LONGDAY", "WEEKDAY", "SHORTDAY", "LOWDAY")
"""Classes of the names of weekdays."""


_NUMBERED = re.compile(
    r",?\s(\d{1,2})(?:st|nd|rd|th|[.º°])?(?:,|\s[^\W\d_]{1,5}|\s[-–])\s([^\W\d_]+(?:-feira)?)"
)
"""The number behind a weekday, and the word behind that and its "and"."""
_WORD = re.compile(r"[^\W\d_]+")
LISTED = 80
"""Code points behind a weekday and its number in which their month stands."""


class WeekOptions(Options):
    """``step``: weeks from the anchor's, where no word of the form says it."""

    step: int | None = None


class BeyondOptions(Options):
    """``step``: -1 for the one before the last, 1 for the one after the next."""

    step: Literal[-1, 1]


@production(Options)
def weekday(m: Match, context: Context, options: Options) -> Reading | None:
    """A weekday alone, resolved by tense; in German with a part of the day ("Montagabend")."""
    if "DAYPART" not in m.slots:
        return bare_weekday(_number(m), m, context)
    day, part = str(m.get("DAYPART")).split(":")
    r = bare_weekday(int(day), m, context)
    if r:
        r.type, r.part, r.precision = "TIME", part, "daypart"
    return r


@production(Options)
def weekday_step(m: Match, context: Context, options: Options) -> Reading | None:
    """Last, this, next or the coming Friday."""
    number, step = _number(m), int(m.get("STEP"))
    here = context.today(_value(number))
    if step < 0:
        back = (here.weekday() - number) % 7 or 7
        why = "the last one before the anchor" if step == -1 else "the one before the last"
        return day_from(here, -back + 7 * (step + 1), why, suffix="last")
    if is_coming(m):
        ahead = (number - here.weekday()) % 7 or 7
        return day_from(here, ahead, "the first one after the anchor", suffix="coming")
    # "next Friday" said on a Monday is the Friday of the next week for most writers.
    monday = containing("week", here).start
    return day_from(
        monday,
        7 * step + number,
        f"the weekday of the week of the anchor, {step:+d}",
        suffix="next" if step else "this",
    )


def is_coming(m: Match) -> bool:
    """Whether a form holds a word for the first one from here on ("the coming Friday"), whatever week it is in."""
    return any("COMING" in t.values for t in m.tokens)


@production(Options)
def weekday_that(m: Match, context: Context, options: Options) -> Reading | None:
    """That Friday, the following Friday: counted from the day mentioned last."""
    number, step = _number(m), int(m.get("THATSTEP") or 0)
    near = context.near_day(m.start)
    base = near.start if near else context.today(_value(number))
    ahead = (number - base.weekday()) % 7
    back = (base.weekday() - number) % 7
    days = (ahead or 7) if step > 0 else -(back or 7) if step < 0 else (-back if back <= 3 else ahead)
    return day_from(
        base, days, f"counted from {base}, the day spoken of", anchored=near is None, suffix="that"
    )


@production(WeekOptions)
def weekday_of_week(m: Match, context: Context, options: WeekOptions) -> Reading | None:
    """The Friday of last week, next week Friday."""
    number = _number(m)
    if "UNIT" in m.slots and m.get("UNIT") != "week":
        return None
    monday = containing("week", context.today(_value(number))).start
    weeks = int(m.get("STEP") or 0) if options.step is None else options.step
    return day_from(monday, 7 * weeks + number, "the weekday of that week", suffix="week")


@production(BeyondOptions)
def weekday_beyond(m: Match, context: Context, options: BeyondOptions) -> Reading | None:
    """The Friday before last, the Friday after next."""
    number = _number(m)
    here = context.today(_value(number))
    if options.step < 0:
        back = (here.weekday() - number) % 7 or 7
        return day_from(here, -back - 7, "the one before the last")
    return day_from(containing("week", here).start, 14 + number, "of the week after the next")


class WeeksFromOptions(Options):
    """``days``: the number counts days, both ends among them ("lundi en huit")."""

    days: bool = False


@production(WeeksFromOptions)
def weekday_weeks_from(m: Match, context: Context, options: WeeksFromOptions) -> Reading | None:
    """A week from Friday, two weeks from Friday."""
    number, count = _number(m), int(m.get("NUM") or 1)
    if ("UNIT" in m.slots or "UNITS" in m.slots) and unit_of(m) != "week":
        return None
    if options.days:
        count = int(m.meaning("NUM")) // 7
    here = context.today(_value(number))
    ahead = (number - here.weekday()) % 7
    return day_from(here, ahead + 7 * count, f"{count} week(s) after the coming one")


@production(Options)
def weekday_weeks_ago(m: Match, context: Context, options: Options) -> Reading | None:
    """A week ago Friday, two weeks ago Friday."""
    number, count = _number(m), int(m.get("NUM") or 1)
    here = context.today(_value(number))
    back = (here.weekday() - number) % 7
    return day_from(here, -back - 7 * count, f"{count} week(s) before the last one")


def _number(m: Match) -> int:
    """The weekday that a form names, 0 for Monday."""
    return int(next(m.get(name) for name in NAMED if name in m.slots))


def _value(number: int) -> str:
    return f"XXXX-WXX-{number + 1}"


def bare_weekday(number: int, m: Match, context: Context) -> Reading | None:
    """A weekday alone: the most recent one, including the anchor's own day, unless the verb is of the future.
    A plan whose outcome is reported is the nearest one."""
    here_day = context.today(_value(number))
    if (numbered := _NUMBERED.match(context.low, m.end)) is not None and _is_weekday(numbered[2], context):
        # "Tuesday 17 and Wednesday 18 March": the month stands behind the last of them.
        return _numbered(number, int(numbered[1]), m, context)
    back = (here_day.weekday() - number) % 7
    ahead = (number - here_day.weekday()) % 7
    if context.narrative and context.last is not None:
        base = context.last.start
        return day_from(base, (number - base.weekday()) % 7, f"the narrative is at {base}", anchored=False)
    tense, words = context.tense(m.start, m.end)
    if tense == "future":
        return day_from(here_day, ahead, f"future: {words!r}", suffix="future")
    if tense == "near":
        r = day_from(here_day, ahead if ahead < back else -back, f"the nearest: {words!r}", suffix="near")
        if r:
            # Three or four days away, the other one is nearly as near.
            r.certainty = "implied" if min(ahead, back) <= 2 else "assumed"
        return r
    if ahead == 1:
        # Six days back is "last Tuesday": a bare one is tomorrow, or today where the day has begun
        # (5 of 7 in TimeBank and AQUAINT, 5 of 5 in stories from Asia filed the evening before).
        r = day_from(
            here_day,
            1,
            "the day after the anchor; six days back would be called the last one",
            suffix="next_day",
        )
        if r:
            r.certainty = "assumed" if tense == "past" else "implied"
        return r
    why = f"past: {words!r}" if tense == "past" else "no verb tells: news speaks of the most recent one"
    return day_from(here_day, -back, why, suffix="past")


COUNTS = 12
"""An ordinal in words up to here counts something ("Friday, the fourth decline")."""


@production(Options)
def weekday_and_day(m: Match, context: Context, options: Options) -> Reading | None:
    """ "Friday the 13th": the nearest day of the anchor that is both."""
    here, weekday = context.today(), _number(m)
    number = int(next(m.get(name) for name in ("DAYTH", "DAY", "ORD") if name in m.slots))
    if "ORD" in m.slots and number <= COUNTS:
        return None
    months = [u for n in range(-7, 8) if (u := shift(containing("month", here), n))]
    days = [
        d
        for u in months
        if (d := day_of(u.start.year, u.start.month, number)) and d.start.weekday() == weekday
    ]
    if not days:
        return None
    tense, _ = context.tense(m.start, m.end)
    if tense == "past":
        days = [d for d in days if d.start <= here] or days
    unit = min(days, key=lambda d: abs((d.start - here).days))
    return Reading(unit=unit, anchored=True, certainty="implied", notes=["the nearest day that is both"])


def _is_weekday(word: str, context: Context) -> bool:
    return not context.grammar.words.values.get(word, {}).keys().isdisjoint(NAMED)


def _numbered(weekday: int, number: int, m: Match, context: Context) -> Reading | None:
    """A weekday with its number, of the month that stands behind the weekdays and numbers after it."""
    known = context.grammar.words.values
    behind = _WORD.findall(context.low, m.end, m.end + LISTED)
    month = next((int(known[w]["MONTH"]) for w in behind if "MONTH" in known.get(w, {})), None)
    if month is None or day_of(2000, month, number) is None:
        return None
    year, why = settle_year(month, number, weekday, context, m.start, m.end)
    unit = day_of(year, month, number)
    if unit is None or unit.start.weekday() != weekday:
        return None
    return Reading(unit=unit, anchored=True, certainty="implied", notes=["of the month behind it", why])


@production(MonthOptions)
def nth_of_month(m: Match, context: Context, options: MonthOptions) -> Reading | None:
    """The n-th weekday of a month, or of a year; the n-th day of a month."""
    month_unit: Unit | None
    if "UNIT" in m.slots and m.get("UNIT") != "month":
        return None
    if any(a.text == "." and context.text[b.start].isupper() for a, b in pairwise(m.tokens)):
        return None  # "It ended 0-2. Next month he returns."
    if m.any("MONTH", "LOWMONTH"):
        found = month(m, context, options)
        month_unit = found.unit if found else None
        anchored = bool(found and found.anchored)
    elif "STEP" in m.slots:
        month_unit, anchored = shift(containing("month", context.today()), int(m.get("STEP"))), True
    elif "THATSTEP" in m.slots:
        spoken = context.month or containing("month", context.today())
        month_unit, anchored = shift(spoken, int(m.get("THATSTEP"))), context.month is None
    else:
        month_unit, anchored = context.month or containing("month", context.today()), context.month is None
    if month_unit is None:
        return None
    year, number = month_unit.start.year, month_unit.start.month
    if "LONGDAY" in m.slots:
        n = m.get("ORD") if "ORD" in m.slots else m.get("LASTORD")
        if n is None or not -5 <= n <= 5:
            return None
        unit = nth_weekday(year, number, int(m.get("LONGDAY")), int(n))
    else:
        if "LASTORD" in m.slots:
            following = shift(month_unit, 1)
            unit = Unit("day", following.start - datetime.timedelta(1)) if following else None
        else:
            unit = day_of(year, number, int(m.get("DAYTH") or m.get("ORD") or m.get("DAY") or 0))
    if unit is None:
        return impossible()
    stated = named_year(m, context) is not None
    return Reading(unit=unit, anchored=anchored and not stated, certainty="stated" if stated else "implied")
