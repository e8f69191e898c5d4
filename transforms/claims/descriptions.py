"""Finds the name that a short description of a body or an office stands for, within one article."""

from __future__ import annotations

import re

from dateline.transforms.claims.antecedents import Antecedents
from dateline.transforms.claims.draft import Run
from dateline.transforms.claims.names import Names

LAST = 2
"""Sentences back in which another name is told of last."""
_NAME = re.compile(r"(?:^|\s)[^\W\d_a-z]")
_PART = re.compile(r"[^\W\d_][^\W\dA-Z_]*|\d+")


def _parts(name: str) -> list[str]:
    """The words of a name, those within a word too: "Air", "Asia" of "AirAsia"."""
    return [part.lower() for part in _PART.findall(name)]


class Descriptions:
    """The descriptions of an article; ``gender`` holds the genders that its pronouns and titles told of names."""

    def __init__(self, names: Names, antecedents: Antecedents, gender: dict[str, str]) -> None:
        self.names, self.antecedents, self.gender = names, antecedents, gender
        self.chunks = names.chunks

    def describes(self, run: Run, name: str) -> bool:
        """Whether a phrase can be short for a name at all, which :meth:`full_form` and :meth:`longer` then look for."""
        bare = self._indefinite(run, name)
        return (
            self._short(bare) is not None
            or bare in self.chunks.people.bodies
            or self._office(name) is not None
        )

    def _short(self, bare: str) -> str | None:
        """The name that a short form in capitals stands for."""
        return self.names.short.get(bare) if bare.isupper() else None

    def _indefinite(self, run: Run, name: str) -> str:
        """The name of a phrase without a definite article before it."""
        definite = self.chunks.low[run.first] in self.chunks.closed.definite and " " in name
        return name.split(" ", 1)[1] if definite else name

    def full_form(self, run: Run, name: str) -> str | None:
        """``the PBP`` and ``the agency`` where the article names the People's Bread Party, one authority alone."""
        bare = self._indefinite(run, name)
        short = self._short(bare)
        if short is not None:
            return short
        told = self.chunks.people.bodies.get(bare)
        if told is None or bare == name:
            return None
        named = [m.name for m in self.names.mentions if m.first < run.first]
        named += [self._undetermined(n, self.chunks.closed.definite) for n in self.antecedents.bodies()]
        # "The Karshan army", but not "the army".
        known = {
            n
            for n in set(named)
            if not told.isdisjoint(self._told_by(n)) and _NAME.search(self._undetermined(n))
        }
        if bare in self.chunks.people.common:
            # "Ruiz's group" is no firm: what tells of a firm is a part of its name.
            known = {n for n in known if any(w[0].isupper() and w.lower() in told for w in _PART.findall(n))}
        # "Indonesia AirAsia's Flight QZ8501" and "Flight QZ8501" are one.
        known = {n for n in known if not any(n != other and n.endswith(other) for other in known)}
        found = next(iter(known)) if len(known) == 1 else None
        if found is None or len(_parts(found)) < 2:
            return None
        return None if bare in self.chunks.people.common and self._another(run, found) else found

    def longer(self, run: Run, name: str) -> str | None:
        """``the secretary`` where "the Foreign Secretary", and no other one, spoke or acted before."""
        bare = self._office(name)
        if bare is None:
            return None
        told = {
            c.name
            for c in self.antecedents.recent(run.first)
            if c.at < run.first
            and c.name.lower().endswith(f" {bare}")
            and self._undetermined(c.name) != c.name
        }
        longer = {n for n in told if self._undetermined(n).lower() != bare}
        return next(iter(longer)) if len(longer) == 1 and len(longer) == len(told) else None

    def _office(self, name: str) -> str | None:
        """The office that a phrase with an article names: "secretary" of "the secretary"."""
        bare = self._undetermined(name).lower()
        words, people = bare.split(), self.chunks.people
        office = people.roles.issuperset(words) and words[-1] not in people.fields
        return bare if office and name.lower() != bare else None

    def _told_by(self, name: str) -> list[str]:
        """The words of a name that may tell what it is; of one word its parts ("Air" of "AirAsia"), but no field ("Energy")."""
        parts = _parts(name)
        return parts if " " in name else [part for part in parts if part not in self.chunks.people.firms]

    def _another(self, run: Run, found: str) -> bool:
        """Whether another name without a person was told of last: "Kirschner fell. | The company", not the Deposit Corp."""
        here = self.chunks.sentence[run.first]
        papers = self.chunks.people.bodies.get("newspaper", frozenset())
        for c in reversed(self.antecedents.recent(run.first)):
            if here - self.chunks.sentence[c.at] > LAST:
                break
            person = (
                (self.gender.get(c.name) or self.names.gender_of(c.name))
                or c.name in self.names.roles
                or c.kind == "people"
            )
            words = range(c.at, min(c.at + len(c.name.split()), run.first))
            proper = any(self.chunks.tags[k] == "NNP" for k in words)
            if person or not proper or not papers.isdisjoint(_parts(c.name)):
                continue
            return set(_parts(c.name)).isdisjoint(_parts(found))
        return False

    def _undetermined(self, name: str, articles: frozenset[str] | None = None) -> str:
        """A name without its article, which is one of ``articles`` (else of all)."""
        first, _, rest = name.partition(" ")
        return rest if rest and first.lower() in (articles or self.chunks.closed.articles) else name
