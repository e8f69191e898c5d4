"""The parts of the vocabulary for the times and places of events."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from dateline.transforms.lexicon.parts import Part, Pattern, Words


class Adjuncts(Part):
    """Words around the times and places of a clause, case-folded. The file explains the fields."""

    FILE = "adjuncts"
    at: Words = frozenset()
    throughout: Words = frozenset()
    where: Words = frozenset()
    localities: Words = frozenset()
    edges: Words = frozenset()
    owners: Words = frozenset()
    owned: Words = frozenset()
    pairs: Words = frozenset()
    parts_of_day: Words = frozenset()
    openers: Words = frozenset()
    measures: Words = frozenset()
    compared_for: Words = frozenset()
    compared: Words = frozenset()
    occasion_prepositions: Words = frozenset()
    occasions: Words = frozenset()
    simultaneous: Words = frozenset()
    at_which: Words = frozenset()
    attending: Words = frozenset()
    carrying: Words = frozenset()
    carrying_participles: Words = frozenset()
    after: Words = frozenset()
    lasting: Words = frozenset()
    shortly: Words = frozenset()
    joins: Words = frozenset()
    publishing: Words = frozenset()
    beside_clock: Words = frozenset()
    bounding_state: Words = frozenset()
    bare_clock: Pattern | None = None
    open: dict[str, Literal["BEFORE", "AFTER", "ON_OR_BEFORE", "ON_OR_AFTER", "BY"]] = Field(
        default_factory=dict
    )


class EventTimes(Part):
    """Words by which an event finds its time. The file explains the fields."""

    FILE = "event_times"
    occasions: Words = frozenset()
    at: Words = frozenset()
    before_day: Words = frozenset()
    whose: Words = frozenset()
    which: Words = frozenset()
    met: Words = frozenset()
    meetings: Words = frozenset()
    parties_after: Words = frozenset()
    parties: Words = frozenset()
    parties_alone: Words = frozenset()
    papers_after: Words = frozenset()
    papers: Words = frozenset()
    relatives: Words = frozenset()
    clauses: Words = frozenset()
    joining: Words = frozenset()
    conjunctions: Words = frozenset()
    offsets: Words = frozenset()
    compared: Words = frozenset()
    earlier: Words = frozenset()
