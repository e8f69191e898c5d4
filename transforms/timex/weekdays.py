"""Productions that name a weekday, or a day by its distance from the anchor."""

from __future__ import annotations

import datetime

from transforms.timex.calendar import Day, Unit, add_days, containing, day_of, nth_weekday, shift
from transforms.timex.grammar import Match
from transforms.timex.points import impossible, month, named_year
from transforms.timex.scene import Reading, Scene


def weekday(m: Match, scene: Scene) -> Reading | None:
    """A weekday: bare (by tense), with last/this/next, of a named week, or so many weeks off."""
    if "DAYPART" in m.slots:
        # One word in German: "Montagabend".
        day, part = str(m.get("DAYPART")).split(":")
        r = bare_weekday(int(day), m, scene)
        if r:
            r.type, r.part, r.precision = "TIME", part, "daypart"
        return r
    number = int(m.get("LONGDAY") if "LONGDAY" in m.slots else m.get("WEEKDAY"))
    value = f"XXXX-WXX-{number + 1}"
    mode = m.rule.options.get("mode", "bare")
    if mode == "that":
        here = scene.near_day(m.start)
        step = int(m.get("THATSTEP") or 0)
        base = here.start if here else scene.today_or(value, None)
        ahead = (number - base.weekday()) % 7
        back = (base.weekday() - number) % 7
        days = (ahead or 7) if step > 0 else -(back or 7) if step < 0 else (-back if back <= 3 else ahead)
        return _day(
            base, days, f"counted from {base}, the day spoken of", anchored=here is None, suffix="that"
        )
    here_day = scene.today_or(value, None)
    if mode == "week":
        monday = containing("week", here_day).start
        weeks = int(m.get("STEP") if "STEP" in m.slots else m.rule.options["step"])
        return _day(monday, 7 * weeks + number, "the weekday of that week", suffix="week")
    back = (here_day.weekday() - number) % 7
    ahead = (number - here_day.weekday()) % 7
    if mode == "weeks_from":
        count = int(m.get("NUM") or 1)
        return _day(here_day, ahead + 7 * count, f"{count} week(s) after the coming one")
    if mode == "weeks_ago":
        count = int(m.get("NUM") or 1)
        return _day(here_day, -back - 7 * count, f"{count} week(s) before the last one")
    if mode == "beyond":
        if m.rule.options["step"] < 0:
            return _day(here_day, -(back or 7) - 7, "the one before the last")
        return _day(containing("week", here_day).start, 14 + number, "of the week after the next")
    if mode == "step":
        step = int(m.get("STEP"))
        if step < 0:
            return _day(here_day, -(back or 7), "the last one before the anchor", suffix="last")
        if any("COMING" in t.values for t in m.tokens):
            return _day(here_day, ahead or 7, "the first one after the anchor", suffix="coming")
        if step > 0:
            # "next Friday" said on a Monday is the Friday of the next week for most writers; a named
            # Friday less than a week off that already lies in the next week is that one too.
            monday = containing("week", here_day).start
            return _day(monday, 7 + number, "the weekday of the next week", suffix="next")
        monday = containing("week", here_day).start
        return _day(monday, number, "the weekday of this week", suffix="this")
    return bare_weekday(number, m, scene)


def bare_weekday(number: int, m: Match, scene: Scene) -> Reading | None:
    """A weekday alone: the most recent, the anchor's own day included, unless the verb looks ahead."""
    here_day = scene.today_or(f"XXXX-WXX-{number + 1}", None)
    back = (here_day.weekday() - number) % 7
    ahead = (number - here_day.weekday()) % 7
    if scene.narrative and scene.last is not None:
        base = scene.last.start
        return _day(base, (number - base.weekday()) % 7, f"the narrative is at {base}", anchored=False)
    tense, words = scene.tense(m.start, m.end)
    if tense == "future":
        return _day(here_day, ahead, f"future: {words!r}", suffix="future")
    if ahead == 1:
        # Six days back is "last Tuesday": a bare one is tomorrow, or today where the day has begun
        # (5 of 7 in TimeBank and AQUAINT, 5 of 5 in stories from Asia filed the evening before).
        r = _day(
            here_day,
            1,
            "the day after the anchor; six days back would be called the last one",
            suffix="next_day",
        )
        if r:
            r.certainty = "assumed" if tense == "past" else "implied"
        return r
    why = f"past: {words!r}" if tense == "past" else "no verb tells: news speaks of the most recent one"
    return _day(here_day, -back, why, suffix="past")


def _day(base: Day, days: int, why: str, *, anchored: bool = True, suffix: str = "") -> Reading | None:
    moved = add_days(base, days)
    if moved is None:
        return None
    return Reading(unit=Unit("day", moved), anchored=anchored, certainty="implied", notes=[why], rule=suffix)


def relday(m: Match, scene: Scene) -> Reading | None:
    """Today, yesterday, tomorrow, tonight."""
    step = int(m.get("RELDAY") if "RELDAY" in m.slots else m.get("TONIGHT"))
    r = _day(scene.today_or(None, None), step, "counted from the anchor")
    if r and ("TONIGHT" in m.slots or "PART" in m.slots):
        r.type, r.part, r.precision = "TIME", str(m.get("PART") or "NI"), "daypart"
    return r


def weekday_and_day(m: Match, scene: Scene) -> Reading | None:
    """ "Friday the 13th": the nearest day of the anchor that is both."""
    here, weekday, number = scene.today(), int(m.get("LONGDAY")), int(m.get("DAYTH"))
    months = [u for n in range(-7, 8) if (u := shift(containing("month", here), n))]
    days = [
        d
        for u in months
        if (d := day_of(u.start.year, u.start.month, number)) and d.start.weekday() == weekday
    ]
    if not days:
        return None
    tense, _ = scene.tense(m.start, m.end)
    if tense == "past":
        days = [d for d in days if d.start <= here] or days
    unit = min(days, key=lambda d: abs((d.start - here).days))
    return Reading(unit=unit, anchored=True, certainty="implied", notes=["the nearest day that is both"])


def nth(m: Match, scene: Scene) -> Reading | None:
    """The n-th weekday of a month, or of a year; the n-th day of a month."""
    month_unit: Unit | None
    if "MONTH" in m.slots:
        found = month(m, scene)
        month_unit = found.unit if found else None
        anchored = bool(found and found.anchored)
    elif "STEP" in m.slots:
        month_unit, anchored = shift(containing("month", scene.today()), int(m.get("STEP"))), True
    elif "THATSTEP" in m.slots:
        spoken = scene.month or containing("month", scene.today())
        month_unit, anchored = shift(spoken, int(m.get("THATSTEP"))), scene.month is None
    else:
        month_unit, anchored = scene.month or containing("month", scene.today()), scene.month is None
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
    stated = named_year(m, scene) is not None
    return Reading(unit=unit, anchored=anchored and not stated, certainty="stated" if stated else "implied")
