"""The parts of the vocabulary for verbs, clauses, people and claims."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated

from pydantic import BeforeValidator, Field

from dateline.transforms.lexicon.parts import (
    Part,
    Phrases,
    Words,
    by_form,
)


class Verbs(Part):
    """Base forms of verbs, and the irregular forms of each: ``irregular["found"]`` is ``find``."""

    FILE = "verbs"
    bases: Words = frozenset()
    irregular: Annotated[dict[str, str], BeforeValidator(by_form)] = Field(default_factory=dict)


class Clauses(Part):
    """The closed words that clauses are read by, case-folded, verbs in base form.

    ``semi_adjectives`` ("is set to") and ``semi_verbs`` ("plans to") with "to" make one group with the
    verb behind them; ``plans`` and ``future`` of them tell what is to come. ``control`` are verbs whose
    object acts ("urged Ruiz to resign"), ``clausal`` take a clause without an opener, ``hearing`` a
    hearer before it, ``asking`` a question. ``participles`` are past participles that are no past form,
    ``unchanged`` those that look like a noun. Behind "be" an infinitive tells a purpose after ``locatives``
    ("was there to help") and a quality where it is one of ``gerundives`` ("is to blame").
    ``contrasting`` are subordinators that set one act beside another.
    The file explains the other fields.
    """

    FILE = "clauses"
    locatives: Words = frozenset()
    gerundives: Words = frozenset()
    be: Words = frozenset()
    have: Words = frozenset()
    do: Words = frozenset()
    modals: Words = frozenset()
    negations: Words = frozenset()
    subordinators: Words = frozenset()
    prepositions: Words = frozenset()
    compound_prepositions: Phrases = ()
    relatives: Words = frozenset()
    semi_adjectives: Words = frozenset()
    semi_verbs: Words = frozenset()
    plans: Words = frozenset()
    future: Words = frozenset()
    control: Words = frozenset()
    clausal: Words = frozenset()
    hearing: Words = frozenset()
    asking: Words = frozenset()
    unchanged: Words = frozenset()
    contrasting: Words = frozenset()
    participles: Words = frozenset()
    trades: Words = frozenset()
    naming: Words = frozenset()
    promising: Words = frozenset()
    spans_of_time: Words = frozenset()
    near_times: Words = frozenset()
    within: Words = frozenset()
    contrasts: Words = frozenset()
    deictic: Words = frozenset()
    days: Words = frozenset()
    months: Words = frozenset()
    adverbial_questions: Words = frozenset()
    quantifiers: Words = frozenset()
    floating: Words = frozenset()
    reflexive: Words = frozenset()
    objective: Words = frozenset()
    amounts: Words = frozenset()
    amounts_behind_verbs: Words = frozenset()
    comparatives: Words = frozenset()
    behind_comparatives: Words = frozenset()
    scales: Words = frozenset()
    nouns_too: Words = frozenset()
    groups_of_people: Words = frozenset()
    others: Words = frozenset()
    adjectives: Words = frozenset()
    adverb_particles: Words = frozenset()
    named_months: Words = frozenset()
    get: Words = frozenset()
    past_auxiliaries: Words = frozenset()
    that: Words = frozenset()
    whether: Words = frozenset()
    which: Words = frozenset()
    of_people: Words = frozenset()
    papers: Words = frozenset()
    where: Words = frozenset()
    conditions: Words = frozenset()
    adverbial: Words = frozenset()
    base_be: Words = frozenset()
    having: Words = frozenset()
    being: Words = frozenset()
    going: Words = frozenset()
    to: Words = frozenset()
    by: Words = frozenset()
    say: Words = frozenset()
    supposing: Words = frozenset()
    past_nouns: Words = frozenset()
    indefinite: Words = frozenset()
    shares: Words = frozenset()
    full_modals: Annotated[dict[str, str], BeforeValidator(by_form)] = Field(default_factory=dict)


class People(Part):
    """Words around the names of persons and bodies, case-folded.

    ``titles`` are forms of address, ``roles`` say what somebody is, ``fields`` those of them that name nobody
    on their own ("foreign"); ``female`` and ``male`` are
    those of them that are said of one sex alone. ``honours`` stand behind a name. ``organs`` and ``firms`` are last words of names that are no
    person's, ``family_first`` family names that stand before the given name, ``guards`` bodies whose noun is one of
    persons too, ``seats`` places that stand for their governments. ``kin`` are nouns of relatives, who share a family
    name. ``humans`` are nouns of human beings beside roles, ``crowds`` those that are plural without an ending. ``bodies`` gives the noun of a body or
    thing the words that its full name may have ("the agency" of a Transport Authority).
    """

    FILE = "people"
    titles: Words = frozenset()
    roles: Words = frozenset()
    fields: Words = frozenset()
    female: Words = frozenset()
    male: Words = frozenset()
    organs: Words = frozenset()
    firms: Words = frozenset()
    family_first: Words = frozenset()
    guards: Phrases = ()
    either: Words = frozenset()
    honours: Words = frozenset()
    common: Words = frozenset()
    kin: Words = frozenset()
    seats: Words = frozenset()
    humans: Words = frozenset()
    crowds: Words = frozenset()
    bodies: dict[str, Words] = Field(default_factory=dict)

    @cached_property
    def beings(self) -> frozenset[str]:
        """Nouns of human beings, in the singular: roles and others."""
        return (self.roles | self.humans) - self.fields


class Claims(Part):
    """The closed words that claims are read by, case-folded. The file explains the fields.

    In a ``verb_second`` language the subject stands behind the verb where something else opens the sentence; with
    ``capital_nouns`` a capital tells no name. With ``drops_subject`` a verb needs no subject ("Explicó que").
    """

    FILE = "claims"
    auxiliaries: Words = frozenset()
    pronouns: Words = frozenset()
    he: Words = frozenset()
    she: Words = frozenset()
    it: Words = frozenset()
    unnamed: Words = frozenset()
    first_person: Words = frozenset()
    relatives: Words = frozenset()
    determiners: Words = frozenset()
    these: Words = frozenset()
    two: Words = frozenset()
    both: Words = frozenset()
    many: Words = frozenset()
    one: Words = frozenset()
    of_them: Phrases = ()
    agents: Phrases = ()
    bodies: Phrases = ()
    plurals: Phrases = ()
    no_plurals: Phrases = ()
    prepositions: Words = frozenset()
    no_subject: Words = frozenset()
    articles: Words = frozenset()
    indefinite: Words = frozenset()
    definite: Words = frozenset()
    impersonal: Words = frozenset()
    widening: Words = frozenset()
    of: Words = frozenset()
    by: Words = frozenset()
    office_of: Words = frozenset()
    role_joins: Words = frozenset()
    name_joins: Words = frozenset()
    conjunctions: Words = frozenset()
    such: Words = frozenset()
    small: Words = frozenset()
    times: Words = frozenset()
    before_time: Words = frozenset()
    telling: Words = frozenset()
    never_inverted: Words = frozenset()
    heard: Words = frozenset()
    hearing: Words = frozenset()
    occasion_at: Words = frozenset()
    occasion_endings: Phrases = ()
    quoted: Words = frozenset()
    as_saying: Words = frozenset()
    before_saying: Words = frozenset()
    citing: Words = frozenset()
    cite: Words = frozenset()
    known: Words = frozenset()
    making: Words = frozenset()
    accused_of: Words = frozenset()
    words_of: Words = frozenset()
    torn: Words = frozenset()
    torn_alone: Words = frozenset()
    nobody: Words = frozenset()
    helpers: Words = frozenset()
    negations: Words = frozenset()
    refusals: Words = frozenset()
    plans: Words = frozenset()
    to: Words = frozenset()
    future: Words = frozenset()
    maybe: Words = frozenset()
    appointing: Words = frozenset()
    yet: Words = frozenset()
    wanting: Words = frozenset()
    askers: Words = frozenset()
    answerers: Words = frozenset()
    handing: Words = frozenset()
    conditions: Words = frozenset()
    joining: Words = frozenset()
    as_said: Words = frozenset()
    thus: Words = frozenset()
    as_what: Words = frozenset()
    this: Phrases = ()
    this_one: Words = frozenset()
    anybody: Words = frozenset()
    anybody_first: Words = frozenset()
    modals: Words = frozenset()
    infinitives: Phrases = ()
    supposing: Words = frozenset()
    inverted_if: Words = frozenset()
    it_says: Words = frozenset()
    noun_endings: Phrases = ()
    adverb_endings: Phrases = ()
    passive: Words = frozenset()
    tellings: Words = frozenset()
    this_before: Words = frozenset()
    reflexive: Words = frozenset()
    accusative: Words = frozenset()
    beside: Words = frozenset()
    masculine: Words = frozenset()
    feminine: Words = frozenset()
    he_endings: Phrases = ()
    she_endings: Phrases = ()
    he_roles: Phrases = ()
    she_roles: Phrases = ()
    particles: Words = frozenset()
    plural_verbs: Phrases = ()
    drops_subject: bool = False
    mute: Words = frozenset()
    mute_endings: Phrases = ()
    verb_second: bool = False
    capital_nouns: bool = False

    @cached_property
    def this_words(self) -> tuple[tuple[str, ...], ...]:
        """The phrases for what the sentence before told, by their words, the longest first."""
        return tuple(sorted((tuple(phrase.split()) for phrase in self.this), key=lambda p: (-len(p), p)))

    @cached_property
    def verb_words(self) -> frozenset[str]:
        """Words that may stand before a verb and are of its group."""
        return self.auxiliaries | self.future | self.maybe
