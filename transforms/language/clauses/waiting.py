"""Keeps subjects that wait for their verb across asides, relative clauses and participles."""

from __future__ import annotations

from dateline.transforms.language.clauses.draft import MAX_PENDING, Stream, Waiting

OPENERS = frozenset("kTWw")
"""Kinds of items that open a clause: subordinators, "that", question words, relative pronouns."""


def opening(stream: Stream, gap: int, r: int) -> Waiting | None:
    """The first phrase of a gap that no preposition governs, with what stands before it."""
    prior = stream.drafts[-1] if stream.drafts else None
    for k in range(gap, r + 1):
        noun = stream.nouns[k]
        before = stream.kind(k - 1, gap)
        if noun is None or noun.time or before in ("i", "t") or k in stream.markers:
            continue
        if prior is not None and before == "" and not prior.takes_clause:
            continue
        if before == "-" and stream.waiting:
            continue
        if before == "," and not stream.fronted and prior is not None:
            # Before the first verb only phrases with prepositions and times stand here ("In May, another envoy, …").
            continue
        if before == "c" and prior is not None and stream.kind(k - 2, gap) == "N":
            # "People hit in Lund and Bergen": the last of a row opens nothing.
            continue
        last = k
        for joint in ("i", "c"):
            while last + 2 <= r and stream.kind(last + 1) == joint and stream.kind(last + 2) == "N":
                last += 2
        opened = before in OPENERS
        marker = stream.firsts[k - 1] if opened else None
        at = k - 1 if opened or before == "c" else k
        return Waiting(stream.run(k, last), stream.head(k, last), marker, before, at, prior)
    return None


def keep(stream: Stream, gap: int, r: int) -> Waiting | None:
    """Remember the subject at the head of a gap, whose verb comes behind the clause that opens now."""
    found = opening(stream, gap, r)
    if found is not None and len(stream.waiting) < MAX_PENDING:
        stream.waiting.append(found)
    return found
