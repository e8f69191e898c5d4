"""Times that refer to a time mentioned before: that day, the next morning, the same year."""

from __future__ import annotations

from dateline.transforms.timex.calendar import Day, Unit, containing, shift
from dateline.transforms.timex.context import Context
from dateline.transforms.timex.forms import Match
from dateline.transforms.timex.production import Options, production
from dateline.transforms.timex.productions.durations import CLOCKED, unit_of
from dateline.transforms.timex.reading import Reading


class ThatUnitOptions(Options):
    """``step``: units from the one mentioned last, if no word of the form says it."""

    step: int = 0


@production(ThatUnitOptions)
def that_unit(m: Match, context: Context, options: ThatUnitOptions) -> Reading | None:
    """That day, the following month, the same year: counted from the time mentioned last."""
    unit = "day" if "NEARBY" in m.slots else unit_of(m)
    step = next((int(m.get(name)) for name in ("THATSTEP", "NEARBY") if name in m.slots), options.step)
    if unit in CLOCKED or unit in ("fortnight", "millennium"):
        return None
    base = spoken_of(unit, m.start, context)
    refers_back = base is not None
    unknown = context.is_elsewhere(m.start) if base is None else not context.can_lean(base, m.start, m.end)
    if unknown and _grain(unit) == "day":
        return Reading(value="XXXX-XX-XX", precision="none", notes=["the day spoken of is not known"])
    if base is None:
        if step == 0:
            return Reading(value="XXXX" if unit == "year" else None, weak=True)
        base = containing(_grain(unit), context.today())
    moved = shift(base, step)
    if moved is None:
        return None
    why = (
        f"counted from {base.start}, spoken of before"
        if refers_back
        else "nothing was spoken of before: the anchor"
    )
    part = "NI" if unit == "night" else None
    r = Reading("TIME" if part else "DATE", moved, part=part, anchored=not refers_back, notes=[why])
    r.certainty = "implied" if refers_back else "assumed"
    return r


def _grain(unit: str) -> str:
    return {"night": "day"}.get(unit, unit)


def spoken_of(unit: str, at: int, context: Context) -> Unit | None:
    """The unit of a grain that the text mentioned last."""
    grain = _grain(unit)
    if grain == "day":
        return context.near_day(at)
    if grain == "quarter":
        return context.near_quarter(at)
    if grain == "month":
        return context.month
    if grain in ("week", "weekend"):
        near = context.near_day(at)
        return containing(grain, near.start) if near else None
    if context.year is None:
        return None
    return containing(grain, Day(context.year, 1, 1))


@production(Options)
def that_daypart(m: Match, context: Context, options: Options) -> Reading | None:
    """The next morning, that evening."""
    step = int(m.get("THATSTEP")) if "THATSTEP" in m.slots else 0
    near = context.near_day(m.start)
    if context.is_elsewhere(m.start) if near is None else not context.can_lean(near, m.start, m.end):
        value = f"XXXX-XX-XXT{m.get('PART')}"
        return Reading("TIME", value=value, precision="none", notes=["the day spoken of is not known"])
    base = near or Unit("day", context.today())
    moved = shift(base, step)
    if moved is None:
        return None
    r = Reading("TIME", moved, part=str(m.get("PART")), precision="daypart", anchored=near is None)
    r.certainty = "implied" if near else "assumed"
    return r
