"""The parts of a language's vocabulary: one record for each kind of file, checked when it is loaded.

A part that a language lacks is an empty record, so it reads nothing. Parts compare by identity:
a room may keep what it compiles from a part in a cache whose key is the part.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints


def _split(value: Any) -> Any:
    return value.split() if isinstance(value, str) else value


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from error
    return pattern


Words = Annotated[frozenset[str], BeforeValidator(_split)]
"""Single words in any order: a list, or one string in which spaces divide them."""
Phrases = tuple[str, ...]
"""Words or groups of words: always a list."""
Pattern = Annotated[str, AfterValidator(_compiles)]
"""A regular expression."""
ClassName = Annotated[str, StringConstraints(pattern=r"^[A-Z]+$")]


class Part(BaseModel):
    """Words of one language for one purpose. ``FILE`` is the name of the file that holds them."""

    FILE: ClassVar[str]
    model_config = ConfigDict(frozen=True, extra="forbid")

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)


class _Entry(BaseModel):
    """A table inside of a part."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Triggers(_Entry):
    """What makes a place of a text worth reading for dates: all words of some classes, and single words."""

    classes: tuple[ClassName, ...] = ()
    words: Phrases = ()


class Around(_Entry):
    """Words before an expression and the TIMEX3 ``mod`` that they give.

    An ``edge`` ("early") and an ``amount`` ("almost") belong to the expression, a ``bound``
    ("since") does not.
    """

    kind: Literal["edge", "amount", "bound"]
    words: Pattern
    mod: str | None = None


class Calendar(Part):
    """Words of the calendar and the clock by class; ``classes["MONTH"]["5"]`` are the names of May.

    ``joins`` stand between two dates that share a year, ``capital`` are words that count only
    with a capital ("May").
    """

    FILE = "calendar"
    joins: Phrases = ()
    triggers: Triggers = Triggers()
    capital: Words = frozenset()
    classes: dict[ClassName, dict[str, Phrases]] = {}
    around: tuple[Around, ...] = ()


class Tense(Part):
    """Words that tell whether a clause speaks of the past or of what is to come."""

    FILE = "tense"
    future: Phrases = ()
    weak: Phrases = ()
    past: Phrases = ()
    past_endings: Words = frozenset()
    not_past: Words = frozenset()
    behind: tuple[Pattern, ...] = ()
    bounds: Words = frozenset()
    bound: Pattern | None = None
    aim: Pattern | None = None


class Saying(Part):
    """Words of saying, case-folded: verbs, openers of clauses, phrases around a source, nouns that hold a claim.

    ``verbs`` are base forms in English and printed forms elsewhere.
    """

    FILE = "saying"
    verbs: Words = frozenset()
    that: Words = frozenset()
    according: Phrases = ()
    behind: Words = frozenset()
    nouns: Words = frozenset()

    @cached_property
    def according_words(self) -> tuple[tuple[str, ...], ...]:
        """The phrases before a source by their words, the longest first."""
        return tuple(sorted((tuple(p.split()) for p in self.according), key=lambda p: (-len(p), p)))


class Abbreviations(Part):
    """Short forms whose full stop belongs to them, as printed, without it.

    ``before_names`` never end a sentence, ``others`` may. ``starters`` are words that begin a new
    sentence behind a short form that may end one ("in the U.S. The"). ``halves`` of the day end one
    before any capital, but not before the words of ``timed`` ("7 p.m. Monday"). ``contracted`` are
    forms of auxiliaries before "n't". Only the first two are without their stop.
    """

    FILE = "abbreviations"
    before_names: Words = frozenset()
    others: Words = frozenset()
    starters: Words = frozenset()
    halves: Words = frozenset()
    timed: Words = frozenset()
    contracted: Words = frozenset()


class People(Part):
    """Words around the names of persons and bodies, case-folded.

    ``titles`` are forms of address, ``roles`` say what somebody is; ``female`` and ``male`` are
    those of them that are said of one sex alone. ``organs`` are last words of names that are no
    person's.
    """

    FILE = "people"
    titles: Words = frozenset()
    roles: Words = frozenset()
    female: Words = frozenset()
    male: Words = frozenset()
    organs: Words = frozenset()
