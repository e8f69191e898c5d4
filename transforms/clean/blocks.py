"""Decides about groups of lines: a paragraph among its neighbours, a table in a story, a box of appeals,
readers' comments."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections import defaultdict
from functools import lru_cache

import numpy as np

from dateline.transforms import lexicon
from dateline.transforms.clean.lines import AT, LINKED, Lines, Mask
from dateline.transforms.clean.looks import words_of
from dateline.transforms.clean.sections import clock_line
from dateline.transforms.lexicon.literals import Sought

_OWN = 2
"""The least number of chosen paragraphs in a box of the article."""
_LINKED = 10
"""A sentence that is a single link belongs to the story if it has at least this many words; a shorter one is
a headline."""
_ROWS = 60
"""The least number of rows of a table in a story."""
_NEAR = 2
"""Lines that may stand between a table and its story."""
_PARTS = 2
"""A page with at least this many boxes that have a heading contains several stories."""
_BOX_LINES, _BOX_WORDS = 8, 150
"""Most lines and words of a box that is dropped as a whole."""
_BEFORE = 40
"""Words of the article that must precede its comments."""
_SIGNED = 4
"""Lines above a comment in which its writer or its time is looked for."""
_NAME = 4
"""Most words of the name of a comment's writer."""
_TEASER = 12
"""Most words of a headline, and the least of the teaser below it."""
_TIMES = 3
"""How many times as long as the teasers below it an article is."""
_POSTS, _CLOCK = 4, 12
"""The least number of chosen posts of a live page, and most characters of a post's clock."""
_APPEAL = 90
"""Most words of a line that is dropped as an appeal."""


@lru_cache(maxsize=64)
def _appeals(library: lexicon.Library, language: str) -> Sought:
    """The appeals of a language and of English; pages in all languages have English ones."""
    parts = [library.part(lexicon.Furniture, code) for code in dict.fromkeys((language, "en"))]
    # The pattern is tried only at the starts of words, which halves its time.
    return Sought((appeal for part in parts for appeal in part.headers.appeals), r"\b(?:{})")


def appeals(lines: Lines, chosen: Mask) -> Mask:
    """Lines that ask the reader for money or an address, with the small box around them."""
    found = np.zeros(len(lines), dtype=bool)
    members = _members(lines) if any(lines.boxes) else {}
    words = lines.table[:, AT["words"]]
    every = float(words[chosen].sum())
    asked = set(np.flatnonzero(chosen).tolist())
    for n in list(asked) if members else ():
        box = members[lines.boxes[n]] if lines.boxes[n] else []
        asked.update(box if len(box) <= _BOX_LINES else ())
    short = (words <= _APPEAL).tolist()
    lows = {n: lines.lows[n] for n in sorted(asked) if short[n]}
    likely = _appeals(lexicon.library(), lines.language).within("\n".join(lows.values()))
    for n in sorted({n for branch in likely for n in branch.matching(lows)}):
        low = lows[n]
        if low[0] in "\"“«„'‘" and lines.table[n, AT["quotes"]]:
            continue
        found[n] = True
        box = members[lines.boxes[n]] if lines.boxes[n] else []
        own = float(words[[m for m in box if chosen[m]]].sum())
        # The box of a brief is as small as one of appeals; it holds most of what was chosen.
        if 1 < len(box) <= _BOX_LINES and float(words[box].sum()) <= _BOX_WORDS and 2 * own <= every:
            found[box] = True
    return found


def _members(lines: Lines) -> dict[int, list[int]]:
    members: dict[int, list[int]] = defaultdict(list)
    for n, box in enumerate(lines.boxes):
        members[box].append(n)
    return members


def joined(lines: Lines, chosen: Mask) -> Mask:
    """The chosen lines, with the sentences and table rows between them in the same box."""
    if not any(lines.boxes):
        return chosen
    table = lines.table
    kept = chosen.copy()
    words, end = table[:, AT["words"]], table[:, AT["end"]]
    sentence = (end == 1) & (words >= 2) & (table[:, AT["header"]] == 0) & (table[:, AT["aside"]] == 0)
    sentence &= (table[:, AT["link"]] <= LINKED) | (words >= _LINKED)
    sentence &= (lines.furniture <= 1) & (table[:, AT["legal"]] == 0) & (table[:, AT["aside_zone"]] == 0)
    sentence &= np.array(
        [
            tag in ("p", "blockquote", "div") and not mark
            for tag, mark in zip(lines.tags, lines.marks, strict=True)
        ]
    )
    for members in _members(lines).values():
        own = [n for n in members if chosen[n] and lines.tags[n] == "p"]
        if len(own) < _OWN:
            continue
        for n in members:
            if sentence[n] and own[0] <= n <= own[-1] and lines.tags[n] == "p":
                kept[n] = True
        last = members.index(own[-1]) + 1
        while last < len(members) and sentence[members[last]] and lines.tags[members[last]] == "p":
            kept[members[last]] = True
            last += 1
    _add_links(lines, kept, sentence)
    _add_posts(lines, kept, sentence)
    kept |= part_heads(lines, kept)
    _add_tables(lines, kept)
    return kept


def part_heads(lines: Lines, kept: Mask) -> Mask:
    """Headings of the stories of a digest: each is in the box of the paragraphs below it."""
    found = np.zeros(len(lines), dtype=bool)
    if "h1" not in lines.tags:
        return found
    for n, tag in enumerate(lines.tags):
        if tag in ("h2", "h3") and not lines.marks[n] and lines.boxes[n]:
            below = range(n + 1, min(len(lines), n + 2 + _NEAR))
            found[n] = any(
                kept[m] and lines.tags[m] == "p" and lines.boxes[m] == lines.boxes[n] for m in below
            )
    boxes = {lines.boxes[n] for n in np.flatnonzero(found).tolist()}
    return found if len(boxes) >= _PARTS else np.zeros(len(lines), dtype=bool)


def _add_links(lines: Lines, kept: Mask, sentence: Mask) -> None:
    """Sentences that are a single link, each in its own box between chosen paragraphs."""
    where = np.flatnonzero(kept).tolist()
    for above, below in itertools.pairwise(where):
        if 1 < below - above <= _NEAR + 2 and lines.tags[above] == lines.tags[below] == "p":
            inner = range(above + 1, below)
            if all(
                sentence[n] and lines.table[n, AT["words"]] >= _LINKED and lines.tags[n] == "p" for n in inner
            ):
                kept[above + 1 : below] = True


def _add_posts(lines: Lines, kept: Mask, sentence: Mask) -> None:
    """The sentences of all posts of a live page: boxes of one kind side by side, each with a clock of its own."""
    clocks = {
        lines.boxes[n] for n, text in enumerate(lines.texts) if len(text) <= _CLOCK and clock_line(text)
    }
    posts: dict[tuple[int, str], list[int]] = defaultdict(list)
    for box in clocks:
        if box:
            posts[lines.tree[box]].append(box)
    members = _members(lines)
    for side_by_side in posts.values():
        own = [box for box in side_by_side if kept[members[box]].any()]
        if len(own) < _POSTS or 2 * len(own) < len(side_by_side):
            continue
        for box in side_by_side:
            for n in members[box]:
                kept[n] = kept[n] or (sentence[n] and lines.tags[n] == "p")


def _add_tables(lines: Lines, kept: Mask) -> None:
    n = 0
    while n < len(lines):
        if lines.tags[n] != "tr" or kept[n]:
            n += 1
            continue
        last = n
        while last + 1 < len(lines) and lines.tags[last + 1] == "tr":
            last += 1
        inside = kept[max(0, n - _NEAR) : n].any() and kept[last + 1 : last + 1 + _NEAR].any()
        if inside and last - n < _ROWS and not any(lines.marks[n : last + 1]):
            kept[n : last + 1] = True
        n = last + 1


def comments(lines: Lines, chosen: Mask) -> Mask:
    """Chosen lines below the headline of the comments, each under a name or a time."""
    found = np.zeros(len(lines), dtype=bool)
    headers = words_of(lexicon.library()).comments
    words = lines.table[:, AT["words"]]
    for n, key in enumerate(lines.keys):
        if key not in headers or (lines.boxes[n] and lines.marks[n]):
            continue
        below = [m for m in np.flatnonzero(chosen).tolist() if m > n]
        above = float(words[:n][chosen[:n]].sum())
        if not below or above < _BEFORE:
            continue
        signed = [m for m in below if _is_signed(lines, m, n)]
        if 2 * len(signed) >= len(below) or (below[0] in signed and above > float(words[below].sum())):
            found[below] = True
            return found
    return found


def other_stories(lines: Lines, chosen: Mask) -> Mask:
    """Chosen lines below a header such as "Related stories", each under a headline of its own: teasers that the end of
    flat text keeps as sentences."""
    found = np.zeros(len(lines), dtype=bool)
    words = lines.table[:, AT["words"]]
    long = np.flatnonzero(chosen & (words >= _TEASER)).tolist()
    for n in np.flatnonzero(lines.table[:, AT["header"]] > 0).tolist():
        below = long[bisect_right(long, n) :]
        above = float(words[:n][chosen[:n]].sum())
        # Sections of an article may stand under such a header too, and are more than a third of it.
        if not below or above < max(_BEFORE, _TIMES * float(words[below].sum())):
            continue
        if all(_is_headline(lines, m - 1) and m - 1 > n for m in below):
            found[n:] = True
            return found & chosen
    return found


def _is_headline(lines: Lines, n: int) -> bool:
    row = lines.table[n]
    return bool(1 < row[AT["words"]] <= _TEASER and row[AT["end"]] < 1 and not row[AT["digits"]])


def _is_signed(lines: Lines, n: int, header: int) -> bool:
    """Whether a line stands under a name, a clock or a date, or under another comment right below the
    headline."""
    for m in range(max(header + 1, n - _SIGNED), n):
        row = lines.table[m]
        stamped = row[AT["digits"]] > 0 and row[AT["words"]] <= 10 and row[AT["end"]] < 1
        if stamped or (row[AT["words"]] <= _NAME and row[AT["end"]] < 1):
            return True
    return False
