"""The layout of a page: its lines of running text, its body and its headline."""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dateline.transforms.model import Line, Page

LONG_LINE = 14
"""Least words of a line of running text, which ends like a sentence."""
HEADLINE_REACH = 15
"""Lines above the body in which its headline is looked for."""
_SENTENCE_END = frozenset('.?!…"”’»)。:')
_SHORT_LINE = -4
"""Words by which a short line reduces the length of the run of text that it interrupts."""
_LONG_CAP = 60


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines of a page (code points in ``Page.text``) and the places that matter.

    ``body`` is the pair of first and last line index of the running text, ``headline`` a
    line index or ``-1``; ``marks`` are the lines with what the markup said of them, empty
    for flat text, ``times`` where the ``<time>`` elements stand, with their roles.
    """

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    words: tuple[int, ...]
    long: tuple[bool, ...]
    body: tuple[int, int]
    headline: int
    marks: tuple[Line, ...]
    times: Mapping[int, str]

    def line_of(self, at: int) -> int:
        """The index of the line that holds a code point."""
        return max(0, bisect_right(self.starts, at) - 1)


def _pieces(page: Page) -> Iterable[tuple[int, str]]:
    text = page.text
    if page.lines:
        for line in page.lines:
            yield line.start, text[line.start : line.end].rstrip()
        return
    at = 0
    for raw in text.split("\n"):
        if exact := raw.strip():
            yield at + raw.index(exact[0]), exact
        at += len(raw) + 1


def layout(page: Page, stamped: Iterable[int] = ()) -> Layout:
    """Lay out a page. ``stamped`` are the starts of its stamps: a line with a date is no headline."""
    starts: list[int] = []
    ends: list[int] = []
    words: list[int] = []
    long: list[bool] = []
    best = run = first = last = run_start = index = 0
    for start, exact in _pieces(page):
        size = len(exact)
        count = exact.count(" ") + 1
        if count == 1 and size >= 12:
            count = size // 3  # Chinese and Japanese
        is_long = count >= LONG_LINE and (exact[-1] in _SENTENCE_END or count > 40)
        starts.append(start)
        ends.append(start + size)
        words.append(count)
        long.append(is_long)
        if run <= 0:
            run, run_start = 0, index
        if is_long:
            run += count if count < _LONG_CAP else _LONG_CAP
            if run > best:
                best, first, last = run, run_start, index
        else:
            run += _SHORT_LINE
        index += 1
    if not best:
        first = last = index
    times = {e.span.start: e.role for e in page.evidence if e.source == "time" and e.span is not None}
    found = Layout(
        tuple(starts), tuple(ends), tuple(words), tuple(long), (first, last), -1, page.lines, times
    )
    dated = {found.line_of(at) for at in stamped}
    headline, longest = -1, 3
    for at in range(max(0, first - HEADLINE_REACH), min(first, index)):
        if longest < words[at] <= 25 and at not in dated:
            headline, longest = at, words[at]
    return dataclasses.replace(found, headline=headline)
