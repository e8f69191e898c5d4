"""Finds noun phrases around a cue by rules over coarse tags."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from dateline.transforms import lexicon
from dateline.transforms.claims.draft import Run
from dateline.transforms.claims.words import words_of
from dateline.transforms.model import Clause, Parse

_NOUNISH = frozenset(["DT", "PRPS", "JJ", "NN", "NNP", "CD", "POS"])
_PRONOUNS = frozenset(["PRP", "WH", "PRPS"])
_HEADS = frozenset(["NN", "NNP", "CD", "JJ", "DT"])
_BEFORE_SENTENCE = frozenset(':"”“»«„')
MAX_PHRASE = 30


class Chunks:
    """The noun phrases of an article, found on demand."""

    def __init__(self, text: str, parse: Parse, language: str) -> None:
        self.text, self.parse, self.language = text, parse, language
        self.vocabulary = words_of(language)
        self.closed, self.people = self.vocabulary.closed, self.vocabulary.people
        self.words, self.tags = parse.words, parse.tags
        self.low = parse.low
        self.sentence: list[int] = [0] * len(parse.words)
        for k, s in enumerate(parse.sentences):
            self.sentence[s.first : s.last] = [k] * (s.last - s.first)

    @cached_property
    def clause_of(self) -> dict[int, Clause]:
        """The clauses by the first token of their own subject."""
        return {c.subject.first: c for c in self.parse.clauses if c.subject is not None and not c.shared}

    @cached_property
    def subjects(self) -> list[Clause]:
        """The finite clauses with a subject of their own that is no pronoun, by where their subjects begin."""
        found = [c for c in self.parse.clauses if not c.shared and c.verb.finite and self.nominal(c)]
        return sorted(found, key=lambda c: c.subject or Run(0, 0))

    @cached_property
    def subject_firsts(self) -> list[int]:
        """The first token of each of :attr:`subjects`."""
        return [c.subject.first for c in self.subjects if c.subject is not None]

    @cached_property
    def appointments(self) -> list[Clause]:
        """The clauses in which a body gives somebody a post."""
        told = self.closed.appointing
        clauses = (c for c in self.parse.clauses if c.verb.lemma in told)
        return [c for c in clauses if c.verb.voice == "active" and c.objects]

    def nominal(self, clause: Clause) -> bool:
        """Whether a clause has a subject that is no pronoun."""
        subject = clause.subject
        if subject is None:
            return False
        if self.tags[subject.first] not in _PRONOUNS:
            return True
        # "His sister" is somebody whose sex is told; "his friend" and "our results" are rarely spoken of again.
        last = self.low[subject.last - 1]
        kin = last in self.people.female or last in self.people.male
        return kin and self.low[subject.first] in self.vocabulary.gender

    @cached_property
    def object_of(self) -> dict[int, Clause]:
        """The clause of each pronoun that is its object."""
        tags = self.tags
        return {o.first: c for c in self.parse.clauses for o in c.objects if tags[o.first] in _PRONOUNS}

    @cached_property
    def surnames(self) -> frozenset[str]:
        """The words behind given names, in lower case: where nouns have capitals nothing else tells a lone name."""
        words = self.words
        behind = (k + 1 for k in self.parse.places(lexicon.given_names().all) if k + 1 < len(words))
        return frozenset(self.low[k] for k in behind if words[k][0].isupper())

    def marks(self, *marks: str) -> list[int]:
        """The tokens that are one of these marks, in order: a search of the text, which looks at no other token."""
        found = []
        starts, words = self.parse.starts, self.words
        for mark in marks:
            at = self.text.find(mark)
            while at >= 0:
                k = bisect_right(starts, at) - 1
                if k >= 0 and starts[k] == at and words[k] == mark:
                    found.append(k)
                at = self.text.find(mark, at + 1)
        return sorted(found)

    @cached_property
    def colons(self) -> list[int]:
        """The colons that are tokens."""
        return self.marks(":")

    def bounds(self, i: int) -> tuple[int, int]:
        """First and last token (exclusive) of the sentence of a token."""
        s = self.parse.sentences[self.sentence[i]]
        return s.first, s.last

    def proper(self, i: int) -> bool:
        """Whether a token belongs to a proper name: its tag where there are tags, else an inner capital."""
        if self.tags[i]:
            return self.tags[i] == "NNP"
        first, _ = self.bounds(i)
        return self.words[i][0].isupper() and (
            i > first or (i + 1 < len(self.words) and self.words[i + 1][0].isupper())
        )

    def propers(self) -> list[int]:
        """All tokens that belong to proper names."""
        if self.tags and self.tags[0]:
            return [i for i, t in enumerate(self.tags) if t == "NNP"]
        capital = [w[0].isupper() for w in self.words]
        first = {s.first for s in self.parse.sentences}
        behind = [*capital[1:], False]
        # "Laut Merkel": what no subject begins with opens no name, and neither does an article before a noun with a
        # capital ("Der Bürgermeister").
        low, words, closed = self.low, self.words, self.closed
        opens_none = closed.no_subject | closed.joining | closed.conjunctions
        if closed.capital_nouns:
            opens_none |= closed.determiners
        return [
            i
            for i, c in enumerate(capital)
            if c
            and (i not in first or (behind[i] and low[i] not in opens_none))
            and not (i and words[i - 1] in _BEFORE_SENTENCE and low[i] in opens_none)
        ]

    def before(self, i: int, floor: int) -> Run | None:
        """The simple noun phrase that ends right before token ``i``."""
        last = i
        if i <= floor:
            return None
        if self.tags[i - 1] in ("PRP", "WH") or self.low[i - 1] in self.closed.pronouns:
            return Run(i - 1, i)
        k = i - 1
        while k >= max(floor, i - MAX_PHRASE) and self.tags[k] in _NOUNISH:
            k -= 1
            if self.tags[k + 1] in ("DT", "PRPS") and (k < floor or self.tags[k] != "POS"):
                break
        first = k + 1
        if first >= last or not any(
            self.tags[t] in ("NN", "NNP", "CD") or t == last - 1 for t in range(first, last)
        ):
            return None
        return Run(first, last) if self.tags[last - 1] in _HEADS else None

    def after(self, i: int, ceiling: int) -> Run | None:
        """The simple noun phrase that begins at token ``i``."""
        if i >= ceiling:
            return None
        if self.tags[i] == "PRP" or self.low[i] in self.closed.pronouns:
            return Run(i, i + 1)
        k = i
        while k < min(ceiling, i + MAX_PHRASE) and self.tags[k] in _NOUNISH:
            if k > i and self.tags[k] in ("DT", "PRPS") and self.tags[k - 1] != "POS":
                break
            k += 1
        if k == i or not any(self.tags[t] in ("NN", "NNP") for t in range(i, k)):
            return None
        return Run(i, k)

    def widen_left(self, run: Run, floor: int) -> Run:
        """A phrase extended to the left: ``the head of | the ministry``."""
        first = run.first
        for _ in range(3):
            if first - 1 > floor and self.low[first - 1] in self.closed.widening:
                wider = self.before(first - 1, floor)
                if wider is None or self.low[wider.first] in self.closed.pronouns:
                    break
                first = wider.first
            else:
                break
        return Run(first, run.last)

    def widen_right(self, run: Run, ceiling: int) -> Run:
        """A phrase with its complements: ``the head of the ministry``."""
        last = run.last
        for _ in range(3):
            if last + 1 < ceiling and self.low[last] in self.closed.widening:
                wider = self.after(last + 1, ceiling)
                if wider is None:
                    break
                last = wider.last
            else:
                break
        return Run(run.first, last)

    def subject(self, cue: Run, used: Sequence[Run]) -> Run | None:
        """The unused noun phrase that is the subject of a cue verb: before it, or after it if it is inverted."""
        floor, ceiling = self.bounds(cue.first)
        k = cue.first
        while k > floor and (self.tags[k - 1] in ("RB", "MD") or self.low[k - 1] in self.closed.auxiliaries):
            k -= 1
        if self.tags[cue.first] != "VBG":
            found = self.before(k, floor)
            if found is not None:
                found = self.widen_left(found, floor)
                if all(found.last <= u.first or found.first >= u.last for u in used):
                    return found
        inverts = self.tags[cue.first] != "VBG" and self.low[cue.last - 1] not in self.closed.never_inverted
        if inverts and cue.first > floor and self.words[cue.first - 1] in ",”\"’'»":
            found = self.after(cue.last, ceiling)
            if found is not None and all(found.last <= u.first or found.first >= u.last for u in used):
                return self.widen_right(found, ceiling)
        return None
