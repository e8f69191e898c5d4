"""Claims made whole: names cut in two, cues without a subject, citations taken for claims."""

from __future__ import annotations

from collections.abc import Callable

from transforms.claims.chunks import Chunks
from transforms.claims.draft import Draft, Run
from transforms.language import lemma

_CITING = frozenset(["cite", "quote"])
_JOINING = frozenset(["CC", "IN"])
_PHRASAL = frozenset(["CC", "IN", "DT", "JJ", "NN", "NNP", "CD", "PRPS", "POS"])
CALENDAR = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "today",
        "yesterday",
        "tomorrow",
        "week",
        "month",
        "year",
        "weekend",
        "morning",
        "night",
        "evening",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)
_MEETING = frozenset(["speak", "meet", "talk", "confer", "consult"])
_TELLING = frozenset(["tell", "inform"])
_SHARING = frozenset(["VBD", "VBZ", "MD", "VBG"])
_RELATIVE = frozenset(["who", "which", "that"])
_TEARS = frozenset(["had", "has", "have", "was", "were", "which", "whose"])
_WITH = frozenset(["with", "to", "by"])
_JOINS = frozenset(["and", "but", "then", "also"])
_FINITE = frozenset(["VBD", "VBZ", "MD"])
MIN_CONTENT = 3
MAX_TAIL = 14


def repair(
    chunks: Chunks,
    drafts: list[Draft],
    pairs: list[tuple[Draft, Draft]],
    said: Callable[[Chunks, Draft], bool],
) -> list[Draft]:
    """The drafts that stand, repaired. Citations become claims within the claim that cites (added to ``pairs``)."""
    kept: list[Draft] = []
    taken = {
        k
        for d in drafts
        for part in (d.source, d.cue, d.content)
        for r in part
        for k in range(r.first, r.last)
    }
    for draft in drafts:
        cited = _cited(chunks, draft, drafts)
        if cited is not None:
            pairs.append(cited)
            continue
        _according(chunks, draft)
        _untime(chunks, draft)
        _complete(chunks, draft)
        _apposition(chunks, draft)
        if not draft.source and draft.cue:
            _subject(chunks, draft)
        if not draft.source and draft.rule == "model.linked" and not said(chunks, draft):
            continue
        if _torn(chunks, draft):
            continue
        _extend(chunks, draft, taken)
        _met(chunks, draft)
        if (
            draft.kind == "did"
            or sum(chunks.words[k][0].isalnum() for r in draft.content for k in range(r.first, r.last))
            >= MIN_CONTENT
            or any(chunks.parse.quotes[r.first] for r in draft.content)
        ):
            kept.append(draft)
    return kept


def _torn(chunks: Chunks, draft: Draft) -> bool:
    """Whether what should be said is the rest of another clause: it opens with a bare finite verb.

    ``the visit that Ruiz had requested was cancelled``: nobody requested "was cancelled".
    """
    run = draft.content[0]
    if not draft.cue or run.first < draft.cue[0].last or chunks.parse.quotes[run.first]:
        return False
    return chunks.low[run.first] in _TEARS


def _according(chunks: Chunks, draft: Draft) -> None:
    """``According to NAME, NAME did …``: the source ends at the comma, however names go on behind it."""
    if draft.source or not draft.cue or not draft.content:
        return
    cue, content = draft.cue[0], draft.content[0]
    if chunks.low[cue.last - 1] != "to" or content.first != cue.last:
        return
    found = chunks.after(cue.last, content.last)
    if found is None:
        return
    found = chunks.widen_right(found, content.last)
    if found.last + 1 < content.last and chunks.words[found.last] == ",":
        draft.source = [found]
        draft.content[0] = Run(found.last + 1, content.last)
        draft.trace.append("source: the phrase between the cue and its comma")


def _untime(chunks: Chunks, draft: Draft) -> None:
    """A time or a hearer is no source: ``the council on Monday | said``, ``telling | reporters``."""
    if not draft.source or not draft.cue:
        return
    run, cue = draft.source[0], draft.cue[0]
    last = run.last
    while last > run.first and (
        chunks.low[last - 1] in CALENDAR
        or (last < run.last and chunks.low[last - 1] in ("on", "late", "early", "last", "this"))
    ):
        last -= 1
    # "telling reporters", "told the radio": whom one tells stands behind the verb, who tells never does.
    hearer = run.first == cue.last and (
        chunks.tags[cue.last - 1] == "VBG" or lemma(chunks.words[cue.last - 1]) in _TELLING
    )
    if last == run.last and not hearer:
        return
    draft.source = [Run(run.first, last)] if last > run.first and not hearer else []
    if not draft.source:
        found = chunks.subject(cue, ())
        floor, _ = chunks.bounds(cue.first)
        if found is None and hearer:
            found = next(
                (chunks.before(k, floor) for k in range(floor + 1, cue.first) if chunks.tags[k] in _FINITE),
                None,
            )
        if found is None or any(chunks.low[k] in CALENDAR for k in range(*found)):
            found = _opening(chunks, cue)
        draft.source = [found] if found is not None else []
    draft.trace.append("source: without times and hearers")


def _opening(chunks: Chunks, cue: Run) -> Run | None:
    """The phrase that opens the clause of a cue, where only appositions stand between: ``NAME, head of …, on Monday``."""
    floor, _ = chunks.bounds(cue.first)
    start = cue.first
    while start > floor and not chunks.parse.quotes[start - 1]:
        start -= 1
    while start < cue.first and not chunks.words[start][0].isalnum():
        start += 1
    found = chunks.after(start, cue.first)
    if found is None or any(chunks.tags[k] in _FINITE for k in range(found.last, cue.first)):
        return None
    return chunks.widen_right(found, cue.first)


def _apposition(chunks: Chunks, draft: Draft) -> None:
    """``"…," NAME, head of a firm in Ohio told …``: the source begins behind the quotation."""
    if not draft.source or not draft.cue or draft.source[0].last != draft.cue[0].first:
        return
    run = draft.source[0]
    floor, _ = chunks.bounds(run.first)
    k = run.first
    while (
        k > floor
        and run.first - k < MAX_TAIL * 2
        and not chunks.parse.quotes[k - 1]
        and chunks.tags[k - 1] not in _FINITE
    ):
        k -= 1
    if (
        k > floor
        and chunks.parse.quotes[k - 1]
        and chunks.tags[k] == "NNP"
        and "," in chunks.words[k : run.first]
    ):
        draft.source[0] = Run(k, run.last)
        draft.trace.append("source: from its name on, behind the quotation")


def _extend(chunks: Chunks, draft: Draft, taken: set[int]) -> None:
    """Content that stops within a phrase (``protect civilians | and aid workers in Gaza``) goes on to its end."""
    if not draft.content or chunks.parse.quotes[draft.content[-1].last - 1]:
        return
    last = draft.content[-1].last
    _, ceiling = chunks.bounds(last - 1)
    if last >= ceiling or chunks.tags[last] not in _JOINING:
        return
    k = last
    while (
        k < min(ceiling, last + MAX_TAIL)
        and chunks.tags[k] in _PHRASAL
        and k not in taken
        and chunks.low[k] not in CALENDAR
    ):
        k += 1
    if k < ceiling and chunks.low[k] in CALENDAR:
        return
    if k < ceiling and k not in taken and chunks.words[k][0].isalnum() and chunks.tags[k - 1] != "CC":
        # A verb follows: what stands before it is its subject, not the end of this phrase.
        return
    while k > last and chunks.tags[k - 1] not in ("NN", "NNP", "CD"):
        k -= 1
    if k > last:
        draft.content[-1] = Run(draft.content[-1].first, k)


def _met(chunks: Chunks, draft: Draft) -> None:
    """``spoke with NP``: an act between two, not a thing said."""
    if not draft.cue or draft.quoted(chunks.parse.quotes):
        return
    cue, content = draft.cue[0], draft.content[0]
    verb = next((k for k in range(cue.first, cue.last) if lemma(chunks.words[k]) in _MEETING), None)
    if verb is None:
        return
    after = (
        content.first
        if chunks.low[content.first] in _WITH
        else cue.last - 1
        if chunks.low[cue.last - 1] in _WITH
        else None
    )
    if after is None:
        return
    _, ceiling = chunks.bounds(content.first)
    partner = chunks.after(after + 1, ceiling)
    if partner is None:
        return
    partner = chunks.widen_right(partner, ceiling)
    draft.kind, draft.rule, draft.recipient = "did", "act.met", partner
    topic = next(
        (
            k
            for k in range(partner.last, content.last)
            if chunks.low[k] in ("about", "regarding", "concerning")
        ),
        None,
    )
    draft.content = [Run(topic, content.last)] if topic is not None else []


def _complete(chunks: Chunks, draft: Draft) -> None:
    """A source that stops within a proper name goes on to its end, and content gives way."""
    if not draft.source:
        return
    run = draft.source[0]
    _, ceiling = chunks.bounds(run.first)
    last = run.last
    while last < ceiling and _continues(chunks, last):
        last += 1
    if last == run.last or (draft.cue and run.last <= draft.cue[0].first < last):
        return
    draft.source[0] = Run(run.first, last)
    draft.content = [
        Run(max(c.first, last), c.last) if run.first <= c.first < last else c for c in draft.content
    ]
    draft.content = [c for c in draft.content if c.last > c.first]
    draft.trace.append("source: completed to the end of the name")


def _continues(chunks: Chunks, k: int) -> bool:
    """Whether token ``k`` belongs to the name that ends before it."""
    if chunks.tags[k] == "NNP" and chunks.tags[k - 1] in ("NNP", "NN"):
        return True
    if chunks.low[k] in ("of", "to", "for") and k + 1 < len(chunks.words) and chunks.tags[k - 1] == "NNP":
        return chunks.tags[k + 1] == "NNP" or (
            chunks.low[k + 1] == "the" and k + 2 < len(chunks.words) and chunks.tags[k + 2] == "NNP"
        )
    if chunks.low[k] == "the" and chunks.low[k - 1] in ("of", "to", "for"):
        return k + 1 < len(chunks.words) and chunks.tags[k + 1] == "NNP"
    return chunks.tags[k] == "NNP" and chunks.low[k - 1] in ("of", "to", "for", "the")


def _subject(chunks: Chunks, draft: Draft) -> None:
    """``X went on to underscore … and urged …``: a joined verb shares the subject of its sentence."""
    cue = draft.cue[0]
    floor, _ = chunks.bounds(cue.first)
    if cue.first <= floor or chunks.tags[cue.first] not in _SHARING:
        return
    if (
        chunks.tags[cue.first] in _FINITE
        and chunks.low[cue.first - 1] not in _JOINS
        and chunks.words[cue.first - 1] != ","
    ):
        return
    if chunks.low[cue.first - 1] in _RELATIVE:
        draft.source = [Run(cue.first - 1, cue.first)]
        return
    # "…, NAME said, adding": the verb right before the comma is the one that shares its subject.
    near = cue.first - 2
    joined = near > floor and chunks.words[near + 1] == "," and chunks.tags[near] in _FINITE
    for k in range(near if joined else floor + 1, cue.first):
        if chunks.tags[k] in _FINITE and not chunks.parse.quotes[k]:
            found = chunks.before(k, floor)
            found = chunks.widen_left(found, floor) if found is not None else _opening(chunks, Run(k, k + 1))
            if found is not None:
                draft.source = [found]
                draft.trace.append("source: the subject that the joined verbs share")
            return
    found = _opening(chunks, cue)
    if found is not None:
        draft.source = [found]
        draft.trace.append("source: the phrase that opens the clause, behind its appositions")


def _cited(chunks: Chunks, draft: Draft, drafts: list[Draft]) -> tuple[Draft, Draft] | None:
    """``Citing the ministry, CNN reported that …``: the ministry speaks within CNN's claim."""
    if not draft.cue or not draft.content or lemma(chunks.words[draft.cue[0].first]) not in _CITING:
        return None
    if chunks.tags[draft.cue[0].first] != "VBG":
        return None
    home = chunks.sentence[draft.cue[0].first]
    for other in drafts:
        if other is not draft and other.cue and other.content and chunks.sentence[other.cue[0].first] == home:
            made = Draft(
                draft.block,
                "nested.citing",
                source=[draft.content[0]],
                cue=list(draft.cue),
                content=list(other.content),
            )
            made.trace.append("cited by the source of another claim")
            return made, other
    return None
