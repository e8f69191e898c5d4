"""Productions that join a unit to something else: the week of a day, a span of years."""

from __future__ import annotations

from transforms.timex.calendar import Day, Unit, containing
from transforms.timex.grammar import Match
from transforms.timex.points import date, interval
from transforms.timex.scene import Reading, Scene
from transforms.timex.spans import CLOCKED, counted, period


def week_of(m: Match, scene: Scene) -> Reading | None:
    """The week (weekend, month) of a day."""
    unit = str(m.get("UNIT"))
    if unit not in ("week", "weekend", "month"):
        return None
    inner = date(m, scene)
    if inner is None or inner.unit is None:
        return None
    inner.unit = containing(unit, inner.unit.start)
    return inner


def year_range(m: Match, scene: Scene) -> Reading | None:
    """1990-1995, 2010/11; "2017-04" is a month where it cannot be a span of years."""
    first, second, digits, dashed = m.get("PAIR")
    if digits == 2:
        if second <= first % 100:
            if dashed and 1 <= second <= 12 and 1800 <= first:
                return Reading(unit=Unit("month", Day(first, second, 1)), notes=["written in digits"])
            return None
        second += first // 100 * 100
    if not first < second <= first + 1000:
        return None
    r = interval(Unit("year", Day(first, 1, 1)), Unit("year", Day(second, 1, 1)))
    token = m.slots["PAIR"][0]
    r.parts[0].start, r.parts[0].stop = token.start, token.start + 4
    r.parts[1].start, r.parts[1].stop = token.end - digits, token.end
    return r


def ahead(m: Match, scene: Scene) -> Reading | None:
    """In three weeks' time: counted forward from the anchor."""
    unit = str(m.get("UNIT") if "UNIT" in m.slots else m.get("UNITS"))
    count = float(m.get("NUM") or 1)
    if unit in CLOCKED or unit in ("fortnight", "millennium", "night") or count != int(count) or count > 5000:
        return Reading(type="DURATION", value=period(count, unit))
    return counted(scene.today_or(period(count, unit), None), int(count), unit, False)


def duration_bare(m: Match, scene: Scene) -> Reading | None:
    """"for years", "weeks of talks": a length that nobody counted."""
    return Reading(type="DURATION", value=period("X", str(m.get("UNITS"))), precision="none")


def bare_year(m: Match, scene: Scene) -> Reading | None:
    """The year: in a company's results the year of the anchor."""
    return Reading(type="DURATION", value="P1Y", precision="none")
