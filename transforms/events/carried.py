"""Times that are carried: from the claim that was given one to those that go on from it.

Each rule has a name, which stands in the trace of the event. None reaches past another time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from dateline.transforms.events.governing import Clock, Governing, sentence_start
from dateline.transforms.events.settings import named, tells
from dateline.transforms.events.words import words
from dateline.transforms.model import Claim

_CAPITAL = re.compile(r"[^\W\d_a-z]\w+")
SCENE = 4
"""Paragraphs that one meeting may fill."""
BACK = 12
"""Claims looked at for the time of an occasion that is named again."""


class Carrier(NamedTuple):
    """The times of an article's claims, in their order."""

    clock: Clock
    claims: Sequence[Claim]

    def all(self) -> dict[int, Governing]:
        """The governing time of each claim that has one, by its index."""
        known: dict[int, Governing] = {}
        for n in range(len(self.claims)):
            found = self.clock.own(self.claims[n]) or self.carried(n, known)
            if found is not None:
                known[n] = found
        return known

    def carried(self, n: int, known: dict[int, Governing]) -> Governing | None:
        """A time from an earlier claim, by the first rule that holds."""
        claim = self.claims[n]
        if not claim.cue:
            return None
        for rule in (self._occasion, self._paragraph, self._scene):
            found = rule(n, claim, known)
            if found is not None:
                return found
        return None

    def _home(self, k: int) -> int:
        claim = self.claims[k]
        return self.clock.block(claim.cue[0].start) if claim.cue else -1

    def _occasion(self, n: int, claim: Claim, known: dict[int, Governing]) -> Governing | None:
        """``In her meeting with Ruiz, Brandt said``: the meeting was dated in what came before."""
        text = self.clock.article.text
        start = sentence_start(text, claim.cue[0].start)
        if not named(text, start, claim.cue[0].start):
            return None
        for k in range(n - 1, max(-1, n - BACK), -1):
            if k not in known or not self.claims[k].cue:
                continue
            at = known[k].time.span
            if tells(text, sentence_start(text, at.start), at.end + 60) and self.related(claim, k):
                return Governing(known[k].time, "carried.occasion", "dates the meeting or call named again")
        return None

    def _paragraph(self, n: int, claim: Claim, known: dict[int, Governing]) -> Governing | None:
        home = self._home(n)
        for k in range(n - 1, -1, -1):
            if not self.claims[k].cue or self._home(k) != home:
                return None
            if k not in known or (self.claims[k].outer is None) != (claim.outer is None):
                continue
            if self.clock.intervenes(known[k].time, claim):
                return None
            other = self.claims[k]
            if claim.speaker is not None and other.speaker == claim.speaker:
                return Governing(
                    known[k].time, "carried.speaker", "the same speaker goes on in the same paragraph"
                )
            joint = any(" and " in s.exact for s in other.source)
            if (joint or other.kind == "did") and self.related(claim, k):
                return Governing(known[k].time, "carried.party", "a party to the act before it goes on")
            if self._document(claim, k):
                return Governing(known[k].time, "carried.document", "dates the paper that goes on")
        return None

    def _scene(self, n: int, claim: Claim, known: dict[int, Governing]) -> Governing | None:
        """What follows a dated meeting, told of its parties alone, is of that meeting."""
        home = self._home(n)
        for k in range(n - 1, -1, -1):
            if not self.claims[k].cue or home - self._home(k) > SCENE or k not in known:
                return None
            if self.clock.intervenes(known[k].time, claim):
                return None
            first = self.claims[k]
            if first.kind == "did" and first.lemma in words().meetings and known[k].rule != "carried.scene":
                together = claim.source and words().together.match(claim.source[0].exact)
                if together or self.related(claim, k):
                    return Governing(
                        known[k].time, "carried.scene", "dates the meeting whose parties are told of"
                    )
                return None
            if known[k].time is not known[n - 1].time:
                return None
        return None

    def related(self, claim: Claim, k: int) -> bool:
        """Whether the speaker of a claim is a party to an earlier one: its doer or whom it was done to."""
        if claim.speaker is None:
            return False
        other = self.claims[k]
        told = [other.speaker or "", *(s.exact for s in other.source)]
        if other.recipient is not None:
            told.append(other.recipient.exact)
        names = {w for t in told for w in _CAPITAL.findall(t)}
        own = _CAPITAL.findall(claim.speaker)
        return bool(own) and own[-1] in names

    def _document(self, claim: Claim, k: int) -> bool:
        """``In a report published on Friday, … The report added``."""
        if not claim.source:
            return False
        paper = words().paper.match(claim.source[0].exact)
        if paper is None or paper[1].lower() not in words().papers:
            return False
        text, other = self.clock.article.text, self.claims[k]
        told = text[sentence_start(text, other.cue[0].start) : other.cue[0].end].lower()
        return paper[1].lower() in told.split()
