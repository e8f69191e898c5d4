"""The context of a rule: the anchor, the tense, and the times mentioned before.

A :class:`Context` belongs to one text, which is read from left to right. It has no clock: a rule that needs a
day and has none raises :class:`Unanchored`, and the expression stays undated.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.transforms.model import Parse
from dateline.transforms.timex.calendar import Day, Unit, containing
from dateline.transforms.timex.reading import Reading, Unanchored
from dateline.transforms.timex.tense import Tense, is_purpose, label_tense, looks_ahead, tense_around

if TYPE_CHECKING:
    from dateline.transforms.timex.grammar import Grammar

NO_PARSE = Parse((), (), (), (), (), ())
ASIDE = 12
"""Years apart at which a bare year in a narrative is an aside ("papers released in 2005 show …")."""
NEAR_YEAR = 250
"""Code points in which a bare year overrides the order of the narrative."""
NEAR_QUARTER = 1600
IN_ORDER = 2
"""Lines that open with a day after that of the line before, from which on the next line is taken for one too."""
NEAR_DAY = 700
"""Code points for which a quarter or a day stays the one that the text is about."""
ADVERB = 6
"""Code points of a preposition between a verb and its date."""
REACH = 60
"""Code points before a date in which the label of its line stands."""
SHORT = 1000
DAILY = 2000
"""A text of so many code points is an essay where it names less than one day of its own for each 2,000."""
SLASHED = re.compile(r"(?<![\d/])(\d{1,2})[/-](\d{1,2})[/-](?:\d{4}|\d\d)(?![\d/])")


@dataclass(slots=True)
class Context:
    """The state of reading one text from left to right.

    ``day`` is the anchor's day, ``instant`` the anchor where it is one. ``headline`` holds in a headline
    or caption, where a verb of the present tells what has happened. The rest is what the text spoke
    of last.
    """

    text: str
    low: str
    grammar: Grammar
    day: Day | None
    instant: datetime.datetime | None = None
    narrative: bool = False
    parse: Parse = NO_PARSE
    headline: bool = False
    last: Unit | None = None
    last_at: int = -10_000
    brief: bool = False
    repeated_at: int = -10_000
    month: Unit | None = None
    year: int | None = None
    year_at: int = -10_000
    bare: int | None = None
    bare_at: int = -10_000
    aside: int | None = None
    quarter: Unit | None = None
    quarter_at: int = -10_000
    elsewhere_at: int = -10_000
    listed: Day | None = None
    ascending: int = 0
    _day_first: bool | None = None
    _daily: bool | None = None

    def today(self, value: str | None = None, partial: str | None = None) -> Day:
        """The anchor's day. Raises :class:`Unanchored`, with what is known without it, where there is none."""
        if self.day is None:
            raise Unanchored(value, partial)
        return self.day

    def tense(self, start: int, stop: int) -> tuple[Tense, str]:
        """The tense around an expression, and the words that show it."""
        return tense_around(self.text, start, stop, self.parse, self.grammar, headline=self.headline)

    def is_future(self, words: str) -> bool:
        """Whether the words that show the future are a future form, not the present of a habit ("dries up in
        summer")."""
        m = self.grammar.tense.left.search(words.lower())
        return m is not None and m["future"] is not None

    def right_behind(self, verb: str, at: int) -> bool:
        """Whether a verb stands right before a place, a preposition between them at most: "began Dec. 7"."""
        before = self.low[max(0, at - len(verb) - ADVERB) : at].rstrip()
        head, _, last = before.rpartition(" ")
        if last in self.grammar.prepositions:
            before = head
        return before.endswith(verb.lower()) and verb not in self.grammar.settled

    def is_purpose(self, start: int) -> bool:
        """Whether an expression stands in a clause of purpose."""
        return is_purpose(start, self.parse, self.grammar)

    def labelled(self, start: int) -> bool:
        """Whether the label of its line tells where an expression lies: "Last fight: May 6"."""
        return label_tense(self.low[max(0, start - REACH) : start], self.grammar) is not None

    def looks_ahead(self, start: int) -> bool:
        """Whether an expression lies ahead by its clause: behind "before", in a plan or before a verb of the present."""
        return looks_ahead(start, self.parse, self.grammar) is not None

    def day_first(self) -> bool:
        """Whether the text itself writes 25/12/2019 somewhere, and nowhere 12/25/2019."""
        if self._day_first is None:
            orders = {
                int(m[1]) > 12 for m in SLASHED.finditer(self.low) if (int(m[1]) > 12) != (int(m[2]) > 12)
            }
            self._day_first = orders == {True}
        return self._day_first

    def daily(self) -> bool:
        """Whether the text names days of its own (yesterday, Friday, eight o'clock), as an essay does not."""
        if self._daily is None:
            named = sum(1 for _ in self.grammar.days.finditer(self.low))
            self._daily = len(self.low) < SHORT or named * DAILY >= len(self.low)
        return self._daily

    def saw(self, reading: Reading) -> None:
        """Remember the time of an expression for later expressions that refer to it."""
        unit = reading.unit
        if (
            reading.type == "SET"
            and "unmarked" not in reading.traits
            and not (reading.value or "PT").startswith("PT")
        ):
            self.repeated_at = reading.stop
        elif unit is not None and unit.grain == "day":
            self.repeated_at = -10_000
        if unit is None or reading.certainty == "assumed":
            return
        if unit.grain == "quarter" and "aside" not in reading.traits:
            self.quarter, self.quarter_at = unit, reading.stop
        if unit.grain == "day":
            # A time that refers to "tomorrow" does not pass it on, as each line of a programme would.
            if not (self.brief and unit is self.last):
                self.last, self.last_at = unit, reading.stop
                self.brief = "brief" in reading.traits
            self.month = containing("month", unit.start)
        if unit.grain == "month":
            self.month = unit
        if (
            unit.grain in ("month", "season", "year")
            and self.day
            and abs(unit.start.year - self.day.year) > 1
        ):
            self.elsewhere_at = reading.stop
        if unit.grain in ("day", "month", "year", "season", "quarter") and reading.certainty == "stated":
            self._saw_year(unit.start.year, reading.stop, bare=unit.grain == "year")

    def _saw_year(self, year: int, at: int, *, bare: bool) -> None:
        """Move the narrative to a year. A bare year far away is an aside until a second one confirms it."""
        if bare:
            self.bare, self.bare_at = year, at
        aside = bare and self.year is not None and abs(year - self.year) > ASIDE
        if aside and (self.aside is None or abs(year - self.aside) > ASIDE):
            self.aside = year
            return
        self.aside = None
        self.year, self.year_at = year, at

    def near_day(self, at: int) -> Unit | None:
        """The day mentioned last, if it is near enough to refer to."""
        near = self.last is not None and at - self.last_at <= NEAR_DAY and not self.is_elsewhere(at)
        return self.last if near else None

    def is_elsewhere(self, at: int) -> bool:
        """Whether the text spoke last of a month or year far from the anchor: "in May 1964 … the next morning" is of no day
        that is known."""
        return not self.narrative and self.elsewhere_at > self.last_at and at - self.elsewhere_at <= NEAR_DAY

    def can_lean(self, unit: Unit, start: int, stop: int) -> bool:
        """Whether an expression may be counted from a day mentioned before: not from one to come where its own verb is of the
        past ("will be sentenced on May 4 … he said a day earlier")."""
        if self.day is None or unit.start <= self.day:
            return True
        return self.tense(start, stop)[0] != "past"

    def opens_line(self, at: int) -> bool:
        """Whether an expression opens its line, as those of a calendar of events do."""
        return not self.low[self.low.rfind("\n", 0, at) + 1 : at].strip(" -–—•*·")

    def in_order(self, at: int) -> Day | None:
        """The day of the line before, where an expression opens its line in a list of days in order."""
        return self.listed if self.ascending >= IN_ORDER and self.opens_line(at) else None

    def list_day(self, day: Day) -> None:
        """Remember a day that opens its line, and how many days in order stand before it in a list."""
        if self.listed is not None and day != self.listed:
            self.ascending = self.ascending + 1 if day > self.listed and self.ascending >= 0 else -1
        self.listed = day

    def near_year(self, at: int) -> int | None:
        """The bare year mentioned last, if it is near enough to refer to and no day was mentioned after it."""
        return self.bare if self.bare_at > self.last_at and at - self.bare_at <= NEAR_DAY else None

    def near_quarter(self, at: int) -> Unit | None:
        """The quarter mentioned last, if it is near enough to refer to."""
        return self.quarter if self.quarter is not None and at - self.quarter_at <= NEAR_QUARTER else None
