"""The long words of each line, and how many of them the running text of the page has elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain

import numpy as np
import numpy.typing as npt

from dateline.transforms import core

LONG_WORD = 5
"""Least letters of a word that tells what a line is about."""
REACH = 600
"""Characters of a line from which its theme is read."""
_WORD = re.compile(r"\w+")


class Themes:
    """The themes of the lines of a page.

    ``words`` are those of each line in lower case. ``packed`` are the themes as the compiled core read them: numbers of
    words, and where those of each line begin.
    """

    def __init__(
        self, lines: list[str], words: list[list[str]], packed: tuple[bytes, bytes] | None = None
    ) -> None:
        self._lines, self._words, self._packed = lines, words, packed

    def shared(self, own: npt.NDArray[np.bool_], run: npt.NDArray[np.bool_]) -> npt.NDArray[np.int32]:
        """Two rows: how many words of a line's theme the run has elsewhere, and how many the theme has.

        ``own`` are the lines that have a theme, ``run`` those of the run. Other lines have zeros.
        """
        found = np.zeros((2, len(own)), dtype=np.int32)
        if self._packed is not None and core.compiled is not None:
            core.compiled.shared_words(*self._packed, own, run, found)
            return found
        where = np.flatnonzero(own).tolist()
        words = {
            n: self._words[n]
            if len(self._lines[n]) <= REACH
            else _WORD.findall(self._lines[n][:REACH].lower())
            for n in where
        }
        long = {word for word in set().union(*words.values()) if len(word) >= LONG_WORD}
        held = {n: long.intersection(own_words) for n, own_words in words.items()}
        inside = set(np.flatnonzero(own & run).tolist())
        times = Counter(chain.from_iterable(held[n] for n in inside))
        twice = {word for word, count in times.items() if count > 1}
        once = set(times)
        for n, theme in held.items():
            found[0, n] = len(theme & (twice if n in inside else once))
            found[1, n] = len(theme)
        return found
