"""The time at which something was said or done: the expression that governs its cue.

A time inside of what is said is what it is about; the day of publication never stands in.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from transforms.model import Article, Claim, Span, TimeExpression

_SENTENCE_END = re.compile(r"[.!?…][\"”’»)\]]*\s+[\"“‘«(]?[^\W\d_a-z]")
_ABBREVIATED = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Jan|Feb|Aug|Sept?|Oct|Nov|Dec)$"
)
_RELATIVE = re.compile(r"\b(?:who|whom|whose|which)\b", re.I)
_CLAUSE = re.compile(
    r"\b(?:that|who|which|when|where|after|before|if|because|since|until|will|would|is|are|was|were|has|have|had|he|she|they|it)\b|[:;“\"]",
    re.I,
)
_OFFSET = re.compile(
    r"\b(?:after|since|before|following|until|till|by|from|for|of|between|than|through|despite)(?:\s+\S+){0,2}\s*$",
    re.I,
)
_ASIDE = re.compile(r"\b(?:who|whom|whose|which)\b[^,;—–]*$", re.I)
"""A relative clause that is still open: its times are not those of the main verb."""
LEAD = 90
REACH = 250
"""Characters between a cue and the time that governs it."""


class Governing(NamedTuple):
    """The time of an event and why it is that one."""

    time: TimeExpression
    rule: str
    why: str


def _between(a: Span, b: Span) -> tuple[int, int]:
    return (a.end, b.start) if a.end <= b.start else (b.end, a.start)


def _parted(text: str, first: int, last: int) -> bool:
    """Whether a sentence ends between two places."""
    for m in _SENTENCE_END.finditer(text, first, last + 2):
        if m.end() <= last + 1 and not _ABBREVIATED.search(text, max(0, m.start() - 6), m.start()):
            return True
    return False


def _holds(span: Span, t: TimeExpression) -> bool:
    return span.start <= t.span.start < span.end


class Clock:
    """The times of one article, asked for claim by claim."""

    def __init__(self, article: Article, times: Sequence[TimeExpression], claims: Sequence[Claim]) -> None:
        self.article, self.claims = article, claims
        self.times = sorted((t for t in times if t.type in ("DATE", "TIME")), key=lambda t: t.span.start)
        self.starts = [t.span.start for t in self.times]
        self.blocks = [b.start for b in article.blocks]
        self.said = [s for c in claims if c.kind == "said" for s in c.content]

    def block(self, at: int) -> int:
        """The block of a place."""
        return bisect_right(self.blocks, at) - 1

    def own(self, claim: Claim) -> Governing | None:
        """The time in the claim's own clause."""
        if not claim.cue:
            return None
        cue = claim.cue[0]
        home = self.block(cue.start)
        text = self.article.text
        found: list[tuple[int, int, Governing]] = []
        near = slice(
            bisect_left(self.starts, cue.start - 2 * REACH), bisect_right(self.starts, cue.end + REACH)
        )
        for t in self.times[near]:
            first, last = _between(cue, t.span)
            if last - first > REACH or self.block(t.span.start) != home or _parted(text, first, last):
                continue
            inside = any(_holds(s, t) for s in claim.content)
            if inside:
                if self._object(claim, t):
                    found.append(
                        (1, last - first, Governing(t, "clause.object", "stands in the clause of the act"))
                    )
                continue
            if any(_holds(s, t) and not (s.start <= cue.start < s.end) for s in self.said):
                continue
            if _holds(cue, t) or t.span.start >= cue.end:
                if not (claim.source and _RELATIVE.search(text, first, last)):
                    found.append(
                        (
                            0,
                            last - first,
                            Governing(t, "cue.after", "stands behind the cue, before what is said"),
                        )
                    )
                continue
            if self._before(claim, t):
                found.append(
                    (2, last - first, Governing(t, "cue.before", "stands before the cue in its clause"))
                )
        return min(found, key=lambda f: f[:2])[2] if found else None

    def _object(self, claim: Claim, t: TimeExpression) -> bool:
        """Whether a time within the words of an act says when it was done.

        ``discussed the crossing with Ruiz on Monday``: no clause opens between cue and time. What
        is said in a clause of its own (``said that …``) keeps its times to itself.
        """
        text = self.article.text
        content = next(s for s in claim.content if _holds(s, t))
        if claim.kind == "said" and (claim.quotation == "direct" or claim.lemma in _SAYING):
            return False
        return not _CLAUSE.search(text, content.start, t.span.start)

    def _before(self, claim: Claim, t: TimeExpression) -> bool:
        text = self.article.text
        cue = claim.cue[0]
        if _ASIDE.search(text, max(0, t.span.start - LEAD), t.span.start):
            return False
        if _OFFSET.search(text, max(0, t.span.start - 40), t.span.start):
            return False
        source = claim.source[0] if claim.source else cue
        if source.end <= cue.start and t.span.start >= source.end:
            return not _RELATIVE.search(text, source.end, t.span.start)
        return t.span.start < source.start or source.start > cue.start

    def when(self, index: int, known: dict[int, Governing]) -> Governing | None:
        """The governing time of a claim: its own, its reporter's, or that of the same act before it in the paragraph."""
        claim = self.claims[index]
        own = self.own(claim)
        if own is not None:
            return own
        if not claim.cue:
            return None
        home = self.block(claim.cue[0].start)
        for k in range(index - 1, -1, -1):
            other = self.claims[k]
            if not other.cue or self.block(other.cue[0].start) != home:
                break
            same = other.speaker is not None and other.speaker == claim.speaker
            if same and k in known:
                return Governing(known[k].time, "carried", "the same speaker goes on in the same paragraph")
        return None


_SAYING = frozenset(
    [
        "say",
        "tell",
        "add",
        "claim",
        "announce",
        "report",
        "believe",
        "think",
        "note",
        "write",
        "state",
        "warn",
        "explain",
        "argue",
        "declare",
    ]
)
