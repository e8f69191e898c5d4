"""Resolves the parties of deeds to names, in the same way as the sources of claims."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise

from dateline.transforms.claims.context import Context
from dateline.transforms.claims.draft import Run
from dateline.transforms.claims.speakers import Speaker, Speakers
from dateline.transforms.model import Claim, Span

_NOUNS = frozenset(["NN", "NNP", "PRP", "CD", "PU"])
_CUTS = frozenset(["WH", "VBN", "VBG", "VBD", "VBZ", "MD"])
_BESIDE = frozenset(["CC", "NN", "NNP", "JJ", "DT", "PRPS", "POS", "PU"])
REACH = 6
"""Sentences back in which the two persons of "the two" are looked for."""
MAX_TWO = 4
MAX_BETWEEN = 8
MAX_NAME = 10
"""Most words of the name of a party."""


class Resolver:
    """Resolves parties in the order of the text, together with the sources of the claims between them."""

    def __init__(self, context: Context) -> None:
        self.parse = context.parse
        self.chunks = context.chunks
        self.speakers = Speakers(context.names)
        self._joined: list[tuple[tuple[int, int, Speaker], ...]] = []

    def met(self, claim: Claim) -> Run | None:
        """Note the speaker of a claim, for pronouns after it; the tokens of its source."""
        if not claim.source:
            return None
        source = self._run(claim.source[0])
        self.speakers.resolve(source)
        return source

    def resolve(self, first: int, last: int, within: Claim | None = None) -> Speaker:
        """The name for the tokens ``[first, last)``. "We" in reported speech is its speaker."""
        low = self.chunks.low[first]
        if last - first == 1 and low in self.chunks.closed.first_person:
            name = within.speaker if within else None
            return Speaker(name, within.role if within else None, f"{low!r} is the speaker")
        found = self.speakers.resolve(self._short(first, last))
        own = within is not None and found.name is not None and found.name == within.speaker
        if own and last - first == 1 and low in self.chunks.vocabulary.gender and self.parse.quotes[first]:
            # "“She has spent her career abroad,” Kessel said": who is quoted speaks of somebody else.
            return Speaker(None, None, f"{low!r} in a quotation is not its speaker")
        return found

    def each(self, first: int, last: int) -> list[tuple[int, int, Speaker]]:
        """The persons of a phrase that names several ("Korvath and Duran"), with their tokens; else none."""
        low, closed = self.chunks.low, self.chunks.closed
        if closed.conjunctions.isdisjoint(low[first + 1 : last - 1]):
            return self._pair(first) if self._two(first, last) else []
        at = [k for k in range(first + 1, last - 1) if low[k] in closed.conjunctions]
        first += low[first] in closed.both
        if len(at) != 1:
            return []
        known = self.speakers.names.full
        found = [(a, b, self.resolve(a, b)) for a, b in ((first, at[0]), (at[0] + 1, last))]
        named = [
            s
            for _, _, s in found
            if s.name
            and s.name.split()[-1].lower() in known
            and self.chunks.closed.conjunctions.isdisjoint(s.name.split())
        ]
        return found if len(named) == len({s.name for s in named}) == 2 else []

    def joined(self, *parties: tuple[int, int, Speaker]) -> None:
        """Note two parties of one act, for "the two ministers" after it."""
        if all(s.name and s.name.split()[-1].lower() in self.speakers.names.full for _, _, s in parties):
            self._joined.append(parties)

    def _two(self, first: int, last: int) -> bool:
        """``the two ministers``, ``both men``: two persons that were mentioned before."""
        low, closed = self.chunks.low, self.chunks.closed
        counted = low[first] in closed.both or (
            low[first] in closed.these and last - first > 1 and low[first + 1] in closed.two
        )
        return (
            counted
            and last - first <= MAX_TWO
            and (last - first == 2 or self.speakers.antecedents.kind(Run(first, last)) == "people")
        )

    def _pair(self, before: int) -> list[tuple[int, int, Speaker]]:
        """The two persons named together last: parties of one act, or side by side ("Ruiz and the envoy Ana Lee")."""
        names, c = self.speakers.names, self.chunks
        here = c.sentence[before]
        found = [p for p in self._joined[-1:] if here - c.sentence[p[0][0]] <= REACH]
        mentions = [m for m in names.mentions if m.first < before and here - c.sentence[m.first] <= REACH]
        for a, b in reversed(list(pairwise(mentions))):
            between = range(a.last, b.first)
            if (
                b.first - a.last > MAX_BETWEEN
                or c.closed.conjunctions.isdisjoint(c.low[a.last : b.first])
                or a.name == b.name
            ):
                continue
            if any(c.tags[k] not in _BESIDE for k in between) or not (
                names.somebody(a) and names.somebody(b)
            ):
                continue
            pair = tuple(
                (m.first, m.last, Speaker(names.best(m.name, m.first), m.role, "one of the two named before"))
                for m in (a, b)
            )
            if not found or found[0][0][0] < a.first:
                found = [pair]
            break
        return list(found[0]) if found else []

    def _run(self, span: Span) -> Run:
        first = max(0, bisect_right(self.parse.starts, span.start) - 1)
        return Run(first, max(first + 1, bisect_left(self.parse.starts, span.end)))

    def _short(self, first: int, last: int) -> Run:
        """A phrase without its modifiers: "two men" of "two men wearing masks", but all of "more than 40
        men"."""
        c = self.chunks
        for k in range(first + 1, last):
            if k + 1 < last and c.tags[k + 1] == "CD" and c.tags[k - 1] not in _NOUNS:
                continue
            if (c.tags[k] in _CUTS and c.tags[k - 1] in _NOUNS) or (
                c.tags[k] == "IN" and c.low[k] not in c.closed.name_joins
            ):
                # "Firms such | as Veltra" are "firms".
                k -= c.tags[k - 1] == "JJ" and k - 1 > first and c.low[k - 1] in c.closed.such
                return Run(first, min(k, first + MAX_NAME))
        return Run(first, min(last, first + MAX_NAME))
