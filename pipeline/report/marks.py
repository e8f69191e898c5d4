"""Splits a text with overlapping marks into pieces, each with the marks that cover it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple


class Mark(NamedTuple):
    """A marked range ``[start, end)`` with its role (``source``, ``cue``, ``content``, ``date``) and the
    number of its event or date."""

    start: int
    end: int
    role: str
    number: int


class Piece(NamedTuple):
    """A range that is covered by the same marks from start to end."""

    text: str
    roles: tuple[str, ...] = ()
    events: tuple[int, ...] = ()
    date: int | None = None


def by_range(ranges: Sequence[tuple[int, int]], marks: Iterable[Mark]) -> list[list[Mark]]:
    """The marks that overlap each of some ranges ``[start, end)``, which are in order and do not overlap.

    :func:`pieces` looks at every mark that it is given: a page of 120 paragraphs with 100 events spent half of the
    time of a report on marks of other paragraphs.
    """
    ends = [end for _, end in ranges]
    found: list[list[Mark]] = [[] for _ in ranges]
    for mark in marks:
        for n in range(bisect_right(ends, mark.start), len(ranges)):
            if ranges[n][0] >= mark.end:
                break
            found[n].append(mark)
    return found


def pieces(text: str, start: int, end: int, marks: Sequence[Mark]) -> Iterable[Piece]:
    """Split ``text[start:end]`` wherever a mark begins or ends. The pieces joined give the text back.

    Marks may nest and overlap, as a claim within a claim does. Where two dates overlap, the one that began
    later is linked, because it is the narrower one.
    """
    if not marks:
        if start < end:
            yield Piece(text[start:end])
        return
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    for index, mark in enumerate(marks):
        first, last = max(mark.start, start), min(mark.end, end)
        if first < last:
            opening.setdefault(first, []).append(index)
            closing.setdefault(last, []).append(index)
    active: set[int] = set()
    cuts = sorted({start, end, *opening, *closing})
    for at, following in pairwise(cuts):
        if at in closing:
            active.difference_update(closing[at])
        if at in opening:
            active.update(opening[at])
        if not active:
            yield Piece(text[at:following])
            continue
        if len(active) == 1:  # nine of ten pieces with marks
            (only,) = active
            mark = marks[only]
            if mark.role == "date":
                yield Piece(text[at:following], date=mark.number)
            else:
                yield Piece(text[at:following], (mark.role,), (mark.number,))
            continue
        covering = [marks[index] for index in active]
        dates = [mark for mark in covering if mark.role == "date"]
        yield Piece(
            text[at:following],
            tuple(sorted({mark.role for mark in covering} - {"date"})),
            tuple(sorted({mark.number for mark in covering if mark.role != "date"})),
            max(dates, key=lambda mark: (mark.start, mark.number)).number if dates else None,
        )
