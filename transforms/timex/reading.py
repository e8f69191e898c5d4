"""The meaning of an expression, before it becomes a record."""

from __future__ import annotations

from dataclasses import dataclass, field

from dateline.transforms.model import Certainty, TimexType
from dateline.transforms.timex.calendar import Day, Unit, end_of


class Unanchored(Exception):
    """The anchor of a relative expression is not known.

    ``value`` and ``partial`` are the TIMEX3 value and the EDTF of the part that is known (``XXXX-10-07``).
    """

    def __init__(self, value: str | None = None, partial: str | None = None) -> None:
        super().__init__(value)
        self.value = value
        self.partial = partial


@dataclass(slots=True)
class Reading:
    """What an expression means, and where it stands.

    ``unit`` is the calendar unit that it names; an interval of other length has ``first``
    and ``end`` (exclusive). ``value``, ``edtf`` and ``precision`` are given only where they
    do not follow from these. ``time`` is ``HH:MM``, ``part`` a TIMEX3 part of the day.
    ``start`` and ``stop`` are code points of the text. A ``weak`` reading means nothing
    unless another stands beside it. ``traits`` are those of the rule.
    """

    type: TimexType = "DATE"
    unit: Unit | None = None
    value: str | None = None
    edtf: str | None = None
    first: Day | None = None
    end: Day | None = None
    mod: str | None = None
    part: str | None = None
    time: str | None = None
    zone: str | None = None
    partial: str | None = None
    precision: str | None = None
    certainty: Certainty = "stated"
    anchored: bool = False
    rule: str = ""
    traits: frozenset[str] = frozenset()
    weak: bool = False
    notes: list[str] = field(default_factory=list)
    start: int = 0
    stop: int = 0
    parts: list[Reading] = field(default_factory=list)

    @property
    def is_day(self) -> bool:
        return self.unit is not None and self.unit.grain == "day"

    @property
    def is_daypart(self) -> bool:
        """Whether this is a part of a day without a time of the clock."""
        return self.type == "TIME" and self.part is not None and self.time is None

    @property
    def is_whole_day(self) -> bool:
        """Whether this names its own day and has no time of day yet."""
        if self.type != "DATE" or self.time or self.part:
            return False
        return self.is_day or (self.unit is None and self.value is not None and "own_day" in self.traits)


def between(first: Unit, last: Unit) -> Reading:
    """A reading from the first day of one unit to the last of another."""
    return Reading(
        first=first.start,
        end=end_of(last),
        precision="interval",
        parts=[Reading(unit=first), Reading(unit=last)],
    )


def days_of(r: Reading) -> tuple[Day | None, Day | None]:
    """The half-open interval of days of a reading."""
    if r.unit is not None:
        return r.unit.start, end_of(r.unit)
    return r.first, r.end
