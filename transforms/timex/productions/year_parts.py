"""Parts of a year: quarters, halves, fiscal years, the end of a year."""

from __future__ import annotations

from dateline.transforms.timex.calendar import Day, Unit, containing, shift
from dateline.transforms.timex.context import Context
from dateline.transforms.timex.forms import Match
from dateline.transforms.timex.production import Options, production
from dateline.transforms.timex.productions.months_years import named_year
from dateline.transforms.timex.reading import Reading


@production(Options)
def quarter(m: Match, context: Context, options: Options) -> Reading | None:
    """A quarter by number, with its year if one is named. Results are about the past, so the past is
    preferred."""
    if (month := m.get("MONTH")) is not None:
        if month % 3:
            return None  # Companies name a quarter by its last month.
        number = month // 3
    else:
        number = m.get("QNAME") or m.get("ORD") or m.get("DAY") or (4 if m.get("LASTORD") == -1 else None)
    if number is None or not 1 <= int(number) <= 4:
        return None
    number = int(number)
    year, stated = _year(m, context)
    guessed = False
    if year is None:
        here = context.today(f"XXXX-Q{number}")
        tense, words = context.tense(m.start, m.end)
        now = (here.month + 2) // 3
        year = here.year - (number > now and tense != "future")
        guessed = number > now and tense == "none"
        # The quarter that has just ended is the one whose results are to be reported.
        year += number < now - 1 and tense == "future" and context.is_future(words)
    r = Reading(unit=Unit("quarter", Day(year, number * 3 - 2, 1)), notes=["a calendar quarter"])
    if not stated:
        r.anchored, r.certainty = True, "assumed" if guessed else "implied"
    return r


def _year(m: Match, context: Context) -> tuple[int | None, bool]:
    named = named_year(m, context)
    if named is not None:
        return named, True
    if "STEP" in m.slots:
        return context.today().year + int(m.get("STEP")), False
    if "THATSTEP" in m.slots and context.year is not None:
        return context.year + int(m.get("THATSTEP")), False
    return None, False


class ThatQuarterOptions(Options):
    """``spoken_only``: read only where a quarter was spoken of. ``of_year``: the step counts years.
    ``years``: years to add."""

    spoken_only: bool = False
    of_year: bool = False
    years: int = 0


@production(ThatQuarterOptions)
def that_quarter(m: Match, context: Context, options: ThatQuarterOptions) -> Reading | None:
    """The quarter, the latest period: the one mentioned last, else the last one that has ended."""
    spoken = context.near_quarter(m.start)
    base = spoken
    if base is None:
        if options.spoken_only:
            return None
        base = shift(containing("quarter", context.today()), -1)
        if base is None:
            return None
    year, step = named_year(m, context), m.get("STEP")
    if year is not None:
        base = Unit("quarter", Day(year, base.start.month, 1))
    elif options.years or (step is not None and options.of_year):
        moved = shift(base, 4 * (options.years or int(step or 0)))
        if moved is None:
            return None
        base = moved
    if spoken is None:
        note = "no quarter was spoken of: the last that has ended"
        return Reading(unit=base, anchored=True, certainty="assumed", notes=[note])
    return Reading(unit=base, certainty="implied", notes=["the quarter spoken of"])


@production(Options)
def half(m: Match, context: Context, options: Options) -> Reading | None:
    """Half a year."""
    number = (
        m.get("HNAME")
        or m.get("ORD")
        or m.get("DAY")
        or m.meaning("LATTER")
        or (2 if m.get("LASTORD") == -1 else None)
    )
    if number not in (1, 2):
        return None
    year, stated = _year(m, context)
    if year is None and context.narrative and context.year is not None:
        year = context.year
    if year is None:
        here = context.today(f"XXXX-H{number}")
        tense, _ = context.tense(m.start, m.end)
        year = here.year - (int(number) > (here.month + 5) // 6 and tense != "future")
    r = Reading(unit=Unit("half", Day(year, 6 * int(number) - 5, 1)))
    if not stated:
        r.anchored, r.certainty = True, "implied"
    return r


@production(Options)
def fiscal_year(m: Match, context: Context, options: Options) -> Reading | None:
    """A fiscal year by its number; its first day differs by country, so it is read as the calendar year."""
    number = named_year(m, context)
    if number is None:
        step = int(m.get("STEP") or 0)
        return Reading(
            unit=Unit("year", Day(context.today().year + step, 1, 1)), anchored=True, certainty="assumed"
        )
    return Reading(
        unit=Unit("year", Day(number, 1, 1)),
        certainty="assumed",
        notes=["a fiscal year, read as the calendar year"],
    )


@production(Options)
def year_end(m: Match, context: Context, options: Options) -> Reading | None:
    """Year-end, the end of the year."""
    year, stated = _year(m, context)
    if year is None:
        year = context.year if context.narrative and context.year is not None else context.today().year
    r = Reading(unit=Unit("year", Day(year, 1, 1)), mod="END")
    if not stated:
        r.anchored, r.certainty = True, "implied"
    return r
