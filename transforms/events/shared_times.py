"""The time of a clause that another clause gives it: a clause joined to it, or one that tells of the same time."""

from __future__ import annotations

from dateline.transforms.events.adjunct import Adjunct, Adjuncts
from dateline.transforms.model import Clause

LONGER = frozenset(["none", "week", "month", "quarter", "season", "half", "year", "decade", "century"])
"""Precisions of times that are longer than a day."""
CARRIED_WITHIN = 2
"""Tokens between a verb and the clause that it carries, at most ("tried in vain to storm")."""


def joined(adjuncts: Adjuncts, n: int) -> tuple[int | None, int | None]:
    """The clauses joined to a clause by "and" or a comma, before and after it."""
    clauses, low, joins = adjuncts.parse.clauses, adjuncts.low, adjuncts.words.joins
    clause = clauses[n]
    before = behind = None
    for m in adjuncts.beside(n):
        other = clauses[m]
        adjacent = clause.shared and other.last == clause.first
        if m == n or (other.encloser != clause.encloser and not adjacent):
            continue
        if other.last <= clause.first and (clause.kind == "coordinate" or adjacent):
            before = m
        # "Was shot and | killed on Monday", "was killed | and one wounded on Monday".
        near = 0 <= other.first - clause.last <= 1
        at = other.first if low[other.first] in joins else other.first - 1
        reported = other.kind == clause.kind == "complement" and other.shared
        if behind is None and near and low[at] in joins and (other.kind == "coordinate" or reported):
            behind = m
    return before, behind


def during(adjuncts: Adjuncts, n: int, *, when: bool = True, carried_alone: bool = False) -> Adjunct | None:
    """The time of something simultaneous with a clause: "veered off the runway *on landing Tuesday*".

    ``when``: a when-clause counts. ``carried_alone``: only what the verb of the clause carries counts, as in
    "declined *to comment Tuesday*".
    """
    clause = adjuncts.parse.clauses[n]
    for m in adjuncts.beside(n):
        inner = adjuncts.parse.clauses[m]
        if inner.encloser != n or inner.first < clause.verb.last:
            continue
        same = _carries(adjuncts, clause, inner)
        if not carried_alone and not same:
            same = inner.kind == "participle" and _simultaneous(adjuncts, inner)
        told = when and not carried_alone and not same and _at_which(adjuncts, clause, inner)
        found = adjuncts.of(m) if same or told else None
        if found is None or found.mod is not None or found.occasion:
            continue
        if same or found.placed.time.precision not in LONGER:
            return found
    return None


def _carries(adjuncts: Adjuncts, clause: Clause, inner: Clause) -> bool:
    """Whether what a verb tells of is one act with what its infinitive or participle tells: "tried to flee on Monday",
    "began shelling on Monday", "was found shot on Monday"."""
    if inner.kind not in ("infinitive", "participle") or not inner.shared:
        return False
    verbs = adjuncts.words.carrying if inner.kind == "infinitive" else adjuncts.words.carrying_participles
    between = range(clause.verb.last, inner.first)
    return (
        clause.verb.lemma in verbs
        and len(between) <= CARRIED_WITHIN
        and not any(adjuncts.low[k] in ",;:" for k in between)
    )


def _at_which(adjuncts: Adjuncts, clause: Clause, inner: Clause) -> bool:
    """Whether an inner clause tells at which past act another was: "died when a boat sank on Monday".

    On public sets of event times: days right 6 of 6 (with "after" 2 of 4), months 1 of 2.
    """
    marked = inner.kind == "adverbial" and inner.marker is not None
    past = inner.verb.tense == clause.verb.tense == "past"
    return (
        marked and past and inner.verb.finite and adjuncts.low[inner.marker or 0] in adjuncts.words.at_which
    )


def _simultaneous(adjuncts: Adjuncts, inner: Clause) -> bool:
    """Whether a participial clause happened at, or just before, the time of its main clause."""
    low, words = adjuncts.low, adjuncts.words
    if low[inner.first] in words.simultaneous:
        # "Five rounds sooner than when beating Feld in 2008" is about another time.
        return low[inner.first - 1] not in words.compared
    return low[inner.first] in words.after and low[inner.first - 1] in words.shortly
