"""Resolves the words of a source to a name, within one article."""

from __future__ import annotations

import weakref
from typing import NamedTuple

from dateline.transforms.claims import described
from dateline.transforms.claims.antecedents import Antecedents
from dateline.transforms.claims.appositions import apposition
from dateline.transforms.claims.descriptions import Descriptions
from dateline.transforms.claims.draft import Run
from dateline.transforms.claims.kinds import Kind
from dateline.transforms.claims.names import MAX_WORDS, Mention, Names
from dateline.transforms.claims.only import Only

MAX_TITLE = 5
"""Most words of a description before a name that is apposed."""
_CLOSERS = frozenset([",", ".", ";", "—", "–", ")"])


class Speaker(NamedTuple):
    """A name, its role, and how it was found."""

    name: str | None
    role: str | None
    how: str


class Speakers:
    """Resolves the sources of an article one after another, in the order of its text."""

    def __init__(self, names: Names) -> None:
        self.chunks = names.chunks
        self.names = names
        self.gender: dict[str, str] = {}
        # A bound method would make a ring of all that was read of the article, 120 KB that wait for a full collection.
        me = weakref.proxy(self)
        self.antecedents = Antecedents(names, lambda run: me._subject(run))
        self.descriptions = Descriptions(names, self.antecedents, self.gender)
        self.by_role: dict[str, str] = {}
        self.only = Only(names, self.antecedents)

    def resolve(self, run: Run) -> Speaker:
        """The speaker for the source ``run``; a source that names nobody has no name."""
        closed, low, size = self.chunks.closed, self.chunks.low[run.first], run.last - run.first
        if size == 1:
            if low in closed.relatives:
                return self._antecedent(run, low)
            if low in closed.unnamed:
                if low in self.chunks.vocabulary.gender:
                    return self._only(run.first, self.chunks.vocabulary.gender[low])
                return Speaker(None, None, f"{low!r} names nobody")
            if low in self.chunks.vocabulary.gender:
                return self._pronoun(run, low)
            if low in closed.impersonal:
                return self._thing(run, low)
        elif size == 3 and low in closed.many:
            behind = " ".join(self.chunks.low[run.first + 1 : run.last])
            if behind in closed.of_them:
                return self._thing(run, f"{low} {behind}")
        found, kind = self._named(run)
        if found.name is not None:
            self._remember(run.first, found.name, kind, found.role)
        return found

    def dropped(self, cue: Run) -> Speaker | None:
        """The speaker of a verb whose claim has no source ("Explicó que", "a-t-il dit"), where one person can be meant."""
        return self._known(cue.first, self.only.of_verb(cue))

    def _only(self, token: int, gender: str) -> Speaker:
        name = self.only.of_pronoun(token, gender)
        return self._known(token, name) or Speaker(None, None, f"{self.chunks.low[token]!r} names nobody")

    def _known(self, token: int, name: str | None) -> Speaker | None:
        """The speaker of a name that is the only one that a word can mean."""
        if name is None:
            return None
        self.antecedents.note(token, name, "person")
        how = f"{self.chunks.low[token]!r} can mean nobody else"
        return Speaker(name, self.names.roles.get(name), how)

    def _named(self, run: Run) -> tuple[Speaker, Kind]:
        """The speaker that a phrase (not a pronoun) names, and its kind."""
        known = self.names.sources
        if run not in known:
            known[run] = self._by_name(run) or self._by_words(run)
        return known[run] or self._by_context(run)

    def _by_name(self, run: Run) -> tuple[Speaker, Kind] | None:
        """Whom a phrase names by a name in it or behind it: the same wherever in the article it is asked."""
        head = None if self._joint(run) else self._head(run)
        if head is not None:
            name = self.names.best(head.name, head.first, head.role)
            role = (
                head.role
                or self.names.roles.get(name)
                or apposition(self.chunks, run, head)
                or described.role(self.chunks, run, head)
            )
            how = (
                "the name in the source"
                if name == head.name
                else f"{head.name!r} is short for {name!r} in this article"
            )
            lone = " " not in name and not self.names.personal(role) and name.lower() not in self.names.full
            firm = name.split()[-1].lower().rstrip(".") in self.chunks.people.firms
            return Speaker(name, role, how), "name" if lone else "thing" if firm else "person"
        apposed = self._apposed(run)
        return (apposed, "person") if apposed is not None else None

    def _by_words(self, run: Run) -> tuple[Speaker, Kind] | None:
        """Whom a phrase without a name stands for; ``None`` if that follows from what was told before it."""
        if self._offices(run):
            return None
        name = self._phrase(run)
        family = self._by_family(run, name)
        if family is not None:
            return family, "person"
        if self.descriptions.describes(run, name):
            return None
        return Speaker(name, None, "the words of the source"), self.antecedents.kind(run)

    def _by_context(self, run: Run) -> tuple[Speaker, Kind]:
        """Whom an office or a description stands for, by what was told before it."""
        named = self._by_role(run)
        if named is not None:
            return Speaker(
                named, self.names.roles.get(named), "the role was given to that name before"
            ), "person"
        name = self._phrase(run)
        family = self._by_family(run, name)
        if family is not None:
            return family, "person"
        full_form = self.descriptions.full_form(run, name) or self.descriptions.longer(run, name)
        if full_form is not None:
            return Speaker(full_form, None, f"{name!r} is short for {full_form!r} in this article"), "thing"
        return Speaker(name, None, "the words of the source"), self.antecedents.kind(run)

    def _by_family(self, run: Run, name: str) -> Speaker | None:
        """The bearer of a family name that has the tag of a noun, as at the start of a sentence."""
        if not name[0].isupper() or name.lower() not in self.names.full:
            return None
        full = self.names.best(name, run.first)
        return Speaker(full, self.names.roles.get(full), f"{name!r} is short for {full!r} in this article")

    def _subject(self, run: Run) -> tuple[str, bool] | None:
        """The name of a subject, and whether it is a person's."""
        found, kind = self._named(run)
        return (found.name, kind == "person") if found.name is not None else None

    def _apposed(self, run: Run) -> Speaker | None:
        """``the harbour master, | Ilse Brandt, who …``: the name between commas behind a phrase that names nobody."""
        c = self.chunks
        if run.last + 1 >= len(c.words) or c.words[run.last] != ",":
            return None
        if c.tags[run.last - 1] != "NN" and not any(c.low[k] in c.people.roles for k in range(*run)):
            return None
        m = self.names.at(run.last + 1) or self._titled(run.last + 1)
        if m is None or not self.names.person(m) or m.last >= len(c.words) or c.words[m.last] not in _CLOSERS:
            return None
        return Speaker(
            self.names.best(m.name, m.first), m.role or self._phrase(run), "the name apposed to the source"
        )

    def _titled(self, at: int) -> Mention | None:
        """``his coach, | former Olympian Bengt Dahl, …``: the name behind a description without an article."""
        c = self.chunks
        for k in range(at, min(at + MAX_TITLE, len(c.words))):
            m = self.names.at(k)
            if m is not None:
                return m if " " in m.name and k > at else None
            if c.tags[k] not in ("JJ", "NN", "NNP"):
                break
        return None

    def _joint(self, run: Run) -> bool:
        """``Norway and Sweden``: two names of one source, and nothing else."""
        c = self.chunks
        at = [k for k in range(run.first + 1, run.last - 1) if c.low[k] in c.closed.conjunctions]
        if len(at) != 1 or run.last - run.first > MAX_WORDS:
            return False
        held = {m.first: m.last for m in self.names.mentions if run.first <= m.first < run.last}
        return held.get(run.first) == at[0] and held.get(at[0] + 1) == run.last

    def _antecedent(self, run: Run, word: str) -> Speaker:
        """``Ana Ruiz, who …``: the phrase that a relative pronoun stands for."""
        c = self.chunks
        floor, _ = c.bounds(run.first)
        at = run.first - (run.first > floor and c.words[run.first - 1] == ",")
        found = c.before(at, floor)
        if found is not None and found.last - found.first == 1 and c.low[found.first].isdigit():
            # "Ana Ruiz, 61, who": the number is an age.
            found = c.before(found.first - (c.words[found.first - 1] == ","), floor) or found
        if found is None or c.low[found.first] in c.closed.unnamed:
            return Speaker(None, None, f"{word!r} without a phrase before it")
        clause = self.names.chunks.clause_of.get(run.first)
        if clause is None or clause.modifies is None or not found.first <= clause.modifies < found.last:
            found = c.widen_left(found, floor)
        comma = found.first - 1
        if comma > floor and c.words[comma] == "," and c.low[found.first] in c.closed.articles:
            # "Jean Maddox, | the judge | who …": whom the phrase is apposed to.
            named = [m for m in self.names.inside(floor, comma) if m.last == comma and self.names.somebody(m)]
            found = Run(named[0].first, named[0].last) if named else found
        known = self.resolve(found)
        return Speaker(known.name, known.role, f"{word!r} stands for the phrase before it: {known.how}")

    def _remember(self, at: int, name: str, kind: Kind, role: str | None) -> None:
        self.antecedents.note(at, name, kind)
        if role:
            for word in role.lower().split():
                if word in self.chunks.people.roles:
                    self.by_role[word] = name

    def _head(self, run: Run) -> Mention | None:
        """The name that is the source itself, not one that depends on it (``a spokesman for Ruiz``)."""
        c = self.chunks
        held = [m for m in self.names.inside(run.first, run.last) if self.names.person(m)]
        if not held:
            return None
        # "chief Cabinet secretary, Ana Ruiz": a full name before a single capital word.
        for m in sorted(
            held, key=lambda m: (" " not in m.name and m.name.lower() not in self.names.full, m.first)
        ):
            lead = c.low[run.first : m.first]
            after = c.low[m.last] if m.last < run.last else ""
            if after in ("'s", "’s", "’", "'"):
                continue
            if m.last < run.last and self._qualifies(m):
                # "Ferry crews", "the Ruiz campaign": a name before a noun is no head.
                continue
            if m.last < run.last and c.tags[m.last] in ("NN", "JJ") and any(o.first > m.last for o in held):
                # "Former Costa Rican president Laura Moor": a name before the office is where it is held.
                continue
            if lead and lead[-1] in c.closed.conjunctions:
                # "Norland and Japan", whatever the tag of the first: both are meant.
                continue
            if lead and not c.closed.articles and " " not in m.name and m.name.lower() not in self.names.full:
                # Where nouns have cases and no articles, "президент Франции" is as like "президент Леонов".
                continue
            comma = max((k for k, w in enumerate(lead) if w in (",", "—", "–", ":")), default=-1)
            if any(w in c.closed.prepositions for w in lead[comma + 1 :]) and not (
                m.role and not c.closed.of.isdisjoint(m.role.split())
            ):
                continue
            if described.depends(c, run, m):
                continue
            # "The carmaker Veltra" is Veltra, "the Veltra plan" is not.
            told = m.last == run.last and len(lead) > 1 and c.tags[m.first - 1] == "NN"
            told = told or described.described(c, run, m)
            if lead and lead[0] in c.closed.determiners and comma < 0 and not m.role and not told:
                continue
            return described.whole(c, run, m)
        return None

    def _qualifies(self, m: Mention) -> bool:
        """Whether a noun that is not a time follows a name."""
        c = self.chunks
        if not c.tags[m.last]:
            return c.low[m.last] in c.people.roles  # "Le Premier ministre"
        return (
            c.tags[m.last] == "NN"
            and c.words[m.last][0].islower()
            and c.low[m.last] not in c.vocabulary.lengths
        )

    def _pronoun(self, run: Run, word: str) -> Speaker:
        gender = self.chunks.vocabulary.gender[word]
        name = self.antecedents.of(run, word, self._gender)
        if name is None:
            return Speaker(None, None, f"{word!r} without a name before it")
        self.gender.setdefault(name, gender)
        self.antecedents.note(run.first, name, "person")
        return Speaker(name, self.names.roles.get(name), f"{word!r} is the person mentioned last")

    def _gender(self, name: str) -> str | None:
        """The gender that a pronoun, a title or a given name told of a name."""
        return self.gender.get(name) or self.names.gender_of(name)

    def _thing(self, run: Run, word: str) -> Speaker:
        name = self.antecedents.of(run, word, self._gender)
        if name is None:
            return Speaker(None, None, f"{word!r} without a source before it")
        self.antecedents.note(run.first, name, "thing" if word in self.chunks.closed.it else "people")
        return Speaker(name, None, f"{word!r} is what was mentioned last")

    def _offices(self, run: Run) -> list[str]:
        """The words of a phrase that only tells an office ("the prime minister"), without its determiner; else none."""
        low, closed = self.chunks.low, self.chunks.closed
        words = [w for w in low[run.first : run.last] if w not in closed.determiners]
        known = len(words) <= 3 and low[run.first] not in closed.indefinite
        return words if known and self.chunks.people.roles.issuperset(words) else []

    def _by_role(self, run: Run) -> str | None:
        """``the minister`` where a minister was named before."""
        words = self._offices(run)
        if not words:
            return None
        gender = (
            "f"
            if words[-1] in self.chunks.people.female
            else "m"
            if words[-1] in self.chunks.people.male
            else None
        )
        for m in reversed(self.names.mentions):
            if (
                m.first < run.first
                and m.role
                and words[-1] in m.role.lower().split()
                and self.names.person(m)
            ):
                name = self.names.best(m.name, m.first)
                if gender is None or (self._gender(name) or gender) == gender:
                    return name
        return self.by_role.get(words[-1]) or self._named_later(words)

    def _named_later(self, words: list[str]) -> str | None:
        """``her lawyer said``, and further on ``her lawyer Ana Ruiz``: the one name of the article with a role."""
        known = {
            self.names.best(m.name, m.first)
            for m in self.names.mentions
            if m.role is not None and m.role.lower().split()[-len(words) :] == words and self.names.person(m)
        }
        return next(iter(known)) if len(known) == 1 else None

    def _phrase(self, run: Run) -> str:
        """The source as written, up to its first comma, at most as long as a name."""
        c = self.chunks
        if (
            c.low[run.first] in c.people.either
            and self.names.at(run.first + 1)
            and c.words[run.first][0].isupper()
        ):
            run = Run(run.first + 1, run.last)  # "Retailer | Tamsin & Co"
        last = min(run.last, run.first + MAX_WORDS)
        for k in range(run.first + 1, last):
            if c.words[k] in ",;:—–(":
                last = k
                break
        while last - 1 > run.first and not c.words[last - 1][0].isalnum():
            last -= 1
        if last - 2 > run.first and c.low[last - 1] in c.vocabulary.times and c.tags[last - 2] == "NNP":
            last -= 1  # "Brandt Foods Inc. | today"
        return c.text[c.parse.starts[run.first] : c.parse.ends[last - 1]]
