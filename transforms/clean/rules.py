"""Chooses the body by rules alone: long sentences in one run, without furniture.

The run is the maximal sum of line weights (Kadane; Pasternack and Roth, WWW 2009).
"""

from __future__ import annotations

import numpy as np

from dateline.transforms.clean.lines import AT, Column, Lines, Mask, Table

_HEADER_COST = 40.0
_SHORT_COST, _MIDDLE_COST = 4.0, 7.0
_PLAIN = 0.88
"""A page with at least this share of its words in whole sentences has no furniture."""
_GAP = 6
"""Most lines of an insertion (a header and a few headlines) after which the body continues."""
_PARTS = 3
_CAP = 60.0
"""The highest weight of a line, in words; otherwise one legal notice would outweigh a story."""


def best_run(weights: Column) -> tuple[int, int]:
    """``(first, last)`` of the run with the greatest sum; ``(0, -1)`` if no value is positive."""
    best, current, start, found = 0.0, 0.0, 0, (0, -1)
    for n, weight in enumerate(weights.tolist()):
        if current <= 0:
            current, start = 0.0, n
        current += weight
        if current > best:
            best, found = current, (start, n)
    return found


def weights(table: Table, good: Mask) -> Column:
    """What each line adds to a run: the words of a sentence, or a cost."""
    words = table[:, AT["words"]]
    cost = np.where(words < 6, -_SHORT_COST, -_MIDDLE_COST)
    cost = np.where(table[:, AT["seen"]] >= 2, -2.0, cost)
    value = np.where(good, np.minimum(words, _CAP), cost)
    value = np.where(table[:, AT["header"]] > 0, -_HEADER_COST, value)
    return np.asarray(value, dtype=np.float32)


def plain(table: Table) -> Mask | None:
    """The body of a page without furniture: everything from its first sentence on; ``None`` for other pages.

    Wire copy, pasted text and cleaned articles have no furniture. Their short lines are headings, lists or
    answers, which a model that was trained on pages full of menus would drop.
    """
    words = table[:, AT["words"]]
    if bool((table[:, AT["markup"]] > 0).any()):
        return None
    whole = (words >= 8) & (table[:, AT["end"]] == 1) & (table[:, AT["legal"]] == 0)
    if float(words[whole].sum()) < _PLAIN * float(words.sum()):
        return None
    kept: Mask = (table[:, AT["header"]] == 0) & (table[:, AT["legal"]] == 0)
    short = (words < 8) & (table[:, AT["end"]] < 1)
    kept &= ~short | (_near(whole, 2) & (table[:, AT["digits"]] < 0.5))
    kept[: int(np.argmax(whole))] = False
    return kept


def _near(good: Mask, reach: int) -> Mask:
    """Lines that have a good line within ``reach`` lines below them."""
    near = np.zeros_like(good)
    for step in range(1, reach + 1):
        near[:-step] |= good[step:]
    return near


def choose(lines: Lines, run: tuple[int, int] | None = None, shade: Mask | None = None) -> Mask:
    """The body of a page: a mask over its lines. ``run`` and ``shade``: its best run and its :func:`shadow`, where they are
    known."""
    table = lines.table
    kept: Mask = np.zeros(len(lines), dtype=bool)
    if (whole := plain(table)) is not None:
        return whole
    good = lines.sentences
    first, last = run or best_run(weights(table, good))
    words, indent = table[:, AT["words"]], table[:, AT["indent"]]
    bare = (lines.furniture == 0) & (table[:, AT["header"]] == 0) & (table[:, AT["aside"]] == 0)
    # Only indentation shows that a short line is a heading of the body; in plain text it may be the headline
    # of another story.
    level = (
        bare & (indent == 0) & bool(np.ptp(indent) > 0) & ~(shadow(table, good) if shade is None else shade)
    )
    single = (table[:, AT["bullet"]] == 0) & (table[:, AT["stamp"]] == 0)
    said = lines.spoken
    home = (indent == 0) & single
    first, last = _rejoin(good & bare, home, *_reach(said, first, last))
    inner = (
        good
        | said
        | ((words >= 25) & (table[:, AT["legal"]] == 0))
        | ((words >= 2) & level & single & _near(good, 2))
    ) & (table[:, AT["seen"]] < 2)
    kept[first : last + 1] = inner[first : last + 1]
    return kept


def _reach(said: Mask, first: int, last: int) -> tuple[int, int]:
    """The run with the short sentences next to it, such as a lead of nine words or a last answer."""
    if last < first:
        return first, last
    while first > 0 and said[first - 1]:
        first -= 1
    while last + 1 < len(said) and said[last + 1]:
        last += 1
    return first, last


def _rejoin(good: Mask, home: Mask, first: int, last: int) -> tuple[int, int]:
    """The run with the running text that an insertion cut off, at the indentation of the body.

    A box of related headlines between the lead and the rest costs more than a short lead weighs.
    """
    for _ in range(_PARTS):
        above = [n for n in range(max(0, first - _GAP), first) if good[n] and home[n]]
        if not above:
            break
        first = above[0]
    for _ in range(_PARTS):
        below = [n for n in range(last + 1, min(len(good), last + 1 + _GAP)) if good[n] and home[n]]
        if not below:
            break
        last = below[-1]
    return first, last


def shadow(table: Table, good: Mask) -> Mask:
    """Lines between a header such as "Related news" and the next running text, with the line above it."""
    header = (table[:, AT["header"]] > 0).tolist()
    shade: list[bool] = []
    dark = False
    for head, fine in zip(header, good.tolist(), strict=True):
        dark = head or (dark and not fine)
        shade.append(dark)
        if head and len(shade) > 1 and not good[len(shade) - 2]:
            shade[-2] = True
    return np.array(shade, dtype=bool)
