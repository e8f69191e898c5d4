"""From the words of a source to the name they stand for, within one article."""

from __future__ import annotations

from typing import NamedTuple

from dateline.transforms.claims.draft import Run
from dateline.transforms.claims.names import FEMALE, GENDER, MALE, MAX_WORDS, ROLES, Mention, Names

_SELF = frozenset(["i", "we", "you", "who", "which", "that", "me", "us"])
_RELATIVES = frozenset(["who", "which", "that"])
_PREPOSITIONS = frozenset(["for", "of", "from", "at", "in", "with", "to", "by"])
_DETERMINERS = frozenset(["the", "a", "an", "this", "that", "his", "her", "their", "its", "our", "my"])
_CLOSERS = frozenset([",", ".", ";", "—", "–", ")"])
REACH = 12
"""Sentences back that a pronoun looks for its name."""


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
        self.gender = dict(names.gender)
        self.said: list[tuple[int, str, bool]] = []
        self.by_role: dict[str, str] = {}

    def resolve(self, run: Run) -> Speaker:
        """The speaker that the source ``run`` stands for; a source that names nobody stays without a name."""
        c = self.chunks
        low = c.low[run.first : run.last]
        if len(low) == 1 and low[0] in _RELATIVES:
            return self._antecedent(run, low[0])
        if len(low) == 1 and low[0] in _SELF:
            return Speaker(None, None, f"{low[0]!r} names nobody")
        if len(low) == 1 and low[0] in GENDER:
            return self._pronoun(run, low[0])
        if len(low) == 1 and low[0] in ("they", "it"):
            return self._thing(run, low[0])
        head = None if self._joint(run) else self._head(run)
        if head is not None:
            name = self.names.best(head.name, head.first)
            role = head.role or self.names.roles.get(name) or self._apposition(run, head)
            self._remember(head.first, name, True, role)
            how = (
                "the name in the source"
                if name == head.name
                else f"{head.name!r} is short for {name!r} in this article"
            )
            return Speaker(name, role, how)
        apposed = None if head is not None else self._apposed(run)
        if apposed is not None:
            return apposed
        named = self._by_role(run)
        if named is not None:
            self._remember(run.first, named, True, None)
            return Speaker(named, self.names.roles.get(named), "the role was given to that name before")
        name = self._phrase(run)
        if name[0].isupper() and name.lower() in self.names.full:
            # A family name that opens its sentence may carry the tag of a noun.
            full = self.names.best(name, run.first)
            self._remember(run.first, full, True, None)
            return Speaker(
                full, self.names.roles.get(full), f"{name!r} is short for {full!r} in this article"
            )
        self._remember(run.first, name, False, None)
        return Speaker(name, None, "the words of the source")

    def _apposed(self, run: Run) -> Speaker | None:
        """``the harbour master, | Ilse Brandt, who …``: the name between commas behind a phrase that names nobody."""
        c = self.chunks
        if run.last + 1 >= len(c.words) or c.words[run.last] != "," or c.tags[run.last - 1] != "NN":
            return None
        m = self.names.at(run.last + 1)
        if m is None or not self.names.person(m) or m.last >= len(c.words) or c.words[m.last] not in _CLOSERS:
            return None
        name = self.names.best(m.name, m.first)
        role = m.role or self._phrase(run)
        self._remember(m.first, name, True, role)
        return Speaker(name, role, "the name apposed to the source")

    def _joint(self, run: Run) -> bool:
        """``Norway and Sweden``: two names of one source, and nothing else."""
        c = self.chunks
        at = [k for k in range(run.first + 1, run.last - 1) if c.low[k] == "and"]
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
        if found is None or c.low[found.first] in _SELF:
            return Speaker(None, None, f"{word!r} without a phrase before it")
        known = self.resolve(c.widen_left(found, floor))
        return Speaker(known.name, known.role, f"{word!r} stands for the phrase before it: {known.how}")

    def _remember(self, at: int, name: str, person: bool, role: str | None) -> None:
        self.said.append((at, name, person))
        if role:
            for word in role.lower().split():
                if word in ROLES:
                    self.by_role[word] = name

    def _head(self, run: Run) -> Mention | None:
        """The name that is the source, not one that it belongs to (``a spokesman for Ruiz``)."""
        c = self.chunks
        held = [m for m in self.names.inside(run.first, run.last) if self.names.person(m)]
        # "chief Cabinet secretary, Ana Ruiz": a full name before a single capital word.
        for m in sorted(
            held, key=lambda m: (" " not in m.name and m.name.lower() not in self.names.full, m.first)
        ):
            lead = c.low[run.first : m.first]
            after = c.low[m.last] if m.last < run.last else ""
            if after in ("'s", "’s", "’", "'"):
                continue
            if m.last < run.last and c.tags[m.last] in ("NN", "JJ") and any(o.first > m.last for o in held):
                # "Former Costa Rican president Laura Moor": a name before the office is where it is held.
                continue
            comma = max((k for k, w in enumerate(lead) if w in (",", "—", "–", ":")), default=-1)
            if any(w in _PREPOSITIONS for w in lead[comma + 1 :]) and not (m.role and " of " in m.role):
                continue
            if lead and lead[0] in _DETERMINERS and comma < 0 and not m.role:
                continue
            return m
        return None

    def _apposition(self, run: Run, m: Mention) -> str | None:
        """``, mayor of …`` after a name: its role, where it holds a word for one."""
        c = self.chunks
        _, ceiling = c.bounds(run.first)
        if m.last + 1 >= ceiling or c.words[m.last] != ",":
            return None
        stop = next(
            (
                k
                for k in range(m.last + 1, min(ceiling, m.last + 14))
                if c.words[k] in ',.;”"' or c.tags[k] in ("WH", "VBD", "VBZ")
            ),
            None,
        )
        if stop is None or stop <= m.last + 1 or not any(c.low[k] in ROLES for k in range(m.last + 1, stop)):
            return None
        first = m.last + 1 + (c.low[m.last + 1] in ("the", "a", "an"))
        return c.text[c.parse.starts[first] : c.parse.ends[stop - 1]] if first < stop else None

    def _pronoun(self, run: Run, word: str) -> Speaker:
        gender = GENDER[word]
        here = self.chunks.sentence[run.first]
        for at, name, person in reversed(self.said):
            if here - self.chunks.sentence[at] > REACH:
                break
            if at < run.first and person and self.gender.get(name.split()[-1].lower(), gender) == gender:
                self.gender.setdefault(name.split()[-1].lower(), gender)
                return Speaker(name, self.names.roles.get(name), f"{word!r} is the last speaker before it")
        for m in reversed(self.names.mentions):
            if m.first < run.first and here - self.chunks.sentence[m.first] <= REACH and self._somebody(m):
                name = self.names.best(m.name, m.first)
                if self.gender.get(name.split()[-1].lower(), gender) == gender:
                    return Speaker(
                        name, self.names.roles.get(name), f"{word!r} is the last person named before it"
                    )
        return Speaker(None, None, f"{word!r} without a name before it")

    def _somebody(self, m: Mention) -> bool:
        words = m.name.split()
        return self.names.person(m) and (m.role is not None or words[-1].lower() in self.names.full)

    def _thing(self, run: Run, word: str) -> Speaker:
        here = self.chunks.sentence[run.first]
        for at, name, person in reversed(self.said):
            if at < run.first and not person and here - self.chunks.sentence[at] <= REACH:
                return Speaker(name, None, f"{word!r} is the last source before it that is no person")
        return Speaker(None, None, f"{word!r} without a source before it")

    def _by_role(self, run: Run) -> str | None:
        """``the minister`` where a minister was named before."""
        words = [w for w in self.chunks.low[run.first : run.last] if w not in _DETERMINERS]
        if not words or len(words) > 3 or self.chunks.low[run.first] in ("a", "an"):
            return None
        if not all(w in ROLES for w in words):
            return None
        gender = "f" if words[-1] in FEMALE else "m" if words[-1] in MALE else None
        for m in reversed(self.names.mentions):
            if (
                m.first < run.first
                and m.role
                and words[-1] in m.role.lower().split()
                and self.names.person(m)
            ):
                name = self.names.best(m.name, m.first)
                if gender is None or self.gender.get(name.split()[-1].lower(), gender) == gender:
                    return name
        return self.by_role.get(words[-1])

    def _phrase(self, run: Run) -> str:
        """The source as written, up to its first comma, no longer than a name may be."""
        c = self.chunks
        last = next((k for k in range(run.first + 1, run.last) if c.words[k] in ",;:—–("), run.last)
        last = min(last, run.first + MAX_WORDS)
        while last - 1 > run.first and not c.words[last - 1][0].isalnum():
            last -= 1
        return c.text[c.parse.starts[run.first] : c.parse.ends[last - 1]]
