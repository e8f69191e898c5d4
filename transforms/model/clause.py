"""Clauses of a sentence: who does what, as runs of tokens of the parse.

A page has hundreds of clauses, so they are plain tuples of token numbers.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Voice = Literal["active", "passive"]
Tense = Literal["past", "present", "future", "none"]
Aspect = Literal["simple", "perfect", "progressive"]
ClauseKind = Literal[
    "main",
    "coordinate",
    "complement",
    "relative",
    "participle",
    "infinitive",
    "adverbial",
    "parenthetical",
]
ComplementKind = Literal["that", "quotation", "infinitive"]


new = tuple.__new__
"""Makes a named tuple of its fields in half the time of its class: ``new(Run, (3, 5))``."""


class Run(NamedTuple):
    """Tokens ``[first, last)``."""

    first: int
    last: int


class Oblique(NamedTuple):
    """A phrase beside the verb: ``preposition`` is its token, none before a bare time ("signed Tuesday")."""

    preposition: int | None
    phrase: Run


class VerbGroup(NamedTuple):
    """A verb with its auxiliaries and the adverbs between them, tokens ``[first, last)``.

    ``head`` is the token of the content verb, ``lemma`` its base form with its particle
    ("step down"), ``modal`` an auxiliary ("may", "will") or a semi-modal without "be" ("set to",
    "plan to", "due to"). A group whose modal is a plan has the tense ``future``.
    """

    first: int
    last: int
    head: int
    lemma: str
    particle: int | None
    voice: Voice
    tense: Tense
    aspect: Aspect
    modal: str | None
    negated: bool
    finite: bool


class Clause(NamedTuple):
    """One verb and what belongs to it. A sentence without a verb has no clause.

    ``first`` and ``last`` hold the clause with all that it encloses. ``marker`` is the word that
    opens it ("that", "who", "because", "by"). ``subject`` is the whole phrase without its asides
    ("Ana Ruiz" of "Ana Ruiz, 51, on Tuesday signed"), ``subject_head`` its head noun; ``shared``
    where it is the subject of another clause ("came and *signed*", "coming home, *signed*"). The
    subject of a relative clause is its pronoun, and ``modifies`` the noun that it stands for.
    ``encloser`` is the index in ``Parse.clauses`` of the clause that this one belongs to; a reported
    clause belongs to its verb of saying even where that follows.
    """

    sentence: int
    first: int
    last: int
    kind: ClauseKind
    verb: VerbGroup
    marker: int | None = None
    subject: Run | None = None
    subject_head: int | None = None
    shared: bool = False
    objects: tuple[Run, ...] = ()
    obliques: tuple[Oblique, ...] = ()
    complement: Run | None = None
    complement_kind: ComplementKind | None = None
    encloser: int | None = None
    modifies: int | None = None
