"""Productions that lean on what the text spoke of before: that day, the next morning, the same year."""

from __future__ import annotations

from transforms.timex.calendar import Day, Unit, containing, shift
from transforms.timex.grammar import Match
from transforms.timex.scene import Reading, Scene
from transforms.timex.spans import CLOCKED, unit_of


def that_unit(m: Match, scene: Scene) -> Reading | None:
    """That day, the following month, the same year: counted from what was spoken of."""
    unit = unit_of(m)
    step = int(m.get("THATSTEP")) if "THATSTEP" in m.slots else int(m.rule.options.get("step", 0))
    if unit in CLOCKED or unit in ("fortnight", "millennium"):
        return None
    base = spoken_of(unit, m.start, scene)
    leaning = base is not None
    if base is None:
        if step == 0 and not m.rule.options.get("loose"):
            return Reading(value="XXXX" if unit == "year" else None, weak=True)
        base = containing(_grain(unit), scene.today_or(None, None))
    moved = shift(base, step)
    if moved is None:
        return None
    why = (
        f"counted from {base.start}, spoken of before"
        if leaning
        else "nothing was spoken of before: the anchor"
    )
    part = "NI" if unit == "night" else None
    r = Reading("TIME" if part else "DATE", moved, part=part, anchored=not leaning, notes=[why])
    r.certainty = "implied" if leaning else "assumed"
    return r


def _grain(unit: str) -> str:
    return {"night": "day"}.get(unit, unit)


def spoken_of(unit: str, at: int, scene: Scene) -> Unit | None:
    """The unit of a grain that the text last spoke of."""
    grain = _grain(unit)
    if grain == "day":
        return scene.near_day(at)
    if grain == "quarter":
        return scene.near_quarter(at)
    if grain == "month":
        return scene.month
    if grain in ("week", "weekend"):
        near = scene.near_day(at)
        return containing(grain, near.start) if near else None
    if scene.year is None:
        return None
    return containing(grain, Day(scene.year, 1, 1))


def part_of_that_day(m: Match, scene: Scene) -> Reading | None:
    """The next morning, that evening."""
    step = int(m.get("THATSTEP")) if "THATSTEP" in m.slots else 0
    near = scene.near_day(m.start)
    base = near or Unit("day", scene.today_or(None, None))
    moved = shift(base, step)
    if moved is None:
        return None
    r = Reading("TIME", moved, part=str(m.get("PART")), precision="daypart", anchored=near is None)
    r.certainty = "implied" if near else "assumed"
    return r
