"""Seasons, holidays and their weekends."""

from __future__ import annotations

import re
from collections.abc import Callable

from dateline.transforms.timex.calendar import (
    Day,
    Unit,
    add_days,
    containing,
    day_of,
    easter,
    end_of,
    hebrew_new_year,
    lunar_new_year,
    nth_weekday,
    orthodox_easter,
    season,
    shift,
)
from dateline.transforms.timex.context import Context
from dateline.transforms.timex.forms import Match
from dateline.transforms.timex.production import Options, production
from dateline.transforms.timex.productions.months_years import month_tense, named_year
from dateline.transforms.timex.reading import Reading


class HolidayOptions(Options):
    """``of_year``: the step is that of a year ("Easter of last year")."""

    of_year: bool = False


SOON = 25
"""Days that a holiday after a verb of the past may lie in the future ("prices fell before Christmas", written
in December)."""


@production(HolidayOptions)
def holiday(m: Match, context: Context, options: HolidayOptions) -> Reading | None:
    """A feast, by its rule: a fixed day, the n-th weekday of a month, days from Easter."""
    rule = str(m.get("HOLIDAY"))
    year = named_year(m, context)
    if year is not None:
        unit = feast(rule, year)
        return Reading(unit=unit, notes=["carries its own year"]) if unit else None
    partial = f"XXXX-{rule}" if re.fullmatch(r"\d\d-\d\d", rule) else None
    if context.narrative and context.year is not None:
        unit = feast(rule, context.year)
        return (
            Reading(unit=unit, certainty="implied", notes=[f"the narrative is in {context.year}"])
            if unit
            else None
        )
    here = context.today(partial, partial)
    step = m.get("STEP")
    if step is not None and options.of_year:
        unit = feast(rule, here.year + int(step))
    else:
        near = [
            u for y in (here.year - 1, here.year, here.year + 1) if 1 <= y <= 9999 and (u := feast(rule, y))
        ]
        if step is not None and int(step) < 0:
            near = [u for u in near if u.start < here]
            unit = near[-1] if near else None
        elif step is not None and int(step) > 0:
            near = [u for u in near if u.start > here]
            unit = near[0] if near else None
        elif step is not None:
            unit = feast(rule, here.year)
        else:
            tense, _ = month_tense(m, context)
            if tense == "future":
                near = [u for u in near if u.start >= here] or near
            elif tense == "past":
                near = [u for u in near if (u.start - here).days <= SOON] or near
            unit = min(near, key=lambda u: abs((u.start - here).days)) if near else None
    if unit is None:
        return None
    return Reading(
        unit=unit, anchored=True, certainty="implied", notes=["no year is given: counted from the anchor"]
    )


@production(Options)
def holiday_weekend(m: Match, context: Context, options: Options) -> Reading | None:
    """The weekend of a feast: the one before a Monday or Tuesday, else that of its week."""
    r = holiday(m, context, HolidayOptions())
    if r is None or r.unit is None:
        return None
    day = r.unit.start
    week = add_days(day, -7) if day.weekday() < 2 else day
    if week is None:
        return None
    r.unit = containing("weekend", week)
    return r


@production(Options)
def holiday_week(m: Match, context: Context, options: Options) -> Reading | None:
    """The week that holds a feast, Monday to Sunday: "Easter week"."""
    r = holiday(m, context, HolidayOptions())
    if r is None or r.unit is None:
        return None
    r.unit = containing("week", r.unit.start)
    return r


MOVABLE: dict[str, Callable[[int], Day | None]] = {
    "easter": easter,
    "orthodox": orthodox_easter,
    "hebrew": hebrew_new_year,
    "lunar": lunar_new_year,
}
"""Days of a year from which others are counted."""


def feast(rule: str, year: int) -> Unit | None:
    """The day of a feast in a year.

    ``12-25`` · ``nth:11:3:4+1`` (month, weekday, n, days after) · ``before:12-25:6:4`` (the fourth Sunday
    before) · ``easter-2`` · ``orthodox+0`` · ``hebrew+9`` (from Rosh Hashanah) · ``lunar+0`` (from the Chinese New
    Year). Feasts that are seen and not counted (Eid, Ramadan), that regions keep on different days (Diwali) or that
    last a week (Passover) have no rule: no day is better than one that is off. The library that lists them,
    ``holidays``, takes 8.7 MB and 0.17 s to load, and its tables are no public part of it.
    """
    if m := re.fullmatch(r"(\d\d)-(\d\d)", rule):
        return day_of(year, int(m[1]), int(m[2]))
    if m := re.fullmatch(r"nth:(\d+):(\d):(-?\d)(?:\+(\d+))?", rule):
        found = nth_weekday(year, int(m[1]), int(m[2]), int(m[3]))
        return shift(found, int(m[4] or 0)) if found else None
    if m := re.fullmatch(r"before:(\d\d)-(\d\d):(\d):(\d)", rule):
        day = Day(year, int(m[1]), int(m[2]))
        back = (day.weekday() - int(m[3])) % 7 or 7
        return shift(Unit("day", day), -back - 7 * (int(m[4]) - 1))
    if m := re.fullmatch(r"(easter|orthodox|hebrew|lunar)([+-]\d+)", rule):
        start = MOVABLE[m[1]](year)
        return shift(Unit("day", start), int(m[2])) if start else None
    raise ValueError(f"no such feast rule: {rule}")


class SeasonOptions(Options):
    """``of_year``: the step is that of a year ("spring of last year"). ``step``: where no word of the form says it.
    ``of_story``: of the year that the words before it name."""

    of_year: bool = False
    step: int | None = None
    of_story: bool = False


STORY = 200
"""Code points before "that winter" in which its year stands."""
_YEAR = re.compile(r"(?<![\d.,$€£])(?:1[5-9]|20)\d\d(?![\d%])")


def _is_of_story(m: Match, context: Context) -> bool:
    """Whether a word such as "that" stands before a season."""
    before = context.low[max(0, m.start - 12) : m.start].split()[-1:]
    return bool(before) and context.grammar.words.values.get(before[0], {}).get("THATSTEP") == 0


@production(SeasonOptions)
def named_season(m: Match, context: Context, options: SeasonOptions) -> Reading | None:
    """A season, with its year, with last/this/next, or alone."""
    code = str(m.get("SEASON") if "SEASON" in m.slots else m.get("FALL"))
    number = named_year(m, context)
    if (pair := m.get("PAIR")) is not None:
        # "The winter of 2013-14" is one; two years of another season are two of them.
        if code != "WI" or pair[1] % 100 != (pair[0] + 1) % 100:
            return None
        number = int(pair[0])
    if number is not None:
        return Reading(unit=season(number, code), notes=["carries its own year"])
    if context.narrative and context.year is not None:
        shifted = context.year + int(m.get("STEP") or 0)
        return Reading(
            unit=season(shifted, code), certainty="implied", notes=[f"the narrative is in {context.year}"]
        )
    here = context.today(f"XXXX-{code}")
    if options.of_story or _is_of_story(m, context):
        # "In 1958 she married. That winter …": of the one year that the words before it name.
        years = {int(y) for y in _YEAR.findall(context.low, max(0, m.start - STORY), m.start)}
        if len(years) != 1:
            return Reading(value=f"XXXX-{code}", precision="none", notes=["its year is not told"])
        why = "of the year spoken of"
        return Reading(unit=season(years.pop(), code), certainty="implied", notes=[why])
    this = season(here.year, code)
    step = m.get("STEP") if options.step is None else options.step
    if step is not None and options.of_year:
        this = season(here.year + int(step), code)
    elif step is None:
        tense, words = context.tense(m.start, m.end)
        if context.looks_ahead(m.start):
            this = this if this.start > here else season(here.year + 1, code)
        elif tense == "past" and this.start > here:
            this = season(here.year - 1, code)
        elif tense == "future" and end_of(this) <= here and context.is_future(words):
            this = season(here.year + 1, code)
    elif int(step) < 0:
        begun = add_days(this.start, 90)
        over = begun is not None and begun <= here
        this = season(here.year + int(step) + over, code)
    elif int(step) > 0:
        this = season(here.year + int(step) - (this.start > here), code)
    return Reading(unit=this, anchored=True, certainty="implied")
