"""Removes repeats, links to other stories and furniture from the chosen lines of a page."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from dateline.transforms import lexicon
from dateline.transforms.clean import blocks, rules
from dateline.transforms.clean.captions import is_caption
from dateline.transforms.clean.lines import AT, Lines, Mask
from dateline.transforms.clean.sections import clock_line
from dateline.transforms.lexicon.literals import may_match, needed

_REPEAT = 4
"""Least words of a repeated line that is dropped; a shorter one may be a refrain or an answer."""
_SHORT = 25
_CREDIT = 45
"""Words from which a line is more than a credit."""
_LINKED = 0.7
"""A short line with a larger share inside links leads to another page."""
_SENTENCE = 10
"""Least words of a paragraph that is a single link and may be a sentence of the story."""
_CHAIN = 2
"""Most lines from a heading to its text: a heading and its kicker."""
_LIST = 3
"""At least this many short lines in a row are a list."""
_BIO_LINES, _BIO = 3, 60
"""Most lines below an article that present its writer, and most words of one of them."""


class Notices:
    """Patterns of lines about the article: who else worked on it, and when it was published."""

    def __init__(self, library: lexicon.Library) -> None:
        every = list(library.every(lexicon.Furniture).values())
        self.opening = re.compile(
            "|".join(p for f in every for p in f.bylines.credits) or "(?!)", re.IGNORECASE
        )
        contributed = "|".join(p for f in every for p in f.bylines.contributed)
        self.inside = re.compile(contributed or "(?!)", re.IGNORECASE)
        self.inside_needs = needed(contributed)
        self.bios = re.compile("|".join(p for f in every for p in f.bylines.bios) or "(?!)")
        labels = "|".join(re.escape(w) for f in every for w in f.stamps.labels) or "(?!)"
        before = "|".join(re.escape(w) for f in every for w in f.stamps.before_label) or "(?!)"
        self.stamp = re.compile(rf"(?:(?:{before}) )?(?:{labels})\b[ :]", re.IGNORECASE)
        marks = "|".join(re.escape(w.capitalize()) for f in every for w in f.copyright.marks) or "(?!)"
        self.rights = re.compile(rf"©|\(c\) 20|(?:{marks}) (?:©|20)")


@lru_cache(maxsize=4)
def _notices(library: lexicon.Library) -> Notices:
    return Notices(library)


def is_credit(text: str, low: str, words: float) -> bool:
    """Whether a line is about the article: who else worked on it, or when it was published. ``low``: in lower case."""
    patterns = _notices(lexicon.library())
    return words < _CREDIT and (
        patterns.opening.match(text) is not None
        or (may_match(patterns.inside_needs, low) and patterns.inside.search(text) is not None)
        or (words < _SHORT and patterns.stamp.match(text) is not None and any(map(str.isdigit, text)))
    )


def without_furniture(lines: Lines, chosen: Mask, declared: bool = False, named: bool = True) -> Mask:
    """The chosen lines without repeats, credit lines, headers and bare clocks.

    ``declared``: the content was declared to be an article, so its links are its own. ``named``: blocks that
    the markup calls related, newsletter and so on are dropped.
    """
    kept = chosen.copy() if declared else chosen & ~_elsewhere(lines, named)
    words = lines.table[:, AT["words"]].tolist()
    header = lines.table[:, AT["header"]].tolist()
    aside = lines.table[:, AT["aside"]].tolist()
    seen: set[str] = set()
    rights = _notices(lexicon.library()).rights
    for n in np.flatnonzero(kept).tolist():
        text = lines.texts[n]
        key = lines.folded(n)
        if words[n] >= _REPEAT and key in seen:
            kept[n] = False
            continue
        seen.add(key)
        if (
            rights.match(text) is not None
            or header[n]
            or (aside[n] and words[n] < _SHORT and not declared)
            or is_credit(text, lines.lows[n], words[n])
            or clock_line(text)
        ):
            kept[n] = False
    _drop_bios(lines, kept)
    return kept if declared else _headings(lines, kept)


def _drop_bios(lines: Lines, kept: Mask) -> None:
    """Drop the last lines if they present the writer, and something stands before them."""
    notices = _notices(lexicon.library())
    where = np.flatnonzero(kept).tolist()
    for n in reversed(where[-min(_BIO_LINES, len(where) - 1) :] if len(where) > 1 else []):
        if lines.table[n, AT["words"]] > _BIO or not notices.bios.search(lines.texts[n]):
            return
        kept[n] = False


def _elsewhere(lines: Lines, named: bool) -> Mask:
    """Lines that the markup puts outside of the article: navigation, asides, footers, marked blocks, bare
    links."""
    zones = np.zeros(len(lines), dtype=bool)
    if any(lines.zones) or any(lines.marks):
        zones[:] = [
            zone in ("nav", "aside", "footer") or (named and bool(mark))
            for zone, mark in zip(lines.zones, lines.marks, strict=True)
        ]
    words = lines.table[:, AT["words"]]
    linked: Mask = (lines.table[:, AT["link"]] > _LINKED) & (words < _SHORT)
    # A headline of another story has no full stop; a sentence of the story may be a link as a whole.
    linked &= ~((words >= _SENTENCE) & (lines.table[:, AT["end"]] == 1) & (lines.table[:, AT["in_p"]] > 0))
    return zones | linked


def _headings(lines: Lines, kept: Mask) -> Mask:
    """The kept lines without headings of other stories.

    A heading is kept if running text follows it, or if it is part of a list. A heading above the first
    sentence is the headline of the page; one below "Related news" belongs to another story.
    """
    table = lines.table
    good = lines.sentences & kept
    if not good.any():
        return kept
    short = kept & (table[:, AT["words"]] <= _SHORT) & (table[:, AT["end"]] < 0.5)
    near = good.copy()
    for _ in range(_CHAIN):
        near[:-1] |= near[1:] & kept[:-1]
        near[:-2] |= good[2:]
    listed = short & (table[:, AT["bullet"]] > 0)
    listed |= short & (_group(short) >= _LIST)
    shaded = rules.shadow(table, good)
    first = int(np.argmax(good))
    lead = np.arange(len(lines)) < first
    final: Mask = kept & ~(short & ~blocks.part_heads(lines, kept) & (shaded | lead | ~(near | listed)))
    return final


def _group(kept: Mask) -> npt.NDArray[np.int64]:
    """For each line the length of the run of kept lines around it."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], kept, [False]]).astype(np.int8)))
    size = np.zeros(len(kept), dtype=np.int64)
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        size[start:end] = end - start
    return size


def reach(lines: Lines, chosen: Mask) -> Mask:
    """The chosen lines with the short sentences right below the last one, such as a last answer or a
    sign-off."""
    said = lines.spoken
    extended = chosen.copy()
    where = np.flatnonzero(chosen)
    n = int(where[-1]) + 1 if len(where) else len(chosen)
    while n < len(chosen) and said[n]:
        extended[n] = True
        n += 1
    return extended


def captions(lines: Lines, kept: Mask) -> Mask:
    """The captions of the article: between its lines or up to twelve lines above them."""
    found = np.zeros(len(lines), dtype=bool)
    where = np.flatnonzero(kept)
    if not len(where):
        return found
    words = lines.table[:, AT["words"]]
    photo = lines.table[:, AT["photo"]].tolist()
    seen: set[str] = set()
    for n in range(max(0, int(where[0]) - 12), int(where[-1]) + 1):
        text = lines.texts[n]
        if words[n] < 3 or not (photo[n] or lines.tags[n] == "figcaption"):
            continue
        if is_caption(text, float(words[n]), lines.tags[n]):
            key = lines.folded(n)
            found[n] = key not in seen
            seen.add(key)
    return found
