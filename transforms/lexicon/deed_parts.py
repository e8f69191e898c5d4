"""The parts of the vocabulary for deeds, and for statements that are political acts."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from dateline.transforms.lexicon.parts import Divided, Entry, Part, Phrases, Words

PloverRoot = Literal[
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT", "INVESTIGATE", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
"""The sixteen types of political acts of PLOVER, under the names that POLECAT gave them; RETREAT is its YIELD."""


class Frame(Entry):
    """What some verbs report, and where its parties stand. The file explains the fields."""

    meaning: str
    verbs: Divided
    to: Annotated[
        tuple[str, ...], BeforeValidator(lambda v: tuple(v.split()) if isinstance(v, str) else v)
    ] = ()
    plover: PloverRoot | None = None
    kind: Literal["did", "said", "neither"] = "did"
    subject: Literal["actor", "recipient"] = "actor"
    voice: Literal["active", "passive"] | None = None
    acted: bool = False
    over: bool = False
    yields: bool = False
    impersonal: bool = False


class Deeds(Part):
    """Frames of verbs, and the words that parties and modality are read by. The file explains the fields."""

    FILE = "deeds"
    persons: Words = frozenset()
    amounts: Words = frozenset()
    means: Words = frozenset()
    beside_acts: Words = frozenset()
    authorities: Words = frozenset()
    copulas: Words = frozenset()
    articles: Words = frozenset()
    counts: Words = frozenset()
    measures: Words = frozenset()
    nobody: Words = frozenset()
    pointing: Words = frozenset()
    governors: Words = frozenset()
    periods: Words = frozenset()
    transitive: Words = frozenset()
    ordering: Words = frozenset()
    aims: Words = frozenset()
    maybe: Words = frozenset()
    unreal: Words = frozenset()
    not_all: Words = frozenset()
    forecasts: Words = frozenset()
    conditions: Words = frozenset()
    comparing: Words = frozenset()
    seeing: Words = frozenset()
    readiness: Words = frozenset()
    none: Words = frozenset()
    towards: Words = frozenset()
    movement: Words = frozenset()
    time_edges: Words = frozenset()
    joints: Words = frozenset()
    more: Words = frozenset()
    of: Words = frozenset()
    by: Words = frozenset()
    to: Words = frozenset()
    be: Words = frozenset()
    yet: Words = frozenset()
    habitual: Words = frozenset()
    clause_openers: Words = frozenset()
    before_hearers: Words = frozenset()
    heard_by_object: Words = frozenset()
    heard_by_person: Words = frozenset()
    adjacent: Words = frozenset()
    violence: Words = frozenset()
    within: Words = frozenset()
    nouns: dict[str, Words] = Field(default_factory=dict)
    frame: tuple[Frame, ...] = ()


class Stance(Part):
    """Words that make a plain statement a political act, case-folded. The file explains the fields."""

    FILE = "stance"
    speakers: Words = frozenset()
    reported: Words = frozenset()
    persons: Words = frozenset()
    consent: Words = frozenset()
    restating: Words = frozenset()
    refusal: Words = frozenset()
    refusal_phrases: Phrases = ()
    moves: Words = frozenset()
    changing: Words = frozenset()
    supporting: Words = frozenset()
    blaming_phrases: Phrases = ()
    naming: Words = frozenset()
    disparaging: Words = frozenset()
    praising: Words = frozenset()
    praising_phrases: Phrases = ()
    thankful: Words = frozenset()
    regretting: Words = frozenset()
    own: Words = frozenset()
    apologetic: Words = frozenset()
    commanding: Words = frozenset()
    impersonal: Words = frozenset()
    reprisals: Words = frozenset()
    reprisal_phrases: Phrases = ()
    blaming: Words = frozenset()
    blamed: Words = frozenset()
    demands: Words = frozenset()
    idle: Words = frozenset()
    please: Words = frozenset()
    be: Words = frozenset()
