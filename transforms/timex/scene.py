"""What a rule may look at beside its own words: the anchor, the tense, what was said before.

A :class:`Scene` belongs to one text read from left to right. It holds no clock: a rule
that needs a day and has none raises :class:`Unanchored`, and the expression stays undated.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from transforms.model import Certainty, TimexType
from transforms.timex.calendar import Day, Unit, containing
from transforms.timex.lexicon import Lexicon

Tense = Literal["past", "future", "none"]
LEFT = 90
RIGHT = 48
"""Code points in which the nearest verb is looked for, before and after an expression."""
ASIDE = 12
"""Years apart at which a bare year in a narrative is an aside ("papers released in 2005 show …")."""
NEAR_YEAR = 250
"""Code points within which a bare year outranks the run of the story."""
PASSIVE = 5
"""Code points from a verb of the future to its participle: " be "."""
NEAR_QUARTER = 1600
NEAR_DAY = 700
"""How far back (code points) a quarter or a day stays what a text is speaking of."""


SLASHED = re.compile(r"(?<![\d/])(\d{1,2})[/-](\d{1,2})[/-](?:\d{4}|\d\d)(?![\d/])")


QUOTES = frozenset('"“”»')
QUOTED = re.compile(r"\"[^\"]*+\"|“[^”]*+”|„[^“]*+“|«[^»]*+»|^[^“”]*+”")
WIDE = 600
"""Code points before an expression in which an opening quotation mark is looked for."""


class Unanchored(Exception):
    """The words are counted from a day that nobody has told.

    ``value`` and ``partial`` are the TIMEX3 and EDTF of what the words say all the same
    (``XXXX-10-07``).
    """

    def __init__(self, value: str | None = None, partial: str | None = None) -> None:
        super().__init__(value)
        self.value = value
        self.partial = partial


@dataclass(slots=True)
class Reading:
    """The meaning of an expression, before it is written as a record."""

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
    second: bool = False
    partial: str | None = None
    precision: str | None = None
    certainty: Certainty = "stated"
    anchored: bool = False
    rule: str = ""
    weak: bool = False
    notes: list[str] = field(default_factory=list)
    start: int = 0
    stop: int = 0
    parts: list[Reading] = field(default_factory=list)

    @property
    def is_day(self) -> bool:
        return self.unit is not None and self.unit.grain == "day"


@dataclass(slots=True)
class Scene:
    """The reading state of one text."""

    text: str
    low: str
    words: Lexicon
    day: Day | None
    instant: datetime.datetime | None = None
    narrative: bool = False
    sentences: Sequence[int] = ()
    last: Unit | None = None
    last_at: int = -10_000
    brief: bool = False
    month: Unit | None = None
    year: int | None = None
    year_at: int = -10_000
    aside: int | None = None
    quarter: Unit | None = None
    quarter_at: int = -10_000
    _day_first: bool | None = None

    def today(self) -> Day:
        """The anchor's day; raises :class:`Unanchored` where there is none."""
        return self.today_or(None, None)

    def today_or(self, value: str | None, partial: str | None) -> Day:
        """The anchor's day, or what is known without it."""
        if self.day is None:
            raise Unanchored(value, partial)
        return self.day

    def tense(self, start: int, stop: int) -> tuple[Tense, str]:
        """The tense around an expression, and the words that say so.

        The nearest verb before it in the sentence decides, unless a verb of the future
        follows at once ("Wednesday is forecast to be cold").
        """
        low, high = self._sentence(start, stop)
        after = _sentence_right(self.text, stop, high).lower()
        cues = self.words.tense
        # A verb right behind the words has them as its subject or its own adverb.
        if (m := cues.right.match(after)) is not None:
            return "future", m[0].strip()
        before = _sentence_left(self.text, start, low).lower()
        nearest: tuple[Tense, str] = ("none", "")
        ended, verbs = -PASSIVE, 0
        for m in cues.left.finditer(before):
            verbs += 1
            if m["future"]:
                nearest, ended = ("future", m[0]), m.end()
            elif m.start() - ended >= PASSIVE or nearest[1] in self.words.weak:
                nearest = "past", m[0]
            # else "will be paid": a participle right behind a verb of the future belongs to it.
        following = cues.left.search(after)
        if nearest[0] != "none":
            # "Until Thursday they had not called him": the bound is of the past, unless it has a
            # verb of its own before it ("stays shut until Thursday, the owner said").
            bound = nearest[1] in self.words.bounds and verbs == 1
            if bound and following is not None and not following["future"]:
                return "past", following[0]
            return nearest
        if (m := following) is not None:
            return ("future" if m["future"] else "past"), m[0]
        return "none", ""

    def day_first(self) -> bool:
        """Whether the text itself writes 25/12/2019 somewhere, and nowhere 12/25/2019."""
        if self._day_first is None:
            orders = {
                int(m[1]) > 12 for m in SLASHED.finditer(self.low) if (int(m[1]) > 12) != (int(m[2]) > 12)
            }
            self._day_first = orders == {True}
        return self._day_first

    def _sentence(self, start: int, stop: int) -> tuple[int, int]:
        """Where the sentence of an expression begins and ends, as far as the parse knows."""
        at = bisect_right(self.sentences, start)
        low = self.sentences[at - 1] if at else 0
        after = bisect_right(self.sentences, max(start, stop - 1))
        return low, self.sentences[after] if after < len(self.sentences) else len(self.text)

    def saw(self, reading: Reading) -> None:
        """Remember what an expression spoke of, for the words that lean on it."""
        unit = reading.unit
        if unit is None or reading.certainty == "assumed":
            return
        if unit.grain == "quarter" and not reading.rule.startswith(
            ("quarter.year_ago", "quarter.of_year", "ago")
        ):
            self.quarter, self.quarter_at = unit, reading.stop
        if unit.grain == "day":
            # A time that leans on "tomorrow" does not carry it on: each line of a programme would.
            if not (self.brief and unit is self.last):
                self.last, self.last_at = unit, reading.stop
                self.brief = reading.rule.startswith("day.relative")
            self.month = containing("month", unit.start)
        if unit.grain == "month":
            self.month = unit
        if unit.grain in ("day", "month", "year", "season", "quarter") and reading.certainty == "stated":
            self._saw_year(unit.start.year, reading.stop, bare=unit.grain == "year")

    def _saw_year(self, year: int, at: int, *, bare: bool) -> None:
        """Move the narrative to a year; a bare year far off is an aside until a second one confirms it."""
        aside = bare and self.year is not None and abs(year - self.year) > ASIDE
        if aside and (self.aside is None or abs(year - self.aside) > ASIDE):
            self.aside = year
            return
        self.aside = None
        self.year, self.year_at = year, at

    def near_day(self, at: int) -> Unit | None:
        """The day last spoken of, where it is near enough to lean on."""
        return self.last if self.last is not None and at - self.last_at <= NEAR_DAY else None

    def near_quarter(self, at: int) -> Unit | None:
        return self.quarter if self.quarter is not None and at - self.quarter_at <= NEAR_QUARTER else None


def _unquoted(text: str, start: int, low: int) -> str:
    """The words before a place, without those of a quotation that has ended there.

    The verbs of another's words do not tell when the call was in '"nobody should sell"
    during the Friday call'. Inside of a quotation that still runs, its own verbs do.
    """
    window = text[max(low, start - LEFT) : start]
    if QUOTES.isdisjoint(window):
        return window
    return QUOTED.sub(" ", text[max(low, start - WIDE) : start])[-LEFT:]


def _sentence_left(text: str, start: int, low: int) -> str:
    before = _unquoted(text, start, low)
    cut = max(
        before.rfind(". "), before.rfind("? "), before.rfind("! "), before.rfind("\n\n"), before.rfind("; ")
    )
    # A dot after a short word or initial is no end: "Mr. Hale", "Nov. 6".
    if cut >= 0 and not re.search(r"\b(?:[A-Z]|[A-Z][a-z]{1,3})$", before[:cut]):
        before = before[cut + 1 :]
    return before


def _sentence_right(text: str, stop: int, high: int) -> str:
    after = text[stop : min(high, stop + RIGHT)]
    cut = re.search(r"[.?!;](?:\s|$)|\n\n", after)
    return after[: cut.start()] if cut else after
