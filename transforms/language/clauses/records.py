"""Drafts that are tied to each other → the records of clauses.

The compiled core makes the records of a sentence without quotations in C, in ``transforms/core/records.c`` and
``arguments.c``. The rules that tie drafts to each other are in Python alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from dateline.transforms import core
from dateline.transforms.language.clauses.arguments import arguments
from dateline.transforms.language.clauses.draft import MAX_CHAIN, Draft, Stream
from dateline.transforms.model import Clause, ComplementKind, Oblique, Run
from dateline.transforms.model.clause import new

_TRAILING = frozenset([",", ".", ";", ":", "-", "(", ")", '"', "c", "T"])
_REPORTED = frozenset(["complement", "infinitive", "coordinate"])
FIELDS = (
    "verb", "item", "start", "near", "kind", "marker", "subject", "subject_head", "shared", "encloser", "modifies", "inverted",
)  # fmt: skip
"""What the compiled core asks a draft for, in the order of ``transforms/core/records.c``."""
TYPES = (Clause, Run, Oblique)


def records(stream: Stream, number: int, base: int) -> list[Clause]:
    """The clauses of sentence ``number``, which has one stream; ``base`` is the index of the first of them in the parse."""
    if core.compiled is not None:
        return core.compiled.clause_records(
            stream.kinds, stream.firsts, stream.lasts, stream.nouns, stream.low, stream.drafts, stream.markers, number, base,
            FIELDS, TYPES,
        )  # fmt: skip
    arguments(stream)
    bounds(stream)
    return joined(stream.drafts, number, base)


def bounds(stream: Stream) -> None:
    """Find the first and last token of each clause, apart from the clauses that it encloses."""
    kinds, firsts, lasts = stream.kinds, stream.firsts, stream.lasts
    for draft in stream.drafts:
        first, verb = firsts[draft.start], draft.verb
        if draft.subject is not None and not draft.shared and draft.subject.first < first:
            first = draft.subject.first
        draft.first = first if first < verb.first else verb.first
        last = draft.stop - 1
        while last > draft.item and kinds[last] in _TRAILING:
            last -= 1
        draft.last = lasts[last] if lasts[last] > verb.last else verb.last


def joined(drafts: Sequence[Draft], number: int, base: int) -> list[Clause]:
    """The records of all drafts of sentence ``number``, in the order of their verbs."""
    reported: dict[Draft, list[Draft]] = {}
    for n, d in enumerate(drafts):
        d.number = n
    for d in drafts:
        up = d.encloser
        if up is None:
            continue
        if d.modifies is None and d.kind in _REPORTED:
            reported.setdefault(up, []).append(d)
        if d.number < up.number and d.first < up.first and d.kind in ("adverbial", "participle"):
            # "If it rains, the game will be moved": what is put first belongs to its clause.
            up.first = d.first
        last = d.last
        for _ in range(MAX_CHAIN):
            # A clause includes the clauses that it encloses.
            if last > up.last:
                up.last = last
            up = up.encloser
            if up is None:
                break
    return [_clause(d, reported.get(d), number, base) for d in drafts]


def _clause(d: Draft, reported: Sequence[Draft] | None, number: int, base: int) -> Clause:
    """The record of a draft in sentence ``number``; ``reported`` are the clauses that its verb may report."""
    complement = d.complement
    how: ComplementKind | None = None
    if complement is not None:
        how = "quotation"
    elif reported:
        # "said he came and would stay", "told him the quay was shut, and that boats would wait"
        complement = new(Run, (reported[0].first, max([r.last for r in reported])))
        how = "infinitive" if reported[0].kind == "infinitive" else "that"
    encloser = None if d.encloser is None else base + d.encloser.number
    return new(
        Clause,
        (
            number, d.first, d.last, d.kind, d.verb, d.marker, d.subject, d.subject_head, d.shared,
            tuple(d.objects), tuple(d.obliques), complement, how, encloser, d.modifies,
        ),
    )  # fmt: skip
