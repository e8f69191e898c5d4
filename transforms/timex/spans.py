"""Productions that count in units: last week, three years ago, for six months, every day."""

from __future__ import annotations

import datetime
import math

from transforms.timex.calendar import Day, Unit, add_days, containing, offset, shift
from transforms.timex.grammar import Match
from transforms.timex.points import named_year
from transforms.timex.scene import Reading, Scene

CODES = {
    "second": "S", "minute": "M", "hour": "H", "day": "D", "night": "D", "week": "W", "fortnight": "W",
    "weekend": "WE", "month": "M", "quarter": "Q", "year": "Y", "decade": "DE", "century": "CE", "millennium": "ML",
}  # fmt: skip
CLOCKED = ("second", "minute", "hour")
MANY_GRAIN = {"fortnight": ("week", 2), "night": ("day", 1), "millennium": ("century", 10)}


def amount(m: Match) -> float | str | None:
    """The number that a form holds: a figure, ``X`` for "several", ``None`` where there is none."""
    if (n := m.get("NUM")) is not None:
        if (f := m.get("SLASH")) is not None and f[1]:
            return float(n + f[0] / f[1])
        return float(n)
    if "QUANT" in m.slots:
        found = m.get("QUANT")
        return "X" if found == "X" else float(found)
    if "HALFNUM" in m.slots:
        return float(m.get("HALFNUM")) + 0.5
    if "PAIRNUM" in m.slots:
        return 2.0
    if "A" in m.slots:
        return 1.0
    return None


def period(count: float | str, unit: str) -> str:
    """An ISO 8601 duration, with the TIMEX3 letters for what ISO has none for."""
    prefix = "PT" if unit in CLOCKED else "P"
    if isinstance(count, str):
        return f"{prefix}X{CODES[unit]}"
    if unit == "fortnight":
        count *= 2
    if count != int(count) and unit == "year" and count % 0.5 == 0:
        return f"P{math.floor(count)}Y6M" if count > 1 else "P6M"
    if count == 0.5:
        halves = {
            "hour": "PT30M",
            "minute": "PT30S",
            "day": "PT12H",
            "decade": "P5Y",
            "century": "P50Y",
            "month": "P15D",
        }
        return halves.get(unit, f"{prefix}0.5{CODES[unit]}")
    if count % 1 == 0.5 and unit in ("hour", "minute"):
        return f"PT{math.floor(count)}{CODES[unit]}30{'M' if unit == 'hour' else 'S'}"
    shown = str(int(count)) if count == int(count) else str(count)
    return f"{prefix}{shown}{CODES[unit]}"


def unit_of(m: Match) -> str:
    if (named := m.rule.options.get("unit")) is not None:
        return str(named)
    if "UNIT" not in m.slots and "UNITS" not in m.slots:
        return next(str(t.values["UNIT"]) for t in m.tokens if "UNIT" in t.values)
    return str(m.get("UNIT") if "UNIT" in m.slots else m.get("UNITS"))


def duration(m: Match, scene: Scene) -> Reading | None:
    """A length of time that lies nowhere: "six months", "a ten-day trip"."""
    count = amount(m)
    unit = unit_of(m)
    extra = m.rule.options.get("half")
    if extra:
        count = 0.5 if count is None or extra == "only" else float(count) + 0.5
    if m.rule.options.get("second_amount") and len(m.all("UNITS")) + len(m.all("UNIT")) == 2:
        return _two_part(m)
    if count is None:
        count = m.rule.options.get("count", 1)
    assert count is not None
    reading = Reading(type="DURATION", value=period(count, unit), precision="none")
    numbers = m.all("NUM")
    if len(numbers) == 2 and m.rule.options.get("to"):
        reading.value = period(float(numbers[1]), unit)
    return reading


def _two_part(m: Match) -> Reading | None:
    order = sorted((*m.slots.get("UNITS", ()), *m.slots.get("UNIT", ())))
    units = [str(t.values.get("UNITS") or t.values["UNIT"]) for t in order]
    numbers = [float(n) for n in m.all("NUM")]
    if "A" in m.slots:
        numbers.insert(0 if m.slots["A"][0].start < order[0].start else 1, 1.0)
    if len(numbers) != 2 or units[0] == units[1] or any(n != int(n) for n in numbers):
        return None
    first, second = period(numbers[0], units[0]), period(numbers[1], units[1])
    if first.startswith("PT") == second.startswith("PT"):
        return Reading(type="DURATION", value=first + second[2 if second.startswith("PT") else 1 :])
    return Reading(type="DURATION", value=first + second[1:])


def anchored_span(m: Match, scene: Scene) -> Reading | None:
    """A stretch that ends or begins at the anchor: "the last three months", "the next two weeks"."""
    count = amount(m)
    unit = unit_of(m)
    if count is None:
        count = "X" if "UNITS" in m.slots else 1.0
    elif len(m.all("NUM")) == 2:
        count = float(m.all("NUM")[1])
    if (half := m.rule.options.get("half")) is not None and not isinstance(count, str):
        count = 0.5 if half == "only" else count + 0.5
    step = (
        -1
        if "past" in m.words() or "last" in m.words()
        else int(m.get("LASTN") if "LASTN" in m.slots else m.get("STEP"))
    )
    reading = Reading(type="DURATION", value=period(count, unit), anchored=True, certainty="implied")
    if isinstance(count, str) or scene.day is None or unit in CLOCKED or count != int(count) or count > 5000:
        reading.anchored = False
        return reading
    grain, times = MANY_GRAIN.get(unit, (unit, 1))
    other = offset(scene.day, step * int(count) * times, grain)
    if other is not None:
        tomorrow = add_days(scene.day, 1)
        reading.first, reading.end = (other, tomorrow) if step < 0 else (scene.day, add_days(other, 1))
        reading.notes = ["ends at the anchor" if step < 0 else "begins at the anchor"]
    return reading


def edge_span(m: Match, scene: Scene) -> Reading | None:
    """The first nine months, the last two weeks of a year: a length inside something else."""
    count = amount(m)
    if count is None:
        return None
    unit = unit_of(m)
    reading = Reading(type="DURATION", value=period(count, unit))
    year = named_year(m, scene)
    step = m.get("STEP")
    if year is None and step is not None and scene.day is not None:
        year = scene.day.year + int(step)
        reading.anchored, reading.certainty = True, "implied"
    if (
        year is not None
        and 1 <= year < 9999
        and not isinstance(count, str)
        and unit not in CLOCKED
        and count == int(count)
    ):
        begin, end = Day(year, 1, 1), Day(year + 1, 1, 1)
        sign = int(m.get("FIRSTN"))
        other = offset(begin if sign > 0 else end, sign * int(count), MANY_GRAIN.get(unit, (unit, 1))[0])
        if other is not None and begin <= other <= end:
            reading.first, reading.end = (begin, other) if sign > 0 else (other, end)
    return reading


def ago(m: Match, scene: Scene) -> Reading | None:
    """So many units from the anchor, or from the day spoken of ("two days later")."""
    count = amount(m)
    if count is None:
        count = m.rule.options.get("count", 1.0)
    unit = unit_of(m)
    name = next((n for n in ("LATER", "AFTERTHAT", "LATERPREP") if n in m.slots), "AGO")
    leaning = name != "AGO"
    step = int(m.get(name)) if name in m.slots else -1
    if isinstance(count, str):
        return Reading(value="PAST_REF" if step < 0 else "FUTURE_REF", precision="none")
    if count != int(count) or count > 5000:
        return Reading(type="DURATION", value=period(count, unit))
    if unit in CLOCKED:
        return instant_ago(step * int(count), unit, scene) or Reading(
            type="DURATION", value=period(count, unit)
        )
    near = scene.near_day(m.start) if leaning or m.rule.options.get("lean") else None
    base = near.start if near is not None else scene.today_or(period(count, unit), None)
    if scene.narrative and near is None and scene.year is not None:
        base = Day(scene.year, 1, 1)
    grain, times = MANY_GRAIN.get(unit, (unit, 1))
    return counted(base, step * int(count) * times, grain, near is not None)


def instant_ago(count: int, unit: str, scene: Scene) -> Reading | None:
    """Hours and minutes from an anchor that is an instant; from a day alone they tell nothing."""
    if scene.instant is None:
        return None
    try:
        moved = scene.instant + count * datetime.timedelta(**{unit + "s": 1})
    except OverflowError:
        return None
    r = Reading("TIME", Unit("day", moved.date()), time=f"{moved:%H:%M}", precision="minute", anchored=True)
    r.certainty = "implied"
    r.notes = [f"{abs(count)} {unit}(s) {'before' if count < 0 else 'after'} {scene.instant:%Y-%m-%d %H:%M}"]
    return r


def counted(base: Day, count: int, grain: str, leaning: bool) -> Reading | None:
    """The unit so many units from a day; it is as coarse as what it is counted in."""
    moved = offset(base, count, grain)
    if moved is None:
        return None
    why = (
        f"counted from {base}, the day spoken of"
        if leaning
        else f"{abs(count)} {grain} {'before' if count < 0 else 'after'} {base}"
    )
    return Reading(unit=containing(grain, moved), anchored=not leaning, certainty="implied", notes=[why])


def year_ago(m: Match, scene: Scene) -> Reading | None:
    """ "A year earlier" beside a quarter's result is that quarter of the year before (WSJ)."""
    quarter = scene.near_quarter(m.start)
    count = int(m.get("NUM") or 1)
    if quarter is not None:
        moved = shift(quarter, -4 * count)
        return (
            Reading(unit=moved, certainty="implied", notes=["the quarter spoken of, a year before"])
            if moved
            else None
        )
    base = scene.today_or("P1Y", None).year
    if scene.narrative and scene.year is not None:
        base = scene.year
    if base - count < 1:
        return None
    return Reading(unit=Unit("year", Day(base - count, 1, 1)), anchored=True, certainty="implied")


def unit_step(m: Match, scene: Scene) -> Reading | None:
    """This week, last month, next year."""
    unit = unit_of(m)
    step = int(m.get("STEP")) if "STEP" in m.slots else int(m.rule.options.get("step", 0))
    if unit in CLOCKED:
        return Reading(type="DURATION", value=period(1.0, unit), precision="none")
    if unit in ("fortnight", "millennium"):
        return Reading(type="DURATION", value=period(1.0, unit), anchored=False)
    here = scene.today_or(None, None)
    if scene.narrative and unit == "year" and scene.year is not None:
        moved = shift(Unit("year", Day(scene.year, 1, 1)), step)
        return (
            Reading(unit=moved, certainty="implied", notes=[f"the narrative is in {scene.year}"])
            if moved
            else None
        )
    if scene.narrative and unit == "month" and scene.month is not None:
        moved = shift(scene.month, step)
        return Reading(unit=moved, certainty="implied", notes=["from the month spoken of"]) if moved else None
    if scene.narrative and unit == "day" and scene.last is not None:
        moved = shift(scene.last, step)
        return Reading(unit=moved, certainty="implied", notes=["from the day spoken of"]) if moved else None
    if unit == "night":
        # "last night" belongs to the day before; "this night" to the anchor's own.
        moved = shift(Unit("day", here), step)
        return (
            Reading("TIME", moved, part="NI", precision="daypart", anchored=True, certainty="implied")
            if moved
            else None
        )
    if unit == "weekend":
        return weekend(m, scene, here, step if "STEP" in m.slots else None)
    if unit == "quarter":
        near = scene.near_quarter(m.start) if step == 0 else None
        base = near or containing("quarter", here)
    else:
        base = containing(unit, here)
    moved = shift(base, step)
    return (
        Reading(unit=moved, anchored=True, certainty="implied", notes=[f"{unit} of the anchor, {step:+d}"])
        if moved
        else None
    )


def weekend(m: Match, scene: Scene, here: Day, step: int | None) -> Reading | None:
    """A weekend. On a Monday to Wednesday "the weekend" is the one before unless the verb is of the future."""
    this = containing("weekend", here)
    if step is None:
        tense, why = scene.tense(m.start, m.end)
        step = 0 if tense == "future" or here.weekday() >= 5 else -1
        if tense == "none" and here.weekday() >= 3:
            step = 0
        note = f"{tense}: {why!r}" if why else "no verb tells"
    elif step < 0:
        step, note = -1, "the weekend before the anchor's"
    else:
        if step == 0 and here.weekday() < 3 and scene.tense(m.start, m.end)[0] == "past":
            step = -1
        note = "counted from the anchor's week"
    moved = shift(this, step)
    return Reading(unit=moved, anchored=True, certainty="implied", notes=[note]) if moved else None
