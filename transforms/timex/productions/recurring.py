"""Recurring times (every day, twice a week), and words that only refer to a time (now, soon)."""

from __future__ import annotations

from typing import Any

from dateline.transforms.model import TimexType
from dateline.transforms.timex.context import Context
from dateline.transforms.timex.forms import Match
from dateline.transforms.timex.production import Options, production
from dateline.transforms.timex.productions.durations import period, unit_of
from dateline.transforms.timex.reading import Reading


class RecurringOptions(Options):
    """``times``: the number counts times in a unit ("three times a week"), not units."""

    times: bool = False


@production(RecurringOptions)
def recurring(m: Match, context: Context, options: RecurringOptions) -> Reading | None:
    """A set: every day, each Thursday, twice a week, Sundays."""
    if "OFTEN" in m.slots or "FREQ" in m.slots:
        return _set(str(m.get("FREQ") if "FREQ" in m.slots else m.get("OFTEN")))
    for name in ("LONGDAY", "WEEKDAYS", "BAREDAY"):
        if (number := m.get(name)) is not None:
            part = m.get("PART") or m.get("PARTS")
            return _set(f"XXXX-WXX-{int(number) + 1}" + (f"T{part}" if part else ""))
    if (month := m.get("MONTH")) is not None:
        return _set(f"XXXX-{int(month):02d}")
    if (part := m.get("PART") or m.get("PARTS")) is not None:
        return _set(f"XXXX-XX-XXT{part}")
    if (season := m.get("SEASON") or m.get("FALL")) is not None:
        return _set(f"XXXX-{season}")
    if (rule := m.get("HOLIDAY")) is not None:
        return _set(f"XXXX-{rule}" if rule[:2].isdigit() else "P1Y")
    if m.get("QUANT") == "X":
        return _set(period("X", unit_of(m)))
    other = m.meaning("OTHER")
    if unit_of(m) == "weekend" and "NUM" not in m.slots and "ORD" not in m.slots and other is None:
        return _set("XXXX-WXX-WE")
    count: Any = 1 if options.times else m.get("NUM")
    if count is None:
        count = (other or m.get("ORD") or 1) if len(m.tokens) > 2 else 1
    if isinstance(count, float) and count != int(count):
        return None
    return _set(period(float(count), unit_of(m)))


def _set(value: str) -> Reading:
    return Reading(type="SET", value=value, precision="none")


@production(Options)
def reference(m: Match, context: Context, options: Options) -> Reading | None:
    """Now, recently, in the future: a direction instead of a time."""
    for name in ("REF", "NOWADJ"):
        if (value := m.get(name)) is not None:
            return Reading(value=str(value), precision="none")
    return None


class FixedOptions(Options):
    """The TIMEX3 type and value."""

    type: TimexType = "DATE"
    value: str


@production(FixedOptions)
def fixed(m: Match, context: Context, options: FixedOptions) -> Reading | None:
    """A value that the rule itself names."""
    return Reading(type=options.type, value=options.value, precision="none")
