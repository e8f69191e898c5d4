"""Finds the antecedent of a pronoun among the subjects, speakers and names before it, by kind and position.

The nearest subject of a main clause has the lowest cost, as in centering (Grosz, Joshi and Weinstein 1995),
and a pronoun in reported speech refers to that speaker first. An article states no genders, so a name has one
only after a title or a pronoun gave it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from dateline.transforms import lexicon
from dateline.transforms.claims.draft import Run
from dateline.transforms.claims.kinds import Kind, kind_of
from dateline.transforms.claims.names import Mention, Names
from dateline.transforms.model import Clause

REACH = 12
"""Sentences back in which the antecedent of a pronoun is looked for."""
NEAR = 3
"""The same for "it" and "they", whose antecedents are rarely further away."""
QUOTED = 2
"""The same for "he" and "she" in a quotation."""
FAR = 2
"""The cost of each sentence between a pronoun and a candidate; other costs are relative to it."""
ENCLOSING = -5.0
SPEAKER = -1.5
SIDE = 1.0
OBJECT = 2.0
MENTION = 3.0
HERO = 1.5
"""What is taken from the cost of the person that an article is about (records_dev, deeds that are right: .755 to .762)."""
SURE = 1.25
"""What is taken from the cost of a person whose gender is known to be that of the pronoun."""
INSIDE = 2.0
"""The cost of a candidate within a quotation, for a pronoun outside of it."""
LONE = 3.0
THINGS = 1.5
"""\"They\" are people sooner than things."""
DEAREST = 5.0
"""The highest cost of a thing or of several people; an article has fewer single persons."""
MAX_CHAIN = 6
MAX_SPEECH = 120
"""Tokens back in which the start of a quotation is looked for."""
MAX_RECENT = 8
"""Subjects that are looked at beside those who spoke or acted."""
MAX_SEEN = 40
"""Candidates that are considered for one pronoun."""
PRONOUNS = frozenset(["PRP", "WH", "PRPS"])
_COMPATIBLE: dict[str, frozenset[Kind]] = {
    "one person": frozenset(["person", "name"]),
    "one thing": frozenset(["thing", "name"]),
    "several": frozenset(["people", "things", "thing"]),
}


class Candidate(NamedTuple):
    """A possible antecedent: its first token, its name, its kind and its cost so far."""

    at: int
    name: str
    kind: Kind
    cost: float


Named = Callable[[Run], tuple[str, bool] | None]
"""The name of a phrase, and whether it is that of a person."""


class Antecedents:
    """The candidates of one article; ``named`` gives the name of a phrase that is a subject."""

    def __init__(self, names: Names, named: Named) -> None:
        self._names, self._chunks = names, names.chunks
        self._named = named
        self._says = names.chunks.vocabulary.saying
        self._noted: list[Candidate] = []
        self._looking = False
        self._known: dict[int, Candidate | None] = {}
        self._bodies: set[str] = set()

    def note(self, at: int, name: str, kind: Kind) -> None:
        """Note who spoke or acted at a token."""
        clause = self._chunks.clause_of.get(at)
        cost = OBJECT if clause is None else 0.0 if clause.kind in ("main", "coordinate") else SIDE
        self._noted.append(Candidate(at, name, kind, cost))

    def noted(self, first: int, last: int) -> list[Candidate]:
        """Who spoke or acted at the tokens ``[first, last)``."""
        return [c for c in self._noted if first <= c.at < last]

    def recent(self, before: int) -> Sequence[Candidate]:
        """Who spoke or acted before a token, and the last subjects, in the order of the text."""
        found = [c for c in self._noted[-MAX_SEEN:] if c.at < before]
        if self._looking:
            # The subjects themselves are being named: no chain of them is followed.
            return found
        self._looking = True
        stop = bisect_left(self._chunks.subject_firsts, before)
        for clause in self._chunks.subjects[max(0, stop - MAX_RECENT) : stop]:
            candidate = self._subject(clause, 0.0)
            found += [candidate] if candidate is not None else []
        self._looking = False
        return sorted(found, key=lambda c: c.at)

    def bodies(self) -> list[str]:
        """The bodies and things that were mentioned so far."""
        return [c.name for c in self._noted if c.kind in ("thing", "name")]

    def kind(self, run: Run) -> Kind:
        """The kind of thing that the head of a phrase names."""
        known = self._names.kinds
        if run not in known:
            known[run] = kind_of(run, self._chunks)
        return known[run]

    def of(self, run: Run, word: str, gender: Callable[[str], str | None]) -> str | None:
        """The name to which the pronoun ``run`` refers. ``gender`` gives that of a name, if it is known."""
        kinds = _COMPATIBLE[self._number(word)]
        sentence = self._chunks.sentence
        here = sentence[run.first]
        best: tuple[float, int, str] | None = None
        costs: dict[str, float] = {}
        enclosing: set[int] = set()
        several, own_sex = "people" in kinds, self._chunks.vocabulary.gender.get(word)
        if word in self._chunks.closed.it and (joint := self._joint(run)) is not None:
            return joint
        own = self._beside(run)
        quotes, shifts = self._chunks.parse.quotes, self._shifts
        hero = self._names.hero if "person" in kinds else None
        clause = self._chunks.clause_of.get(run.first)
        speaks = clause is None or clause.verb.lemma in self._says
        # Who is quoted may speak of somebody whom the article names far away, or not at all.
        quoted = quotes[run.first] and "person" in kinds
        reach = QUOTED if quoted else REACH if "person" in kinds else NEAR
        found = [*self._around(run), *self._before(run, SPEAKER if speaks else 0.0, reach)]
        other = {c.name for _, c in found if c.at in own} if own else ()
        foreign = word in self._chunks.closed.impersonal and self._speech(run.first)
        for told, c in found:
            if foreign and quotes[c.at] != quotes[run.first]:
                # "“It came down like a train,” said Vassil": he speaks of what nobody but him told of.
                continue
            if c.kind == "person" and (
                c.name in self._bodies or (told == ENCLOSING and self._unsure(word, c.name, gender))
            ):
                # "Tarn Water said *it* would appeal": nothing else tells that two capitals are those of a body.
                c = c._replace(kind="thing")
                enclosing.add(-c.at)
            if c.kind not in kinds or here - sentence[c.at] > reach:
                continue
            lone = c.kind == "name"
            if word not in self._chunks.closed.it and c.kind in ("person", "name") and self._place(c.name):
                continue
            cost = c.cost + told
            if lone and cost >= OBJECT and "person" in kinds:
                # "A storm hit Lund. He …": a single name that does nothing is rarely a person's.
                continue
            if c.name in other:
                # "Feld thanked her": an object is somebody else than the subject of its clause.
                continue
            sex = gender(c.name) if own_sex and c.kind in ("person", "name") else None
            if sex not in (None, own_sex):
                continue
            if speaks and c.kind == "things":
                continue
            team = c.kind == "thing" and several
            if team and not self._team(c.name):
                continue
            first = c.kind == "person" and cost == 0.0
            cost += FAR * (here - sentence[c.at]) + (
                LONE if lone or team else THINGS if c.kind == "things" else 0
            )
            if quotes[c.at] and not quotes[run.first]:
                cost += INSIDE
            cost += shifts.get(c.at, 0.0)
            if c.name == hero:
                cost -= HERO
            if sex is not None:
                cost -= SURE
            if cost > DEAREST and c.kind not in ("person", "name"):
                continue
            if first:
                costs[c.name] = cost
            if best is None or (cost, -c.at) < best[:2]:
                best = cost, -c.at, c.name
        if best is None or (best[2] in costs and sum(cost == best[0] for cost in costs.values()) > 1):
            # "Ruiz resigned and Duran left. She …": two subjects of main clauses that are alike in all that counts.
            return None
        if best[1] in enclosing:
            self._bodies.add(best[2])
        return best[2] or None

    def _unsure(self, word: str, name: str, gender: Callable[[str], str | None]) -> bool:
        """Whether "it" may stand for a name of which no role and no given name tells that it is a person's."""
        return word in self._chunks.closed.it and name not in self._names.roles and gender(name) is None

    def _speech(self, token: int) -> bool:
        """Whether a token stands in a quotation that begins its own sentence, with a capital."""
        quotes, first = self._chunks.parse.quotes, token
        floor = max(0, token - MAX_SPEECH)
        while first > floor and quotes[first - 1] == quotes[token]:
            first -= 1
        words = self._chunks.words
        return quotes[token] > 0 and words[min(first + (not words[first][0].isalnum()), token)][0].isupper()

    def _joint(self, run: Run) -> str | None:
        """``Rebels took Lund and troops retook it``: the thing that is the object of the verb before."""
        clause = self._chunks.object_of.get(run.first)
        if clause is None or clause.kind != "coordinate":
            return None
        clauses = self._chunks.parse.clauses
        at = bisect_left(clauses, clause.verb.first, key=lambda c: c.verb.first) - 1
        before = clauses[at] if at >= 0 else clause
        if before.sentence != clause.sentence or before.verb.voice != "active" or len(before.objects) != 1:
            return None
        thing = before.objects[0]
        if self._chunks.tags[thing.first] in PRONOUNS or self.kind(thing) not in _COMPATIBLE["one thing"]:
            return None
        found = self._named(thing)
        return found[0] if found is not None and not found[1] else None

    @cached_property
    def _shifts(self) -> dict[int, float]:
        """What is added to the cost of candidates by their token.

        Whom a body appoints is spoken of next, not the body: "The bank hired Ana Ruiz. *She* …".
        """
        made: dict[int, float] = {}
        for clause in self._chunks.appointments:
            made.update(dict.fromkeys(range(*clause.objects[0]), -MENTION))
            if clause.subject is not None:
                made[clause.subject.first] = OBJECT
        return made

    def _beside(self, run: Run) -> range:
        """The tokens of the subject of the clause that a pronoun is an object of."""
        clause = self._chunks.object_of.get(run.first)
        return range(0) if clause is None or clause.subject is None else range(*clause.subject)

    def _team(self, name: str) -> bool:
        """Whether a name is that of a body, which may be "they": "Halden Rovers", "the Greens"."""
        last = name.split()[-1]
        people, low = self._chunks.people, last.lower()
        if (
            not last[0].isupper()
            or low in people.bodies.get("newspaper", ())
            or low in self._chunks.closed.determiners
        ):
            return False
        return low in people.firms or low in people.organs or low.endswith("s")

    def _place(self, name: str) -> bool:
        """Whether a name is that of a country, a region or the seat of a government."""
        low = name.lower()
        known = _places(lexicon.regions(), self._chunks.people.seats)
        return low in known or low.removeprefix("the ") in known

    def _number(self, word: str) -> str:
        """The number of a pronoun: a key of ``_COMPATIBLE``."""
        if word in self._chunks.vocabulary.gender:
            return "one person"
        return "one thing" if word in self._chunks.closed.it else "several"

    def _subject(self, clause: Clause, cost: float) -> Candidate | None:
        run = clause.subject
        if run is None:
            return None
        if run.first not in self._known:
            found = self._named(run)
            self._known[run.first] = None
            if found is not None:
                name, person = found
                kind: Kind = "person" if person else self.kind(run)
                if person and self._several(run):
                    # "Liam Doyle, 34, and his cousin Sean were held. They …": several, who have no one name.
                    name, kind = "", "people"
                self._known[run.first] = Candidate(run.first, name, kind, cost)
        known = self._known[run.first]
        return known if known is None or known.cost == cost else known._replace(cost=cost)

    def _several(self, run: Run) -> bool:
        """Whether a phrase that names a person joins another one to it."""
        c = self._chunks
        last = run.last
        while last < len(c.words) - 1 and (c.words[last] == "," or c.tags[last] == "CD"):
            last += 1  # past the age of the first: "Liam Doyle | , 34, | and his cousin"
        return any(
            c.low[k] in c.closed.conjunctions and c.tags[k + 1] in ("NNP", "PRPS", "DT")
            for k in (*range(run.first + 1, run.last - 1), *([last] if last > run.last + 1 else []))
        )

    def _around(self, run: Run) -> list[tuple[float, Candidate]]:
        """The subjects of the clauses that enclose the clause of the pronoun: who says what it stands in. Before each
        stands what is added to its cost."""
        clauses = self._chunks.parse.clauses
        own = self._chunks.clause_of.get(run.first)
        at = own.encloser if own is not None else None
        found: list[tuple[float, Candidate]] = []
        for _ in range(MAX_CHAIN):
            if at is None:
                break
            clause = clauses[at]
            subject = clause.subject
            if subject is not None and subject.first < run.first and self._chunks.nominal(clause):
                candidate = self._subject(clause, 0.0)
                if candidate is not None:
                    found.append((ENCLOSING + len(found), candidate))
            elif clause.kind == "relative" and clause.modifies is not None:
                # "Ruiz, who left after an inquiry found he had lied": he is whom the relative clause is about.
                person = self._holding(clause.modifies)
                if person is not None:
                    found.append((ENCLOSING + len(found), person._replace(cost=0.0)))
            at = clause.encloser
        return found

    def _before(self, run: Run, noted: float, reach: int) -> list[tuple[float, Candidate]]:
        """The subjects and speakers of ``reach`` sentences, the nearest first, with what is added to the cost of each:
        ``noted`` for a speaker."""
        floor = self._floor(run, reach)
        found = [(noted, c) for c in reversed(self._noted[-MAX_SEEN:]) if floor <= c.at < run.first]
        stop = bisect_left(self._chunks.subject_firsts, run.first)
        for clause in reversed(self._chunks.subjects[max(0, stop - MAX_SEEN) : stop]):
            if clause.subject is None or clause.subject.first < floor:
                break
            candidate = self._subject(clause, 0.0 if clause.kind in ("main", "coordinate") else SIDE)
            if candidate is not None:
                found.append((0.0, candidate))
        if reach == NEAR:
            return found
        stop = bisect_left(self._names.firsts, run.first)
        for m in reversed(self._names.mentions[max(0, stop - MAX_SEEN) : stop]):
            if m.first < floor:
                break
            person = self._names.persons.get(m.first) or self._person(m)
            if person.name:
                found.append((0.0, person))
        return found

    def _holding(self, token: int) -> Candidate | None:
        """The person whose name holds a token."""
        at = bisect_right(self._names.firsts, token) - 1
        m = self._names.mentions[at] if at >= 0 else None
        if m is None or token >= m.last:
            return None
        person = self._names.persons.get(m.first) or self._person(m)
        return person if person.name else None

    def _person(self, m: Mention) -> Candidate:
        """A mention of a person as a candidate, without a name where it is not certainly a person's."""
        name = self._names.best(m.name, m.first) if self._names.somebody(m) else ""
        found = self._names.persons[m.first] = Candidate(m.first, name, "person", MENTION)
        return found

    def _floor(self, run: Run, reach: int) -> int:
        sentences = self._chunks.parse.sentences
        return sentences[max(0, self._chunks.sentence[run.first] - reach)].first


@lru_cache(maxsize=8)
def _places(regions: lexicon.Regions, seats: frozenset[str]) -> frozenset[str]:
    """Names of countries, of regions and of seats of governments, which are not persons."""
    states = [names[0] for rows in regions.zones.values() for names in rows]
    return seats | {name.lower() for name in (*states, *regions.countries)}
