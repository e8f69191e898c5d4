"""Where what is said begins and ends, where a label or a pattern cut it wrongly."""

from __future__ import annotations

from collections.abc import Callable, Set

from transforms import deadline
from transforms.claims.chunks import Chunks
from transforms.claims.draft import Draft, Run
from transforms.claims.repair import CALENDAR
from transforms.language import lemma

_FINITE = frozenset(["VBD", "VBZ", "MD"])
_PLAIN = frozenset(["say", "claim", "believe", "think", "report"])
_TIMED = frozenset(["IN", "DT", "CD", "NNP", "NN", "RB", "JJ"])
_OF = frozenset(["of", "by", "from"])
_AWAY = (["which"], ["whom"])
LEAD = 7
"""Words of a time that may stand between a cue and its clause."""
TAIL = 4
"""Words of a time that may follow a cue at the end of its sentence."""
MIN_CLAUSE = 4


def bound(chunks: Chunks, drafts: list[Draft], nouns: Set[str]) -> list[Draft]:
    """The drafts with contents that begin and end with their clauses; a relative pronoun alone is none."""
    taken = {k for d in drafts for part in (d.source, d.cue) for r in part for k in range(*r)}
    kept = []
    for draft in drafts:
        if draft.kind == "said" and draft.cue and draft.content:
            first = draft.content[0]
            # "the vote, which the council declined to stop, …": the pronoun is no statement.
            if first.last <= draft.cue[0].first and chunks.low[first.first : first.last] in _AWAY:
                continue
            if _named(chunks, draft, nouns):
                continue
            if draft.source and draft.source[0].last == draft.cue[0].first:
                # "NAME of Marrow Bank wrote": what the bank hangs on is the source.
                floor, _ = chunks.bounds(draft.cue[0].first)
                draft.source[0] = chunks.widen_left(draft.source[0], floor)
            _untimed(chunks, draft)
            _apposed(chunks, draft, taken)
        kept.append(draft)
    return kept


def _named(chunks: Chunks, draft: Draft, nouns: Set[str]) -> bool:
    """``echoing the view of the council``: a participle beside a claim names another's words, and tells none."""
    cue, run = draft.cue[0], draft.content[0]
    if chunks.tags[cue.first] != "VBG" or chunks.words[cue.first - 1] != "," or run.first != cue.last:
        return False
    of = next((k for k in range(run.first, min(run.first + LEAD, run.last)) if chunks.low[k] in _OF), None)
    return of is not None and lemma(chunks.words[of - 1]) in nouns


def _untimed(chunks: Chunks, draft: Draft) -> None:
    """``wrote in a note | on January 9 that …``: the day is that of writing, the clause begins at ``that``."""
    run = draft.content[0]
    if run.first < draft.cue[0].last:
        return
    that = next(
        (k for k in range(run.first, min(run.first + LEAD, run.last)) if chunks.low[k] == "that"), None
    )
    if that is None or that == run.first or run.last - that < MIN_CLAUSE:
        return
    lead = range(run.first, that)
    if all(chunks.tags[k] in _TIMED for k in lead) and any(chunks.low[k] in CALENDAR for k in lead):
        draft.content[0] = Run(that, run.last)
        draft.trace.append("content: without the time of saying it")


def _apposed(chunks: Chunks, draft: Draft, taken: set[int]) -> None:
    """``said the first ship | , a grain carrier, passed …``: a clause is no clause before its verb."""
    run, cue = draft.content[-1], draft.cue[0]
    _, ceiling = chunks.bounds(cue.first)
    if len(draft.content) > 1 or run.first < cue.last or run.last >= ceiling or run.last - run.first > 12:
        return
    if lemma(chunks.words[cue.last - 1]) not in _PLAIN or chunks.words[run.last] != ",":
        return
    if any(chunks.parse.quotes[k] or chunks.tags[k].startswith(("V", "MD")) for k in range(*run)):
        return
    comma = next((k for k in range(run.last + 1, ceiling - 1) if chunks.words[k] == ","), None)
    if comma is None or chunks.tags[comma + 1] not in ("VBD", "VBZ", "VBN", "MD"):
        return
    if any(k in taken or chunks.parse.quotes[k] for k in range(run.last, ceiling)):
        return
    stop = ceiling - (not chunks.words[ceiling - 1][0].isalnum())
    draft.content[-1] = Run(run.first, stop)
    draft.trace.append("content: on behind the apposition to its verb")


def tails(
    chunks: Chunks, drafts: list[Draft], silent: set[int], says: Callable[[str], bool]
) -> list[tuple[Draft | None, Draft]]:
    """Pairs (inner or none, outer) for sentences that end in ``, reported NAME`` or ``, NAME said on Tuesday``.

    Claims that stand before the comma are then those within the one that reports the sentence.
    """
    held = {k for d in drafts for r in d.cue for k in range(*r)}
    by_sentence: dict[int, list[Draft]] = {}
    for d in drafts:
        if d.cue:
            by_sentence.setdefault(chunks.sentence[d.cue[0].first], []).append(d)
    found: list[tuple[Draft | None, Draft]] = []
    for number, s in enumerate(chunks.parse.sentences):
        deadline.check()
        if s.block in silent:
            continue
        made = _tail(chunks, s.first, s.last, held, says)
        if made is None:
            continue
        made.block = s.block
        start = made.content[0].last
        inside = []
        for d in by_sentence.get(number, []):
            if d.start < s.first or d.cue[0].first >= start:
                continue
            d.content = [Run(r.first, min(r.last, start)) for r in d.content if r.first < start]
            if d.content or d.kind == "did":
                inside.append(d)
        found += [(d, made) for d in inside] or [(None, made)]
    return found


def _tail(chunks: Chunks, first: int, last: int, held: set[int], says: Callable[[str], bool]) -> Draft | None:
    words, tags = chunks.words, chunks.tags
    stop = last
    while stop > first and not words[stop - 1][0].isalnum():
        stop -= 1
    for k in range(stop - 1, max(first + MIN_CLAUSE, stop - 12), -1):
        if (
            tags[k] not in ("VBD", "VBN", "VBZ")
            or k in held
            or chunks.parse.quotes[k]
            or not says(lemma(words[k]))
        ):
            continue
        if words[k - 1] == ",":
            phrase = chunks.after(k + 1, stop)
            if phrase is None:
                phrase = _before(chunks, k - 1, first)
                start = phrase.first - 1 if phrase else first
                if phrase is None or tags[k] != "VBD" or not _timed(chunks, k + 1, stop):
                    continue
            else:
                phrase = chunks.widen_right(phrase, stop)
                start = k - 1
                if phrase.last != stop or "NNP" not in tags[phrase.first : phrase.last]:
                    continue
        else:
            near = chunks.before(k, first)
            if near is None or tags[k] == "VBN" or not _timed(chunks, k + 1, stop):
                continue
            phrase = near
            start = phrase.first - 1
            if "NNP" not in tags[phrase.first : phrase.last]:
                continue
        if start < first + MIN_CLAUSE or words[start] != "," or chunks.parse.quotes[start - 1]:
            continue
        if chunks.parse.quotes[first]:
            continue
        if not any(tags[j] in _FINITE for j in range(first, start)):
            continue
        made = Draft(0, "tail.reported", source=[phrase], cue=[Run(k, k + 1)], content=[Run(first, start)])
        made.trace.append("reports the whole sentence from its end")
        return made
    return None


def _before(chunks: Chunks, comma: int, floor: int) -> Run | None:
    """``its chair, NAME, | said``: the phrase and its name between two commas."""
    name = chunks.before(comma, floor)
    if (
        name is None
        or "NNP" not in chunks.tags[name.first : name.last]
        or chunks.words[name.first - 1] != ","
    ):
        return None
    office = chunks.before(name.first - 1, floor)
    if office is None or chunks.words[office.first - 1] != ",":
        return None
    return Run(office.first, name.last)


def _timed(chunks: Chunks, first: int, stop: int) -> bool:
    """Whether nothing but a time stands between a cue and the end of its clause."""
    comma = next((k for k in range(first, stop) if chunks.words[k] == ","), stop)
    return comma == first or (
        comma - first <= TAIL and any(chunks.low[k] in CALENDAR for k in range(first, comma))
    )
