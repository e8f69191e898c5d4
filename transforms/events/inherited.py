"""Times that a claim takes over from an earlier claim of the article.

Each rule has a name, which stands in the trace of the event. No rule reaches past another time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from dateline.transforms.events.governing import Clock, Governing
from dateline.transforms.events.occasions import mentions, names_again
from dateline.transforms.events.shared_times import LONGER
from dateline.transforms.model import Claim

_CAPITAL = re.compile(r"[^\W\d_a-z]\w+")
MEETING_PARAGRAPHS = 4
"""Paragraphs that one meeting may fill."""
BACKGROUND = frozenset(["deed.relative", "deed.adverbial"])
"""Rules of claims that hand no time on: "he insisted" is not of the day of "since he *arrived* on April 6"."""
LONGER_THAN_A_DAY = LONGER - {"none"}
SPOKEN = frozenset(["week", "month"])
"""Precisions of times longer than a day in which one may go on speaking."""
BACK = 12
"""Claims that are searched for the time of an occasion that is named again."""


class Inheritance(NamedTuple):
    """Finds the times of the claims of an article, in order."""

    clock: Clock
    claims: Sequence[Claim]

    def all(self) -> dict[int, Governing]:
        """The governing time of each claim that has one, by its index."""
        known: dict[int, Governing] = {}
        handed: dict[int, Governing] = {}
        for n, claim in enumerate(self.claims):
            found = self.clock.own(claim) or self.inherited(n, handed)
            if found is None:
                continue
            known[n] = found
            if claim.rule not in BACKGROUND:
                handed[n] = found
        return known

    def inherited(self, n: int, known: dict[int, Governing]) -> Governing | None:
        """The time of an earlier claim, by the first rule that applies."""
        claim = self.claims[n]
        if not known or not claim.cue or self.clock.lasts(claim):
            return None
        for rule in (self._occasion, self._paragraph, self._meeting):
            found = rule(n, claim, known)
            if found is not None:
                # "Plans to show it on May 6. It said the first one had failed": nobody has said so on May 6 yet.
                return None if self.clock.comes(claim, found.time) else found
        return None

    def _occasion(self, n: int, claim: Claim, known: dict[int, Governing]) -> Governing | None:
        """``In her meeting with Ruiz, Brandt said``: an earlier sentence dated the meeting."""
        dated = [k for k in range(n - 1, max(-1, n - BACK), -1) if k in known and self.claims[k].cue]
        if not dated:
            return None
        text, words = self.clock.article.text, self.clock.words
        start = self.clock.sentence_start(claim.cue[0].start)
        if not names_again(words, text, start, claim.cue[0].start):
            return None
        for k in dated:
            at = known[k].time.span
            again = mentions(words, text, self.clock.sentence_start(at.start), at.end + 60)
            if again and self.related(claim, k):
                return Governing(
                    known[k].time, "inherited.occasion", "dates the meeting or call that is named again"
                )
        return None

    def _paragraph(self, n: int, claim: Claim, known: dict[int, Governing]) -> Governing | None:
        words = self.clock.words
        home = self.clock.homes[n]
        for k in range(n - 1, -1, -1):
            if not self.claims[k].cue or self.clock.homes[k] != home:
                return None
            if k not in known or (self.claims[k].outer is None) != (claim.outer is None):
                continue
            if self.clock.intervenes(known[k].time, claim):
                return None
            other = self.claims[k]
            if not self._hands_on(k, known[k], claim):
                continue
            if claim.speaker is not None and other.speaker == claim.speaker:
                return Governing(
                    known[k].time,
                    "inherited.speaker",
                    "is the time of the same speaker earlier in the paragraph",
                )
            joint = any(not words.conjunctions.isdisjoint(s.exact.split()) for s in other.source)
            if (joint or other.kind == "did") and self.related(claim, k):
                return Governing(
                    known[k].time, "inherited.party", "is the time of an act of the same parties just before"
                )
            if self._document(claim, k):
                return Governing(known[k].time, "inherited.document", "dates the report that is cited again")
        return None

    def _hands_on(self, k: int, time: Governing, claim: Claim) -> bool:
        """Whether an earlier claim tells when a claim is: "In 1961 he found the cave. He wrote six books" and "will travel
        on Friday. He has threatened" do not, "said last week … He said" does."""
        other = self.claims[k]
        spoken = other.kind == claim.kind == "said" and other.speaker == claim.speaker
        longer = LONGER_THAN_A_DAY - SPOKEN if spoken else LONGER_THAN_A_DAY
        ahead = other.modality == "future"
        return time.time.precision not in longer and ahead == (claim.modality == "future")

    def _meeting(self, n: int, claim: Claim, known: dict[int, Governing]) -> Governing | None:
        """What the parties of a dated meeting do in the next paragraphs is part of that meeting."""
        home = self.clock.homes[n]
        nearest: Governing | None = None
        for k in range(n - 1, -1, -1):
            if self.claims[k].outer is not None and claim.outer is None and k not in known:
                # What a claim of the meeting tells of has no time of its own.
                continue
            if not self.claims[k].cue or home - self.clock.homes[k] > MEETING_PARAGRAPHS or k not in known:
                return None
            nearest = nearest or known[k]
            if self.clock.intervenes(known[k].time, claim):
                return None
            first = self.claims[k]
            if (
                first.kind == "did"
                and first.lemma in self.clock.words.meetings
                and known[k].rule != "inherited.meeting"
            ):
                together = claim.source and self.clock.words.together.match(claim.source[0].exact)
                if together or self.related(claim, k):
                    return Governing(known[k].time, "inherited.meeting", "dates the meeting of these parties")
                return None
            if known[k].time is not nearest.time:
                return None
        return None

    def related(self, claim: Claim, k: int) -> bool:
        """Whether the speaker of a claim is a party to an earlier claim, as actor or recipient."""
        if claim.speaker is None:
            return False
        other = self.claims[k]
        told = [other.speaker or "", *(s.exact for s in other.source)]
        if other.recipient is not None:
            told.append(other.recipient.exact)
        names = {w for t in told for w in _CAPITAL.findall(t)}
        own = _CAPITAL.findall(claim.speaker)
        # "Brandt's office" is not Brandt.
        return bool(own) and own[-1] in names and claim.speaker.endswith(own[-1])

    def _document(self, claim: Claim, k: int) -> bool:
        """``In a report published on Friday, … The report added``: the document was dated before."""
        if not claim.source:
            return False
        paper = self.clock.words.paper.match(claim.source[0].exact)
        if paper is None or paper[1].lower() not in self.clock.words.papers:
            return False
        text, other = self.clock.article.text, self.claims[k]
        told = text[self.clock.sentence_start(other.cue[0].start) : other.cue[0].end].lower()
        return paper[1].lower() in told.split()
