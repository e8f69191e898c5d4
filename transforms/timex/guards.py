"""Guards: words around a match that say that it is something else ("a 7-year-old", "$1999").

A guard is data of one language and judges that language alone. All of its conditions
must hold for it to refuse a match, and none of its exceptions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property

from pydantic import BaseModel, ConfigDict, Field, model_validator

from dateline.transforms.endings import Ending
from dateline.transforms.lexicon import Part
from dateline.transforms.timex.forms import Match

BEFORE, AFTER = 48, 40
"""Code points before and after a match that a guard looks at."""
Condition = tuple[str, bool, Callable[[str], re.Match[str] | None]]
"""What a pattern looks at (``before``, ``after``, ``words``, ``written``), whether as written, and what matches it."""
CONDITIONS = ("before", "after", "words", "before_written", "after_written", "written")
FIRST_ASKED = ("before", "before_written", "after", "after_written", "words", "written")
"""The conditions by how rarely they hold."""


class Guard(BaseModel):
    """A reason to refuse a match.

    ``before`` is a pattern that ends where the match begins, ``after`` one that begins where
    it ends, ``words`` one of the matched words as a whole, a space between two; these see lower
    case. ``before_written``, ``after_written`` and ``written`` see the text as it is. ``has``
    and ``lacks`` are classes of words that the match must or must not hold. The same names
    behind ``but_`` are exceptions. The words of a match that a guard with ``whole`` refuses are no
    other date either: "the street of 17 June" holds no June. With ``past_a_number`` what stands behind a second number counts
    too: "between 1500 and 2000 people".
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str
    before: str | None = None
    after: str | None = None
    words: str | None = None
    before_written: str | None = None
    after_written: str | None = None
    written: str | None = None
    but_before: str | None = None
    but_after: str | None = None
    but_words: str | None = None
    but_before_written: str | None = None
    but_after_written: str | None = None
    but_written: str | None = None
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    whole: bool = False
    past_a_number: bool = False

    @model_validator(mode="after")
    def _compiles(self) -> Guard:
        if not (self._conditions or self._exceptions or self.has or self.lacks):
            raise ValueError(f"guard {self.name} has no condition")
        return self

    @cached_property
    def _conditions(self) -> tuple[Condition, ...]:
        return self._patterns("")

    @cached_property
    def _exceptions(self) -> tuple[Condition, ...]:
        return self._patterns("but_")

    def _patterns(self, prefix: str) -> tuple[Condition, ...]:
        found = []
        for field in CONDITIONS:
            pattern = getattr(self, prefix + field)
            if pattern is not None:
                found.append(_condition(field, pattern))
        return tuple(found)

    def refuses(self, m: Match, text: str, low: str, second: re.Pattern[str]) -> bool:
        """Whether the match is something else.

        ``low`` is the text in lower case, ``second`` what stands between a number and the end of one that is joined to it.
        """
        if self.has and not m.any(*self.has):
            return False
        if self.lacks and m.any(*self.lacks):
            return False
        for condition in self._conditions:
            if not _holds(condition, m, text, low, second if self.past_a_number else None):
                return False
        for condition in self._exceptions:  # noqa: SIM110  (a generator costs a tenth of the room)
            if _holds(condition, m, text, low, None):
                return False
        return True


class Guards:
    """The guards of one rule.

    All guards that look at one side are first asked together, by a pattern that matches where one of theirs does: of six
    guards of a rule nearly always none refuses.
    """

    def __init__(self, guards: Iterable[Guard]) -> None:
        sides: dict[str, list[str]] = {}
        self._each: list[tuple[Guard, str]] = []
        for guard in guards:
            needed = next((f for f in FIRST_ASKED if getattr(guard, f) is not None), "")
            if guard.past_a_number and needed == "after":
                needed = ""
            elif needed:
                sides.setdefault(needed, []).append(getattr(guard, needed))
            self._each.append((guard, needed))
        self._together = [
            (field, _condition(field, "|".join(f"(?:{p})" for p in patterns)))
            for field, patterns in sides.items()
        ]
        self._some_alone = any(not needed for _, needed in self._each)

    def refusing(self, m: Match, text: str, low: str, second: re.Pattern[str]) -> Guard | None:
        """The first guard that refuses a match; for the arguments see :meth:`Guard.refuses`."""
        likely = []
        start, end = m.start, m.end
        # What _holds does, once for all guards of a side: its calls took half as long again.
        for field, (side, written, match) in self._together:
            seen = text if written else low
            if side == "before":
                seen = seen[max(0, start - BEFORE) : start]
            elif side == "after":
                seen = seen[end : end + AFTER]
            else:
                seen = " ".join(m.words()) if side == "words" else text[start:end]
            if match(seen) is not None:
                likely.append(field)
        if likely or self._some_alone:
            for guard, needed in self._each:
                if (not needed or needed in likely) and guard.refuses(m, text, low, second):
                    return guard
        return None


class LooksLike(Part):
    """What only looks like a date in a language: its guards, the file ``looks_like.toml``."""

    FILE = "looks_like"
    guards: tuple[Guard, ...] = Field(default=(), alias="guard")


def _condition(field: str, pattern: str) -> Condition:
    side, _, written = field.partition("_")
    if side == "before":
        return side, bool(written), Ending(pattern).search
    return side, bool(written), re.compile(pattern if side == "after" else rf"(?:{pattern})\Z").match


def _holds(condition: Condition, m: Match, text: str, low: str, second: re.Pattern[str] | None) -> bool:
    side, written, match = condition
    if side == "before":
        at = m.start
        return match((text if written else low)[max(0, at - BEFORE) : at]) is not None
    if side == "after":
        at = m.end
        if match((text if written else low)[at : at + AFTER]) is not None:
            return True
        number = second.match(low, at, at + AFTER) if second is not None else None
        return number is not None and match(low[number.end() : number.end() + AFTER]) is not None
    return match(" ".join(m.words()) if side == "words" else text[m.start : m.end]) is not None
