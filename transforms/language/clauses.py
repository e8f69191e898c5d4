"""The clauses of a sentence, by a cascade: letters, noun and verb groups, then one clause a verb group.

The stretch of groups between two verbs (the gap) decides how the second is tied to the first: by what
stands right before the verb (its subject, a relative pronoun, "and", a comma) and by the word that opens
the clause. A subject whose verb has not come yet is kept while asides and relative clauses pass. The idea of
finite cascades is Abney's ("Partial parsing via finite-state cascades", 1996).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from transforms import deadline, lexicon
from transforms.language.groups import NounGroup, noun_group, verb_group
from transforms.language.lemmas import lemma
from transforms.language.symbols import symbols
from transforms.model import Clause, ClauseKind, ComplementKind, Oblique, Run, Sentence, VerbGroup

_SAYING, _CLAUSES = lexicon.saying("en"), lexicon.clauses("en")
MAX_CLAUSES = 120
"""Clauses of one sentence; a sentence with more is no prose."""
_MARKS = frozenset([*",.;:-()", '"', "c"])
MAX_PENDING = 8
MAX_CHAIN = 12
"""Phrases that one subject may hold ("the head of the office of the …")."""


class Item(NamedTuple):
    """A noun group, a verb group, a quotation or a single word; ``kind`` is ``N``, ``V``, ``Q`` or its letter."""

    kind: str
    first: int
    last: int
    noun: NounGroup | None = None
    verb: VerbGroup | None = None


class _Draft:
    """A clause while it is read."""

    __slots__ = (
        "aside",
        "complement",
        "encloser",
        "inverted",
        "item",
        "kind",
        "marker",
        "modifies",
        "near",
        "objects",
        "obliques",
        "quoted",
        "shared",
        "start",
        "stop",
        "subject",
        "subject_head",
        "verb",
    )  # fmt: skip

    def __init__(self, verb: VerbGroup, item: int, start: int) -> None:
        self.verb, self.item, self.start = verb, item, start
        self.near = item - 1
        self.stop = item + 1
        self.kind: ClauseKind = "main"
        self.marker: int | None = None
        self.subject: Run | None = None
        self.subject_head: int | None = None
        self.shared = False
        self.encloser: _Draft | None = None
        self.modifies: int | None = None
        self.objects: list[Run] = []
        self.obliques: list[Oblique] = []
        self.complement: Run | None = None
        self.quoted = False
        self.inverted = False
        self.aside = False


class _Pending(NamedTuple):
    """A subject that waits for its verb, and what stood before it."""

    subject: Run
    head: int
    start: int
    marker: int | None
    before: str
    prior: _Draft | None
    at: int


class _Reader:
    """Reads one stream of items: a sentence outside of its quotations, or one of these."""

    def __init__(self, low: Sequence[str], items: Sequence[Item]) -> None:
        self.low, self.items = low, items
        self.saying, self.nouns, self.lex = _SAYING.verbs, _SAYING.nouns, _CLAUSES
        self.drafts: list[_Draft] = []
        self.pending: list[_Pending] = []
        self.fronted: list[_Draft] = []
        self.used: set[int] = set()

    # -- the gap before a verb

    def read(self) -> list[_Draft]:
        gap = 0
        for at, item in enumerate(self.items):
            if item.kind == "V" and len(self.drafts) < MAX_CLAUSES:
                assert item.verb is not None
                self.attach(gap, at, item.verb)
                gap = at + 1
        for n, draft in enumerate(self.drafts):
            stop = len(self.items)
            if n + 1 < len(self.drafts):
                after = self.drafts[n + 1]
                stop = after.start if after.start > draft.item else after.near + 1
            draft.stop = max(stop, draft.item + 1)
            self.arguments(draft, draft.stop)
        subjects = {d.subject for d in self.drafts if d.verb.finite and not d.shared}
        for draft in self.drafts:
            draft.objects = [o for o in draft.objects if o not in subjects or draft.subject == o]
        return self.drafts

    def kind(self, at: int, floor: int) -> str:
        return self.items[at].kind if at >= floor else ""

    def attach(self, gap: int, at: int, verb: VerbGroup) -> None:
        prior = self.drafts[-1] if self.drafts else None
        draft = _Draft(verb, at, at)
        r = at - 1
        while r >= gap and self.items[r].kind in "rx.":
            r -= 1
        draft.near = r
        if not verb.finite:
            self.loose(draft, gap, r, prior)
        else:
            near = self.before_time(r, gap)
            if near != r and not self.stands(near, gap):
                near = r
            draft.near = near
            self.tie(draft, gap, near, prior)
        self.drafts.append(draft)

    def before_time(self, r: int, gap: int) -> int:
        """Past a time between subject and verb ("Ruiz on Tuesday signed")."""
        for _ in range(3):
            noun = self.items[r].noun if r >= gap else None
            if noun is None or not noun.time:
                break
            r -= 1
            if r >= gap and self.items[r].kind == "i":
                r -= 1
            while r >= gap and self.items[r].kind in "r":
                r -= 1
        return r

    def stands(self, r: int, gap: int) -> bool:
        """Whether a subject can be found at ``r`` of the gap."""
        return r >= gap and (
            self.items[r].kind in "N,wW)-" or (self.items[r].kind == "c" and bool(self.drafts))
        )

    def phrase(self, r: int, gap: int) -> int:
        """The first item of the noun phrase that ends with the noun group ``r``: across prepositions."""
        first = r
        for _ in range(MAX_CHAIN):
            if first - 2 >= gap and self.items[first - 1].kind in "i" and self.items[first - 2].kind == "N":
                if self.items[first - 2].noun.time and self.low[self.items[first - 1].first] != "of":  # type: ignore[union-attr]
                    break
                first -= 2
            else:
                break
        return first

    def joined(self, first: int, gap: int) -> int:
        """The first item of a row of phrases ("Ruiz, Duran and Lee") that ends with the phrase at ``first``."""
        if first - 2 < gap or self.items[first - 1].kind != "c" or self.items[first - 2].kind != "N":
            return first
        if first - 1 > gap and self.low[self.items[first - 1].first] == "but":
            return first
        left = self.phrase(first - 2, gap)
        for _ in range(MAX_CHAIN):
            if left - 2 >= gap and self.items[left - 1].kind == "," and self.items[left - 2].kind == "N":
                left = self.phrase(left - 2, gap)
            else:
                break
        return left

    def tie(self, draft: _Draft, gap: int, r: int, prior: _Draft | None) -> None:
        """Find the subject of a finite verb and the clause that it belongs to."""
        kind = self.kind(r, gap)
        if kind in ("w", "W", "T"):
            self.relative(draft, gap, r, prior)
        elif kind == "N":
            self.own(draft, gap, r, prior)
        elif kind == "c" and (prior is not None or self.pending):
            self.conjoined(draft, gap, r, prior)
        elif kind == "k":
            # "than expected", "as agreed": no subject of its own.
            draft.kind, draft.marker, draft.encloser, draft.start = "adverbial", self.items[r].first, prior, r
            self.used.add(r)
        elif self.waits(draft, gap, r):
            pass
        elif prior is not None and kind in (",", "-", ")", "Q"):
            self.late(draft, gap, r, prior)
        elif prior is not None:
            self.bare(draft, gap, r, prior)
        else:
            draft.start = gap
            draft.kind = "main"
            draft.inverted = (
                kind in ("Q", ",") and verb_of_saying(draft.verb, self.saying) and self.follows(draft)
            )

    def waits(self, draft: _Draft, gap: int, r: int) -> bool:
        """The subject that waits for its verb: behind asides, relative clauses and participles."""
        if not self.pending:
            # "Ruiz, 51, mayor of Y, signed": the phrase before the first comma.
            found = self.opening(gap, r)
            if found is None:
                return False
            self.pending.append(found)
        p = self.pending.pop()
        draft.subject, draft.subject_head, draft.marker = p.subject, p.head, p.marker
        draft.start = p.at
        self.place(draft, p.before, p.prior, p.at)
        return True

    def opening(self, gap: int, r: int) -> _Pending | None:
        """The first phrase of the gap that no preposition governs, with what stands before it."""
        prior = self.drafts[-1] if self.drafts else None
        k = gap
        while k <= r:
            item = self.items[k]
            if item.kind == "N" and k not in self.used and not (item.noun and item.noun.time):
                before = self.kind(k - 1, gap)
                if before not in ("i", "t"):
                    last = k
                    while (
                        last + 2 <= r
                        and self.items[last + 1].kind == "i"
                        and self.items[last + 2].kind == "N"
                    ):
                        last += 2
                    while (
                        last + 2 <= r
                        and self.items[last + 1].kind == "c"
                        and self.items[last + 2].kind == "N"
                    ):
                        last += 2
                    if prior is not None and before == "" and not self.takes(prior):
                        k += 1
                        continue
                    if prior is not None and before == "," and not self.fronted:
                        k += 1
                        continue
                    marker = self.items[k - 1].first if before in ("k", "T", "W") else None
                    at = k - 1 if before in ("k", "T", "W", "c") else k
                    assert item.noun is not None
                    return _Pending(
                        Run(item.first, self.items[last].last), item.noun.head, item.first, marker,
                        before or "", prior, at,
                    )  # fmt: skip
            k += 1
        return None

    def relative(self, draft: _Draft, gap: int, r: int, prior: _Draft | None) -> None:
        """ "who signed", "that ended", "what happened": the pronoun is the subject."""
        word = self.items[r]
        draft.start, draft.marker = r, word.first
        draft.subject, draft.subject_head = Run(word.first, word.last), word.first
        draft.encloser = prior
        noun = next((k for k in range(r - 1, gap - 1, -1) if self.items[k].kind == "N"), None)
        if word.kind == "W" or noun is None:
            if word.kind == "W" and self.low[word.first] in ("when", "where", "if", "why", "how"):
                draft.subject = draft.subject_head = None
            draft.kind = "complement" if prior is not None else "main"
            if word.kind == "T" and prior is not None:
                draft.subject = draft.subject_head = None
            return
        back = self.kind(r - 1, gap)
        if back not in ("N", ",", "-", ")", "i", "r", ""):
            draft.kind = "complement"
            return
        self.keep(gap, r - 1)
        draft.kind = "relative"
        found = self.items[noun].noun
        assert found is not None
        draft.modifies = found.head
        if self.low[word.first] in ("who", "whom"):
            # "the head of the bank who": people hang on the first noun of the phrase unless a name is nearer.
            lead = self.items[self.phrase(noun, gap)].noun
            assert lead is not None
            draft.modifies = (
                lead.head if found.head != lead.head and lead.last - lead.first <= 6 else found.head
            )
        if self.pending and draft.encloser is None:
            draft.encloser = None

    def keep(self, gap: int, r: int) -> None:
        """Remember the subject at the head of the gap, whose verb comes behind the clause that opens now."""
        found = self.opening(gap, r)
        if found is not None and len(self.pending) < MAX_PENDING:
            self.pending.append(found)

    def own(self, draft: _Draft, gap: int, r: int, prior: _Draft | None) -> None:
        """A verb right behind a noun phrase."""
        first = self.phrase(r, gap)
        before = self.kind(first - 1, gap)
        if before in ("i", "t") or (before == "k" and not self.opens(first - 1, gap, prior)):
            # The phrase belongs to a preposition: "of those killed in Oslo | was".
            if self.waits(draft, gap, first - 2) or prior is None:
                if prior is None and draft.subject is None:
                    draft.start = gap
                return
            self.bare(draft, gap, r, prior)
            return
        if (
            self.pending
            and before == ""
            and prior is not None
            and prior.kind in ("relative", "participle", "infinitive")
            and not self.takes(prior)
            and not self.doubled(first, r, gap)
        ):
            # "The man who shot Duran | was held": the object of the relative clause is no subject.
            self.waits(draft, gap, r)
            return
        left = first
        joined = self.joined(first, gap)
        if joined != first:
            head = self.kind(joined - 1, gap)
            free = (
                prior is None
                or head in ("k", "T", "W", ";", ":")
                or (head == "" and self.takes(prior))
                or (head == "," and bool(self.fronted))
            )
            if free and head not in ("i", "t"):
                left = joined
        item, last = self.items[left], self.items[r]
        # "Ruiz, the mayor, signed" ends with the comma; "The vote, Ruiz said, was" keeps the vote waiting.
        noun = item.noun if left != first else self.items[first].noun
        assert noun is not None
        draft.subject, draft.subject_head = Run(item.first, last.last), noun.head
        before = self.kind(left - 1, gap)
        draft.start = left
        if before in ("k", "T", "W", "w"):
            draft.marker, draft.start = self.items[left - 1].first, left - 1
            if before == "k":
                self.used.add(left - 1)
        elif before == "c":
            draft.start = left - 1
        if before == "," and verb_of_saying(draft.verb, self.saying) and self.aside(draft, gap, left, prior):
            return
        if before == "w" or (before == "N" and self.zero_relative(left, gap, prior)):
            self.object_relative(draft, gap, left, prior, before)
            return
        if before == "" and prior is None and draft.start > gap:
            draft.start = gap
        self.place(draft, before, prior, draft.start)
        if draft.encloser is None and draft.kind == "main" and not self.drafts:
            draft.start = gap

    def doubled(self, first: int, r: int, gap: int) -> bool:
        """Two phrases side by side: the second is a subject."""
        return self.kind(first - 1, gap) == "N" or self.kind(first - 1, gap) == ","

    def opens(self, at: int, gap: int, prior: _Draft | None) -> bool:
        """Whether a subordinator at ``at`` opens a clause, with its subject right behind it."""
        return True

    def aside(self, draft: _Draft, gap: int, left: int, prior: _Draft | None) -> bool:
        """ "The vote, Ruiz said, was a sham" and "The vote failed, Ruiz said": Ruiz reports the clause around."""
        prior = self.finite(prior)
        if prior is None:
            found = self.opening(gap, left - 2)
            if found is None and not self.pending:
                return False
            if found is not None:
                self.pending.append(found)
            draft.kind, draft.aside = "parenthetical", True
            return True
        main = prior
        for _ in range(MAX_CHAIN):
            if main.encloser is None:
                break
            main = main.encloser
        following = self.items[draft.item + 1].kind if draft.item + 1 < len(self.items) else ""
        if following in ("T", "N", "p", "V") and not self.ends(draft.item + 1):
            return False
        if main.kind in ("adverbial",) or main in self.fronted:
            return False
        self.report(main, draft)
        return True

    def ends(self, at: int) -> bool:
        """Whether only a time or a place follows up to the end or a comma."""
        for k in range(at, min(at + 8, len(self.items))):
            item = self.items[k]
            if item.kind in (",", ".", ";", '"'):
                return True
            if item.kind in ("i", "k") or (
                item.kind == "N"
                and ((k > at and self.items[k - 1].kind in "ik") or (item.noun and item.noun.time))
            ):
                continue
            return False
        return True

    def report(self, said: _Draft, by: _Draft) -> None:
        """Make a clause the complement of the verb of saying that follows it."""
        by.kind = "main" if said.kind in ("main", "coordinate") else said.kind
        by.encloser = said.encloser
        by.aside = True
        said.kind, said.encloser = "complement", by

    def zero_relative(self, left: int, gap: int, prior: _Draft | None) -> bool:
        """ "the deal he signed": a phrase right behind another opens a relative clause."""
        noun = self.items[left - 1].noun
        if noun is None or noun.time:
            return False
        return prior is None or left - 1 > gap or prior.verb.lemma not in self.lex.hearing

    def object_relative(self, draft: _Draft, gap: int, left: int, prior: _Draft | None, before: str) -> None:
        at = (
            left - 1
            if before == "N"
            else next((k for k in range(left - 2, gap - 1, -1) if self.items[k].kind == "N"), -1)
        )
        noun = self.items[at].noun if at >= 0 else None
        if noun is None:
            draft.kind = "complement" if prior is not None else "main"
            draft.encloser = prior
            return
        self.keep(gap, at)
        draft.kind, draft.encloser, draft.modifies = "relative", prior, noun.head
        if before == "w" and lemma(self.low[noun.head]) in self.nouns:
            draft.kind = "complement"
        draft.start = left if before == "N" else left - 1

    def conjoined(self, draft: _Draft, gap: int, r: int, prior: _Draft | None) -> None:
        """ "came and | signed": the subject of the verb before it with the same form."""
        draft.start = r
        draft.kind = "coordinate"
        comma = self.kind(r - 1, gap) == ","
        partner = self.partner(draft, prior, comma)
        if partner is None:
            if not self.waits(draft, gap, r - 1):
                draft.kind, draft.encloser = "main", prior
            return
        draft.encloser = partner.encloser
        draft.modifies = partner.modifies
        draft.subject, draft.subject_head, draft.shared = partner.subject, partner.subject_head, True
        if partner.inverted and partner.objects:
            draft.subject = partner.objects[0]

    def partner(self, draft: _Draft, prior: _Draft | None, comma: bool) -> _Draft | None:
        """The finite clause that a second verb goes on from: the nearest of the same form."""
        shape = _shape(draft.verb)
        first: _Draft | None = None
        seen = prior
        for _ in range(MAX_CHAIN):
            if seen is None:
                break
            if seen.verb.finite and seen.subject is not None:
                if first is None:
                    first = seen
                if _shape(seen.verb) == shape and not (
                    comma and seen.kind == "relative" and seen.encloser is not None
                ):
                    return seen
            seen = seen.encloser
        return first

    def late(self, draft: _Draft, gap: int, r: int, prior: _Draft) -> None:
        """A finite verb behind a comma with no subject before it: ", said Ruiz", "came, saw, won"."""
        if verb_of_saying(draft.verb, self.saying) and self.follows(draft):
            main = prior
            for _ in range(MAX_CHAIN):
                if main.encloser is None:
                    break
                main = main.encloser
            draft.inverted = True
            draft.start = draft.item
            self.report(main, draft)
            return
        self.conjoined(draft, gap, r, prior)
        draft.start = draft.item

    def follows(self, draft: _Draft) -> bool:
        """Whether a phrase that can be an inverted subject stands behind a verb of saying."""
        k = draft.item + 1
        return k < len(self.items) and self.items[k].kind == "N" and draft.verb.lemma not in self.lex.hearing

    def bare(self, draft: _Draft, gap: int, r: int, prior: _Draft) -> None:
        """A finite verb with nothing to lean on: the verb before it was a participle."""
        if (
            prior.verb.finite
            and prior.verb.aspect == "simple"
            and prior.verb.last - prior.verb.first == 1
            and prior.subject is not None
            and not prior.shared
            and prior.verb.modal is None
            and prior.verb.lemma not in self.saying
        ):
            draft.subject, draft.subject_head = prior.subject, prior.subject_head
            draft.kind, draft.encloser, draft.marker = prior.kind, prior.encloser, prior.marker
            draft.start = draft.item
            prior.kind, prior.encloser, prior.marker = "participle", draft, None
            prior.modifies, prior.subject, prior.subject_head = prior.subject_head, None, None
            v = prior.verb
            prior.verb = VerbGroup(
                v.first,
                v.last,
                v.head,
                v.lemma,
                v.particle,
                "passive",
                "none",
                "simple",
                None,
                v.negated,
                False,
            )
            return
        draft.kind, draft.encloser = "complement", prior
        draft.start = draft.item

    # -- where a finite clause belongs

    def takes(self, draft: _Draft) -> bool:
        """Whether a verb can have a clause without "that" behind it."""
        base = draft.verb.lemma
        return (
            draft.verb.voice == "active" and (base in self.lex.clausal or base in self.saying)
        ) or base in self.lex.hearing

    def place(self, draft: _Draft, before: str, prior: _Draft | None, at: int) -> None:
        """Kind and encloser of a finite clause with a subject, by the word before it."""
        if before == "T":
            back = self.kind(at - 1, 0)
            draft.kind, draft.encloser = "complement", prior
            if back == "c":
                earlier = next(
                    (d for d in reversed(self.drafts) if d.kind == "complement"),
                    None,
                )
                if earlier is not None:
                    draft.encloser = earlier.encloser
            elif (back == "N" and prior is not None and not self.takes(prior)) or (
                back == "N" and prior is None
            ):
                noun = self.items[at - 1].noun
                draft.modifies = noun.head if noun else None
                if prior is None:
                    # "The claim that Ruiz lied was false": the claim waits for its verb.
                    found = self.opening(0, at - 1)
                    if found is not None:
                        self.pending.append(found)
        elif before == "k":
            draft.kind, draft.encloser = "adverbial", self.finite(prior)
            if draft.encloser is None:
                self.fronted.append(draft)
        elif before == "W":
            word = self.low[draft.marker] if draft.marker is not None else ""
            says = prior is not None and (
                self.takes(prior) or prior.verb.lemma in ("ask", "wonder", "question", "decide")
            )
            back = self.kind(at - 1, 0)
            if word in ("when", "where") and not says:
                draft.kind, draft.encloser = "adverbial", self.finite(prior)
                if word == "where" and back in (",", "N"):
                    draft.kind = "relative"
            elif word == "if" and not says:
                draft.kind, draft.encloser = "adverbial", self.finite(prior)
            else:
                draft.kind, draft.encloser = "complement", prior
            if draft.encloser is None and prior is None:
                draft.kind = "adverbial" if word in ("when", "where", "if") else "main"
                if draft.kind == "adverbial":
                    self.fronted.append(draft)
        elif prior is None:
            self.lead(draft)
        elif before in (";", ":", "-", "Q"):
            draft.kind = "coordinate"
        elif before == "c":
            top = self.same_level(draft, prior)
            draft.kind = "coordinate"
            if top is not None:
                draft.encloser = top.encloser
                if top.kind in ("complement", "adverbial"):
                    draft.kind = "coordinate"
        elif self.fronted:
            self.lead(draft)
        elif (before == "" and self.takes(prior)) or (before == "N" and self.takes(prior)):
            draft.kind, draft.encloser = "complement", prior
        elif before == ",":
            draft.kind = "coordinate"
            if verb_of_saying(draft.verb, self.saying):
                draft.kind = "main"
        else:
            draft.kind, draft.encloser = "complement", prior

    def lead(self, draft: _Draft) -> None:
        """The main clause behind what was put before it."""
        draft.kind = "main"
        for d in self.fronted:
            d.encloser = draft
        self.fronted.clear()

    def finite(self, draft: _Draft | None) -> _Draft | None:
        """The nearest finite clause, a clause or those that enclose it."""
        for _ in range(MAX_CHAIN):
            if draft is None or draft.verb.finite:
                break
            draft = draft.encloser
        return draft

    def same_level(self, draft: _Draft, prior: _Draft) -> _Draft | None:
        """The clause that "and NAME did" goes on from: the nearest finite one that is no relative clause."""
        seen: _Draft | None = prior
        for _ in range(MAX_CHAIN):
            if seen is None:
                return None
            if seen.verb.finite and seen.kind not in ("relative", "adverbial", "participle"):
                return seen
            seen = seen.encloser
        return seen

    # -- infinitives and participles

    def loose(self, draft: _Draft, gap: int, r: int, prior: _Draft | None) -> None:
        """Tie an infinitive or a participle."""
        s = self.items[draft.item]
        opening = self.low[s.first]
        kind = self.kind(r, gap)
        verb = draft.verb
        to = opening == "to"
        form = self.form(draft)
        draft.kind = "infinitive" if form == "B" else "participle"
        draft.encloser = prior
        if kind == "c":
            draft.start = r
            partner = next(
                (d for d in reversed(self.drafts) if not d.verb.finite and self.form(d) == form), None
            )
            if partner is not None and (not to or self.low[partner.verb.first] == "to"):
                draft.kind, draft.encloser, draft.marker = partner.kind, partner.encloser, partner.marker
                draft.subject, draft.subject_head, draft.shared = partner.subject, partner.subject_head, True
                draft.modifies = partner.modifies
                return
            if form == "V" and prior is not None and prior.verb.voice == "passive":
                # "was arrested and charged": the auxiliary is shared.
                draft.kind, draft.encloser = "coordinate", prior.encloser
                draft.subject, draft.subject_head, draft.shared = prior.subject, prior.subject_head, True
                v, p = verb, prior.verb
                draft.verb = VerbGroup(
                    v.first,
                    v.last,
                    v.head,
                    v.lemma,
                    v.particle,
                    "passive",
                    p.tense,
                    p.aspect,
                    p.modal,
                    v.negated or p.negated,
                    p.finite,
                )
                return
            if (
                form in "VG"
                and prior is not None
                and (prior.verb.aspect == ("perfect" if form == "V" else "progressive"))
            ):
                draft.kind, draft.encloser = "coordinate", prior.encloser
                draft.subject, draft.subject_head, draft.shared = prior.subject, prior.subject_head, True
                v, p = verb, prior.verb
                draft.verb = VerbGroup(
                    v.first,
                    v.last,
                    v.head,
                    v.lemma,
                    v.particle,
                    p.voice,
                    p.tense,
                    p.aspect,
                    p.modal,
                    v.negated or p.negated,
                    p.finite,
                )
                return
            if form == "B" and not to and prior is not None and prior.verb.modal is not None:
                # "will meet and sign"
                draft.kind, draft.encloser = "coordinate", prior.encloser
                draft.subject, draft.subject_head, draft.shared = prior.subject, prior.subject_head, True
                v, p = verb, prior.verb
                draft.verb = VerbGroup(
                    v.first,
                    v.last,
                    v.head,
                    v.lemma,
                    v.particle,
                    v.voice,
                    p.tense,
                    v.aspect,
                    p.modal,
                    v.negated or p.negated,
                    p.finite,
                )
                return
            if form == "B" and not to and prior is not None and prior.kind == "infinitive":
                draft.kind, draft.encloser = "infinitive", prior.encloser
            self.share(draft, prior)
            return
        if kind in ("i", "k", "W", "T"):
            draft.start, draft.marker = r, self.items[r].first
            self.used.add(r)
            back = self.kind(r - 1, gap)
            if back == "N":
                self.keep_subject(draft, gap, r - 1, prior)
            self.share(draft, prior)
            if prior is None and not self.pending:
                self.fronted.append(draft)
            return
        if kind == "N":
            noun = self.items[r].noun
            assert noun is not None
            first = self.phrase(r, gap)
            controlled = (
                prior is not None and first == gap and prior.verb.lemma.split()[0] in self.lex.control
            )
            if form == "B" and controlled and prior is not None and not noun.time:
                lead = self.items[first].noun or noun
                draft.subject = Run(self.items[first].first, self.items[r].last)
                draft.subject_head = lead.head
                return
            if noun.time or (form == "B" and prior is not None):
                if not noun.time and form == "B":
                    draft.modifies = noun.head
                self.share(draft, prior)
                return
            lead = noun
            draft.modifies = lead.head
            self.keep_subject(draft, gap, r, prior)
            return
        if kind in (",", "-", ")") and prior is None:
            # "Ruiz, speaking in Oslo, said": the subject waits.
            found = self.opening(gap, r)
            if found is not None:
                self.pending.append(found)
                draft.subject, draft.subject_head, draft.shared = found.subject, found.head, True
                return
        if prior is None:
            self.fronted.append(draft)
            return
        if kind in (",", "-", ")"):
            found = self.opening(gap, r)
            if found is not None and self.fronted:
                self.pending.append(found)
                draft.subject, draft.subject_head, draft.shared = found.subject, found.head, True
                return
            if form != "B":
                draft.encloser = self.finite(prior) or prior
                if verb.lemma in self.saying:
                    # "X said …, adding": who speaks goes on, not whoever acts in what is said.
                    up: _Draft | None = draft.encloser
                    for _ in range(MAX_CHAIN):
                        if up is None or up.verb.lemma in self.saying:
                            break
                        up = up.encloser
                    draft.encloser = up or draft.encloser
                self.share(draft, draft.encloser)
                return
        self.share(draft, prior)

    def keep_subject(self, draft: _Draft, gap: int, r: int, prior: _Draft | None) -> None:
        """The phrase at the head of the gap waits for its verb behind a participle that hangs on a noun."""
        self.keep(gap, r)

    def form(self, draft: _Draft) -> str:
        """``B`` infinitive, ``G`` "-ing" form, ``V`` past participle."""
        low = self.low[draft.verb.first]
        if low == "to" or (
            not low.endswith("ing") and draft.verb.aspect == "simple" and draft.verb.voice == "active"
        ):
            return "B"
        return "V" if draft.verb.voice == "passive" and low != "being" else "G"

    def share(self, draft: _Draft, source: _Draft | None) -> None:
        if source is None:
            return
        if source.objects and source.verb.lemma in self.lex.control:
            return
        if source.subject is not None:
            draft.subject, draft.subject_head, draft.shared = source.subject, source.subject_head, True

    # -- objects and obliques

    def arguments(self, draft: _Draft, stop: int) -> None:
        """What stands behind a verb up to the next clause, and the phrases before it that are no subject."""
        subject = draft.subject
        lead = draft.item
        if subject is not None and not draft.shared:
            lead = next(
                (k for k in range(draft.start, draft.item) if self.items[k].first >= subject.first), lead
            )
        elif draft.near >= draft.start:
            lead = draft.near + 1
        for k in (*range(draft.start, lead), *range(max(lead, draft.near + 1), draft.item)):
            item = self.items[k]
            if item.kind != "N" or item.noun is None:
                continue
            back = self.items[k - 1] if k > draft.start else None
            if back is not None and back.kind in ("i", "k", "t"):
                if k - 1 not in self.used:
                    draft.obliques.append(Oblique(back.first, Run(item.first, item.last)))
            elif item.noun.time:
                draft.obliques.append(Oblique(None, Run(item.first, item.last)))
        k = draft.item + 1
        state = "object"
        while k < stop:
            item = self.items[k]
            if item.kind == "N" and item.noun is not None:
                back = self.items[k - 1]
                if back.kind in ("i", "k", "t"):
                    if self.low[back.first] == "of" and k - 2 > draft.item and self.items[k - 2].kind == "N":
                        self.widen(draft, item)
                    else:
                        draft.obliques.append(Oblique(back.first, Run(item.first, item.last)))
                        state = "oblique"
                elif item.noun.time:
                    draft.obliques.append(Oblique(None, Run(item.first, item.last)))
                elif back.kind == "c" and k - 2 > draft.item and self.items[k - 2].kind == "N":
                    self.widen(draft, item)
                elif state == "object" and back.kind not in (",", "-", "(", ")", ";", ":"):
                    if draft.inverted and draft.subject is None:
                        last = k
                        while (
                            last + 2 < stop
                            and self.items[last + 1].kind == "i"
                            and self.items[last + 2].kind == "N"
                        ):
                            last += 2
                        draft.subject, draft.subject_head = (
                            Run(item.first, self.items[last].last),
                            item.noun.head,
                        )
                        k = last
                    elif len(draft.objects) < 2:
                        draft.objects.append(Run(item.first, item.last))
            elif item.kind == "Q":
                draft.quoted = True
                if draft.complement is None:
                    draft.complement = Run(item.first, item.last)
            elif item.kind in (";", ":") and k + 1 < len(self.items) and self.items[k + 1].kind != "Q":
                break
            elif item.kind in (",", "-", "("):
                state = "aside"
            k += 1

    def widen(self, draft: _Draft, item: Item) -> None:
        """ "the mayor OF OSLO", "Ruiz AND DURAN": the last object or oblique goes on."""
        if draft.obliques and (
            not draft.objects or draft.obliques[-1].phrase.first > draft.objects[-1].first
        ):
            last = draft.obliques[-1]
            draft.obliques[-1] = Oblique(last.preposition, Run(last.phrase.first, item.last))
        elif draft.objects:
            draft.objects[-1] = Run(draft.objects[-1].first, item.last)


def _shape(verb: VerbGroup) -> tuple[str, str, bool]:
    return verb.tense, verb.aspect, verb.modal is not None


def verb_of_saying(verb: VerbGroup, saying: frozenset[str]) -> bool:
    """Whether a group says something: its base form is a word of saying."""
    return verb.lemma in saying and verb.voice == "active"


def _items(s: str, words: Sequence[str], low: Sequence[str], first: int, last: int) -> list[Item]:
    """The groups and single words of a sentence in order."""
    items: list[Item] = []
    k = first
    while k < last:
        c = s[k]
        if c in "pdsjr0nNymV":
            noun = noun_group(s, low, k, last)
            if noun is not None:
                items.append(Item("N", noun.first, noun.last, noun))
                k = noun.last
                continue
        if c in "MbhoDZVGBt12345":
            verb = verb_group(s, words, low, k, last)
            if verb is not None:
                items.append(Item("V", verb.first, verb.last, None, verb))
                k = verb.last
                continue
            if c == "t":
                c = "i"
        items.append(Item(c, k, k + 1))
        k += 1
    return items


def _streams(items: Sequence[Item], quotes: Sequence[int]) -> list[tuple[list[Item], int]]:
    """Items outside of quotations and brackets, then those inside of each; with the number of the outer item."""
    outer: list[Item] = []
    inner: list[list[Item]] = []
    k = 0
    count = len(items)
    whole = all(quotes[i.first] for i in items)
    while k < count:
        item = items[k]
        number = 0 if whole else quotes[item.first]
        if number:
            stop = k
            while stop < count and quotes[items[stop].first] == number:
                stop += 1
            held = list(items[k:stop])
            back = outer[-1].kind if outer else ""
            finite = any(i.verb is not None and i.verb.finite for i in held)
            if finite and back in ("", ",", ":", "V", "T", "-", "N", "Q", "."):
                outer.append(Item("Q", item.first, held[-1].last))
                inner.append(held)
            else:
                outer += [i for i in held if i.kind != '"']
            k = stop
            continue
        if item.kind == "(":
            close = next((j for j in range(k + 1, min(count, k + 60)) if items[j].kind == ")"), None)
            if close is not None:
                held = list(items[k + 1 : close])
                if any(i.kind == "V" for i in held):
                    inner.append(held)
                k = close + 1
                continue
        outer.append(item)
        k += 1
    return [(outer, 0), *((held, 1) for held in inner)]


def clauses(
    words: Sequence[str], tags: Sequence[str], quotes: Sequence[int], sentences: Sequence[Sentence]
) -> tuple[Clause, ...]:
    """The clauses of an English article in the order of their verbs; spans never leave their sentence."""
    s = symbols(words, tags)
    low = [w.lower() for w in words]
    found: list[Clause] = []
    for number, sentence in enumerate(sentences):
        deadline.check()
        items = _items(s, words, low, sentence.first, sentence.last)
        if not any(i.kind == "V" for i in items):
            continue
        drafts: list[tuple[_Draft, list[Item]]] = []
        streams = _streams(items, quotes)
        for stream, _ in streams:
            drafts += [(d, stream) for d in _Reader(low, stream).read()]
        found += _finish(drafts, number, sentence, len(found), streams[0][0])
    return tuple(found)


def _finish(
    drafts: list[tuple[_Draft, list[Item]]], number: int, sentence: Sentence, base: int, outer: list[Item]
) -> list[Clause]:
    drafts.sort(key=lambda d: d[0].verb.first)
    place = {id(d): k for k, (d, _) in enumerate(drafts)}
    reporter = _reporter(drafts, outer)
    firsts, lasts = [], []
    for d, stream in drafts:
        first = stream[d.start].first if d.start < len(stream) else d.verb.first
        if d.subject is not None and not d.shared and d.subject.first < first:
            first = d.subject.first
        firsts.append(min(first, d.verb.first))
        stop = d.stop
        while stop - 1 > d.item and stream[stop - 1].kind in _MARKS:
            stop -= 1
        end = max(d.verb.last, stream[stop - 1].last)
        if d.subject is not None and d.inverted:
            end = max(end, d.subject.last)
        lasts.append(end)
    enclosers: list[int | None] = []
    for n, (d, stream) in enumerate(drafts):
        up = place.get(id(d.encloser)) if d.encloser is not None else None
        if up is None and stream is not outer and reporter is not None:
            quotation = Run(stream[0].first, stream[-1].last)
            if d.kind in ("main", "coordinate") and drafts[reporter][0].complement == quotation:
                up = reporter
        enclosers.append(up if up != n else None)
    # A clause holds what it encloses.
    for n in sorted(range(len(drafts)), key=lambda k: -firsts[k]):
        above, hops = enclosers[n], 0
        while above is not None and hops < MAX_CHAIN:
            lasts[above] = max(lasts[above], lasts[n])
            above, hops = enclosers[above], hops + 1
    made = []
    for n, (d, _) in enumerate(drafts):
        complement = d.complement
        how: ComplementKind | None = "quotation" if complement is not None else None
        if complement is None:
            child = next(
                (
                    k
                    for k in range(len(drafts))
                    if enclosers[k] == n
                    and drafts[k][0].kind in ("complement", "infinitive")
                    and drafts[k][0].modifies is None
                ),
                None,
            )
            if child is not None:
                complement = Run(firsts[child], lasts[child])
                how = "infinitive" if drafts[child][0].kind == "infinitive" else "that"
        made.append(
            Clause(
                number,
                firsts[n],
                lasts[n],
                d.kind,
                d.verb,
                d.marker,
                d.subject,
                d.subject_head,
                d.shared,
                tuple(d.objects),
                tuple(d.obliques),
                complement,
                how,
                None if (up := enclosers[n]) is None else base + up,
                d.modifies,
            )
        )
    return made


def _reporter(drafts: list[tuple[_Draft, list[Item]]], outer: list[Item]) -> int | None:
    """The clause that reports the quotations of its sentence."""
    held = [n for n, (d, stream) in enumerate(drafts) if stream is outer]
    quotations = [Run(i.first, i.last) for i in outer if i.kind == "Q"]
    if not quotations or not held:
        return None
    for n in held:
        d = drafts[n][0]
        if d.complement is not None:
            return n
    d = drafts[held[0]][0]
    d.complement = quotations[0]
    return held[0]
