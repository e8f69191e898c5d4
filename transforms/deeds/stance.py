"""The type of a plain statement as a political act, by its content: "said it would never accept the plan" is
a rejection.

Only the first outermost clauses of a content count; a relative clause or a condition is nobody's stance. The
words are data (``transforms/lexicon/*/stance.toml``).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache

from dateline.transforms import lexicon
from dateline.transforms.deeds.frames import Frames
from dateline.transforms.deeds.parties import Parties
from dateline.transforms.language import lemma
from dateline.transforms.lexicon import PloverRoot
from dateline.transforms.model import Claim, Clause, Parse

MAX_CLAUSES = 3
"""Clauses of a content that are examined."""
MAX_SEEN = 30
"""Clauses among which these are searched."""
LONG = 24
"""Tokens of a content or a clause that are examined."""
NEAR = 8
THANKS = 4
"""Tokens after "be" in which one's own thanks must stand ("was very grateful")."""
"""Tokens after "be" in which its adjective must stand."""
_OWN = frozenset(["REJECT", "ACCUSE", "SUPPORT"])
"""Acts that reported speech may state in the past: "said it rejected the plan" (but "said he asked for a
lawyer")."""
_STORY = frozenset(["main", "coordinate", "complement"])


class Stance:
    """Finds the stance of the claims of one article."""

    def __init__(self, parse: Parse, language: str, frames: Frames, parties: Parties) -> None:
        self.parse, self._frames, self._parties = parse, frames, parties
        self._words = lexicon.stance(language)
        self._people, self._authorities = lexicon.people(language), lexicon.deeds(language).authorities
        self._negations = lexicon.clauses(language).negations | lexicon.deeds(language).none
        self._blaming = [
            p for p, behind in _behind_first(self._words.blaming_phrases) if parse.forms >= behind
        ]
        """The phrases of blame whose words but the first, which may be a base form, occur in the article."""
        self._restates = False

    def of(self, claim: Claim) -> PloverRoot | None:
        """The root of the first clause of a content that takes a stance; ``None`` if none does."""
        words = self._words
        if claim.modality != "asserted" or not words.speakers or claim.lemma in words.impersonal:
            return None
        if claim.lemma in words.commanding:
            return "COERCE"
        if claim.lemma in words.naming:
            given = self._named(claim)
            if given is not None:
                return given
        restated = self._restates = claim.lemma in words.restating
        return next(
            (
                root
                for clause in self._clauses(claim)
                if (root := self._root(clause) or (self._restated(clause) if restated else None)) is not None
            ),
            None,
        )

    def _restated(self, clause: Clause) -> PloverRoot | None:
        """What a government is said once more to reject or to support ("repeated that Oslo opposed the plan")."""
        verb, subject = clause.verb, clause.subject
        if verb.negated or verb.modal is not None or verb.voice == "passive" or subject is None:
            return None
        if not any(self.parse.tags[k] == "NNP" for k in range(*subject)):
            return None
        if verb.lemma in self._words.refusal:
            return "REJECT"
        return "SUPPORT" if verb.lemma in self._words.supporting else None

    def _named(self, claim: Claim) -> PloverRoot | None:
        """What a name that is given to something does: "called the vote a sham" accuses, "called it historic" supports."""
        words = self._words
        low = [
            self._low(k)
            for span in claim.content[:1]
            for k in range(
                bisect_left(self.parse.starts, span.start), bisect_left(self.parse.starts, span.end)
            )
        ][:LONG]
        told = " ".join(low)
        if self._disparaged(told):
            return "ACCUSE"
        if self._negations.isdisjoint(low) and (
            not words.praising.isdisjoint(low) or any(f" {p} " in f" {told} " for p in words.praising_phrases)
        ):
            return "SUPPORT"
        return None

    def _disparaged(self, text: str) -> bool:
        """Whether a text contains a word or a phrase of blame."""
        words = self._words
        told = text.split()
        blames = any(not known.isdisjoint(told) for known in (words.blamed, words.blaming, words.disparaging))
        return blames or self._blames(text)

    def _clauses(self, claim: Claim) -> Iterator[Clause]:
        """The outermost clauses of a content."""
        seen = 0
        for span in claim.content:
            first = max(0, bisect_right(self.parse.starts, span.start) - 1)
            last = bisect_left(self.parse.starts, span.end)
            begin, end = bisect_left(self.parse.heads, first), bisect_left(self.parse.heads, last)
            for n in range(begin, min(end, begin + MAX_SEEN)):
                clause = self.parse.clauses[n]
                outer = clause.encloser
                if clause.kind not in _STORY or (
                    outer is not None and first <= self.parse.clauses[outer].verb.head < last
                ):
                    continue
                yield clause
                seen += 1
                if seen == MAX_CLAUSES:
                    return

    def _root(self, clause: Clause) -> PloverRoot | None:
        words, verb = self._words, clause.verb
        if verb.first and self._low(verb.first - 1) in words.please:
            return "REQUEST"
        if clause.subject is None:
            return None
        own = self._own(clause)
        if own and verb.negated and verb.lemma in words.consent:
            return "REJECT"
        if verb.negated:
            unmoved = verb.lemma in words.changing and self._headed(clause, words.moves)
            return "REJECT" if unmoved else None
        phrase = f"{verb.lemma} {self._behind(clause)} " if own or self._blaming else ""
        if own and _opens(phrase, words.refusal_phrases):
            return "REJECT"
        if own and verb.modal is not None:
            if verb.tense != "future" and verb.modal != "would":
                return None
            if any(f" to {refused} " in phrase for refused in words.refusal):
                # "would take steps to oppose it"
                return "REJECT"
            threat = verb.lemma in words.reprisals or _opens(phrase, words.reprisal_phrases)
            return "THREATEN" if threat else None
        if self._blames(phrase):
            return "ACCUSE"
        if own and verb.lemma in words.be and verb.modal is None:
            near = range(verb.last, min(clause.last, verb.last + THANKS))
            if any(self._low(k) in words.thankful for k in near):
                return "SUPPORT"
        if own and verb.lemma in words.naming and verb.modal is None and self._disparaged(phrase):
            return "REJECT" if self._restates else "ACCUSE"
        if own and verb.aspect == "simple" and verb.voice == "active":
            return self._performed(clause)
        if any(self._low(k) in words.blamed for k in range(*clause.subject)):
            return "ACCUSE"
        if verb.lemma in words.be and verb.modal is None:
            predicate = range(verb.last, min(clause.last, verb.last + NEAR))
            if any(self._low(k) in words.blaming or self._low(k) in words.blamed for k in predicate):
                return "ACCUSE"
        demanded = verb.modal in words.demands and verb.aspect == "simple" and verb.lemma not in words.idle
        return "REQUEST" if demanded and not own and self._answers(clause) else None

    def _answers(self, clause: Clause) -> bool:
        """Whether a demand is made of the subject: it must be somebody with a name or an office, and the
        clause no inverted condition.

        "The forecaster said drivers must take care" demands nothing, nor does "should Feld agree, …".
        """
        subject, head = clause.subject, clause.subject_head
        if subject is None or head is None or clause.verb.first == clause.verb.head:
            return False
        noun = lemma(self._low(head))
        office = noun in self._people.roles or noun in self._people.bodies or noun in self._authorities
        return self._parties.names_somebody(subject) and (office or self.parse.tags[head] == "NNP")

    def _blames(self, text: str) -> bool:
        """Whether a text contains one of the phrases of blame, at word boundaries."""
        spaced = f" {text} "
        return any(f" {blame} " in spaced for blame in self._blaming)

    def _behind(self, clause: Clause) -> str:
        """The words after the verb of a clause, without punctuation."""
        stop = min(self.parse.sentences[clause.sentence].last, clause.verb.last + LONG)
        low = (self._low(k) for k in range(clause.verb.last, stop))
        return " ".join(word for word in low if word[0].isalnum())

    def _headed(self, clause: Clause, nouns: frozenset[str]) -> bool:
        head = clause.subject_head
        return head is not None and self._low(head) in nouns

    def _own(self, clause: Clause) -> bool:
        """Whether the subject of a clause is the speaker: "we" in a quotation, "it" in reported speech."""
        subject = clause.subject
        if subject is None or subject.last - subject.first > 1:
            return False
        low = self._low(subject.first)
        return low in self._words.speakers or (
            low in self._words.reported and not self.parse.quotes[subject.first]
        )

    def _performed(self, clause: Clause) -> PloverRoot | None:
        """The act that "we condemn", "I thank" or "it opposed" performs."""
        words, verb = self._words, clause.verb
        assert clause.subject is not None
        if verb.lemma in words.idle:
            return None
        if verb.tense != "present" and self._low(clause.subject.first) in words.persons:
            return None
        if verb.lemma in words.refusal:
            return "REJECT"
        if verb.lemma in words.supporting:
            return "SUPPORT"
        if verb.lemma in words.regretting:
            first = clause.objects[0].first if clause.objects else verb.last
            # "I regret this" is an apology.
            mine = self._low(clause.subject.first) in words.apologetic or self._low(first) in words.own
            return None if mine or verb.tense != "present" else "ACCUSE"
        phrase = self._frames.statement(self.parse, clause)
        root = phrase.frame.plover if phrase is not None else None
        return root if verb.tense == "present" or root in _OWN else None

    def _low(self, token: int) -> str:
        return self.parse.low[token]


@lru_cache(maxsize=8)
def _behind_first(phrases: tuple[str, ...]) -> list[tuple[str, frozenset[str]]]:
    """Phrases, each with its words but the first."""
    return [(phrase, frozenset(phrase.split()[1:])) for phrase in phrases]


def _opens(text: str, phrases: tuple[str, ...]) -> bool:
    """Whether a text begins with one of ``phrases``, up to the end of a word ("go to war", but not "go to
    Warsaw")."""
    return any(text.startswith(f"{phrase} ") for phrase in phrases)
