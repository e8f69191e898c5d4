"""Productions for parts of a year and for longer stretches: quarters, halves, decades, centuries."""

from __future__ import annotations

import re

from transforms.timex.calendar import Day, Unit, containing, shift
from transforms.timex.grammar import Match
from transforms.timex.points import named_year
from transforms.timex.scene import Reading, Scene
from transforms.timex.timex3 import between


def quarter(m: Match, scene: Scene) -> Reading | None:
    """A quarter by number, with its year where one is named; results look back, so the past is preferred."""
    if (month := m.get("MONTH")) is not None:
        if month % 3:
            return None  # companies name a quarter by its last month
        number = month // 3
    else:
        number = m.get("QNAME") or m.get("ORD") or m.get("DAY") or (4 if m.get("LASTORD") == -1 else None)
    if number is None or not 1 <= int(number) <= 4:
        return None
    number = int(number)
    year, stated = _year(m, scene)
    if year is None:
        here = scene.today_or(f"XXXX-Q{number}", None)
        tense, _ = scene.tense(m.start, m.end)
        year = here.year - (number > (here.month + 2) // 3 and tense != "future")
    r = Reading(unit=Unit("quarter", Day(year, number * 3 - 2, 1)), notes=["a calendar quarter"])
    if not stated:
        r.anchored, r.certainty = True, "implied"
    return r


def _year(m: Match, scene: Scene) -> tuple[int | None, bool]:
    named = named_year(m, scene)
    if named is not None:
        return named, True
    if "STEP" in m.slots:
        return scene.today().year + int(m.get("STEP")), False
    if "THATSTEP" in m.slots and scene.year is not None:
        return scene.year + int(m.get("THATSTEP")), False
    return None, False


def that_quarter(m: Match, scene: Scene) -> Reading | None:
    """The quarter, the latest period: the one spoken of, else the last that has ended."""
    near = scene.near_quarter(m.start)
    year = named_year(m, scene)
    step = m.get("STEP")
    if near is None:
        if m.rule.options.get("spoken_only"):
            return None
        last = shift(containing("quarter", scene.today()), -1)
        if last is None:
            return None
        near = last
        certain = "assumed"
    else:
        certain = "implied"
    if year is not None:
        near = Unit("quarter", Day(year, near.start.month, 1))
    elif m.rule.options.get("years") or (step is not None and m.rule.options.get("of_year")):
        years = int(m.rule.options.get("years", 0)) or int(step or 0)
        moved = shift(near, 4 * years)
        if moved is None:
            return None
        near = moved
    r = Reading(unit=near, anchored=True, notes=["the quarter spoken of"])
    r.certainty = "assumed" if certain == "assumed" else "implied"
    return r


def half(m: Match, scene: Scene) -> Reading | None:
    """Half a year."""
    number = (
        m.get("HNAME")
        or m.get("ORD")
        or m.get("DAY")
        or {-1: 2}.get(int(m.get("LASTORD") or m.get("STEP_HALF") or 0))
    )
    if number is None and re.search(r"latter|last", " ".join(m.words())):
        number = 2
    if number not in (1, 2):
        return None
    year, stated = _year(m, scene)
    if year is None:
        year = (
            scene.year
            if scene.narrative and scene.year is not None
            else scene.today_or(f"XXXX-H{number}", None).year
        )
    r = Reading(unit=Unit("half", Day(year, 6 * int(number) - 5, 1)))
    if not stated:
        r.anchored, r.certainty = True, "implied"
    return r


def decade(m: Match, scene: Scene) -> Reading | None:
    """A decade in digits or words; "the sixties" are of the last century."""
    start = m.get("DECADE") if "DECADE" in m.slots else m.get("DECADEWORD")
    if start is None and (digits := m.get("YEAR") or m.get("YY")) is not None:
        start = digits if digits > 99 else 1900 + digits
    if start is None or start % 10:
        return None
    start = int(start)
    if (hundreds := m.get("NUM")) is not None:
        if not 10 <= hundreds <= 20:
            return None
        start = int(hundreds) * 100 + start % 100
    r = Reading(unit=Unit("decade", Day(start // 10 * 10, 1, 1)))
    r.mod = part_named(m)
    if start % 100 == 0 and start < 2000:
        # "The 1600s" are a hundred years; "the 2000s" ten.
        r.unit = Unit("century", Day(start, 1, 1))
    if "DECADEWORD" in m.slots or len(re.sub(r"\D", "", m.tokens[-1].text)) < 4:
        r.certainty = "assumed"
    return r


EDGES = {"early": "START", "mid": "MID", "late": "END"}


def part_named(m: Match) -> str | None:
    """The mod of "early", "mid" or "late" inside a form."""
    return next((EDGES[w] for w in m.words() if w in EDGES), None)


def centuries(m: Match, scene: Scene) -> Reading | None:
    """Two centuries that share a word: "the twelfth and thirteenth centuries"."""
    first, last = m.all("ORD")
    if not 2 <= first < last <= 30:
        return None
    r = between(*(Unit("century", Day((n - 1) * 100, 1, 1)) for n in (first, last)))
    one, two = m.slots["ORD"]
    (r.parts[0].start, r.parts[0].stop), (r.parts[1].start, r.parts[1].stop) = (
        (m.start, one.end),
        (two.start, m.end),
    )
    return r


def century(m: Match, scene: Scene) -> Reading | None:
    """The n-th century. TimeML counts by the first two digits (the 20th is 19)."""
    number = m.get("ORD") or m.get("DAY") or m.get("DAYTH")
    if number is None or not 1 <= int(number) <= 30:
        return None
    number = int(number)
    if m.get("ERA") == "BC" or m.get("BC"):
        return Reading(value=f"BC{number - 1:02d}", edtf=None, precision="century")
    if number == 1:
        return Reading(value="00", edtf="00XX", precision="century")
    return Reading(unit=Unit("century", Day((number - 1) * 100, 1, 1)))


def fiscal_year(m: Match, scene: Scene) -> Reading | None:
    """A fiscal year by its number; its first day differs by country, so it is read as the calendar year."""
    number = named_year(m, scene)
    if number is None:
        step = int(m.get("STEP") or 0)
        return Reading(
            unit=Unit("year", Day(scene.today().year + step, 1, 1)), anchored=True, certainty="assumed"
        )
    return Reading(
        unit=Unit("year", Day(number, 1, 1)),
        certainty="assumed",
        notes=["a fiscal year, read as the calendar year"],
    )


def year_end(m: Match, scene: Scene) -> Reading | None:
    """Year-end, the end of the year."""
    year, stated = _year(m, scene)
    if year is None:
        year = scene.year if scene.narrative and scene.year is not None else scene.today().year
    r = Reading(unit=Unit("year", Day(year, 1, 1)), mod=str(m.rule.options.get("mod", "END")))
    if not stated:
        r.anchored, r.certainty = True, "implied"
    return r
