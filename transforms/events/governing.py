"""The time at which something was said or done: the time expression that governs its cue.

A time inside the content is a time that the content is about. The publication day is never used in place of a
missing time.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from dateline.transforms import lexicon
from dateline.transforms.events.adjunct import Adjunct, Adjuncts
from dateline.transforms.events.occasions import dates_occasion
from dateline.transforms.events.shared_times import during, joined
from dateline.transforms.events.words import words_of
from dateline.transforms.model import Article, Claim, Clause, Parse, Span, TimeExpression

UPDATED = timedelta(days=1)
LEAD = 90
OPENING = 30
"""Characters before a time that opens its sentence, at most: "Ainda nesta "."""
REACH = 250
"""Characters between a cue and the time that governs it."""


class Governing(NamedTuple):
    """The time of an event, and the rule and reason for it."""

    time: TimeExpression
    rule: str
    why: str
    mod: str | None = None


def _between(a: Span, b: Span) -> tuple[int, int]:
    return (a.end, b.start) if a.end <= b.start else (b.end, a.start)


def _holds(span: Span, t: TimeExpression) -> bool:
    return span.start <= t.span.start < span.end


def _of_dateline(t: TimeExpression, parse: Parse | None) -> bool:
    """Whether a time stands in a dateline, byline or stamp, where it tells of the page alone."""
    return parse is not None and any(
        parse.starts[run.first] <= t.span.start < parse.ends[run.last - 1] for run in parse.furniture
    )


def _sentence_starts(parse: Parse) -> list[int]:
    """Where sentences start, behind the dateline that opens one."""
    behind = {run.first: run.last for run in parse.furniture if run.last < len(parse.starts)}
    firsts = (min(behind.get(s.first, s.first), max(s.first, s.last - 1)) for s in parse.sentences)
    return [parse.starts[first] for first in firsts]


class Clock:
    """Finds the time of each claim of one article."""

    def __init__(
        self,
        article: Article,
        times: Sequence[TimeExpression],
        claims: Sequence[Claim],
        parse: Parse | None = None,
        days: Sequence[str | None] = (),
        modified: str | None = None,
    ) -> None:
        self.article, self.claims = article, claims
        self.words = words_of(article.language)
        self.adjuncts = (
            Adjuncts(parse, times, article.language) if parse is not None and parse.clauses else None
        )
        self.days, self.modified = days, modified
        self.plain = lexicon.saying(article.language).plain
        self.times = sorted(
            (t for t in times if t.type in ("DATE", "TIME") and not _of_dateline(t, parse)),
            key=lambda t: t.span.start,
        )
        self.starts = [t.span.start for t in self.times]
        self._clauses: dict[tuple[int, int], int | None] = {}
        self.blocks = [b.start for b in article.blocks]
        self.sentences = _sentence_starts(parse) if parse is not None else self.blocks
        self.homes = [self.block(c.cue[0].start) if c.cue else -1 for c in claims]
        """The block of the cue of each claim; -1 without a cue."""
        self.said = [s for c in claims if c.kind == "said" for s in c.content]

    def sentence(self, at: int) -> int:
        """The number of the sentence of a position."""
        return bisect_right(self.sentences, at)

    def sentence_start(self, at: int) -> int:
        """The start of the sentence of a position."""
        n = self.sentence(at)
        return self.sentences[n - 1] if n else 0

    def block(self, at: int) -> int:
        """The block of a position."""
        return bisect_right(self.blocks, at) - 1

    def within(self, claim: Claim) -> list[TimeExpression]:
        """The times inside the content of a claim."""
        starts = self.starts
        return [
            t
            for c in claim.content
            for t in self.times[bisect_left(starts, c.start) : bisect_left(starts, c.end)]
        ]

    def clause(self, claim: Claim) -> int | None:
        """The clause whose verb is the cue of a claim."""
        if self.adjuncts is None or not claim.cue:
            return None
        cue = claim.cue[0]
        key = cue.start, cue.end
        if key not in self._clauses:
            self._clauses[key] = self.adjuncts.headed(cue)
        return self._clauses[key]

    def ahead(self, claim: Claim) -> bool:
        """Whether a deed lies ahead of who tells it, done or not: "said she would not sign"."""
        n = self.clause(claim)
        if self.adjuncts is None or n is None or claim.kind == "said":
            return False
        verb = self.adjuncts.parse.clauses[n].verb
        return verb.tense == "future" or verb.modal == "would"

    def lasts(self, claim: Claim) -> bool:
        """Whether a deed is told as of now: "has been staying with them" is not of the day told before."""
        n = self.clause(claim)
        if self.adjuncts is None or n is None or claim.kind == "said":
            return False
        verb = self.adjuncts.parse.clauses[n].verb
        return verb.tense == "present" and verb.aspect != "simple"

    def own(self, claim: Claim) -> Governing | None:
        """The time of the claim's own clause."""
        if not claim.cue:
            return None
        if self.adjuncts is None:
            return self._by_position(claim)
        n = self.clause(claim)
        found = self._of_clause(self.adjuncts, claim, n) if n is not None else None
        if found is not None or claim.kind == "did":
            return found
        # "Marant, Harlan said, made it plain during the Saturday call": the occasion may be further away. For
        # a cue without a verb ("according to") the time directly after it counts, but not the times of the
        # content.
        found = self._by_position(claim)
        rules = ("setting",) if n is not None else ("setting", "cue.after")
        return found if found is not None and found.rule in rules else None

    def _of_clause(self, adjuncts: Adjuncts, claim: Claim, n: int) -> Governing | None:
        """The time of a clause, else that of a clause joined to it: "was shot and killed on Monday"."""
        if not adjuncts.timed(n):
            return None
        found = self._adjunct(adjuncts, claim, n, adjuncts.of(n))
        if found is not None:
            t, mod, occasion = found.placed.time, found.mod, found.occasion
            if occasion:
                return Governing(t, "setting", "is the time of the meeting, call or vote")
            if mod is not None:
                return Governing(t, "clause.open", "bounds the time of its clause", mod)
            return Governing(t, "clause", "is the time of its clause")
        found = self._adjunct(adjuncts, claim, n, during(adjuncts, n, carried_alone=claim.kind == "said"))
        if found is not None:
            return Governing(found.placed.time, "clause.during", "is the time of something simultaneous")
        if claim.kind == "said":
            # Joined statements do not share a time (right once, wrong twice).
            return None
        clauses = adjuncts.parse.clauses
        before, behind = joined(adjuncts, n)
        for m, place in ((before, "before"), (behind, "behind")):
            if m is None or clauses[m].verb.tense != clauses[n].verb.tense or clauses[m].verb.negated:
                continue
            if place == "before" and not clauses[n].shared:
                # "Trains stopped on Monday and the company said": a clause with its own subject has its own
                # time.
                continue
            found = self._adjunct(adjuncts, claim, m, adjuncts.of(m)) or self._adjunct(
                adjuncts, claim, m, during(adjuncts, m, when=False)
            )
            if found is None or found.mod is not None or found.occasion:
                continue
            if place == "before" or found.placed.first > clauses[m].verb.first:
                return Governing(
                    found.placed.time, f"joined.{place}", "is the time of the clause that is joined to it"
                )
        return None

    def _adjunct(self, adjuncts: Adjuncts, claim: Claim, n: int, found: Adjunct | None) -> Adjunct | None:
        """A time found for a clause, if the claim can have happened at it."""
        if found is None or adjuncts.parse.quotes[found.placed.first]:
            return None
        t, anchor = found.placed.time, self._anchor(claim)
        if (
            anchor
            and t.start
            and not _possible(adjuncts.parse.clauses[n], claim, t, anchor, _last(anchor, self.modified))
        ):
            return None
        return found

    def _anchor(self, claim: Claim) -> str | None:
        """The day of the section of a claim."""
        return self.days[claim.section] if claim.section < len(self.days) else None

    def comes(self, claim: Claim, t: TimeExpression) -> bool:
        """Whether a claim tells as done what a time would have lie ahead of the page."""
        anchor = self._anchor(claim)
        told = claim.modality == "asserted" and anchor is not None and t.start is not None
        return told and (t.start or "") > _last(anchor or "", self.modified)

    def _by_position(self, claim: Claim) -> Governing | None:
        cue = claim.cue[0]
        home = self.block(cue.start)
        text = self.article.text
        found: list[tuple[int, int, Governing]] = []
        near = slice(
            bisect_left(self.starts, cue.start - 2 * REACH), bisect_right(self.starts, cue.end + REACH)
        )
        for t in self.times[near]:
            first, last = _between(cue, t.span)
            if (
                last - first > REACH
                or self.block(t.span.start) != home
                or self.sentence(cue.start) != self.sentence(t.span.start)
            ):
                continue
            if not self._framed(claim, t) or (
                self.adjuncts is None and self._elsewhere(claim, first, last, t)
            ):
                continue
            inside = any(_holds(s, t) for s in claim.content)
            if dates_occasion(self.words, text, t.span) and self._acted(claim, t):
                found.append(
                    (
                        3,
                        last - first,
                        Governing(t, "setting", "is the time of the meeting, call or vote"),
                    )
                )
            if inside:
                if self._object(claim, t):
                    found.append(
                        (1, last - first, Governing(t, "clause.object", "is in the clause of the act"))
                    )
                continue
            if any(_holds(s, t) and not (s.start <= cue.start < s.end) for s in self.said):
                continue
            if _holds(cue, t) or t.span.start >= cue.end:
                compared = t.span.exact.endswith(self.words.earlier) and self.words.compared.search(
                    text, first, last
                )
                if not compared and not (claim.source and self.words.relative.search(text, first, last)):
                    found.append(
                        (
                            0,
                            last - first,
                            Governing(t, "cue.after", "follows the cue, before the content"),
                        )
                    )
                continue
            if self._before(claim, t):
                found.append((2, last - first, Governing(t, "cue.before", "precedes the cue in its clause")))
        return min(found, key=lambda f: f[:2])[2] if found else None

    def _elsewhere(self, claim: Claim, first: int, last: int, t: TimeExpression) -> bool:
        """Whether a comma divides a time from a cue, or it lies ahead of what was said, where no clause is known."""
        between = self.article.text[first:last]
        if first == t.span.end and self._opens(t):
            between = between.removeprefix(",")
        return self.comes(claim, t) or "," in between

    def _opens(self, t: TimeExpression) -> bool:
        """Whether at most two words stand before a time in its sentence: "Nesta quinta-feira, a ministra disse"."""
        before = self.article.text[self.sentence_start(t.span.start) : t.span.start]
        return len(before) < OPENING and len(before.split()) <= 2 and "," not in before

    def _object(self, claim: Claim, t: TimeExpression) -> bool:
        """Whether a time inside the content of an act says when it was done.

        In ``discussed the crossing with Ruiz on Monday`` no clause begins between cue and time. A clause of
        reported speech (``said that …``) keeps its times to itself.
        """
        text = self.article.text
        content = next(s for s in claim.content if _holds(s, t))
        if claim.kind == "said" and (claim.quotation == "direct" or not self._acting(claim)):
            return False
        between = text[content.start : t.span.start]
        return not self.words.clause.search(between) and not self.words.compared.search(between)

    def _acting(self, claim: Claim) -> bool:
        """Whether the verb of saying is an act with an object, whose words may contain the time of the act."""
        return bool(self.plain) and claim.lemma not in self.plain

    def _framed(self, claim: Claim, t: TimeExpression) -> bool:
        """Whether a time may be that of a nested claim: it must be inside the content of the outer claim.

        In ``CNN reported Monday that Ruiz discussed …``, Monday is the time of the report, not of the
        discussion.
        """
        if claim.outer is None:
            return True
        return any(_holds(s, t) for s in self.claims[claim.outer].content)

    def _acted(self, claim: Claim, t: TimeExpression) -> bool:
        """Whether the time of an occasion is that of the act itself: outside the content, or after its
        quotation."""
        held = next((s for s in claim.content if _holds(s, t)), None)
        if held is None:
            source = claim.source[0] if claim.source else claim.cue[0]
            return t.span.start < min(source.start, claim.cue[0].start)
        if claim.kind == "said" and not self._acting(claim):
            return False
        quoted = self.article.text[held.start : t.span.start]
        close = max(quoted.rfind(mark) for mark in '"”')
        return close >= 0 and not self.words.clause.search(quoted[close + 1 :])

    def _before(self, claim: Claim, t: TimeExpression) -> bool:
        text = self.article.text
        cue = claim.cue[0]
        lead = max(self.sentence_start(t.span.start), t.span.start - LEAD)
        if self.words.aside.search(text, lead, t.span.start):
            return False
        if self.words.offset.search(text, max(0, t.span.start - 40), t.span.start):
            return False
        source = claim.source[0] if claim.source else cue
        if source.end <= cue.start and t.span.start >= source.end:
            return not self.words.relative.search(text, source.end, t.span.start)
        if self.words.joined.search(text, t.span.end, source.start):
            return False
        return t.span.start <= source.start or source.start > cue.start

    def intervenes(self, time: TimeExpression, claim: Claim) -> bool:
        """Whether another calendar time stands between a time and a claim, outside of all reported speech."""
        first, last = time.span.end, claim.cue[0].start
        return any(
            t.precision != "none" and not any(_holds(s, t) for s in self.said)
            for t in self.times[bisect_left(self.starts, first) : bisect_left(self.starts, last)]
        )


def _last(anchor: str, modified: str | None) -> str:
    """The last day that a page can report: the day of its last change, if that is at most one day after the
    anchor's.

    A page of 6 December that was changed on the 7th may report what was done "earlier Saturday". A later
    change is one of the site.
    """
    if modified is None or not anchor < modified[:10]:
        return anchor
    changed = date.fromisoformat(modified[:10])
    return modified[:10] if changed - date.fromisoformat(anchor) <= UPDATED else anchor


def _possible(clause: Clause, claim: Claim, t: TimeExpression, anchor: str, last: str) -> bool:
    """Whether an act can have happened at a time: a past act is never after the last day of the page."""
    if claim.modality in ("asserted", "negated") and clause.verb.tense in ("past", "present"):
        return t.start is None or t.start <= (last if claim.modality == "asserted" else anchor)
    if claim.modality == "future":
        return t.end is None or t.end > anchor
    return True
