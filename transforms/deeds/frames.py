"""The frame of a clause: the most specific phrase of the verb table that fits it.

Frames are data (``transforms/lexicon/*/deeds.toml``), after those of VerbNet (Kipper et al. 2008) and
the verb dictionaries of PETRARCH (Norris et al. 2017), cut down to what clauses without a tree can check.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from transforms.lexicon import Deeds, Frame
from transforms.model import Clause, Parse, Run

NEAR = 4
"""Tokens behind a verb within which the words of its phrase stand ("took *an active* part in")."""
_AMOUNTS = frozenset(
    [
        "number",
        "series",
        "round",
        "wave",
        "spate",
        "barrage",
        "string",
        "hundreds",
        "thousands",
        "dozens",
        "couple",
        "pair",
        "group",
        "handful",
        "volley",
        "set",
        "lot",
        "majority",
    ]
)
"""Nouns whose complement with "of" is what is meant: "a series of talks"."""


class Phrase(NamedTuple):
    """A compiled phrase: what follows its verb, and the nouns that its object and subject may have."""

    words: tuple[str, ...]
    objects: frozenset[str] | None
    subjects: frozenset[str] | None
    frame: Frame

    @property
    def weight(self) -> int:
        """How specific it is: a class of nouns counts for two words."""
        return len(self.words) + 2 * (self.objects is not None) + 2 * (self.subjects is not None)


class Frames:
    """The verb table of one language."""

    def __init__(self, part: Deeds) -> None:
        table: dict[str, list[Phrase]] = {}
        for frame in part.frame:
            for text in frame.verbs:
                words = text.split()
                subjects = part.nouns[words.pop(0)[1:-1]] if words[0].startswith("<") else None
                objects = part.nouns[words.pop()[1:-1]] if words[-1].startswith("<") else None
                table.setdefault(words[0], []).append(Phrase(tuple(words[1:]), objects, subjects, frame))
        self._table = {verb: sorted(found, key=lambda p: -p.weight) for verb, found in table.items()}

    def deed(self, parse: Parse, clause: Clause) -> Phrase | None:
        """The phrase of a clause that tells a deed, ``None`` where it is another or none that the table knows."""
        done = self._fit(parse, clause, said=False)
        if done is None or done.frame.kind != "did":
            return None
        spoken = self._fit(parse, clause, said=True)
        return None if spoken is not None and spoken.weight > done.weight else done

    def statement(self, parse: Parse, clause: Clause) -> Phrase | None:
        """The phrase of a clause that tells what somebody said."""
        return self._fit(parse, clause, said=True)

    def _fit(self, parse: Parse, clause: Clause, said: bool) -> Phrase | None:
        best: Phrase | None = None
        for phrase in self._table.get(clause.verb.lemma.split(" ", 1)[0], ()):
            if best is not None and phrase.weight < best.weight:
                break
            if (phrase.frame.kind == "said") != said or not _fits(phrase, parse, clause):
                continue
            if best is None or _takes(phrase, clause):
                best = phrase
                if _takes(phrase, clause):
                    break
        return best


@cache
def frames(part: Deeds) -> Frames:
    """The compiled verb table of a language."""
    return Frames(part)


def agent(parse: Parse, clause: Clause) -> Run | None:
    """Who did what a passive clause tells, behind "by"."""
    for oblique in clause.obliques:
        if oblique.preposition is not None and parse.words[oblique.preposition].lower() == "by":
            return oblique.phrase
    return None


def head(parse: Parse, run: Run) -> int:
    """The head noun of a phrase: the last of its first noun group, behind "a series of" that of the next one."""
    at = run.first
    for k in range(run.first, run.last):
        if parse.tags[k] in ("IN", "TO", "WH", "CC") or parse.words[k] in (",", ":", ";", "(", "—", "–"):
            if parse.words[k].lower() == "of" and parse.words[at].lower() in _AMOUNTS:
                continue
            if k > run.first:
                break
        if parse.tags[k] in ("NN", "NNP", "CD", "PRP", "VBG"):
            at = k
    return at


def _takes(phrase: Phrase, clause: Clause) -> bool:
    """Whether a frame with an object is asked of a clause that has one, or one without of one that has none."""
    has = bool(clause.objects) or clause.verb.voice == "passive"
    return has == ("object" in phrase.frame.to or "receiver" in phrase.frame.to)


def _fits(phrase: Phrase, parse: Parse, clause: Clause) -> bool:
    passive = clause.verb.voice == "passive"
    if phrase.subjects is not None:
        doer = agent(parse, clause) if passive else clause.subject
        if doer is None or not _headed(parse, doer, phrase.subjects):
            return False
    if phrase.words and not _followed(phrase.words, parse, clause):
        return False
    if phrase.objects is None:
        return True
    if passive:
        runs = [clause.subject] if clause.subject else []
    else:
        runs = [
            *clause.objects,
            *(o.phrase for o in clause.obliques if phrase.words and o.preposition is not None),
        ]
    return any(_headed(parse, run, phrase.objects) for run in runs)


def _followed(words: Sequence[str], parse: Parse, clause: Clause) -> bool:
    """Whether the words of a phrase stand behind its verb, one after another with little between."""
    at = clause.verb.head
    stop = parse.sentences[clause.sentence].last
    for n, word in enumerate(words):
        near = range(at + 1, min(stop, at + 1 + NEAR))
        here = next((k for k in near if word in _forms(parse.words[k])), None)
        if here is None:
            # "spoke on Tuesday with": a phrase that ends in a preposition may be parted by others.
            return n == len(words) - 1 and any(
                o.preposition is not None and parse.words[o.preposition].lower() == word
                for o in clause.obliques
            )
        if any(
            parse.tags[k] in ("VBD", "VBZ", "WH", "MD") or parse.words[k] in ",;:"
            for k in range(at + 1, here)
        ):
            return False
        at = here
    return True


def _headed(parse: Parse, run: Run, nouns: frozenset[str]) -> bool:
    return any(form in nouns for form in _forms(parse.words[head(parse, run)]))


def _forms(word: str) -> Iterator[str]:
    """A word, and what it may be the plural of."""
    low = word.lower()
    yield low
    if len(low) > 3 and low.endswith("s"):
        yield low[:-1]
        if low.endswith("ies"):
            yield low[:-3] + "y"
        elif low.endswith("es"):
            yield low[:-2]
