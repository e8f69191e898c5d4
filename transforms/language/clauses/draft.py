"""Drafts of clauses, and the state of their sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dateline.transforms import lexicon
from dateline.transforms.language.clauses.items import Items
from dateline.transforms.model import ClauseKind, Oblique, Run, VerbGroup
from dateline.transforms.model.clause import new

SAYING = lexicon.saying("en")
WORDS = lexicon.clauses("en")
MAX_CHAIN = 12
"""Steps along one chain: phrases of a subject, clauses that enclose each other."""
MAX_PENDING = 8


class Draft:
    """A clause; numbers of items, not of tokens, tell where it stands.

    ``item`` is its verb, ``start`` its first item, ``near`` the last item before the verb that is no adverb or time.
    What follows from these when all verbs of the stream are read is set by :mod:`.arguments` and :mod:`.records` alone:
    ``stop``, one past its last item, ``objects``, ``obliques`` and ``complement``, its tokens ``[first, last)``, and
    ``number``, its place among the clauses of its sentence.
    """

    __slots__ = (
        "complement", "encloser", "first", "inverted", "item", "kind", "last", "marker", "modifies", "near", "number", "objects",
        "obliques", "shared", "start", "stop", "subject", "subject_head", "verb",
    )  # fmt: skip
    number: int
    first: int
    last: int
    stop: int
    objects: list[Run]
    obliques: list[Oblique]
    complement: Run | None

    def __init__(self, verb: VerbGroup, item: int) -> None:
        self.verb = verb
        self.item = self.start = item
        self.near = item - 1
        self.kind: ClauseKind = "main"
        self.marker: int | None = None
        self.subject: Run | None = None
        self.subject_head: int | None = None
        self.shared = False
        self.encloser: Draft | None = None
        self.modifies: int | None = None
        self.inverted = False

    def share(self, source: Draft | None) -> None:
        """Take the subject of another clause."""
        if source is not None and source.subject is not None:
            self.subject, self.subject_head, self.shared = source.subject, source.subject_head, True

    @property
    def says(self) -> bool:
        """Whether the verb is one of saying."""
        return self.verb.lemma in SAYING.verbs and self.verb.voice == "active"

    @property
    def takes_clause(self) -> bool:
        """Whether a clause without "that" may follow the verb."""
        base = self.verb.lemma
        return (self.verb.voice == "active" and (base in WORDS.clausal or base in SAYING.verbs)) or (
            base in WORDS.hearing
        )

    @property
    def shape(self) -> tuple[str, str, bool]:
        """The form that two verbs with a shared subject have in common."""
        return self.verb.tense, self.verb.aspect, self.verb.modal is not None

    def top(self) -> Draft:
        """The clause that encloses all others around this one."""
        seen = self
        for _ in range(MAX_CHAIN):
            if seen.encloser is None:
                break
            seen = seen.encloser
        return seen

    def nearest_finite(self) -> Draft | None:
        """This clause if it is finite, else the nearest around it that is."""
        seen: Draft | None = self
        for _ in range(MAX_CHAIN):
            if seen is None or seen.verb.finite:
                break
            seen = seen.encloser
        return seen


class Waiting(NamedTuple):
    """A subject whose verb has not come yet, and how its clause began.

    ``before`` is the kind of the item before it, ``at`` the first item of its clause, ``prior`` the clause
    before that.
    """

    subject: Run
    head: int
    marker: int | None
    before: str
    at: int
    prior: Draft | None


class Stream:
    """The items of a sentence outside of its quotations, or of one quotation, and the clauses read so far.

    ``kinds``, ``firsts``, ``lasts``, ``nouns`` and ``verbs`` are the columns of the ``count`` items. ``fronted`` are clauses that stand before the main clause that they belong to.
    """

    def __init__(self, low: Sequence[str], items: Items) -> None:
        self.low = low
        self.kinds = items.kinds
        self.firsts, self.lasts, self.nouns, self.verbs = items.firsts, items.lasts, items.nouns, items.verbs
        self.count = len(self.kinds)
        self.drafts: list[Draft] = []
        self.waiting: list[Waiting] = []
        self.fronted: list[Draft] = []
        self.markers: set[int] = set()

    def kind(self, at: int, floor: int = 0) -> str:
        """The kind of an item, nothing before ``floor``."""
        return self.kinds[at] if at >= floor else ""

    def word(self, at: int) -> str:
        """The first word of an item in lower case."""
        return self.low[self.firsts[at]]

    def run(self, first: int, last: int) -> Run:
        """The tokens of items ``first`` to ``last``, both included."""
        return new(Run, (self.firsts[first], self.lasts[last]))

    def phrase(self, r: int, floor: int) -> int:
        """The first item of the noun phrase that ends with the noun group ``r``: across prepositions."""
        first, kinds = r, self.kinds
        if r - 2 < floor or kinds[r - 1] != "i":
            return r
        for _ in range(MAX_CHAIN):
            if first - 2 < floor or kinds[first - 1] != "i" or kinds[first - 2] != "N":
                break
            noun = self.nouns[first - 2]
            if noun is not None and noun.time and self.word(first - 1) != "of":
                break
            first -= 2
        return first

    def row(self, first: int, floor: int) -> int:
        """The first item of a row of phrases ("Ruiz, Duran and Lee") whose last phrase begins at ``first``."""
        kinds = self.kinds
        if first - 2 < floor or kinds[first - 1] != "c" or kinds[first - 2] != "N":
            return first
        if self.word(first - 1) not in ("and", "or", "nor"):
            return first
        left = self.phrase(first - 2, floor)
        for _ in range(MAX_CHAIN):
            if left - 2 < floor or kinds[left - 1] != "," or kinds[left - 2] != "N":
                break
            wider = self.phrase(left - 2, floor)
            noun = self.nouns[wider]
            if self.kind(wider - 1, floor) in ("i", "k", "t") or (noun is not None and noun.time):
                break
            left = wider
        return left

    def head(self, first: int, last: int) -> int:
        """The head token of the phrase of items ``first`` to ``last``.

        It is the noun of the first group, but for a title that ends in a name ("Board of Trustees chairman Ana
        Ruiz").
        """
        lead = self.nouns[first]
        assert lead is not None
        if first == last:
            return lead.head
        final = self.nouns[last]
        if (
            final is not None
            and final.named
            and not lead.named
            and last - first == 2
            and self.word(first + 1) == "of"
        ):
            return final.head
        return lead.head

    def clear_fronted(self, main: Draft) -> None:
        """Attach the fronted clauses to the main clause that has followed."""
        above = main.encloser
        around = []
        for _ in range(MAX_CHAIN):
            if above is None:
                break
            around.append(above)
            above = above.encloser
        for draft in self.fronted:
            if draft not in around:
                # No clause is tied to one that it encloses itself.
                draft.encloser = main
        self.fronted.clear()
