"""Places of a text that are worth reading for dates, and how far each neighbourhood reaches.

The words of the shared parse tell where the trigger words of a text stand (months, units, digits in the shape
of a year or clock …); only the words around each are read as tokens of the grammar.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import compress, repeat

from dateline.transforms.model import Parse
from dateline.transforms.timex.patterns import one_of
from dateline.transforms.timex.tokens import folded

DIGITS = r"\d(?<![\d.,]\d)(?<=[12])\d{3}(?!\d)|\d[:/.h-]\d|\d[hu]\s?\d|['’]\d\d\b"
"""Digits that make a neighbourhood worth reading in every language; a bare number does not."""
REACH = 28
"""Words to a side of a trigger: no rule is longer."""
PIECE = re.compile(r"[^\W_]+")
DIGIT = re.compile(r"\d")
NONE, NUMBER, ASKED, ALONE, UNKNOWN = 0, 1, 2, 3, 4
"""A word that is in no trigger, one with digits, one that may be in a trigger, one that is a trigger, a new form."""
AROUND = 8
"""Code points around a word in which the pattern is asked: "on the 20th", "5:30 p.m."."""
FORMS = 1 << 16
"""Forms of words that are remembered."""


class Triggers:
    """Where a text is worth reading for dates: words of the calendar, and digits in the shape of a date or clock.

    ``digits`` are the language's own patterns of digits. The words are those of the shared parse. Whether a word may be or begin a trigger is
    remembered by its form, so that most words cost one look-up; the pattern is asked only at the others.
    """

    def __init__(self, words: Iterable[str], digits: Iterable[str] = ()) -> None:
        phrases = sorted(words)
        around = "|".join((DIGITS, *digits))
        self._digits = re.compile(around)
        self.pattern = re.compile(rf"\b{one_of(phrases)}(?![^\W\d_])|{around}")
        self._alone = frozenset(w for w in phrases if PIECE.fullmatch(w))
        # A phrase is looked for at its longest piece, "the fall of" at "fall", unless it holds a trigger.
        self._back: dict[str, int] = {}
        for phrase in phrases:
            pieces = list(PIECE.finditer(phrase))
            if pieces and self._alone.isdisjoint(m[0] for m in pieces):
                longest = max(pieces, key=lambda m: (len(m[0]), m.start()))
                self._back[longest[0]] = max(self._back.get(longest[0], 0), longest.start())
        self._reach = max((AROUND, *self._back.values()))
        self._kinds: dict[str, int] = {}

    def _learn(self, word: str) -> int:
        if len(self._kinds) >= FORMS:
            self._kinds.clear()
        kind = self._kinds[word] = self._kind(word)
        return kind

    def _kind(self, word: str) -> int:
        low = folded(word)
        if low in self._alone:
            return ALONE
        if low.isalpha():
            return ASKED if low in self._back else NONE
        pieces = PIECE.findall(low)
        if not (self._back.keys().isdisjoint(pieces) and self._alone.isdisjoint(pieces)):
            return ASKED
        return NUMBER if DIGIT.search(low) is not None else NONE

    def places(self, parse: Parse, low: str) -> list[tuple[int, int]]:
        """The spans of the triggers of a text in lower case, in order of place."""
        kinds, starts, ends = self._kinds, parse.starts, parse.ends
        found: list[tuple[int, int]] = []
        reached = 0
        words = parse.words
        for at in compress(range(len(words)), map(kinds.get, words, repeat(UNKNOWN))):
            word = words[at]
            kind = kinds[word] if word in kinds else self._learn(word)
            if kind == NONE:
                continue
            if kind == ALONE:
                found.append((starts[at], ends[at]))
                reached = ends[at]
                continue
            pattern, around = (self._digits, AROUND) if kind == NUMBER else (self.pattern, self._reach)
            for m in pattern.finditer(low, max(reached, starts[at] - around), ends[at] + around):
                if m.start() >= ends[at]:
                    break
                found.append(m.span())
                reached = m.end()
        return found


def windows(
    parse: Parse, places: Sequence[tuple[int, int]], passes: Callable[[str], bool], first: int, last: int
) -> Iterator[tuple[int, int]]:
    """The neighbourhoods of triggers among the tokens ``first`` to ``last``, as runs of tokens.

    Each reaches as far to both sides as words that rules know run on; the rest of the trigger's own glued
    words ("Monday's") is read whatever it is.
    """
    words, starts, ends = parse.words, parse.starts, parse.ends
    reached = first
    for begin, stop in places:
        left = bisect_right(starts, begin, first, last) - 1
        if left < reached:
            continue
        right = bisect_left(starts, stop, left + 1, last)
        floor, top = max(reached, left - REACH), min(last, right + REACH)
        while left > floor and passes(words[left - 1]):
            left -= 1
        while right < top and (starts[right] == ends[right - 1]):
            right += 1
        while right < top and passes(words[right]):
            right += 1
        reached = right
        yield left, right
