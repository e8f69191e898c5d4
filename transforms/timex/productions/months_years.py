"""Months, years, decades and centuries."""

from __future__ import annotations

import re

from dateline.transforms.timex.calendar import Day, Unit
from dateline.transforms.timex.context import NEAR_YEAR, Context
from dateline.transforms.timex.forms import Match
from dateline.transforms.timex.production import Options, production
from dateline.transforms.timex.reading import Reading
from dateline.transforms.timex.tense import Tense

CENTURY_CUT = 50
"""Two-digit years from here on are 19xx: the newspaper convention, sliding is left to the anchor."""


def full_year(two: int, context: Context) -> int:
    """A two-digit year: of this century unless that lies more than ten years ahead of the anchor."""
    if context.day is None:
        return two + (1900 if two >= CENTURY_CUT else 2000)
    here = context.day.year
    century = here // 100 * 100
    return century + two - (100 if century + two > here + 10 else 0)


def named_year(m: Match, context: Context) -> int | None:
    """The year that the words themselves name."""
    for name in ("YEAR", "OLDYEAR"):
        if (year := m.get(name)) is not None:
            return int(year)
    for name in ("APOSYY", "YYHIGH", "YY"):
        if (two := m.get(name)) is not None:
            return full_year(int(two), context)
    return None


def shared_year(m: Match, context: Context) -> int | None:
    """The year that stands behind the second of two: "in April and June 1955"."""
    found = context.grammar.shared_year.match(context.low, m.end, m.end + 40)
    return int(found["year"]) if found else None


def rolled_year(month: int, context: Context, at: int) -> tuple[int, str]:
    """The year of a narrative. A year named just before decides; else the narrative continues from its last
    month, and January after December begins the next year."""
    assert context.year is not None
    year, story = context.year, context.month
    if story is not None and story.start.year != year and 0 <= month - story.start.month <= 1:
        return story.start.year, f"the story runs on from {story.start:%Y-%m}"
    if story is None or at - context.year_at <= NEAR_YEAR:
        if story is not None and story.start.year == year and story.start.month >= 11 and month <= 2:
            return year + 1, f"after {story.start:%Y-%m} in the story, so of the next year"
        return year, f"the narrative is in {year}"
    near = sorted({year, story.start.year, story.start.year + (story.start.month >= 11 and month <= 2)})
    here = story.start.year * 12 + story.start.month
    best = min(near, key=lambda y: abs(y * 12 + month - here))
    return best, f"the story was last in {story.start:%Y-%m}"


class MonthOptions(Options):
    """``of_year``: the step is that of a year ("April of last year"), not of the month ("last April").
    ``step``: where no word of the form says it."""

    of_year: bool = False
    step: int | None = None


@production(MonthOptions)
def month(m: Match, context: Context, options: MonthOptions) -> Reading | None:
    """A month, with its year, with "last" or "next", or alone (resolved by tense)."""
    number = int(m.get("MONTH") or m.get("LOWMONTH"))
    year = named_year(m, context)
    partial = f"XXXX-{number:02d}"
    if year is not None:
        return Reading(unit=Unit("month", Day(year, number, 1)), notes=["carries its own year"])
    step = options.step if m.get("STEP") is None else int(m.get("STEP"))
    if step is not None and options.of_year:
        here = context.today(partial, partial)
        return _month_reading(here.year + step, number, "counted from the anchor's year")
    that = m.get("THATSTEP")
    if that is not None:
        base = context.year if context.year is not None else context.today(partial, partial).year
        return _month_reading(base + int(that), number, f"of the year spoken of, {base}")
    if step is not None:
        here = context.today(partial, partial)
        if context.narrative and context.year is not None:
            here = Day(context.year, here.month, 1)
        if step < 0:
            year = here.year - (number >= here.month)
        elif step > 0:
            year = here.year + (number <= here.month)
        else:
            year = here.year
        return _month_reading(year, number, "the nearest on that side of the anchor")
    if (shared := shared_year(m, context)) is not None:
        return Reading(unit=Unit("month", Day(shared, number, 1)), notes=["shares the year that follows"])
    if context.narrative and context.year is not None:
        year, why = rolled_year(number, context, m.start)
        r = _month_reading(year, number, why)
        r.anchored = False
        return r
    here = context.today(partial, partial)
    tense, words = month_tense(m, context)
    listed = context.in_order(m.start)
    if listed is not None and tense != "past":
        year = listed.year + (number < listed.month)
        r = _month_reading(year, number, f"in the order of a list, behind {listed}")
    elif tense == "future":
        r = _month_reading(here.year + (number < here.month), number, f"future: {words!r}")
    elif tense == "past":
        r = _month_reading(here.year - (number > here.month), number, f"past: {words!r}")
    else:
        near = min(
            (here.year - 1, here.year, here.year + 1),
            key=lambda y: abs((y - here.year) * 12 + number - here.month),
        )
        r = _month_reading(near, number, "no verb tells: the nearest one")
        r.certainty = "assumed"
    return r


def month_tense(m: Match, context: Context) -> tuple[Tense, str]:
    """The tense of a bare month: a bound ("by May") or a purpose ("agreed to buy it in May") is of the
    future."""
    before = context.low[max(0, m.start - 70) : m.start]
    if (bound := context.grammar.bound.search(before)) is not None:
        return "future", bound[0].strip()
    if context.grammar.aim.search(before) is not None or context.is_purpose(m.start):
        return "future", "a purpose"
    if context.grammar.set_for.search(before) is not None:
        return "none", ""
    return context.tense(m.start, m.end)


def _month_reading(year: int, number: int, why: str) -> Reading:
    return Reading(unit=Unit("month", Day(year, number, 1)), anchored=True, certainty="implied", notes=[why])


@production(Options)
def numeric_month(m: Match, context: Context, options: Options) -> Reading | None:
    """A month in digits with its year: "03/2013"."""
    number, year = m.get("MONTHYEAR")
    return Reading(unit=Unit("month", Day(year, number, 1)), notes=["written in digits"])


@production(Options)
def year(m: Match, context: Context, options: Options) -> Reading | None:
    """A year; years before Christ have no start and end."""
    number = named_year(m, context)
    if number is None:
        number = int(m.get("NUM") or m.get("INT") or 0)
    if m.get("ERA") == "BC" or m.get("BC"):
        return Reading(
            value=f"BC{number:04d}", edtf=f"-{number - 1:04d}" if number > 1 else "0000", precision="year"
        )
    if not 1 <= number <= 9999:
        return None
    return Reading(unit=Unit("year", Day(number, 1, 1)), notes=["a year in digits or words"])


@production(Options)
def bare_year(m: Match, context: Context, options: Options) -> Reading | None:
    """The year, the full year: in a company's results the year of the anchor, in a narrative its current
    year."""
    in_narrative = context.narrative and context.year is not None
    year = context.year if in_narrative and context.year is not None else context.today("P1Y").year
    r = Reading(
        unit=Unit("year", Day(year, 1, 1)),
        anchored=not in_narrative,
        certainty="implied" if in_narrative else "assumed",
    )
    r.notes = ["no year is named: the one that the text is in"]
    return r


def part_named(m: Match) -> str | None:
    """The mod of "early", "mid" or "late" inside a form."""
    found = m.meaning("PARTLY")
    return None if found is None else str(found)


class DecadeOptions(Options):
    """``start``: the first year, where the words of the rule alone say it ("the two thousands")."""

    start: int | None = None


@production(DecadeOptions)
def decade(m: Match, context: Context, options: DecadeOptions) -> Reading | None:
    """A decade in digits or words; "the sixties" are of the last century."""
    start = m.get("DECADE") if "DECADE" in m.slots else m.get("DECADEWORD")
    if start is None:
        start = options.start
    if start is None and (digits := m.get("YEAR") or m.get("YY") or m.get("APOSYY")) is not None:
        start = digits if digits > 99 else 1900 + digits
    if start is None or start % 10:
        return None
    start = int(start)
    if (hundreds := m.get("NUM")) is not None:
        if not 10 <= hundreds <= 20:
            return None
        start = int(hundreds) * 100 + start % 100
    r = Reading(unit=Unit("decade", Day(start // 10 * 10, 1, 1)))
    r.mod = m.get("EDGE") or part_named(m)
    if start % 100 == 0 and start < 2000:
        # "The 1600s" are a hundred years; "the 2000s" ten.
        r.unit = Unit("century", Day(start, 1, 1))
    if "DECADEWORD" in m.slots or len(re.sub(r"\D", "", m.tokens[-1].text)) < 4:
        r.certainty = "assumed"
    return r


@production(Options)
def century(m: Match, context: Context, options: Options) -> Reading | None:
    """The n-th century. TimeML counts by the first two digits (the 20th is 19)."""
    names = ("ORD", "DAY", "DAYTH", "ROMAN", "CENTURYNAME")
    number = next((m.get(name) for name in names if name in m.slots), None)
    if number is None or not 1 <= int(number) <= 30:
        return None
    number = int(number)
    if m.get("ERA") == "BC" or m.get("BC"):
        return Reading(value=f"BC{number - 1:02d}", edtf=None, precision="century")
    if number == 1:
        return Reading(value="00", edtf="00XX", precision="century")
    return Reading(unit=Unit("century", Day((number - 1) * 100, 1, 1)))
