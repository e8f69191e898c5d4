"""The layout of a page: its lines of running text, its body and its headline."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dateline.transforms.flat import flat_lines
from dateline.transforms.model import Line, Page

LONG_LINE = 14
"""Least words of a line of running text, which ends like a sentence."""
HEADLINE_REACH = 15
"""Lines above the body in which its headline is looked for."""
_SENTENCE_END = frozenset('.?!…"”’»)。:')
_SHORT_LINE = 4
"""Words by which a short line reduces the length of the run of text that it interrupts."""
_LONG_CAP = 60
_VERY_LONG = 40
"""Words from which a line is running text that does not end like a sentence."""
_DENSE = 12
"""Characters of a line without spaces that is in a script without spaces."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines of a page (code points in ``Page.text``) and the places that matter.

    ``words`` counts those of each line, ``long`` are the indices of the lines of running text.
    ``body`` is the pair of first and last line index of the running text, ``headline`` a
    line index or ``-1``; ``marks`` are the lines with what the markup said of them, empty
    for flat text, ``times`` where the ``<time>`` elements stand, with their roles.
    """

    starts: Sequence[int]
    ends: Sequence[int]
    words: Sequence[int]
    long: Sequence[int]
    body: tuple[int, int]
    headline: int
    marks: tuple[Line, ...]
    times: Mapping[int, str]

    def line_of(self, at: int) -> int:
        """The index of the line that holds a code point."""
        return _line_of(self.starts, at)


def _marked(page: Page) -> tuple[list[int], list[int], list[int]]:
    """Where the lines of markup begin and end, and how many spaces each has."""
    exact = [page.text[line.start : line.end].rstrip() for line in page.lines]
    starts = [line.start for line in page.lines]
    ends = [start + len(line) for start, line in zip(starts, exact, strict=True)]
    return starts, ends, [line.count(" ") for line in exact]


def layout(page: Page, stamped: Iterable[int] = ()) -> Layout:
    """Lay out a page. ``stamped`` are the starts of its stamps: a line with a date is no headline."""
    text = page.text
    if page.lines:
        starts, ends, spaces = _marked(page)
    else:
        starts, ends, _, spaces, _ = flat_lines(text)
    # A line without spaces is a word, or many in Chinese and Japanese.
    words = [
        space + 1 if space or end - start < _DENSE else (end - start) // 3
        for start, end, space in zip(starts, ends, spaces, strict=True)
    ]
    long = [
        n
        for n, count in enumerate(words)
        if count >= LONG_LINE and (count > _VERY_LONG or text[ends[n] - 1] in _SENTENCE_END)
    ]
    index = len(starts)
    best = run = 0
    first = last = run_start = index
    above = -1
    for n in long:
        run -= _SHORT_LINE * (n - above - 1)
        if run <= 0:
            run, run_start = 0, n
        run += min(words[n], _LONG_CAP)
        above = n
        if run > best:
            best, first, last = run, run_start, n
    times = {e.span.start: e.role for e in page.evidence if e.source == "time" and e.span is not None}
    dated = {_line_of(starts, at) for at in stamped}
    headline, longest = -1, 3
    for at in range(max(0, first - HEADLINE_REACH), min(first, index)):
        if longest < words[at] <= 25 and at not in dated:
            headline, longest = at, words[at]
    return Layout(starts, ends, words, long, (first, last), headline, page.lines, times)


def _line_of(starts: Sequence[int], at: int) -> int:
    return max(0, bisect_right(starts, at) - 1)
