"""The kind of thing that a phrase names: a person, several, a thing or body, or a name that may be either."""

from __future__ import annotations

from typing import Literal

from dateline.transforms.claims.chunks import Chunks
from dateline.transforms.claims.draft import Run

Kind = Literal["person", "people", "thing", "things", "name"]
"""A person, several persons, a thing or body, several of these, or a single name that may be a person or a
thing."""
_ENDS = frozenset(["IN", "TO", "WH"])
_HEADS = frozenset(["NN", "NNP"])


def kind_of(run: Run, c: Chunks) -> Kind:
    """The kind of thing that the head of a phrase names."""
    at = run.first
    if c.low[at] in c.closed.one and _is_people(run, c):
        return "person"
    for k in range(run.first, run.last):
        if c.low[k] in c.closed.many and k == run.first:
            return "people"
        if (
            c.low[k] in c.closed.conjunctions
            and run.first < k < run.last - 1
            and c.tags[k + 1] in ("NNP", "NN", "DT")
        ):
            return "people"
        if k > run.first and (c.tags[k] in _ENDS or c.words[k] in ",(–—"):
            break
        if c.tags[k] in _HEADS:
            at = k
    low = c.low[at]
    if at > run.first and f"{c.low[at - 1]} {low}" in c.people.guards:
        return "thing"
    if c.tags[at] == "NNP" and low not in c.people.beings:
        return "name" if at == run.first and low not in c.people.firms else "thing"
    if low in c.people.crowds:
        return "people"
    plural = low.endswith(c.closed.plurals) and not low.endswith(c.closed.no_plurals)
    human = low[:-1] in c.people.beings or low[:-2] in c.people.beings or low.endswith(c.closed.agents)
    if plural:
        return "people" if human and low not in c.people.beings else "things"
    return "person" if low in c.people.beings else "thing"


def _is_people(run: Run, c: Chunks) -> bool:
    """Whether a phrase counts out of several people: "one of the victims"."""
    of = next((k for k in range(run.first + 1, run.last - 1) if c.low[k] in c.closed.of), None)
    if of is None:
        return False
    head = next((k for k in range(of + 2, run.last) if c.tags[k] in _ENDS or c.words[k] == ","), run.last) - 1
    return c.low[head] in c.people.crowds or c.low[head].removesuffix("s") in c.people.beings
