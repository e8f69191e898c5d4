"""Finds the one person that a pronoun, or a verb without a subject, can mean in languages without tags.

Nothing tells a subject from an object there, so a pronoun is resolved only where one antecedent is possible: the
sentence before names just one that fits, or all of the last sentences together do. Everything else stays without a name.
"""

from __future__ import annotations

from typing import NamedTuple

from dateline.transforms import lexicon
from dateline.transforms.claims.antecedents import Antecedents
from dateline.transforms.claims.draft import Run
from dateline.transforms.claims.names import Mention, Names
from dateline.transforms.claims.phrases import Phrases

REACH = 6
"""Sentences back in which an antecedent may be."""


class _Possible(NamedTuple):
    """A possible antecedent: its name, its gender where it is known, whether it is a human being for certain, whether
    it spoke or opened its sentence, and whether it is a phrase of a body or thing."""

    name: str
    gender: str | None
    human: bool
    leads: bool
    body: bool = False

    def fits(self, gender: str | None) -> bool:
        """Whether a pronoun of a gender can mean it."""
        return gender is None or self.gender in (None, gender)

    def certain(self, gender: str | None) -> bool:
        """Whether a pronoun of a gender means it where it can mean nothing else."""
        if gender is None:
            return self.leads or self.human
        return self.gender == gender or self.human


class Only:
    """The possible antecedents of one article; ``antecedents`` has noted who spoke."""

    def __init__(self, names: Names, antecedents: Antecedents) -> None:
        self._names, self._chunks, self._antecedents = names, names.chunks, antecedents
        self._saying = lexicon.saying(names.chunks.language)

    def of_pronoun(self, token: int, gender: str | None) -> str | None:
        """The name that a pronoun of a gender stands for, beside a verb that is not one of several persons."""
        c, endings = self._chunks, self._chunks.closed.plural_verbs
        verbs = c.vocabulary.saying | c.closed.auxiliaries
        near = range(max(0, token - 1), min(len(c.low), token + 2))
        several = bool(endings) and any(c.low[k].endswith(endings) and c.low[k] in verbs for k in near)
        return None if several else self._of(token, gender)

    def of_verb(self, cue: Run) -> str | None:
        """The name that a verb with a pronoun at its end ("a-t-il dit") means, or one that needs no subject ("Explicó
        que"). Only a quotation may stand before the latter: "Preguntada por su libro, respondió"."""
        c, closed = self._chunks, self._chunks.closed
        floor, ceiling = c.bounds(cue.first)
        group = cue.first
        while group > floor and c.low[group - 1] in closed.auxiliaries:
            group -= 1
        for word in c.low[group : cue.last]:
            if word.endswith(closed.he_endings + closed.she_endings):
                return self._of(cue.first, "m" if word.endswith(closed.he_endings) else "f")
        if not closed.drops_subject:
            return None
        opens = all(c.parse.quotes[k] or not c.words[k][0].isalnum() for k in range(floor, group))
        behind = c.low[cue.last] if cue.last < ceiling else "."
        said_of = self._saying.of_things | self._saying.of_things_done
        ends = (
            not behind[0].isalnum()
            or behind in c.vocabulary.that
            or (group == floor and c.low[cue.first] in said_of)
        )
        return self.of_pronoun(cue.first, None) if opens and ends else None

    def _of(self, token: int, gender: str | None) -> str | None:
        sentences = self._chunks.parse.sentences
        here = self._chunks.sentence[token]
        every: dict[str, bool] = {}
        for n in range(here, max(-1, here - REACH - 1), -1):
            if sentences[here].block - sentences[n].block > REACH:
                break
            for p in self._in(n, token):
                # "Die Gewerkschaft warnte. Sie …": a body is spoken of on only right away.
                if p.fits(gender) and (not p.body or n >= here - 1):
                    every[p.name] = every.get(p.name, False) or p.certain(gender)
            if n == here - 1 and len(every) == 1:
                break
        return next(iter(every)) if len(every) == 1 and all(every.values()) else None

    def _in(self, n: int, before: int) -> list[_Possible]:
        """The possible antecedents of a sentence before a token, outside of quotations."""
        c = self._chunks
        s = c.parse.sentences[n]
        stop = min(s.last, before)
        found: dict[int, _Possible] = {}
        for m in self._names.inside(s.first, stop):
            if not c.parse.quotes[m.first] and self._person(m):
                name = self._names.best(m.name, m.first)
                known = m.gender or self._gender_of_role(m.role or self._names.roles.get(name))
                gender = known or self._names.gender_of(name)
                human = bool(m.role) or gender is not None
                found[m.first] = _Possible(name, gender, human=human, leads=m.first == s.first)
        for noted in self._antecedents.noted(s.first, stop):
            gender = self._gender_of_role(self._names.roles.get(noted.name)) or self._names.gender_of(
                noted.name
            )
            human = gender is not None or noted.name in self._names.roles or self._being(noted.name)
            gender = gender or self._gender_of_article(noted.at)
            inside = (m.first for m in self._names.inside(noted.at, stop) if m.name.split()[-1] in noted.name)
            held = next(inside, None)
            body = not human and (held is None or self._body(noted.name))
            if gender is not None or not body:
                at = noted.at if held is None else held
                found[at] = _Possible(noted.name, gender, human=human, leads=True, body=body)
        first = s.first
        opening = self._opening(first, stop) if stop > first and first not in found else None
        if opening is not None:
            apposed = next((k for k in found if k == opening[1] + 1 and c.words[k - 1] == ","), None)
            # "La ministra, | Ana Ruiz, | …": the name between commas is hers.
            name = found[apposed].name if apposed is not None else opening[0].name
            found[first if apposed is None else apposed] = opening[0]._replace(name=name)
        return list(found.values())

    def _opening(self, first: int, stop: int) -> tuple[_Possible, int] | None:
        """``Eine Anwohnerin | hatte Schläge gehört``: the phrase that opens a sentence, where its noun speaks, and its end."""
        c = self._chunks
        phrases = Phrases(c, self._saying, first, stop)
        if c.parse.quotes[first] or not phrases.determined(first):
            return None
        last = phrases.to_noun(first, phrases.clipped(first, stop))
        named = any(m.first < last and self._person(m) for m in self._names.inside(first, stop))
        if named or not phrases.speaks(first, last):
            return None
        name = c.text[c.parse.starts[first] : c.parse.ends[last - 1]]
        gender = self._gender_of_article(first)
        if gender is None and self._body(name):
            return None
        human = self._being(name)
        return _Possible(name, gender, human=human, leads=True, body=not human), last

    def _gender_of_article(self, token: int) -> str | None:
        low, closed = self._chunks.low[token], self._chunks.closed
        return "f" if low in closed.feminine else "m" if low in closed.masculine else None

    def _gender_of_role(self, role: str | None) -> str | None:
        """The gender that the form of a role shows: "ministra", "Sprecherin"."""
        closed = self._chunks.closed
        head = next(filter(self._human, role.lower().split()), "") if role else ""
        if head and head.endswith(closed.she_roles):
            return "f"
        return "m" if head and head.endswith(closed.he_roles) else None

    def _human(self, word: str) -> bool:
        return word in self._chunks.people.humans or self._chunks.vocabulary.office(word)

    def _head(self, name: str) -> list[str]:
        """The words of a phrase before what its noun is of: "un portavoz" of "un portavoz de la policía"."""
        words = name.lower().split()
        of = next((k for k, w in enumerate(words) if k and w in self._chunks.closed.of), len(words))
        # "Die Polizei": the article is a form of "of" in German.
        return words[: max(of, 2 if words and words[0] in self._chunks.closed.determiners else 1)]

    def _being(self, name: str) -> bool:
        """Whether a phrase is one of a human being."""
        return not self._body(name) and any(map(self._human, self._head(name)))

    def _body(self, name: str) -> bool:
        people = self._chunks.people
        return any(w in people.organs or w in people.crowds for w in self._head(name))

    def _person(self, m: Mention) -> bool:
        """Whether a name is or may be a person's: one with a role, or of two words and of no place or body."""
        if not self._names.person(m):
            return False
        return bool(m.role) or " " in m.name or m.name.split()[-1].lower() in self._names.full
