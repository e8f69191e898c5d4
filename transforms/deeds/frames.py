"""Finds the frame of a clause: the most specific phrase of the verb table that fits it.

Frames are data (``transforms/lexicon/*/deeds.toml``), modelled on VerbNet (Kipper et al. 2008) and the verb
dictionaries of PETRARCH (Norris et al. 2017), reduced to what can be checked on clauses without a tree.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from dateline.transforms import lexicon
from dateline.transforms.lexicon import Deeds, Frame
from dateline.transforms.model import Clause, Parse, Run

NEAR = 4
"""Tokens after a verb in which the words of its phrase must stand ("took *an active* part in")."""
_HEADS = frozenset(["NN", "NNP", "CD", "PRP", "VBG"])
_ENDS = frozenset(["IN", "TO", "WH", "CC"])
_NOUNS = frozenset(["NN", "NNP"])
_OTHER_VERBS = frozenset(["VBD", "VBZ", "WH", "MD"])


SPECIFIC = 2
"""The least weight of a phrase of which more than the verb matches."""


class Phrase(NamedTuple):
    """A compiled phrase: the words after its verb, and the nouns that its object and subject may have.

    ``whom``: these objects are persons, and so recipients.
    """

    words: tuple[str, ...]
    objects: frozenset[str] | None
    subjects: frozenset[str] | None
    frame: Frame
    weight: int
    """How specific it is: a class of nouns counts for two words, a voice for less than one."""
    whom: bool = False

    def takes(self, clause: Clause) -> bool:
        """Whether the frame and the clause both have an object, or neither has one."""
        has = bool(clause.objects) or clause.verb.voice == "passive"
        return has == ("object" in self.frame.to or "receiver" in self.frame.to)


class Frames:
    """The verb table of one language."""

    def __init__(self, part: Deeds) -> None:
        self._amounts, self._of = part.amounts, part.of
        found: dict[tuple[str, bool], list[Phrase]] = {}
        for frame in part.frame:
            for text in frame.verbs:
                words = text.split()
                subjects = part.nouns[words.pop(0)[1:-1]] if words[0].startswith("<") else None
                kind = words.pop()[1:-1] if words[-1].startswith("<") else None
                objects = part.nouns[kind] if kind is not None else None
                classes = (objects is not None) + (subjects is not None)
                weight = 2 * (len(words) - 1) + 4 * classes + (frame.voice is not None)
                phrase = Phrase(tuple(words[1:]), objects, subjects, frame, weight, kind in part.somebody)
                found.setdefault((words[0], frame.kind == "said"), []).append(phrase)
        self._table = {key: sorted(phrases, key=lambda p: -p.weight) for key, phrases in found.items()}
        self._acts = {verb for (verb, _), all_ in found.items() if any(p.frame.kind == "did" for p in all_)}

    def lists(self, clause: Clause) -> bool:
        """Whether the table has a deed of the verb of a clause, of whatever phrase."""
        return clause.verb.lemma.split(" ", 1)[0] in self._acts

    def deed(self, parse: Parse, clause: Clause) -> Phrase | None:
        """The phrase of a clause that is a deed; ``None`` if the clause is something else or not in the
        table."""
        done = self._fit(parse, clause, said=False)
        if done is None or done.frame.kind != "did":
            return None
        spoken = self.statement(parse, clause)
        return None if spoken is not None and spoken.weight > done.weight else done

    def statement(self, parse: Parse, clause: Clause) -> Phrase | None:
        """The phrase of a clause that is a statement."""
        return self._fit(parse, clause, said=True)

    def _fit(self, parse: Parse, clause: Clause, said: bool) -> Phrase | None:
        best: Phrase | None = None
        for phrase in self._table.get((clause.verb.lemma.split(" ", 1)[0], said), ()):
            if best is not None and phrase.weight < best.weight:
                break
            if not self._fits(phrase, parse, clause):
                continue
            if best is None or phrase.takes(clause):
                best = phrase
                if phrase.takes(clause):
                    break
        return best

    def _fits(self, phrase: Phrase, parse: Parse, clause: Clause) -> bool:
        voice = clause.verb.voice
        if phrase.frame.voice not in (None, voice):
            return False
        if phrase.subjects is not None:
            doer = agent(parse, clause) if voice == "passive" else clause.subject
            if doer is None or not self._headed(parse, doer, phrase.subjects):
                return False
        if phrase.words and not _followed(phrase.words, parse, clause):
            return False
        if phrase.objects is None:
            return True
        if voice == "passive":
            runs = [clause.subject] if clause.subject else []
        else:
            behind = [o.phrase for o in clause.obliques if phrase.words and o.preposition is not None]
            runs = [*clause.objects, *behind]
        return any(self._headed(parse, run, phrase.objects) for run in runs)

    def _headed(self, parse: Parse, run: Run, nouns: frozenset[str]) -> bool:
        """Whether the head of a phrase (the last noun of its first noun group) is one of ``nouns``. After an
        amount the head is that of the counted noun: "a series of *talks*". A title before a name counts too:
        "*coach* Ana Ruiz"."""
        at = title = run.first
        for k in range(run.first, run.last):
            word = parse.low[k]
            if parse.tags[k] in _ENDS or word in (",", ":", ";", "(", "—", "–"):
                if word in self._of and parse.low[at] in self._amounts:
                    continue
                if k > run.first:
                    break
            if parse.tags[k] == "NNP" and parse.tags[at] == "NN":
                title = at
            if parse.tags[k] in _HEADS or word in self._amounts:
                at = k
        return any(form in nouns for k in (at, title) for form in _forms(parse.words[k]))


@cache
def frames(part: Deeds) -> Frames:
    """The compiled verb table of a language."""
    return Frames(part)


_MEANS = lexicon.deeds("en").means


def agent(parse: Parse, clause: Clause) -> Run | None:
    """The agent of a passive clause, after "by"."""
    for oblique in clause.obliques:
        if oblique.preposition is not None and parse.low[oblique.preposition] == "by":
            run = oblique.phrase
            means = run.last - run.first == 1 and parse.low[run.first] in _MEANS
            return None if means else run
    return None


def _followed(words: Sequence[str], parse: Parse, clause: Clause) -> bool:
    """Whether the words of a phrase follow its verb in order, with few words between."""
    at = clause.verb.head
    stop = parse.sentences[clause.sentence].last
    for n, word in enumerate(words):
        near = range(at + 1, min(stop, at + 1 + NEAR))
        here = next((k for k in near if word in _forms(parse.words[k])), None)
        if here is None:
            # "spoke on Tuesday with": other phrases may interrupt a phrase that ends in a preposition.
            return n == len(words) - 1 and any(
                o.preposition is not None and parse.low[o.preposition] == word for o in clause.obliques
            )
        if any(parse.tags[k] in _OTHER_VERBS or parse.words[k] in ",;:" for k in range(at + 1, here)):
            return False
        if parse.tags[here] in _NOUNS and any(parse.tags[k] == "IN" for k in range(at + 1, here)):
            # "Showed a fall in support" shows no support.
            return False
        at = here
    return True


@lru_cache(maxsize=1 << 14)
def _forms(word: str) -> tuple[str, ...]:
    """A word, and the singular forms that it may be the plural of."""
    low = word.lower()
    if len(low) <= 3 or not low.endswith("s"):
        return (low,)
    if low.endswith("ies"):
        return (low, low[:-1], low[:-3] + "y")
    return (low, low[:-1], low[:-2]) if low.endswith("es") else (low, low[:-1])
