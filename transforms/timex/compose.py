"""Joins adjacent expressions (a clock and its day, a range), and adds modifiers such as "late", "about" and
"before"."""

from __future__ import annotations

from dateline.transforms.timex.context import Context
from dateline.transforms.timex.productions.counted import join_counted
from dateline.transforms.timex.productions.ranges import join_ranges
from dateline.transforms.timex.reading import Reading

REACH = 32
"""Code points before an expression in which words that belong to it are looked for."""


def compose(readings: list[Reading], context: Context) -> list[Reading]:
    """Join neighbours, add modifiers, and drop what means nothing alone. Input and output are in the order of
    the text."""
    if len(readings) > 1:
        readings = join_counted(_times_and_days(readings, context), context)
    readings = [r for r in readings if not r.weak]
    for at, r in enumerate(readings):
        _modify(r, context, readings[at - 1].stop if at else 0)
    return join_ranges(readings, context) if len(readings) > 1 else readings


def _times_and_days(readings: list[Reading], context: Context) -> list[Reading]:
    out: list[Reading] = []
    for r in readings:
        joined = _join(out[-1], r, context) if out else None
        if joined is None:
            out.append(r)
            continue
        out[-1] = joined
        # "at 7 tomorrow morning": the hour needs the part of the day that the day has now.
        if len(out) > 1 and "needs_part" in out[-2].traits and (more := _join(out[-2], joined, context)):
            out[-2:] = [more]
    return out


def _join(a: Reading, b: Reading, context: Context) -> Reading | None:
    gap = context.low[a.stop : b.start]
    if len(gap) > 28 or "\n\n" in gap or "   " in gap or context.grammar.links.beside.fullmatch(gap) is None:
        return None
    if a.is_whole_day and "loose" in b.traits:
        day, time = a, b
    elif "loose" in a.traits and b.is_whole_day:
        day, time = b, a
    elif (
        "loose" in a.traits
        and "loose" in b.traits
        and (a.part is None) != (b.part is None)
        and a.time != b.time
    ):
        day, time = (a, b) if b.time else (b, a)
        if b.start - a.stop > 8:
            return None
    elif a.is_daypart and a.unit is not None and "clock" in b.traits:
        day, time = a, b
    elif b.is_day and b.is_daypart and "clock" in a.traits:
        day, time = b, a
    else:
        return None
    if "needs_part" in time.traits and day.part is None:
        return None
    if gap.strip() in context.grammar.of_parts and day is a and time.part is None:
        return None
    r = Reading(
        "TIME",
        day.unit,
        time=time.time,
        part=time.part or day.part,
        zone=time.zone or day.zone,
        mod=time.mod or day.mod,
        precision=time.precision,
        certainty=day.certainty,
        anchored=day.anchored,
        rule=day.rule,
        traits=day.traits,
        notes=[*day.notes, f"with {context.text[time.start : time.stop]!r}"],
        start=a.start,
        stop=b.stop,
    )
    if day.unit is None:
        r.value = f"{day.value}T{time.time or time.part}" if day.value else time.value
        r.partial = day.partial
    r.parts = time.parts
    for p in r.parts:
        p.unit, p.value = day.unit, None
    if r.parts:
        r.value = None
    if r.time and r.part:
        r = _afternoon(r)
    return r


def _afternoon(r: Reading) -> Reading:
    """A clock beside a part of the day: five in the evening is 17:00."""
    assert r.time is not None
    hour = int(r.time[:2])
    if r.part in ("AF", "EV", "NI") and 1 <= hour < 12 and not (r.part == "NI" and hour < 5):
        r.time = f"{hour + 12:02d}{r.time[2:]}"
    r.part = None
    return r


def _modify(r: Reading, context: Context, floor: int) -> None:
    """Add the words before an expression that belong to it, and their mod."""
    before = context.low[max(floor, r.start - REACH) : r.start]
    if context.grammar.any_around.search(before) is None:
        return
    around = context.grammar.around
    if (
        r.type in ("DATE", "TIME")
        and (r.unit is not None or r.value is not None)
        and "_REF" not in (r.value or "")
    ):
        found = around["edge"].ending(before)
        if found is not None:
            size, mod = found
            r.start -= size
            r.mod = r.mod or mod
            before = before[: len(before) - size]
    if "measured" in r.traits or (r.type == "DURATION" and "span" not in r.traits):
        found = around["amount"].ending(before)
        if found is not None:
            r.start -= found[0]
            r.mod = found[1]
    elif r.type in ("DATE", "TIME") and r.mod is None and not r.parts:
        found = around["bound"].ending(before)
        if found is not None:
            r.mod = found[1]
