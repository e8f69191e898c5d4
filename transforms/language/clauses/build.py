"""Tokens and tags → the records of clauses."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.transforms import deadline
from dateline.transforms.language.clauses.arguments import arguments
from dateline.transforms.language.clauses.draft import Draft, Stream
from dateline.transforms.language.clauses.finite import tie as tie_finite
from dateline.transforms.language.clauses.garden_path import hidden_verb
from dateline.transforms.language.clauses.items import Items, items, streams
from dateline.transforms.language.clauses.nonfinite import tie as tie_nonfinite
from dateline.transforms.language.clauses.records import bounds, joined, records
from dateline.transforms.language.clauses.verb_groups import STARTS
from dateline.transforms.model import Clause, Run, Sentence

CHECKED = 8
"""Sentences between two looks at the clock."""
MAX_CLAUSES = 120
"""Clauses of one stream at most; a sentence with more is not prose."""


def clauses(
    letters: str,
    words: Sequence[str],
    low: Sequence[str],
    quotes: Sequence[int],
    sentences: Sequence[Sentence],
    furniture: Sequence[Run] = (),
) -> tuple[Clause, ...]:
    """The clauses of an English article in the order of their verbs; no run leaves its sentence.

    ``letters`` has one letter a token (``symbols``), ``low`` the words in lower case; ``quotes`` are the numbers of quotations as in :class:`dateline.transforms.model.Parse`; a clause begins behind the
    ``furniture`` that opens its sentence.
    """
    found: list[Clause] = []
    behind = {run.first: run.last for run in furniture}
    for number, sentence in enumerate(sentences):
        if number % CHECKED == 0:
            deadline.check()
        first, last = behind.get(sentence.first, sentence.first), sentence.last
        if _VERB(letters, first, last) is None:
            continue
        made = _read(letters, words, low, quotes, first, last, number, len(found))
        hidden = hidden_verb(letters, low, first, last)
        if hidden is not None:
            letters = letters[:hidden] + "D" + letters[hidden + 1 :]
            again = _read(letters, words, low, quotes, first, last, number, len(found))
            if _completes(again, hidden) and _orphans(again) <= _orphans(made):
                made = again
        found += made
    return tuple(found)


_VERB = re.compile(f"[{''.join(sorted(STARTS))}]").search


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
    return _sentence(low, streams(held, quotes), number, base) if "V" in held.kinds else []


def _completes(made: Sequence[Clause], verb: int) -> bool:
    """Whether a verb has a subject and is that of no relative clause."""
    return any(
        c.verb.head == verb and c.verb.finite and c.subject is not None and c.kind != "relative" for c in made
    )


def _orphans(made: Sequence[Clause]) -> int:
    """Finite verbs without a subject."""
    return sum(c.verb.finite and c.subject is None for c in made)


def read(stream: Stream) -> None:
    """Make the clauses of a stream, and tie each to its subject and to the clause that encloses it."""
    gap = 0
    kinds, drafts = stream.kinds, stream.drafts
    verbs = stream.verbs
    at = kinds.find("V")
    while at >= 0 and len(drafts) < MAX_CLAUSES:
        verb = verbs[at]
        assert verb is not None
        draft = Draft(verb, at)
        near = at - 1
        while near >= gap and kinds[near] in "rx.":
            near -= 1
        draft.near = near
        if verb.finite:
            tie_finite(stream, draft, gap)
        else:
            tie_nonfinite(stream, draft, gap)
        drafts.append(draft)
        if draft.encloser is None and draft.kind in ("main", "coordinate") and len(drafts) > 1:
            _cut_in(stream, draft)
        gap = at + 1
        at = kinds.find("V", gap)


def _cut_in(stream: Stream, draft: Draft) -> None:
    """``The vote, Ruiz said, was a sham``: what is cut in two by a report is what it reports."""
    before = stream.drafts[-2].top()
    if before.kind == "parenthetical" and before.says and before.encloser is None:
        draft.kind, draft.encloser = "complement", before
        before.kind = "main"


def _sentence(low: Sequence[str], held: list[Items], number: int, base: int) -> list[Clause]:
    """The clauses of one sentence; ``base`` is the index of the first of them in the parse."""
    outer = Stream(low, held[0])
    read(outer)
    if len(held) == 1:
        return records(outer, number, base)
    inner = [Stream(low, found) for found in held[1:]]
    for stream in inner:
        read(stream)
    for stream in (outer, *inner):
        arguments(stream)
        bounds(stream)
    _quoted(outer, inner)
    drafts = [d for s in (outer, *inner) for d in s.drafts]
    return joined(sorted(drafts, key=lambda d: d.verb.first), number, base)


def _quoted(outer: Stream, inner: Sequence[Stream]) -> None:
    """Hang the clauses of quotations on the clause that reports them."""
    quotations = [outer.run(k, k) for k, kind in enumerate(outer.kinds) if kind == "Q"]
    if not quotations or not outer.drafts:
        return
    reporter = next((d for d in outer.drafts if d.complement is not None), None)
    if reporter is None:
        reporter = next((d for d in outer.drafts if d.says), outer.drafts[0])
        reporter.complement = quotations[0]
    held = set(quotations)
    for stream in inner:
        if stream.run(0, -1) in held:
            for draft in stream.drafts:
                if draft.encloser is None:
                    draft.encloser = reporter
