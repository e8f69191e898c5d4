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
_SHORT_LINE = -4
"""Words by which a short line reduces the length of the run of text that it interrupts."""
_LONG_CAP = 60
_VERY_LONG = 40
"""Words from which a line is running text that does not end like a sentence."""
_DENSE = 12
"""Characters of a line without spaces that is in a script without spaces."""


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
    words: list[int] = []
    long: list[bool] = []
    best = run = first = last = run_start = 0
    for index, (start, end, space) in enumerate(zip(starts, ends, spaces, strict=True)):
        count = space + 1
        if not space and end - start >= _DENSE:
            count = (end - start) // 3  # Chinese and Japanese
        is_long = count >= LONG_LINE and (text[end - 1] in _SENTENCE_END or count > _VERY_LONG)
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
    index = len(starts)
    if not best:
        first = last = index
    times = {e.span.start: e.role for e in page.evidence if e.source == "time" and e.span is not None}
    dated = {_line_of(starts, at) for at in stamped}
    headline, longest = -1, 3
    for at in range(max(0, first - HEADLINE_REACH), min(first, index)):
        if longest < words[at] <= 25 and at not in dated:
            headline, longest = at, words[at]
    return Layout(
        tuple(starts), tuple(ends), tuple(words), tuple(long), (first, last), headline, page.lines, times
    )


def _line_of(starts: Sequence[int], at: int) -> int:
    return max(0, bisect_right(starts, at) - 1)
