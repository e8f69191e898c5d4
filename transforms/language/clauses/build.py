"""Tokens and tags → the records of clauses."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.transforms import deadline
from dateline.transforms.language.clauses import finite, nonfinite
from dateline.transforms.language.clauses.arguments import arguments
from dateline.transforms.language.clauses.draft import MAX_CHAIN, Draft, Stream
from dateline.transforms.language.clauses.garden_path import hidden_verb
from dateline.transforms.language.clauses.items import VERBAL, Item, items, streams
from dateline.transforms.language.clauses.symbols import symbols
from dateline.transforms.model import Clause, ComplementKind, Run, Sentence

MAX_CLAUSES = 120
"""Clauses of one stream at most; a sentence with more is not prose."""
_TRAILING = frozenset([",", ".", ";", ":", "-", "(", ")", '"', "c", "T"])


def clauses(
    words: Sequence[str],
    tags: Sequence[str],
    quotes: Sequence[int],
    sentences: Sequence[Sentence],
    furniture: Sequence[Run] = (),
) -> tuple[Clause, ...]:
    """The clauses of an English article in the order of their verbs; no run leaves its sentence.

    ``quotes`` are the numbers of quotations as in :class:`dateline.transforms.model.Parse`; a clause begins behind the
    ``furniture`` that opens its sentence.
    """
    letters = symbols(words, tags)
    low = list(map(str.lower, words))
    found: list[Clause] = []
    behind = {run.first: run.last for run in furniture}
    for number, sentence in enumerate(sentences):
        deadline.check()
        first = behind.get(sentence.first, sentence.first)
        own = letters[first : sentence.last]
        if VERBAL.isdisjoint(own):
            continue
        made = _read(letters, words, low, quotes, first, sentence.last, number, len(found))
        hidden = hidden_verb(own, low, first)
        if hidden is not None:
            letters = letters[:hidden] + "D" + letters[hidden + 1 :]
            again = _read(letters, words, low, quotes, first, sentence.last, number, len(found))
            if _completes(again, hidden) and _orphans(again) <= _orphans(made):
                made = again
        found += made
    return tuple(found)


def _read(
    letters: str,
    words: Sequence[str],
    low: Sequence[str],
    quotes: Sequence[int],
    first: int,
    last: int,
    number: int,
    base: int,
) -> list[Clause]:
    """The clauses of tokens ``[first, last)``; ``base`` is the index of the first of them in the parse."""
    held = items(letters, words, low, first, last)
    if all(i.verb is None for i in held):
        return []
    own = letters[first:last]
    parts = streams(held, quotes) if '"' in own or "(" in own else [held]
    return _sentence(low, parts, number, base)


def _completes(made: Sequence[Clause], verb: int) -> bool:
    """Whether a verb has a subject and is that of no relative clause."""
    return any(
        c.verb.head == verb and c.verb.finite and c.subject is not None and c.kind != "relative" for c in made
    )


def _orphans(made: Sequence[Clause]) -> int:
    """Finite verbs without a subject."""
    return sum(c.verb.finite and c.subject is None for c in made)


def read(stream: Stream) -> None:
    """Make the clauses of a stream."""
    gap = 0
    for at, item in enumerate(stream.items):
        if item.verb is None or len(stream.drafts) >= MAX_CLAUSES:
            continue
        draft = Draft(item.verb, at)
        while draft.near >= gap and stream.items[draft.near].kind in "rx.":
            draft.near -= 1
        (finite if item.verb.finite else nonfinite).tie(stream, draft, gap)
        stream.drafts.append(draft)
        _cut_in(stream, draft)
        gap = at + 1
    arguments(stream)


def _cut_in(stream: Stream, draft: Draft) -> None:
    """``The vote, Ruiz said, was a sham``: what is cut in two by a report is what it reports."""
    if draft.encloser is not None or draft.kind not in ("main", "coordinate") or len(stream.drafts) < 2:
        return
    before = stream.drafts[-2].top()
    if before.kind == "parenthetical" and before.says and before.encloser is None:
        draft.kind, draft.encloser = "complement", before
        before.kind = "main"


def _sentence(low: Sequence[str], held: list[list[Item]], number: int, base: int) -> list[Clause]:
    """The clauses of one sentence; ``base`` is the index of the first of them in the parse."""
    read_streams = [Stream(low, found) for found in held]
    for stream in read_streams:
        read(stream)
    outer = read_streams[0]
    drafts = [(d, s) for s in read_streams for d in s.drafts]
    if len(read_streams) > 1:
        _quoted(outer, read_streams[1:])
        drafts.sort(key=lambda pair: pair[0].verb.first)
    for n, (d, _) in enumerate(drafts):
        d.number = n
    above = [d.encloser.number if d.encloser is not None else None for d, _ in drafts]
    firsts = [_first(d, s) for d, s in drafts]
    lasts = [_last(d, s) for d, s in drafts]
    children: dict[int, list[int]] = {}
    for n, (d, _) in enumerate(drafts):
        up = above[n]
        if up is not None and d.modifies is None and d.kind in ("complement", "infinitive", "coordinate"):
            children.setdefault(up, []).append(n)
        if up is not None and n < up and d.kind in ("adverbial", "participle"):
            # "If it rains, the game will be moved": what is put first belongs to its clause.
            firsts[up] = min(firsts[up], firsts[n])
        for _ in range(MAX_CHAIN):
            if up is None:
                break
            # A clause includes the clauses that it encloses.
            if lasts[n] > lasts[up]:
                lasts[up] = lasts[n]
            up = above[up]
    made = []
    for n, (d, _) in enumerate(drafts):
        complement = d.complement
        how: ComplementKind | None = None if complement is None else "quotation"
        if complement is None and n in children:
            # "said he came and would stay", "told him the quay was shut, and that boats would wait"
            first, *more = children[n]
            last = max(lasts[k] for k in (first, *more))
            complement = Run(firsts[first], last)
            how = "infinitive" if drafts[first][0].kind == "infinitive" else "that"
        up = above[n]
        made.append(
            Clause(
                number,
                firsts[n],
                lasts[n],
                d.kind,
                d.verb,
                d.marker,
                d.subject,
                d.subject_head,
                d.shared,
                tuple(d.objects),
                tuple(d.obliques),
                complement,
                how,
                None if up is None else base + up,
                d.modifies,
            )
        )
    return made


def _first(draft: Draft, stream: Stream) -> int:
    first = stream.items[draft.start].first
    if draft.subject is not None and not draft.shared:
        first = min(first, draft.subject.first)
    return min(first, draft.verb.first)


def _last(draft: Draft, stream: Stream) -> int:
    stop = draft.stop
    while stop - 1 > draft.item and stream.items[stop - 1].kind in _TRAILING:
        stop -= 1
    return max(draft.verb.last, stream.items[stop - 1].last)


def _quoted(outer: Stream, inner: Sequence[Stream]) -> None:
    """Hang the clauses of quotations on the clause that reports them."""
    quotations = [Run(i.first, i.last) for i in outer.items if i.kind == "Q"]
    if not quotations or not outer.drafts:
        return
    reporter = next((d for d in outer.drafts if d.complement is not None), None)
    if reporter is None:
        reporter = next((d for d in outer.drafts if d.says), outer.drafts[0])
        reporter.complement = quotations[0]
    held = set(quotations)
    for stream in inner:
        if Run(stream.items[0].first, stream.items[-1].last) in held:
            for draft in stream.drafts:
                if draft.encloser is None:
                    draft.encloser = reporter
