"""Caches integers of words: computed once for each word, and looked up for all tokens of an article in one
step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock
from typing import NamedTuple

import numpy as np

from dateline.transforms.language.linear import Ints


class _Known(NamedTuple):
    places: dict[str, int]
    table: Ints


class Vocabulary:
    """Rows of ``width`` integers by word, as ``row`` makes them; threads may share one.

    It forgets all words when it would hold more than ``limit``, so that a long stream keeps its memory bounded.
    """

    def __init__(self, width: int, row: Callable[[str], Sequence[int]], limit: int = 1 << 14) -> None:
        self._width, self._row, self._limit = width, row, limit
        self._lock = Lock()
        self._known = self._empty(limit)

    def rows(self, words: Sequence[str]) -> Ints:
        """``[words, width]``, one row a word."""
        known = self._known
        try:
            places = np.fromiter(map(known.places.__getitem__, words), np.intp, len(words))
        except KeyError:
            known = self._learn(words)
            places = np.fromiter(map(known.places.__getitem__, words), np.intp, len(words))
        found: Ints = known.table.take(places, axis=0)
        return found

    def _empty(self, size: int) -> _Known:
        return _Known({}, np.zeros((size, self._width), dtype=np.int64))

    def _learn(self, words: Sequence[str]) -> _Known:
        """The table after adding words. A table that other threads may read is never changed."""
        with self._lock:
            known = self._known
            new = list(set(words).difference(known.places))
            if len(known.places) + len(new) > self._limit:
                new = list(set(words))
                known = self._empty(max(self._limit, len(new)))
            first = len(known.places)
            if new:
                known.table[first : first + len(new)] = [self._row(word) for word in new]
                known.places.update(zip(new, range(first, first + len(new)), strict=True))
            self._known = known
        return known
