"""Words of a text as keys: folded, without plural and possessive endings, hashed to 32 bits.

The hash is CRC-32 of the UTF-8 form: it is the same on every machine, and a table of document frequencies
needs no words. Two words of one text collide once in ten thousand articles.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from dateline.transforms import core

WORD = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*\.?|\d+(?:[.,:]\d+)*")
"""A word with its inner punctuation (``U.S.``, ``O'Neill``, ``well-known``), or a number."""
# Most words are plain. Trying them first takes .45 of the time on a page of news.
_SPLIT = re.compile(rf"([A-Za-z]++(?=[ ,\n])|{WORD.pattern})")
_CACHE = 1 << 14
LIMIT = 40_000
"""Characters of an article that are read; the rest does not change its story."""


class Word(NamedTuple):
    """A word with its position: code points in the text, half open."""

    start: int
    end: int
    text: str
    key: int


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in columns, so that a page does not make a thousand objects for the garbage
    collector."""

    starts: list[int]
    ends: list[int]
    texts: list[str]
    keys: list[int]

    def __len__(self) -> int:
        return len(self.keys)

    def run(self, first: int, last: int) -> list[Word]:
        """The words from one index up to another."""
        columns = (self.starts, self.ends, self.texts, self.keys)
        return list(map(Word, *(column[first:last] for column in columns)))


def key(word: str) -> int:
    """The key of a word as written: case, dots, possessive and plural endings are folded."""
    folded = word.casefold().replace("’", "'").replace(".", "")
    folded = folded.removesuffix("'s").removesuffix("s'").replace("'", "")
    if len(folded) > 3 and folded.endswith("s") and not folded.endswith(("ss", "us", "is")):
        folded = folded[:-1]
    return zlib.crc32(folded.encode("utf-8", "surrogatepass"))


class _Keys(dict[str, int]):
    """The numbers of words that were seen, forgotten when there are :data:`_CACHE` of them."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _CACHE:
            self.clear()
        self[word] = number = key(word)
        return number


_KEYS = _Keys()


def words(text: str, limit: int = LIMIT) -> Words:
    """The words of the first ``limit`` code points."""
    if core.compiled is not None:
        return Words(*core.compiled.story_words(text[:limit], _KEYS.__getitem__))
    # Gaps and words alternate: their lengths add up to positions without a match object for each word.
    parts = _SPLIT.split(text[:limit])
    places = list(accumulate(map(len, parts)))
    texts = parts[1::2]
    return Words(places[:-1:2], places[1::2], texts, list(map(_KEYS.__getitem__, texts)))
