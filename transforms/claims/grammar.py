"""Reads the verb, the modality and the quotation type of a claim."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.transforms.claims.chunks import Chunks
from dateline.transforms.claims.draft import Draft, Run
from dateline.transforms.language import lemma
from dateline.transforms.model import Modality, Quotation, VerbGroup

_VERBS = ("VB", "VBD", "VBZ", "VBG", "VBN")
_PARTING = frozenset([",", "-", "--", "—", "–", ";", ":", ")"])
_FINITE = frozenset(["VBD", "VBZ", "MD"])


def head(chunks: Chunks, cue: Run) -> int:
    """The head of a cue: its last full verb, else its first word."""
    found = cue.first
    for k in range(cue.first, cue.last):
        if chunks.tags[k] in _VERBS and lemma(chunks.words[k]) not in chunks.closed.helpers:
            found = k
            if chunks.tags[k] != "VBN" or k + 1 >= cue.last or chunks.low[k + 1] not in chunks.closed.to:
                following = range(k + 1, cue.last)
                if not any(chunks.low[j] in chunks.closed.to for j in following):
                    break
    return found


def modality(chunks: Chunks, draft: Draft, verb: VerbGroup | None = None) -> Modality:
    """Whether it was said, was not, will be, or only might be. ``verb`` is the verb group of the cue, where it has one.

    Only the words of the verb group count: those of the cue and the auxiliaries before it,
    never a negation inside of the content.
    """
    if not draft.cue:
        return "asserted"
    cue = draft.cue[0]
    floor, _ = chunks.bounds(cue.first)
    first = cue.first
    while first > floor and (
        chunks.tags[first - 1] in ("MD", "RB", "TO")
        or lemma(chunks.words[first - 1]) in chunks.closed.helpers
        or chunks.low[first - 1] in chunks.closed.negations
        or (not chunks.tags[first - 1] and chunks.low[first - 1] in chunks.closed.verb_words)
    ):
        first -= 1
    group = chunks.low[first : cue.last]
    bases = [lemma(w) for w in group]
    if any(w in chunks.closed.negations for w in group) or any(
        b in chunks.closed.refusals for b in bases[:-1]
    ):
        return "negated"
    if any(w in chunks.closed.future for w in group) or (
        any(b in chunks.closed.plans for b in bases[:-1]) and not chunks.closed.to.isdisjoint(group)
    ):
        return "future"
    if _conditional(chunks, draft, floor):
        return "hypothetical"
    return "hypothetical" if any(w in chunks.closed.maybe for w in group) else _meant(chunks, verb)


def _meant(chunks: Chunks, verb: VerbGroup | None) -> Modality:
    """The modality that the words before "to" tell: "is *likely* to ask", "*wants* to ask", "has *yet* to confirm"."""
    if verb is None:
        return "asserted"
    closed = chunks.closed
    if verb.modal is not None and verb.modal.endswith(" to"):
        if not closed.yet.isdisjoint(chunks.low[verb.first : verb.head]):
            return "negated"
        return "future" if verb.tense == "future" else "hypothetical"
    at = verb.first - 1
    opened = chunks.low[verb.first] in closed.to and at >= chunks.bounds(verb.first)[0]
    return "hypothetical" if opened and lemma(chunks.words[at]) in closed.wanting else "asserted"


def _conditional(chunks: Chunks, draft: Draft, floor: int) -> bool:
    """Whether "if" opens the clause of a cue: no mark and no other verb stands between it and the source."""
    at, conditions = draft.cue[0].first, chunks.closed.conditions
    if conditions.isdisjoint(chunks.low[floor:at]):
        return False
    opener = next(k for k in range(at - 1, floor - 1, -1) if chunks.low[k] in conditions)
    ahead = draft.source[0].first if draft.source and opener < draft.source[0].first < at else at
    between = range(opener + 1, ahead)
    return not any(chunks.words[k] in _PARTING or chunks.tags[k] in _FINITE for k in between)


def quotation(chunks: Chunks, content: Sequence[Run]) -> Quotation:
    """``direct`` where all words of the content stand in quotation marks, ``mixed`` where some do."""
    quotes = chunks.parse.quotes
    if not any(any(quotes[run.first : run.last]) for run in content):
        return "indirect"
    words = [k for run in content for k in range(run.first, run.last) if chunks.words[k][0].isalnum()]
    quoted = sum(quotes[k] > 0 for k in words)
    if not words or not quoted:
        return "indirect"
    return "direct" if quoted >= len(words) - 1 else "mixed"
