"""Productions that join a unit to something else: the week of a day, a span of years."""

from __future__ import annotations

from transforms.timex.calendar import Day, Unit, add_days, containing, end_of, nth_weekday, shift
from transforms.timex.grammar import Match
from transforms.timex.leaning import spoken_of
from transforms.timex.points import date, interval, month
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
            if dashed and 1 <= second <= 12 and first >= 1800:
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


def nothing(m: Match, scene: Scene) -> Reading | None:
    """A day that no calendar has: its words are read, and say no day."""
    return Reading(weak=True)


def nth_week(m: Match, scene: Scene) -> Reading | None:
    """The n-th week or weekend of a month."""
    grain = "weekend" if "weekend" in m.words() else "week"
    n = int(m.get("ORD") if "ORD" in m.slots else m.get("LASTORD"))
    if "MONTH" in m.slots:
        inner = month(m, scene)
        if inner is None or inner.unit is None:
            return None
    else:
        base = scene.month if "THATSTEP" in m.slots and scene.month else containing("month", scene.today())
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


def unit_edge(m: Match, scene: Scene) -> Reading | None:
    """The end of the month, the rest of the week: of the one spoken of in a story, else the anchor's."""
    unit = str(m.get("UNIT"))
    if unit in CLOCKED or unit in ("fortnight", "millennium", "night"):
        return None
    base = spoken_of(unit, m.start, scene) if scene.narrative else None
    r = Reading(unit=base or containing(unit, scene.today()), certainty="implied", anchored=base is None)
    r.mod = str(m.get("EDGE")).replace("REST", "END")
    return r


def duration_bare(m: Match, scene: Scene) -> Reading | None:
    """ "for years", "weeks of talks": a length that nobody counted."""
    return Reading(
        type="DURATION", value=period("X", str(m.get("UNITS") or m.get("UNITLONG"))), precision="none"
    )


def bare_year(m: Match, scene: Scene) -> Reading | None:
    """The year: in a company's results the year of the anchor."""
    return Reading(type="DURATION", value="P1Y", precision="none")
