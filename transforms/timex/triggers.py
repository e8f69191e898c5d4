"""Places of a text that are worth reading for dates, and how far each neighbourhood reaches.

The words of the shared parse tell where the trigger words of a text stand (months, units, digits in the shape
of a year or clock …); only the words around each are read as tokens of the grammar.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import compress, count

import numpy as np
from numpy.typing import NDArray

from dateline.transforms.language.linear import number_of
from dateline.transforms.model import Parse
from dateline.transforms.timex.patterns import one_of
from dateline.transforms.timex.tokens import folded

DIGITS = (r"\d(?<![\d.,]\d)(?<=[12])\d{3}(?!\d)", r"\d[:/.h-]\d", r"\d[hu]\s?\d", r"\d(?<=['’]\d)\d\b")
"""Digits that make a neighbourhood worth reading in every language; a bare number does not."""
FIRST_DIGIT = r"\d"
"""What each pattern of digits begins with: together they are searched a fifth as long as without a common beginning."""
REACH = 28
"""Words to a side of a trigger: no rule is longer."""
PIECE = re.compile(r"[^\W_]+")
DIGIT = re.compile(r"\d")
NONE, NUMBER, ASKED, ALONE = 0, 1, 2, 3
"""A word that is in no trigger, one with digits, one that may be in a trigger, one that is a trigger."""
AROUND = 8
"""Code points around a word in which the pattern is asked: "5:30 p.m."."""
FORMS = 1 << 16
"""Forms of words that are remembered."""
HASHED = (1 << 16) - 1
"""The bits of a hash by which words are told apart: of 300 words one that is no trigger passes for one at first."""


class _Kinds(dict[str, int]):
    """The kinds of words that were seen, forgotten when there are :data:`FORMS` of them."""

    def __init__(self, kind_of: Callable[[str], int]) -> None:
        super().__init__()
        self._kind_of = kind_of

    def __missing__(self, word: str) -> int:
        if len(self) >= FORMS:
            self.clear()
        self[word] = kind = self._kind_of(word)
        return kind


class Triggers:
    """Where a text is worth reading for dates: words of the calendar, and digits in the shape of a date or clock.

    ``digits`` are the language's own patterns of digits, each of which begins with a digit. The words are those of the shared parse. Whether a word may be or begin a trigger is
    remembered by its form, so that most words cost one look-up; the pattern is asked only at the others.
    """

    def __init__(self, words: Iterable[str], digits: Iterable[str] = ()) -> None:
        phrases = sorted(words)
        behind_first = "|".join(pattern.removeprefix(FIRST_DIGIT) for pattern in (*DIGITS, *digits))
        around = rf"{FIRST_DIGIT}(?:{behind_first})"
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
        self._kinds = _Kinds(self._kind)

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

    def marked(self, parse: Parse) -> list[int]:
        """The words of a text that are triggers, may be in one, or hold digits, by their index.

        The hashes of the tagger tell of nearly all others that they are none, in a fifth of the time.
        """
        kinds, words = self._kinds, parse.words
        if parse.looks is None:
            return list(compress(count(), map(kinds.__getitem__, words)))
        hashes, mixed = parse.looks
        likely = np.flatnonzero(mixed | self._hashed.take(hashes & HASHED))
        return [at for at in likely.tolist() if kinds[words[at]]]

    @cached_property
    def _hashed(self) -> NDArray[np.bool_]:
        """By the lowest bits of its hash, whether a word of letters alone may be marked."""
        found = np.zeros(HASHED + 1, np.bool_)
        found[[number_of(word) & HASHED for word in self._alone.union(self._back)]] = True
        return found

    def places(self, parse: Parse, low: str, marked: Iterable[int]) -> list[tuple[int, int]]:
        """The spans of the triggers of a text in lower case, in order of place, by its marked words."""
        kinds, words, starts, ends = self._kinds, parse.words, parse.starts, parse.ends
        found: list[tuple[int, int]] = []
        reached = 0
        for at in marked:
            kind, start, end = kinds[words[at]], starts[at], ends[at]
            if kind == ALONE:
                found.append((start, end))
                reached = end
                continue
            pattern, back = (self._digits, 0) if kind == NUMBER else (self.pattern, self._reach)
            m = pattern.search(low, max(reached, start - back), end + max(back, AROUND))
            while m is not None and m.start() < end:
                found.append(m.span())
                reached = m.end()
                m = pattern.search(low, reached, end + max(back, AROUND))
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
