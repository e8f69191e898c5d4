"""Productions for the time of day: clocks, noon, mornings."""

from __future__ import annotations

from transforms.timex.calendar import Unit
from transforms.timex.grammar import Match
from transforms.timex.parts import part_named
from transforms.timex.scene import Reading, Scene

FAR = 400
"""A clock leans on a day spoken of within so many code points."""
BRIEF = 60
"""… and on "yesterday" or "tomorrow" so far: a list of events goes back to its own day."""

AFTERNOON = {"MI": 12, "AF": 12, "EV": 12, "NI": 12, "MO": 0}


def clock(m: Match, scene: Scene) -> Reading | None:
    """A time of the clock; its day is the one beside it, spoken of just before, or the anchor's."""
    hour, minute, second = 0, 0, None
    if (parts := m.get("CLOCK") or m.get("DOTCLOCK")) is not None:
        hour, minute = parts[0], parts[1]
        second = parts[2] if len(parts) > 2 else None
    elif "HOUR" in m.slots or "HOURWORD" in m.slots:
        hour = int(m.get("HOUR") if "HOUR" in m.slots else m.get("HOURWORD"))
        minute = int(m.get("YY") or 0)
    elif "INT" in m.slots:
        digits = m.slots["INT"][0].text
        if len(digits) != 4:
            return None
        hour, minute = int(digits[:2]), int(digits[2:])
    past = m.rule.options.get("minutes")
    if past is not None:
        minute = int(past)
        if minute < 0:
            hour, minute = hour - 1, 60 + minute
    half = (m.get("AMPM") or "").lower()
    part = m.get("PART")
    if half or part:
        if hour > 12 and half == "a":
            return None
        if half == "p" or (part and AFTERNOON[part] and 1 <= hour < 12 and not (part == "NI" and hour < 5)):
            hour = hour + 12 if hour < 12 else hour
        elif hour == 12:
            hour = 0
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    r = at(f"{hour:02d}:{minute:02d}", m, scene, exact=bool(minute) or "CLOCK" in m.slots, second=second)
    r.weak = bool(m.rule.options.get("weak"))
    return r


def clock_range(m: Match, scene: Scene) -> Reading | None:
    """Two clocks: "from 3 to 5 p.m.". The first takes the half of the day that keeps it before the second."""
    order = sorted(t for name in ("HOUR", "CLOCK", "DOTCLOCK") for t in m.slots.get(name, ()))
    halves = sorted(m.slots.get("AMPM", ()))
    if len(order) != 2:
        return None
    times: list[tuple[int, int]] = []
    for token in order:
        clock_time = token.values.get("CLOCK") or token.values.get("DOTCLOCK")
        hour, minute = clock_time[:2] if clock_time else (token.values["HOUR"], 0)
        times.append((hour, minute))
    last = _halved(times[1], halves[-1].values["AMPM"]) if halves else times[1]
    if len(halves) == 2:
        first = _halved(times[0], halves[0].values["AMPM"])
    elif halves:
        first = _halved(times[0], halves[0].values["AMPM"])
        if first and last and first > last:
            first = _halved(times[0], "a")
    else:
        first = times[0]
    if first is None or last is None or max(first[0], last[0]) > 24 or max(first[1], last[1]) > 59:
        return None
    r = at(f"{first[0]:02d}:{first[1]:02d}", m, scene, exact=True)
    ends = [f"{h:02d}:{n:02d}" for h, n in (first, last)]
    spots = ((order[0].start, halves[0].end if len(halves) == 2 else order[0].end), (order[1].start, m.end))
    r.parts = [
        Reading("TIME", r.unit, time=t, start=a, stop=b) for t, (a, b) in zip(ends, spots, strict=True)
    ]
    if r.unit is None:
        for p in r.parts:
            p.value = f"T{p.time}"
    return r


def _halved(time: tuple[int, int], half: str) -> tuple[int, int] | None:
    hour, minute = time
    if hour > 12:
        return time if half == "p" else None
    return (hour % 12 + (12 if half == "p" else 0), minute)


def at(time: str, m: Match, scene: Scene, *, exact: bool, second: int | None = None) -> Reading:
    """A reading for a clock time."""
    r = Reading("TIME", time=time, precision="minute" if exact else "hour", certainty="implied")
    if second is not None:
        r.second = True
        r.precision = "second"
        r.time = f"{time}:{second:02d}"
    zone = m.get("ZONE")
    if zone is not None:
        r.zone = str(zone)
    lean(r, m.start, scene)
    return r


def lean(r: Reading, start: int, scene: Scene) -> None:
    """Give a time its day: the day spoken of just before, else the anchor's."""
    far = BRIEF if scene.brief else FAR
    near = scene.last if scene.last is not None and start - scene.last_at <= far else None
    if near is not None:
        r.unit = near
        r.notes.append(f"on {near.start}, the day spoken of before")
    elif scene.day is not None:
        r.unit = Unit("day", scene.day)
        r.anchored = True
        r.certainty = "assumed"
        r.notes.append("no day is named beside it: the anchor's")
    else:
        r.value = f"T{r.time or r.part}"


def daytime(m: Match, scene: Scene) -> Reading | None:
    """Noon and midnight."""
    return at(str(m.get("DAYTIME")), m, scene, exact=False)


def part(m: Match, scene: Scene) -> Reading | None:
    """A part of the day: "this morning", "last night", "overnight", or bare beside a day."""
    code = next(str(m.get(n)) for n in ("PART", "NIGHT", "DAWN", "PARTS") if n in m.slots)
    r = Reading("TIME", part=code, mod=part_named(m), precision="daypart", certainty="implied")
    step = m.get("STEP")
    if step is not None or "NIGHT" in m.slots:
        here = scene.today_or(f"XXXX-XX-XXT{code}", None)
        from transforms.timex.calendar import shift

        moved = shift(Unit("day", here), int(step or 0))
        if moved is None:
            return None
        r.unit, r.anchored = moved, True
        r.notes.append("counted from the anchor")
        return r
    r.weak = bool(m.rule.options.get("weak"))
    lean(r, m.start, scene)
    if r.unit is None:
        r.value = f"XXXX-XX-XXT{code}"
    return r
