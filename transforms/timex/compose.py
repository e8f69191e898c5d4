"""What stands side by side is read together: a clock and its day, a range, "late", "before"."""

from __future__ import annotations

import re

from transforms.timex.calendar import Unit, offset, shift
from transforms.timex.scene import Reading, Scene
from transforms.timex.timex3 import days_of

PLAIN = re.compile(
    r"\s*(?:[a-z]+ time\b)?\s*(?:[,:|·]|[-–—](?=\s))?\s*(?:(?:at|on|of|around|about|in|from)\s+(?:the\s+)?)?(?:about\s+|around\s+)?(?:early\s+|late\s+)?"
)
RANGE = re.compile(r"\s*(?P<word>to|through|thru|until|till|up to|and|-|–|—)\s*(?:the\s+|about\s+)?")
FROM = re.compile(r"(?P<word>from|between)\s+(?:the\s+)?$")

REACH = 32
"""Code points before an expression in which words that belong to it are looked for."""


def compose(readings: list[Reading], scene: Scene) -> list[Reading]:
    """Join neighbours, take in modifiers, drop what means nothing alone. Order of place in and out."""
    readings = _times_and_days(readings, scene)
    readings = _counted(readings, scene)
    readings = [r for r in readings if not r.weak]
    for at, r in enumerate(readings):
        _modify(r, scene, readings[at - 1].stop if at else 0)
    return _ranges(readings, scene)


COUNTED = re.compile(r"P(\d{1,4})([DWMY])")
SIDE = re.compile(
    r"\s+(?:(?P<before>before|prior to|ahead of)|(?P<after>after|following|from))\s+(?:the\s+)?"
)
GRAINS = {"D": "day", "W": "week", "M": "month", "Y": "year"}


def _counted(readings: list[Reading], scene: Scene) -> list[Reading]:
    """ "Three weeks before Christmas", "the day after Easter": a length and the day it is counted from."""
    out: list[Reading] = []
    for r in readings:
        joined = _count(out[-1], r, scene) if out else None
        if joined is None:
            out.append(r)
        else:
            out[-1] = joined
    return out


def _count(a: Reading, b: Reading, scene: Scene) -> Reading | None:
    if not b.is_day or b.unit is None or b.type != "DATE":
        return None
    if a.rule in ("day.after_that", "day.before_that"):
        gap, grain, count = scene.low[a.stop : b.start], "day", 1
        if gap.strip() or scene.low[a.start : a.stop].split()[1:2] != ["day"]:
            return None
        sign = 1 if a.rule == "day.after_that" else -1
    else:
        length = COUNTED.fullmatch(a.value or "") if a.type == "DURATION" else None
        side = SIDE.fullmatch(scene.low[a.stop : b.start]) if length else None
        if length is None or side is None:
            return None
        count, grain = int(length[1]), GRAINS[length[2]]
        sign = -1 if side["before"] else 1
    moved = offset(b.unit.start, sign * count, grain)
    if moved is None:
        return None
    return Reading(
        unit=Unit("day", moved),
        certainty=b.certainty,
        anchored=b.anchored,
        rule="counted",
        notes=[*b.notes, f"counted from {b.unit.start}"],
        start=a.start,
        stop=b.stop,
    )


def _times_and_days(readings: list[Reading], scene: Scene) -> list[Reading]:
    out: list[Reading] = []
    for r in readings:
        joined = _join(out[-1], r, scene) if out else None
        if joined is None:
            out.append(r)
        else:
            out[-1] = joined
    return out


def _join(a: Reading, b: Reading, scene: Scene) -> Reading | None:
    gap = scene.low[a.stop : b.start]
    if len(gap) > 28 or "\n\n" in gap or "   " in gap or PLAIN.fullmatch(gap) is None:
        return None
    if _own_day(a) and _loose(b):
        day, time = a, b
    elif _loose(a) and _own_day(b):
        day, time = b, a
    elif _loose(a) and _loose(b) and (a.part is None) != (b.part is None) and a.time != b.time:
        day, time = (a, b) if b.time else (b, a)
        if b.start - a.stop > 8:
            return None
    elif _is_daypart(a) and a.unit is not None and b.rule.startswith("clock"):
        day, time = a, b
    elif b.is_day and _is_daypart(b) and a.rule.startswith("clock"):
        day, time = b, a
    else:
        return None
    if time.rule == "clock.bare_hour" and day.part is None:
        return None
    if gap.strip() == "in" and day is a and time.part is None:
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
        rule=day.rule if day.rule.startswith(("date", "weekday", "day")) else time.rule,
        notes=[*day.notes, f"with {scene.text[time.start : time.stop]!r}"],
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


def _own_day(r: Reading) -> bool:
    """A day that is named, with no time yet."""
    if r.type != "DATE" or r.time or r.part:
        return False
    return r.is_day or (
        r.unit is None and r.value is not None and r.rule.startswith(("weekday", "date.month_day"))
    )


def _is_daypart(r: Reading) -> bool:
    return r.type == "TIME" and r.part is not None and r.time is None


def _loose(r: Reading) -> bool:
    """A time of day whose day was only leaned on."""
    return r.type == "TIME" and r.rule in LOOSE


LOOSE = frozenset(
    (
        "clock",
        "clock.range",
        "clock.bare_hour",
        "daypart.in_the",
        "clock.half_past",
        "clock.quarter_past",
        "clock.quarter_to",
        "clock.noon",
        "daypart",
        "daypart.bare",
    )
)


def _modify(r: Reading, scene: Scene, floor: int) -> None:
    """Take in the words before an expression that belong to it, and the mod that they give."""
    before = scene.low[max(floor, r.start - REACH) : r.start]
    around = scene.words.around
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
    if (r.type == "DURATION" or r.rule.startswith(("ago", "later"))) and not r.rule.startswith("span"):
        found = around["amount"].ending(before)
        if found is not None:
            r.start -= found[0]
            r.mod = found[1]
    elif r.type in ("DATE", "TIME") and r.mod is None:
        found = around["bound"].ending(before)
        if found is not None:
            r.mod = found[1]


def _ranges(readings: list[Reading], scene: Scene) -> list[Reading]:
    out: list[Reading] = []
    for r in readings:
        joined = _range(out[-1], r, scene) if out else None
        if joined is None:
            out.append(r)
        else:
            out[-1] = joined
    return out


def _range(a: Reading, b: Reading, scene: Scene) -> Reading | None:
    if a.parts or b.parts or a.type not in ("DATE", "TIME") or b.type != a.type:
        return None
    gap = scene.low[a.stop : b.start]
    m = RANGE.fullmatch(gap) if len(gap) < 16 else None
    if m is None:
        return None
    opening = FROM.search(scene.low[max(0, a.start - 14) : a.start])
    word = m["word"]
    if word == "and" and (opening is None or opening["word"] != "between"):
        return None
    if opening is not None and opening["word"] == "between" and word not in ("and", "-", "–", "—"):
        return None
    first, last = _start_unit(a), _start_unit(b)
    if first is None or last is None:
        return None
    if last.start < first.start and b.rule.startswith("weekday") and a.rule.startswith("weekday"):
        later = shift(last, 1 if last.grain != "day" else 7)
        if later is None:
            return None
        b.unit = last = later
    (begin, _), (_, end) = days_of(a), days_of(b)
    if begin is None or end is None or not begin < end or last.start < first.start:
        return None
    r = Reading(
        a.type,
        first=begin,
        end=end,
        precision="interval",
        certainty=min((a.certainty, b.certainty), key=("assumed", "implied", "stated").index),
        anchored=a.anchored or b.anchored,
        rule="range",
        notes=[*a.notes, *b.notes],
        start=a.start - (len(opening[0]) if opening else 0),
        stop=b.stop,
        parts=[a, b],
    )
    return r


def _start_unit(r: Reading) -> Unit | None:
    return r.unit if r.value is None else None
