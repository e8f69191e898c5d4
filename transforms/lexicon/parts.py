"""The parts of a language's vocabulary: one record for each kind of file, checked when it is loaded.

A part that a language lacks is an empty record. Parts compare by identity, so that a room can use a part as
the key of a cache of what it compiles from it.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
    field_validator,
)


def _split(value: Any) -> Any:
    return value.split() if isinstance(value, str) else value


def _divide(value: Any) -> Any:
    return [" ".join(phrase.split()) for phrase in value.split("|")] if isinstance(value, str) else value


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from error
    return pattern


def by_form(value: Any) -> Any:
    """``{base: "form form"}`` as ``{form: base}``."""
    if not isinstance(value, dict) or not all(isinstance(forms, str) for forms in value.values()):
        return value
    return {form: base for base, forms in value.items() for form in forms.split()}


Words = Annotated[frozenset[str], BeforeValidator(_split)]
"""Single words in any order: a list, or one string in which spaces divide them."""
Phrases = tuple[str, ...]
"""Words or groups of words: always a list."""
Divided = Annotated[tuple[str, ...], BeforeValidator(_divide)]
"""Many groups of words: one string in which ``|`` divides them, or a list."""
Pattern = Annotated[str, AfterValidator(_compiles)]
"""A regular expression."""
_TOKEN = re.compile(r"\w+(?:-\w+)*|[^\w\s]")
ClassName = Annotated[str, StringConstraints(pattern=r"^[A-Z]+$")]


class Part(BaseModel):
    """Words of one language for one purpose. ``FILE`` is the name of the file that holds them."""

    FILE: ClassVar[str]
    model_config = ConfigDict(frozen=True, extra="forbid")

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)


class Entry(BaseModel):
    """A table inside a part."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Triggers(Entry):
    """What makes a place of a text worth reading for dates: all words of some classes, single words, and
    patterns of ``digits`` beside those of every language, each of which begins with ``\\d``."""

    classes: tuple[ClassName, ...] = ()
    words: Phrases = ()
    digits: tuple[Pattern, ...] = ()

    @field_validator("digits")
    @classmethod
    def _begin_with_a_digit(cls, digits: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in digits:
            if not pattern.startswith(r"\d"):
                raise ValueError(f"a pattern of digits begins with \\d, unlike {pattern!r}")
        return digits


class Around(Entry):
    """Words before an expression and the TIMEX3 ``mod`` that they give.

    An ``edge`` ("early") and an ``amount`` ("almost") belong to the expression, a ``bound``
    ("since") does not.
    """

    kind: Literal["edge", "amount", "bound"]
    words: Pattern
    mod: str | None = None


class Links(Entry):
    """Words between two expressions that are one together.

    ``beside`` stand between a day and its time of day. ``start`` and ``to`` are those of a range ("from … to"), ``between`` and ``both`` too ("between …
    and"); ``before`` and ``after`` stand between a length and the day it is counted from, ``ended``
    between a length and its last day, month or year ("the three months to September"). Behind ``hours`` two
    weekdays are those of every week ("open Monday to Friday"). ``loosely`` and ``edges`` ("about", "early") may stand before a
    time of day, and ``of_parts`` before a part of the day alone ("Monday in the morning"); ``zone`` behind a place ends the
    clock of a place ("7 p.m. Tokyo time"). ``within`` may stand before the second of two dates that share
    a year. ``on`` may stand between a verb and its date,
    ``articles`` before the second expression.
    """

    beside: Phrases = ()
    start: Phrases = ()
    to: Phrases = ()
    between: Phrases = ()
    both: Phrases = ()
    before: Phrases = ()
    after: Phrases = ()
    ended: Phrases = ()
    hours: Phrases = ()
    loosely: Phrases = ()
    edges: Phrases = ()
    of_parts: Phrases = ()
    zone: Phrases = ()
    within: Phrases = ()
    on: Phrases = ()
    articles: Phrases = ()


class Calendar(Part):
    """Words of the calendar and the clock by class; ``classes["SEASON"]["SP"]`` are the names of spring.

    ``joins`` stand between two dates that share a year, ``capital`` are words that count only
    with a capital ("May"), ``elided`` take the apostrophe behind them ("l'été").
    ``nowadays`` are words for today that say no day in a text that speaks of no other day. ``number_joins`` stand
    within a number in words; ``ordinal_endings`` and ``decade_endings`` are written behind digits ("3rd", "1990s").
    ``news`` are patterns of words of the day of writing: a text full of them is no
    history. ``old_photos`` are patterns of a caption whose photo was not taken for the news ("File photo").
    """

    FILE = "calendar"
    old_photos: tuple[Pattern, ...] = ()
    joins: Phrases = ()
    triggers: Triggers = Triggers()
    capital: Words = frozenset()
    elided: Words = frozenset()
    nowadays: Words = frozenset()
    number_joins: Words = frozenset()
    ordinal_endings: Words = frozenset()
    decade_endings: Words = frozenset()
    news: tuple[Pattern, ...] = ()
    classes: dict[ClassName, dict[str, Phrases]] = {}
    around: tuple[Around, ...] = ()
    links: Links = Links()


class Names(Part):
    """Names of months (``"1"`` … ``"12"``) and weekdays (``"0"`` Monday … ``"6"``).

    A trailing "." marks an abbreviation. The names in ``stamp_months`` and ``stamp_weekdays`` count
    in or before a full date alone, as stamps print them. ``date_signs`` are written behind the year, the month and the
    day of a date in digits ("2014年5月3日"); each letter of one is a way to write it.
    """

    FILE = "names"
    months: dict[Annotated[str, StringConstraints(pattern=r"^([1-9]|1[0-2])$")], Phrases] = {}
    weekdays: dict[Annotated[str, StringConstraints(pattern=r"^[0-6]$")], Phrases] = {}
    date_signs: tuple[str, str, str] | None = None
    stamp_months: dict[Annotated[str, StringConstraints(pattern=r"^([1-9]|1[0-2])$")], Phrases] = {}
    stamp_weekdays: dict[Annotated[str, StringConstraints(pattern=r"^[0-6]$")], Phrases] = {}


class Tense(Part):
    """Words that tell whether a clause speaks of the past or of what is to come.

    ``future`` and ``past`` are words, ``future_endings`` and ``past_endings`` of verbs but for those
    in ``not_future`` and ``not_past``. A ``weak`` word of the future behind one of ``negations`` tells
    what did not happen, and one of ``ability`` no time at which it will ("can be built in ten days").
    ``behind`` are verbs of the future right behind a date, ``targets`` what a plan was moved to or
    made for right before one ("put off to"), and ``settled`` verbs that choose a date as their object, where
    one of ``settled_as`` follows, with one of ``settled_the`` between ("set the Friday as the deadline"). A month behind
    ``set_for`` may lie on either side ("the figures for May"). Words with one of ``negated_endings`` are negations too.
    A date right behind one of ``since`` has begun, and one behind one of ``onward`` lies ahead ("from Monday on"), unless a
    verb of the past tells that it has begun; so does one between a word of ``outset`` and one of ``outset_on``; those in ``present`` do not tell, since they are forms of the present too. ``states`` are verbs, in base form, whose present plans nothing,
    ``scheduled`` present forms that tell a schedule where a sentence has no other verb, and ``articles``
    what stands before the nouns that are spelled like them; those behind one of ``plain_subjects`` have no ending. No verb governs a date behind one of ``ungoverned``;
    behind a verb and one of ``looking_back`` a date is of what was before, and in a clause of purpose one behind
    one of ``purpose`` lies ahead. So does one behind a word of ``bounding`` in the infinitive of one of ``plans``, and
    one before a verb of the present in a clause that one of ``awaiting`` opens, and one in an infinitive behind the
    present of one of ``owning``. ``label_past`` and ``label_future`` are words of a line's label ("Last fight: …"). A date behind one of ``opening`` at the start of a sentence, with
    a comma behind it and no verb of the past, lies ahead ("From Tuesday, fares rise"). A word of the past behind one of ``passive`` is a participle ("are required"), and what
    ``lasting`` verbs of the past tell of has ended at a bound ("lasted until Friday").
    """

    FILE = "tense"
    future: Phrases = ()
    future_endings: Words = frozenset()
    not_future: Words = frozenset()
    weak: Phrases = ()
    past: Phrases = ()
    past_endings: Words = frozenset()
    not_past: Words = frozenset()
    behind: tuple[Pattern, ...] = ()
    targets: tuple[Pattern, ...] = ()
    settled: Phrases = ()
    settled_as: Phrases = ()
    settled_the: Phrases = ()
    set_for: Pattern | None = None
    negated_endings: Phrases = ()
    since: Words = frozenset()
    onward: Phrases = ()
    opening: Phrases = ()
    present: Words = frozenset()
    passive: Words = frozenset()
    lasting: Phrases = ()
    negations: Words = frozenset()
    ability: Words = frozenset()
    states: Words = frozenset()
    scheduled: Words = frozenset()
    plain_subjects: Words = frozenset()
    outset: tuple[str, ...] = ()
    outset_on: tuple[str, ...] = ()
    articles: Words = frozenset()
    ungoverned: Words = frozenset()
    looking_back: Words = frozenset()
    purpose: Words = frozenset()
    plans: Words = frozenset()
    bounding: Words = frozenset()
    awaiting: Words = frozenset()
    owning: Words = frozenset()
    label_past: Words = frozenset()
    label_future: Words = frozenset()
    bounds: Words = frozenset()
    bound: Pattern | None = None
    aim: Pattern | None = None


class Saying(Part):
    """Words of saying, case-folded: verbs, openers of clauses, phrases around a source, nouns that hold a claim.

    ``verbs`` are base forms in English and printed forms elsewhere; ``of_things`` of them say something by
    their object alone (``of_things_done`` behind an auxiliary, those of ``in_two`` with a second part, those of ``of_names`` with a quotation), ``of_objects`` in the
    passive too, ``of_sentences`` of the sentence before ("Das sagte sie"), and ``plain`` ones by their content alone: they are no acts with a time of their own
    within that content. ``views`` are deeds or thoughts that a trained reader may take for statements, ``acts``
    verbs that say nothing before an infinitive ("learn to"), ``heard_only`` verbs that say nothing with a hearer alone ("report to").
    ``participles`` are verbs behind an auxiliary alone ("ha dicho"), and ``opened`` verbs say something only before an
    opener or a colon ("gab an, dass"). ``it_says`` are verbs that say something of "it" alone ("heißt es"), and ``asides`` turns
    of phrase of the writer that end with a verb of saying ("anders gesagt").
    """

    FILE = "saying"
    verbs: Words = frozenset()
    that: Words = frozenset()
    according: Phrases = ()
    of_phrases: Phrases = ()
    of_people: Words = frozenset()
    of_things: Words = frozenset()
    of_things_done: Words = frozenset()
    of_names: Words = frozenset()
    of_objects: Words = frozenset()
    of_sentences: Words = frozenset()
    in_two: Annotated[dict[str, str], BeforeValidator(by_form)] = {}
    behind: Words = frozenset()
    nouns: Words = frozenset()
    plain: Words = frozenset()
    views: Words = frozenset()
    acts: Words = frozenset()
    heard_only: Words = frozenset()
    participles: Words = frozenset()
    opened: Words = frozenset()
    it_says: Words = frozenset()
    asides: Phrases = ()

    @cached_property
    def aside_words(self) -> tuple[tuple[str, ...], ...]:
        """The asides by their words."""
        return tuple(tuple(_TOKEN.findall(p)) for p in self.asides)

    @cached_property
    def cues(self) -> frozenset[str]:
        """The verbs and the participles."""
        return self.verbs | self.participles

    @cached_property
    def according_words(self) -> tuple[tuple[str, ...], ...]:
        """The phrases before a source by their words, the longest first."""
        return tuple(sorted((tuple(_TOKEN.findall(p)) for p in self.according), key=lambda p: (-len(p), p)))

    @cached_property
    def according_by_first(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        """The phrases before a source by their first word, the longest first."""
        firsts = dict.fromkeys(phrase[0] for phrase in self.according_words)
        return {f: tuple(phrase for phrase in self.according_words if phrase[0] == f) for f in firsts}

    @cached_property
    def according_marks(self) -> frozenset[str]:
        """The longest word of each phrase before a source, without which a sentence has none of them."""
        return frozenset(max(phrase, key=len) for phrase in self.according_words)


class Abbreviations(Part):
    """Short forms whose full stop belongs to them, as printed, without it.

    ``before_names`` never end a sentence, ``others`` may. ``starters`` are words that begin a new
    sentence behind a short form that may end one ("in the U.S. The"). ``halves`` of the day end one
    before any capital, but not before the words of ``timed`` ("7 p.m. Monday"). ``contracted`` are
    forms of auxiliaries before "n't". ``before_ordinals`` stand, in lower case, before an ordinal that is
    written with a full stop ("am 3. Mai"). Only the first two are without their stop.
    """

    FILE = "abbreviations"
    before_names: Words = frozenset()
    others: Words = frozenset()
    starters: Words = frozenset()
    halves: Words = frozenset()
    timed: Words = frozenset()
    contracted: Words = frozenset()
    before_ordinals: Words = frozenset()


class Frequent(Part):
    """The commonest words of running text, in lower case: they name the language and weigh a line."""

    FILE = "frequent"
    words: Words = frozenset()
