"""Productions that name a point of the calendar: days, months, years, weekdays, feasts."""

from __future__ import annotations

import re
from typing import Any

from transforms.timex.calendar import (
    Day,
    Unit,
    day_of,
)
from transforms.timex.grammar import Match
from transforms.timex.scene import NEAR_YEAR, Reading, Scene, Tense, Unanchored

LOOKS_BACK = 40
"""A day without year further ahead than this, behind a verb of the past, is of the year before."""
LOOKS_AHEAD = 60
"""A day without year further back than this, behind a verb of the future, is of the year after."""
CENTURY_CUT = 50
"""Two-digit years from here on are 19xx: the newspaper convention, sliding is left to the anchor."""


def full_year(two: int, scene: Scene) -> int:
    """A two-digit year: of this century unless that lies more than ten years ahead of the anchor."""
    if scene.day is None:
        return two + (1900 if two >= CENTURY_CUT else 2000)
    here = scene.day.year
    century = here // 100 * 100
    return century + two - (100 if century + two > here + 10 else 0)


def named_year(m: Match, scene: Scene) -> int | None:
    """The year that the words themselves name."""
    for name in ("YEAR", "OLDYEAR"):
        if (year := m.get(name)) is not None:
            return int(year)
    for name in ("APOSYY", "YYHIGH", "YY"):
        if (two := m.get(name)) is not None:
            return full_year(int(two), scene)
    return None


def year_step(m: Match) -> int | None:
    """ "last year", "this year": the step of a year phrase inside a form."""
    return m.rule.options.get("year_step") if "STEP" not in m.slots else int(m.get("STEP"))


def shared_year(m: Match, scene: Scene) -> int | None:
    """The year that stands behind the second of two: "in April and June 1955"."""
    found = scene.words.shared_year.match(scene.low, m.end, m.end + 40)
    return int(found["year"]) if found else None


def settle_year(
    month: int, day: int, weekday: int | None, scene: Scene, at: int, stop: int
) -> tuple[int, str]:
    """The year of a month and day that carry none, and why."""
    partial = f"XXXX-{month:02d}-{day:02d}"
    if scene.narrative and scene.year is not None:
        return rolled_year(month, scene, at)
    here = scene.today_or(partial, partial)
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
    best = min(choices, key=lambda u: abs((u.start - here).days))
    ahead = (best.start - here).days
    place = choices.index(best)
    if ahead > LOOKS_BACK and place > 0:
        tense, words = scene.tense(at, stop)
        if tense == "past" and scene.words.bound.search(scene.low[max(0, at - 20) : at]) is None:
            return choices[place - 1].start.year, f"no year is given; past: {words!r}"
    if ahead < -LOOKS_AHEAD and place + 1 < len(choices):
        tense, words = scene.tense(at, stop)
        if tense == "future":
            return choices[place + 1].start.year, f"no year is given; future: {words!r}"
    return best.start.year, "no year is given: the nearest one"


def rolled_year(month: int, scene: Scene, at: int) -> tuple[int, str]:
    """The year that a narrative is in.

    A year named just before decides; else the story runs on from the month it was in, and
    January after December begins the next year.
    """
    assert scene.year is not None
    year, story = scene.year, scene.month
    if story is not None and story.start.year != year and 0 <= month - story.start.month <= 1:
        return story.start.year, f"the story runs on from {story.start:%Y-%m}"
    if story is None or at - scene.year_at <= NEAR_YEAR:
        if story is not None and story.start.year == year and story.start.month >= 11 and month <= 2:
            return year + 1, f"after {story.start:%Y-%m} in the story, so of the next year"
        return year, f"the narrative is in {year}"
    near = sorted({year, story.start.year, story.start.year + (story.start.month >= 11 and month <= 2)})
    here = story.start.year * 12 + story.start.month
    best = min(near, key=lambda y: abs(y * 12 + month - here))
    return best, f"the story was last in {story.start:%Y-%m}"


def date(m: Match, scene: Scene) -> Reading | None:
    """A day of a month, with or without its year."""
    month = m.get("MONTH") or m.get("MM")
    day = m.get("DAY") or m.get("DAYTH") or m.get("ORD")
    if month is None or day is None:
        return None
    if not 1 <= day <= 31:
        return (
            impossible()
            if "YEAR" in m.slots or any(t.text[0].isdigit() for t in m.slots.get("ORD", ()))
            else None
        )
    weekday = m.get("WEEKDAY")
    year = named_year(m, scene)
    if year is not None:
        if m.get("ERA") == "BC" or m.get("BC"):
            return None
        unit = day_of(year, month, day)
        return Reading(unit=unit, notes=["carries its own year"]) if unit else impossible()
    if day_of(2000, month, day) is None:
        return impossible()
    step = year_step(m)
    if step is not None:
        here = scene.today_or(f"XXXX-{month:02d}-{day:02d}", f"XXXX-{month:02d}-{day:02d}")
        unit = day_of(here.year + step, month, day)
        return Reading(unit=unit, anchored=True, certainty="implied") if unit else None
    if (shared := shared_year(m, scene)) is not None:
        unit = day_of(shared, month, day)
        return Reading(unit=unit, notes=["shares the year that follows"]) if unit else None
    year, why = settle_year(month, day, weekday, scene, m.start, m.end)
    unit = day_of(year, month, day)
    if unit is None:
        return None
    return Reading(unit=unit, anchored=not scene.narrative, certainty="implied", notes=[why])


def impossible() -> Reading:
    """A day that no calendar has: its words are read, and nothing is said."""
    return Reading(weak=True, notes=["no such day"])


DAYS = ("DAY", "DAYTH", "ORD")


def day_range(m: Match, scene: Scene) -> Reading | None:
    """Two days of one month, or of two: "March 3-5", "28 June to 3 July 1999"."""
    tokens = sorted(t for name in DAYS for t in m.slots.get(name, ()))
    days = [next(int(t.values[name]) for name in DAYS if name in t.values) for t in tokens]
    months = m.all("MONTH")
    if len(days) != 2 or not months:
        return None
    year = named_year(m, scene)
    certain = year is not None
    why = ["carries its own year"]
    if day_of(year or 2000, months[-1], days[1]) is None or day_of(year or 2000, months[0], days[0]) is None:
        return impossible()
    if year is None:
        year, reason = settle_year(months[-1], days[1], None, scene, m.start, m.end)
        why = [reason]
    first = day_of(year - (months[0] > months[-1]), months[0], days[0])
    last = day_of(year, months[-1], days[1])
    if first is None or last is None or last.start < first.start:
        return None
    r = interval(first, last)
    r.certainty = "stated" if certain else "implied"
    r.anchored = not certain
    r.notes = why
    spots = sorted((*tokens, *m.slots["MONTH"]))
    cut = (
        spots.index(tokens[1])
        if len(months) == 1 or spots[-1] is not tokens[1]
        else spots.index(tokens[1]) - 1
    )
    if len(months) == 2 and _kind(spots[0]) == "MONTH":
        cut = 2
    head, tail = spots[:cut], spots[cut:]
    r.parts = [
        Reading(unit=first, start=head[0].start, stop=head[-1].end),
        Reading(unit=last, start=tail[0].start, stop=m.end),
    ]
    return r


def _kind(token: Any) -> str:
    return "MONTH" if "MONTH" in token.values else "DAY"


def interval(first: Unit, last: Unit) -> Reading:
    """From the first of one unit to the last of another."""
    from transforms.timex.timex3 import between

    return between(first, last)


def numeric(m: Match, scene: Scene) -> Reading | None:
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
        year = c if len(pieces[2]) == 4 else full_year(c, scene)
        if not 1000 <= year <= 2199:
            return None
        day_first = m.rule.options.get("day_first", True) or "." in m.get("NUMDATE") or scene.day_first()
        orders = ((b, a), (a, b)) if day_first else ((a, b), (b, a))
        unit = next((u for month, day in orders if (u := day_of(year, month, day))), None)
        if "." in m.get("NUMDATE") and len(pieces[2]) == 2 and len(pieces[0]) + len(pieces[1]) < 4:
            return None  # 1.2.10 is a version, not a date
    return Reading(unit=unit, notes=["written in digits"]) if unit else None


def slashed(m: Match, scene: Scene) -> Reading | None:
    """A month and a day in digits, "on 3/14"; the order as in :func:`numeric`."""
    a, b = m.get("SLASH")
    return _digits(*((b, a) if scene.day_first() or a > 12 else (a, b)), m, scene)


def dotted(m: Match, scene: Scene) -> Reading | None:
    """A day and a month in digits with dots, "am 03.05."."""
    day, month = m.get("DOTCLOCK")[:2]
    return _digits(month, day, m, scene)


def _digits(month: int, day: int, m: Match, scene: Scene) -> Reading | None:
    if not 1 <= month <= 12 or day_of(2000, month, day) is None:
        return None
    year, why = settle_year(month, day, m.get("WEEKDAY"), scene, m.start, m.end)
    unit = day_of(year, month, day)
    if unit is None:
        return None
    return Reading(unit=unit, anchored=not scene.narrative, certainty="assumed", notes=[why])


def numeric_month(m: Match, scene: Scene) -> Reading | None:
    """A month in digits with its year: "03/2013"."""
    number, year = m.get("MONTHYEAR")
    return Reading(unit=Unit("month", Day(year, number, 1)), notes=["written in digits"])


def month(m: Match, scene: Scene) -> Reading | None:
    """A month, with its year, with "last" or "next", or alone (settled by tense)."""
    number = int(m.get("MONTH"))
    year = named_year(m, scene)
    partial = f"XXXX-{number:02d}"
    if year is not None:
        return Reading(unit=Unit("month", Day(year, number, 1)), notes=["carries its own year"])
    step = year_step(m)
    if step is not None and m.rule.options.get("of_year"):
        here = scene.today_or(partial, partial)
        return _month_reading(here.year + step, number, "counted from the anchor's year")
    that = m.get("THATSTEP")
    if that is not None:
        base = scene.year if scene.year is not None else scene.today_or(partial, partial).year
        return _month_reading(base + int(that), number, f"of the year spoken of, {base}")
    if step is not None:
        here = scene.today_or(partial, partial)
        if scene.narrative and scene.year is not None:
            here = Day(scene.year, here.month, 1)
        if step < 0:
            year = here.year - (number >= here.month)
        elif step > 0:
            year = here.year + (number <= here.month)
        else:
            year = here.year
        return _month_reading(year, number, "the nearest on that side of the anchor")
    if (shared := shared_year(m, scene)) is not None:
        return Reading(unit=Unit("month", Day(shared, number, 1)), notes=["shares the year that follows"])
    if scene.narrative and scene.year is not None:
        year, why = rolled_year(number, scene, m.start)
        r = _month_reading(year, number, why)
        r.anchored = False
        return r
    here = scene.today_or(partial, partial)
    tense, words = month_tense(m, scene)
    if tense == "future":
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


def month_tense(m: Match, scene: Scene) -> tuple[Tense, str]:
    """The tense of a bare month: a bound ("by May") or a purpose ("agreed to buy it in May") looks ahead."""
    before = scene.low[max(0, m.start - 70) : m.start]
    if (bound := scene.words.bound.search(before)) is not None:
        return "future", bound[0].strip()
    if scene.words.aim.search(before) is not None:
        return "future", "a purpose"
    if re.search(r"\bfor\s$", before):
        return "none", ""
    return scene.tense(m.start, m.end)


def _month_reading(year: int, number: int, why: str) -> Reading:
    return Reading(unit=Unit("month", Day(year, number, 1)), anchored=True, certainty="implied", notes=[why])


def year(m: Match, scene: Scene) -> Reading | None:
    """A year; before Christ it has no day that computers count."""
    number = named_year(m, scene)
    if number is None:
        number = int(m.get("NUM") or m.get("INT") or 0)
    if m.get("ERA") == "BC" or m.get("BC"):
        return Reading(
            value=f"BC{number:04d}", edtf=f"-{number - 1:04d}" if number > 1 else "0000", precision="year"
        )
    if not 1 <= number <= 9999:
        return None
    return Reading(unit=Unit("year", Day(number, 1, 1)), notes=["a year in digits or words"])
