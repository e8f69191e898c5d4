"""Times of day: clocks, noon, mornings."""

from __future__ import annotations

from dateline.transforms.timex.calendar import Unit, shift
from dateline.transforms.timex.context import Context
from dateline.transforms.timex.forms import Match
from dateline.transforms.timex.production import Options, production
from dateline.transforms.timex.productions.months_years import part_named
from dateline.transforms.timex.reading import Reading

FAR = 400
"""A clock takes its day from a day mentioned within so many code points."""


BRIEF = 60
"""The same for "yesterday" and "tomorrow", because a list of events returns to its own day. So close after
"every Saturday" a clock has no single day."""


AFTERNOON = {"MI": 12, "AF": 12, "EV": 12, "NI": 12, "MO": 0}


class ClockOptions(Options):
    """``minutes`` after the hour, negative before it. ``weak``: read only beside a day."""

    minutes: int | None = None
    weak: bool = False


@production(ClockOptions)
def clock(m: Match, context: Context, options: ClockOptions) -> Reading | None:
    """A time of the clock; its day is the one beside it, the one mentioned just before, or the anchor's."""
    hour, minute, second = 0, 0, None
    if (parts := m.get("CLOCK") or m.get("DOTCLOCK")) is not None:
        hour, minute = parts[0], parts[1]
        second = parts[2] if len(parts) > 2 else None
    elif "HOUR" in m.slots or "HOURWORD" in m.slots:
        hour = int(m.get("HOUR") if "HOUR" in m.slots else m.get("HOURWORD"))
        numbers = m.all("NUM")
        minute = int(numbers[-1]) if len(m.tokens) > 1 and "NUM" in m.slots and "HOURWORD" in m.slots else 0
    elif "INT" in m.slots:
        digits = m.slots["INT"][0].text
        if len(digits) != 4:
            return None
        hour, minute = int(digits[:2]), int(digits[2:])
    elif "HOURORD" in m.slots or "NUM" in m.slots:
        named = m.get("HOURORD") if "HOURORD" in m.slots else m.get("NUM")
        if named != int(named):
            return None
        hour = int(named)
    past = next((m.get(name) for name in ("HOURPRE", "HOURPOST") if name in m.slots), options.minutes)
    if past is not None:
        minute = int(past)
        if hour > 12 and "CLOCK" not in m.slots and "HOUR" not in m.slots and minute % 60:
            return None
        if minute < 0:
            hour, minute = hour - 1 if hour > 1 else 12, 60 + minute
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
    r = at(f"{hour:02d}:{minute:02d}", m, context, exact=bool(minute) or "CLOCK" in m.slots, second=second)
    r.weak = options.weak
    return r


ROUND = (5, 10, 20, 25)
"""Minutes that may stand without the word "minutes": "six to eight" are hours or amounts."""


class MinutesOptions(Options):
    """``before``: the minutes are those that the hour still lacks ("twenty to seven")."""

    before: bool = False


@production(MinutesOptions)
def clock_minutes(m: Match, context: Context, options: MinutesOptions) -> Reading | None:
    """Minutes past an hour or before it: "ten past six in the evening", "five minutes to midnight"."""
    minutes, unit = m.get("NUM"), m.get("UNITS") or m.get("UNIT")
    if unit is None and minutes not in ROUND:
        return None
    if minutes != int(minutes) or not 1 <= minutes <= 30 or unit not in (None, "minute"):
        return None
    if (named := m.get("DAYTIME")) is not None:
        total = int(str(named)[:2]) * 60
    else:
        hour = int(m.get("HOUR") if "HOUR" in m.slots else m.get("HOURWORD"))
        half, part = (m.get("AMPM") or "").lower(), m.get("PART")
        late = half == "p" or (part and AFTERNOON[part] and not (part == "NI" and hour < 5))
        total = (hour % 12 + 12 if late else hour) * 60
    total = (total + (-int(minutes) if options.before else int(minutes))) % (24 * 60)
    return at(f"{total // 60:02d}:{total % 60:02d}", m, context, exact=True)


@production(Options)
def clock_range(m: Match, context: Context, options: Options) -> Reading | None:
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
    r = at(f"{first[0]:02d}:{first[1]:02d}", m, context, exact=True)
    ends = [f"{h:02d}:{n:02d}" for h, n in (first, last)]
    spots = ((order[0].start, halves[0].end if len(halves) == 2 else order[0].end), (order[1].start, m.end))
    r.parts = [
        Reading("TIME", r.unit, time=t, start=a, stop=b) for t, (a, b) in zip(ends, spots, strict=True)
    ]
    if r.unit is None:
        r.value = None
        for p in r.parts:
            p.value = f"T{p.time}"
    return r


@production(Options)
def clock_range_of_part(m: Match, context: Context, options: Options) -> Reading | None:
    """Two hours of a part of a day: "between 7 and 9 last night"."""
    order = sorted((*m.slots.get("HOUR", ()), *m.slots.get("HOURWORD", ())))
    part, step = str(m.get("PART")), m.get("STEP")
    hours = []
    for token in order:
        hour = int(token.values["HOUR"] if "HOUR" in token.values else token.values["HOURWORD"])
        late = AFTERNOON[part] and 1 <= hour < 12 and not (part == "NI" and hour < 5)
        hours.append(hour + 12 if late else hour)
    if len(hours) != 2 or not 0 <= hours[0] < hours[1] <= 24:
        return None
    times = [f"{hour:02d}:00" for hour in hours]
    r = at(times[0], m, context, exact=False)
    if step is not None:
        moved = shift(Unit("day", context.today()), int(step))
        if moved is None:
            return None
        r.unit, r.anchored, r.certainty, r.notes = moved, True, "implied", ["counted from the anchor"]
    spots = ((order[0].start, order[0].end), (order[1].start, m.end))
    r.parts = [
        Reading("TIME", r.unit, time=t, start=a, stop=b) for t, (a, b) in zip(times, spots, strict=True)
    ]
    if r.unit is None:
        r.value = None
        for p in r.parts:
            p.value = f"T{p.time}"
    return r


def _halved(time: tuple[int, int], half: str) -> tuple[int, int] | None:
    hour, minute = time
    if hour > 12:
        return time if half == "p" else None
    return (hour % 12 + (12 if half == "p" else 0), minute)


def at(time: str, m: Match, context: Context, *, exact: bool, second: int | None = None) -> Reading:
    """A reading for a clock time."""
    r = Reading("TIME", time=time, precision="minute" if exact else "hour", certainty="implied")
    if second is not None:
        r.precision = "second"
        r.time = f"{time}:{second:02d}"
    zone = m.get("ZONE")
    if zone is not None:
        r.zone = str(zone) or None  # "IST" is of several zones
    lean(r, m.start, context)
    return r


def lean(r: Reading, start: int, context: Context) -> None:
    """Give a time its day: the day mentioned just before, else the anchor's."""
    far = BRIEF if context.brief else FAR
    if 0 <= start - context.repeated_at <= BRIEF:
        r.value = f"T{r.time or r.part}"
        r.notes.append("on the days that come again beside it")
        return
    near = context.last if context.last is not None and start - context.last_at <= far else None
    if near is not None and not context.can_lean(near, start, start):
        near = None
    if near is not None:
        r.unit = near
        r.notes.append(f"on {near.start}, the day spoken of before")
    elif context.day is not None:
        r.unit = Unit("day", context.day)
        r.anchored = True
        r.certainty = "assumed"
        r.notes.append("no day is named beside it: the anchor's")
    else:
        r.value = f"T{r.time or r.part}"


@production(Options)
def daytime(m: Match, context: Context, options: Options) -> Reading | None:
    """Noon and midnight."""
    return at(str(m.get("DAYTIME")), m, context, exact=False)


class DaypartOptions(Options):
    """``weak``: read only beside a day or a clock."""

    weak: bool = False


@production(DaypartOptions)
def daypart(m: Match, context: Context, options: DaypartOptions) -> Reading | None:
    """A part of the day: "this morning", "last night", "overnight", or bare beside a day."""
    code = next(str(m.get(n)) for n in ("PART", "NIGHT", "DAWN", "PARTS") if n in m.slots)
    r = Reading("TIME", part=code, mod=part_named(m), precision="daypart", certainty="implied")
    step = m.get("STEP")
    if step is not None or "NIGHT" in m.slots:
        here = context.today(f"XXXX-XX-XXT{code}")
        moved = shift(Unit("day", here), int(step or 0))
        if moved is None:
            return None
        r.unit, r.anchored = moved, True
        r.notes.append("counted from the anchor")
        return r
    r.weak = options.weak
    lean(r, m.start, context)
    if r.unit is None:
        r.value = f"XXXX-XX-XXT{code}"
    return r
