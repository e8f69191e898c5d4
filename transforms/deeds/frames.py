"""Finds the frame of a clause: the most specific phrase of the verb table that fits it.

Frames are data (``transforms/lexicon/*/deeds.toml``), modelled on VerbNet (Kipper et al. 2008) and the verb
dictionaries of PETRARCH (Norris et al. 2017), reduced to what can be checked on clauses without a tree.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from dateline.transforms import lexicon
from dateline.transforms.lexicon import Deeds, Frame, People
from dateline.transforms.model import Clause, Parse, Run

_ANYBODY = "whom"
"""The class of nouns that holds pronouns of persons; nouns of persons and bodies, and names, belong to it too."""
NEAR = 4
"""Tokens after a verb in which the words of its phrase must stand ("took *an active* part in")."""
_HEADS = frozenset(["NN", "NNP", "CD", "PRP", "VBG"])
_ENDS = frozenset(["IN", "TO", "WH", "CC"])
_NOUNS = frozenset(["NN", "NNP"])
_OTHER_VERBS = frozenset(["VBD", "VBZ", "WH", "MD"])


SPECIFIC = 2
"""The least weight of a phrase of which more than the verb matches."""
CLASS = 4
"""The weight of a class of nouns."""


class Phrase(NamedTuple):
    """A compiled phrase: the words after its verb, and the nouns that its object and subject may have.

    ``person``: the nouns of ``objects`` are of persons, who are recipients ("dismissed the army *chief*"). ``anybody``: there
    are no such nouns, and the object is any person, body or name ("fire <whom>").
    """

    words: tuple[str, ...]
    objects: frozenset[str] | None
    subjects: frozenset[str] | None
    frame: Frame
    weight: int
    """How specific it is: a class of nouns counts for two words, a voice for less than one."""
    person: bool = False
    anybody: bool = False

    def takes(self, clause: Clause) -> bool:
        """Whether the frame and the clause both have an object, or neither has one."""
        has = bool(clause.objects) or clause.verb.voice == "passive"
        return has == ("object" in self.frame.to or "receiver" in self.frame.to)


class Frames:
    """The verb table of one language."""

    def __init__(self, part: Deeds, people: People, times: frozenset[str]) -> None:
        self._amounts, self._of, self._adjacent = part.amounts, part.of, part.adjacent
        self._persons = part.nouns.get(_ANYBODY, frozenset())
        self._times = times
        self._beings = people.beings | people.crowds | people.bodies.keys()
        found: dict[tuple[str, bool], list[Phrase]] = {}
        for frame in part.frame:
            for text in frame.verbs:
                words = text.split()
                subjects = part.nouns[words.pop(0)[1:-1]] if words[0].startswith("<") else None
                kind = words.pop()[1:-1] if words[-1].startswith("<") else None
                anybody = kind == _ANYBODY
                objects = part.nouns[kind] if kind is not None and not anybody else None
                classes = (objects is not None) + (subjects is not None)
                weight = 2 * (len(words) - 1) + CLASS * classes + (frame.voice is not None) + anybody
                person = kind in part.persons
                phrase = Phrase(tuple(words[1:]), objects, subjects, frame, weight, person, anybody)
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

    def has_recipient(self, clause: Clause) -> bool:
        """Whether the verb of a clause can be done to somebody, in any of its phrases."""
        return any(
            phrase.frame.to for phrase in self._table.get((clause.verb.lemma.split(" ", 1)[0], False), ())
        )

    def statement(self, parse: Parse, clause: Clause) -> Phrase | None:
        """The phrase of a clause that is a statement."""
        return self._fit(parse, clause, said=True)

    def _fit(self, parse: Parse, clause: Clause, said: bool) -> Phrase | None:
        best: Phrase | None = None
        near: set[str] | None = None
        for phrase in self._table.get((clause.verb.lemma.split(" ", 1)[0], said), ()):
            if best is not None and phrase.weight < best.weight:
                break
            if phrase.words:
                # Four phrases in five fail by their first word.
                near = _near(parse, clause) if near is None else near
                if phrase.words[0] not in near:
                    continue
            if not self._fits(phrase, parse, clause):
                continue
            if best is None or phrase.takes(clause):
                best = phrase
                if phrase.takes(clause):
                    break
        return best

    def _fits(self, phrase: Phrase, parse: Parse, clause: Clause) -> bool:
        voice = clause.verb.voice
        if phrase.frame.voice is not None and phrase.frame.voice != voice:
            return False
        if phrase.subjects is not None:
            doer = agent(parse, clause) if voice == "passive" else clause.subject
            if doer is None or not self._headed(parse, doer, phrase.subjects):
                return False
        if phrase.words and not _followed(phrase.words, parse, clause):
            return False
        if phrase.words and clause.verb.lemma in self._adjacent and not _next(phrase.words[0], parse, clause):
            return False
        if phrase.anybody and not self._anybody(parse, clause):
            return False
        if phrase.objects is None:
            return True
        if voice == "passive":
            runs = [clause.subject] if clause.subject else []
        else:
            behind = [o.phrase for o in clause.obliques if phrase.words and o.preposition is not None]
            runs = [*clause.objects, *behind]
        return any(self._headed(parse, run, phrase.objects) for run in runs)

    def _anybody(self, parse: Parse, clause: Clause) -> bool:
        """Whether the object of a clause, or the subject of a passive, is a person or a body."""
        runs = clause.objects[:1] if clause.verb.voice == "active" else (clause.subject,)
        run = runs[0] if runs else None
        if run is None:
            return False
        at, title = self._heads(parse, run)
        forms = (*_forms(parse.words[at]), *_forms(parse.words[title]))
        if any(form in self._persons or form in self._beings for form in forms):
            return True
        if parse.tags[at] == "CD" and at == run.last - 1:
            # "Nine were released": a number alone is one of people.
            return True
        # A name with an article is rarely a person's: "signed the Lund Accord".
        return parse.tags[at] == "NNP" and parse.tags[run.first] not in ("DT", "PRPS")

    def _headed(self, parse: Parse, run: Run, nouns: frozenset[str]) -> bool:
        """Whether the head of a phrase is one of ``nouns``, or the title before a name: "*coach* Ana Ruiz"."""
        return any(form in nouns for k in self._heads(parse, run) for form in _forms(parse.words[k]))

    def _heads(self, parse: Parse, run: Run) -> tuple[int, int]:
        """The last noun of the first noun group of a phrase, and the title before it if it is a name. After an amount
        it is that of the counted noun: "a series of *talks*"."""
        at = title = run.first
        for k in range(run.first, run.last):
            word = parse.low[k]
            if parse.tags[k] in _ENDS or word in (",", ":", ";", "(", "—", "–"):
                if word in self._of and parse.low[at] in self._amounts:
                    continue
                # "Stiff international and local criticism": adjectives side by side.
                paired = parse.tags[k] == "CC" and parse.tags[at] not in _HEADS and word not in self._amounts
                if k > run.first and not paired:
                    break
            if k > at and word in self._times and parse.tags[k + 1 : k + 2] != ("NN",):
                # "Visited Lund | today", but "held weekend talks"
                break
            if parse.tags[k] == "NNP" and parse.tags[at] == "NN":
                title = at
            if parse.tags[k] in _HEADS or word in self._amounts:
                at = k
        return at, title


@cache
def frames(part: Deeds, people: People, times: frozenset[str]) -> Frames:
    """The compiled verb table of a language; ``times`` are its nouns of spans and days."""
    return Frames(part, people, times)


def table_of(language: str) -> Frames:
    """The verb table of a language in the current vocabulary."""
    clauses = lexicon.clauses(language)
    return frames(lexicon.deeds(language), lexicon.people(language), clauses.spans_of_time | clauses.days)


def _next(word: str, parse: Parse, clause: Clause) -> bool:
    """Whether a word follows the verb with nothing but adverbs between: "called again *for*"."""
    k = clause.verb.last
    while k < len(parse.words) and parse.tags[k] == "RB":
        k += 1
    return word in _forms(parse.words[clause.verb.last - 1]) or (
        k < len(parse.words) and word in _forms(parse.words[k])
    )


_MEANS = lexicon.deeds("en").means
_BESIDE_ACTS = lexicon.deeds("en").beside_acts
_TIMES = lexicon.clauses("en").spans_of_time | lexicon.clauses("en").days | lexicon.clauses("en").months


def agent(parse: Parse, clause: Clause) -> Run | None:
    """The agent of a passive clause, after "by", which is not that of a noun before it: "suspended pending an inquiry by"."""
    for n, oblique in enumerate(clause.obliques):
        if oblique.preposition is not None and parse.low[oblique.preposition] == "by":
            run, before = oblique.phrase, clause.obliques[n - 1].phrase if n else None
            means = run.last - run.first == 1 and parse.low[run.first] in _MEANS
            of_act = (
                before is not None and before.last == oblique.preposition and _tells_of_act(parse, before)
            )
            return None if means or of_act else run
    return None


def _tells_of_act(parse: Parse, run: Run) -> bool:
    """Whether a phrase is that of an act beside which something else happens: "after | a raid", but not "after dark"."""
    return parse.low[run.first - 1] in _BESIDE_ACTS and parse.low[run.last - 1] not in _TIMES


def _near(parse: Parse, clause: Clause) -> set[str]:
    """The words that a phrase of a clause can go on with behind its verb, as :func:`_followed` looks for them."""
    first = clause.verb.head + 1
    stop = min(parse.sentences[clause.sentence].last, first + NEAR)
    found = {parse.low[o.preposition] for o in clause.obliques if o.preposition is not None}
    return found.union(*map(_forms, parse.words[first:stop]))


def _followed(words: Sequence[str], parse: Parse, clause: Clause) -> bool:
    """Whether the words of a phrase follow its verb in order, with few words between."""
    at = clause.verb.head
    stop = parse.sentences[clause.sentence].last
    for n, word in enumerate(words):
        for here in range(at + 1, min(stop, at + 1 + NEAR)):
            if word in _forms(parse.words[here]):
                break
        else:
            # "spoke on Tuesday with": other phrases may interrupt a phrase that ends in a preposition.
            return n == len(words) - 1 and any(
                o.preposition is not None and parse.low[o.preposition] == word for o in clause.obliques
            )
        if here > at + 1:
            tags = parse.tags[at + 1 : here]
            if not _OTHER_VERBS.isdisjoint(tags) or any(w in ",;:" for w in parse.words[at + 1 : here]):
                return False
            if "IN" in tags and parse.tags[here] in _NOUNS:
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
