"""The parties and the place of a deed."""

from __future__ import annotations

import re

from dateline.transforms import lexicon
from dateline.transforms.deeds.frames import Phrase, agent
from dateline.transforms.language import lemma
from dateline.transforms.model import Clause, Parse, Run

_NOUNS = frozenset(["NN", "NNP", "PRP"])
_STARTS = frozenset(["DT", "PRPS", "CD"])
_SCORE = re.compile(r"\d+[-–]\d+\Z")


class Parties:
    """Finds the parties of the clauses of one article."""

    def __init__(self, parse: Parse, language: str) -> None:
        self.parse = parse
        words = lexicon.clauses(language)
        self._spans = words.spans_of_time
        self._deictic = words.deictic
        self._calendar = words.days | words.months | words.spans_of_time
        self._where = lexicon.adjuncts(language).where
        self._localities = lexicon.adjuncts(language).localities
        self._words = lexicon.deeds(language)
        self._people = lexicon.people(language)

    def actor(self, clause: Clause, phrase: Phrase) -> Run | None:
        """The actor: the subject, or the phrase after "by"."""
        if phrase.frame.subject == "recipient":
            return None
        run = agent(self.parse, clause) if clause.verb.voice == "passive" else clause.subject
        return self.untimed(run) if run is not None else None

    def recipient(self, clause: Clause, phrase: Phrase) -> Run | None:
        """The recipient: the first slot of the frame that is filled; for a passive its subject."""
        if phrase.frame.subject == "recipient":
            return clause.subject
        if clause.verb.voice == "passive" and (phrase.objects is None or phrase.person):
            return self.untimed(clause.subject) if clause.subject is not None else None
        towards = self._words.towards
        behind = (
            phrase.words[-1] if phrase.frame.to and phrase.words and phrase.words[-1] in towards else None
        )
        if (
            behind is not None
            and clause.objects
            and "object" in phrase.frame.to
            and behind in self._words.movement
            and self._object(clause, phrase) is not None
        ):
            # "Pulled bodies from the sea": the bodies are the recipient; but "paid tribute to Ruiz".
            behind = None
        if behind is not None and "receiver" in phrase.frame.to and len(clause.objects) > 1:
            # "Offered owners a premium to the last price": the first of two objects receives.
            behind = None
        for place in dict.fromkeys([*([behind] if behind else []), *phrase.frame.to]):
            run = self._at(place, clause, phrase)
            if run is not None:
                return run
        return clause.subject if clause.verb.voice == "passive" else None

    def place(self, clause: Clause) -> Run | None:
        """The first named place of the clause."""
        for preposition, run in clause.obliques:
            if preposition is None or self._low(preposition) not in self._where:
                continue
            if self._doing(run) or not self._local(run):
                continue
            found = self.untimed(run)
            named = self._named(found) if found is not None else None
            if named is not None:
                return named
        return None

    def _doing(self, run: Run) -> bool:
        """Whether a phrase is somebody's act and no place: "in Korvath's May 7 attack"."""
        noun = lemma(self._low(run.last - 1))
        kinds = self._words.nouns
        acts = any(noun in kinds.get(kind, ()) for kind in ("attack", "meeting", "rally", "vote", "inquiry"))
        return acts and any(self.parse.tags[k] == "POS" for k in range(*run))

    def _local(self, run: Run) -> bool:
        """Whether the name in a phrase is that of its place: "in the port of Lund", but not "at the request of Lund"."""
        of = next((k for k in range(*run) if self.parse.tags[k] in ("IN", "TO")), run.last)
        if any(self.parse.tags[k] == "NNP" for k in range(run.first, of)) or of == run.first:
            return True
        return self._names_place(of - 1)

    def _names_place(self, token: int) -> bool:
        return lemma(self._low(token)) in self._localities

    def _named(self, run: Run) -> Run | None:
        """The first conjuncts of a phrase that contain a name: "Gaza" of "Gaza and ongoing efforts"."""
        joints = [k for k in range(*run) if self._low(k) in self._words.joints]
        first = last = None
        for start, end in zip([run.first, *(k + 1 for k in joints)], [*joints, run.last], strict=True):
            if any(self.parse.tags[k] == "NNP" for k in range(start, end)):
                first, last = start if first is None else first, end
            elif first is not None and end > start:
                break
        return Run(first, last) if first is not None and last is not None else None

    def untimed(self, run: Run) -> Run | None:
        """A phrase without the days at its edges ("Monday" of "the minister Monday"); ``None`` if it is a
        time."""
        first, last = run
        while last > first and (self._timely(last - 1) or self._low(last - 1) in self._words.time_edges):
            if self._counts_time(first, last):
                break
            last -= 1
        while first < last and self._timely(first) and self.parse.tags[first + 1 : first + 2] == ("NNP",):
            first += 1
        if last > first and self.parse.words[last - 1] in self._words.counts:
            # "Asked *three times* for a bridge", "praised Ruiz *twice*": a number of times is not a party.
            last -= 1
            while last > first and (
                self.parse.tags[last - 1] in ("CD", "JJ") or self._low(last - 1) in self._words.time_edges
            ):
                last -= 1
        return Run(first, last) if last > first and not self._timely(first) else None

    def _counts_time(self, first: int, last: int) -> bool:
        """Whether the head of a phrase is a noun of time: "wildfire *season*", "a rainless *fall*".

        After a day or "last" such a noun says when: "the court last *week*", "the minister Monday *night*"; "tomorrow"
        always does.
        """
        at = last - 1
        if self._low(at) not in self._spans or self._low(at) in self._deictic or at == first:
            return False
        before = self._low(at - 1)
        return self.parse.tags[at - 1] in ("NN", "JJ") and before not in self._words.time_edges

    def is_somebody(self, run: Run) -> bool:
        """Whether the head of a phrase is a noun of persons or of a body: "the governor", but not "the army's plan"."""
        tags = self.parse.tags
        last = next(
            (k for k in range(run.first + 1, run.last) if tags[k] in ("IN", "TO", "WH", "PU")), run.last
        )
        return self._is_being(lemma(self._low(last - 1)))

    def _is_being(self, noun: str) -> bool:
        known = (self._people.beings, self._people.crowds, self._people.bodies, self._words.authorities)
        return any(noun in words for words in known)

    def names_somebody(self, run: Run) -> bool:
        """Whether a phrase contains a name or a noun of persons or bodies, and no time."""
        low = [self._low(k) for k in range(*run)]
        if self._calendar.intersection(low):
            return False
        named = any(self.parse.tags[k] == "NNP" for k in range(*run))
        return named or any(self._is_being(noun) for noun in map(lemma, low))

    def _timely(self, token: int) -> bool:
        word = self._low(token).rstrip(".")
        return word in self._calendar or f"{word}." in self._calendar or (len(word) == 4 and word.isdigit())

    def _low(self, token: int) -> str:
        return self.parse.low[token]

    def _at(self, where: str, clause: Clause, phrase: Phrase) -> Run | None:
        if where == "object":
            return self._object(clause, phrase)
        if where == "receiver":
            found = self._receiver(clause, phrase)
            if found is not None:
                return found
        preposition = "to" if where == "receiver" else where
        for token, run in clause.obliques:
            if token is not None and self._low(token) == preposition:
                found = self.untimed(run)
                if found is not None and not self._is_place(found):
                    return found
        return None

    def _is_place(self, run: Run) -> bool:
        """Whether a phrase behind a preposition says where: "opened fire on the *edge* of Lund"."""
        of = next((k for k in range(*run) if self._low(k) in self._words.of), run.last)
        return of < run.last and self._names_place(of - 1)

    def _object(self, clause: Clause, phrase: Phrase) -> Run | None:
        known = phrase.objects is not None and not phrase.person
        if clause.verb.voice == "passive" or (known and not phrase.words):
            return None
        for run in clause.objects:
            low = [self._low(k) for k in range(*run)]
            if known and phrase.objects is not None and not phrase.objects.isdisjoint(low):
                continue
            if set(low) & set(phrase.words) - self._words.of:
                # In "opened fire on a boat" the object is part of the verb.
                continue
            of = next((k for k, word in enumerate(low) if word in self._words.of), len(low))
            cut = of if not self._words.of.isdisjoint(phrase.words[-1:]) else len(low)
            if run.last - run.first == 1 and (self.parse.tags[run.first] == "DT" or _SCORE.match(low[0])):
                # "The government ruled *that* out", "voted *9-6*": nobody is named.
                return None
            found = self.untimed(Run(run.first, run.first + cut))
            if found is not None:
                return self._without_post(found) if phrase.person else found
        return None

    def _without_post(self, run: Run) -> Run:
        """A name of several words without what it was named: "Ana Ruiz" of "named Ana Ruiz chief executive"."""
        last = run.first
        while last < run.last and self.parse.tags[last] == "NNP":
            last += 1
        return Run(run.first, last) if last - run.first > 1 else run

    def _receiver(self, clause: Clause, phrase: Phrase) -> Run | None:
        """The first of two objects ("gave *the clinic* two boats"); for a passive the subject."""
        if clause.verb.voice == "passive":
            return clause.subject if clause.objects else None
        if len(clause.objects) > 1:
            return self.untimed(clause.objects[0])
        for run in clause.objects:
            for k in range(run.first + 1, run.last):
                starts = self.parse.tags[k] in _STARTS or self._low(k) in self._words.more
                if self.parse.tags[k - 1] in _NOUNS and starts:
                    return Run(run.first, k)
        return None
