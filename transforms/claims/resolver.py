"""Names for the parties of deeds, by the same reading of an article's names as the sources of claims have."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from dateline.transforms.claims.context import Context
from dateline.transforms.claims.draft import Run
from dateline.transforms.claims.speakers import Speaker, Speakers
from dateline.transforms.model import Claim, Span

_SELF = frozenset(["i", "we", "me", "us"])
_MANY = frozenset(["they", "them"])
_NOUNS = frozenset(["NN", "NNP", "PRP", "CD", "PU"])
_CUTS = frozenset(["WH", "VBN", "VBG", "VBD", "VBZ", "MD"])
MAX_NAME = 10
"""Words that the name of a party may have."""


class Resolver:
    """Resolves parties one after another, in the order of the text, with what claims named between them."""

    def __init__(self, context: Context) -> None:
        self.parse = context.parse
        self.chunks = context.chunks
        self.speakers = Speakers(context.names)

    def met(self, claim: Claim) -> None:
        """Take note of who spoke in a claim, for the pronouns behind it."""
        if claim.source:
            self.speakers.resolve(self._run(claim.source[0]))

    def resolve(self, first: int, last: int, within: Claim | None = None) -> Speaker:
        """Whom the tokens ``[first, last)`` stand for; "we" in somebody's words is that somebody."""
        low = self.chunks.low[first]
        if last - first == 1 and low in _SELF:
            name = within.speaker if within else None
            return Speaker(name, within.role if within else None, f"{low!r} is who says it")
        if last - first == 1 and low in _MANY:
            found = self.speakers.resolve(Run(first, last))
            return (
                found
                if found.name is not None and _many(found.name)
                else Speaker(None, None, f"{low!r} without a group before it")
            )
        return self.speakers.resolve(self._short(first, last))

    def each(self, first: int, last: int) -> list[tuple[int, int, Speaker]]:
        """The persons of a phrase that names several ("Korvath and Duran"), with their tokens; else none."""
        at = [k for k in range(first + 1, last - 1) if self.chunks.low[k] in ("and", "&")]
        if len(at) != 1:
            return []
        known = self.speakers.names.full
        found = [(a, b, self.resolve(a, b)) for a, b in ((first, at[0]), (at[0] + 1, last))]
        named = [
            s for _, _, s in found if s.name and s.name.split()[-1].lower() in known and " and " not in s.name
        ]
        return found if len(named) == len({s.name for s in named}) == 2 else []

    def of(self, span: Span) -> tuple[int, int]:
        """The tokens of a span."""
        return self._run(span)

    def _run(self, span: Span) -> Run:
        first = max(0, bisect_right(self.parse.starts, span.start) - 1)
        return Run(first, max(first + 1, bisect_left(self.parse.starts, span.end)))

    def _short(self, first: int, last: int) -> Run:
        """A phrase up to what is told of it: "two men" of "two men wearing masks"."""
        c = self.chunks
        for k in range(first + 1, last):
            if (c.tags[k] in _CUTS and c.tags[k - 1] in _NOUNS) or (
                c.tags[k] == "IN" and c.low[k] not in ("of", "for", "at", "and", "&")
            ):
                return Run(first, min(k, first + MAX_NAME))
        return Run(first, min(last, first + MAX_NAME))


def _many(name: str) -> bool:
    """Whether a name is one of several: a plural, or two names."""
    last = name.split()[-1]
    joint = [part for part in name.split(" and ") if part[:1].isupper()]
    return len(joint) > 1 or (last.endswith("s") and not last.endswith("ss"))
