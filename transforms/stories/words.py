"""Words of a text as numbers: folded, without endings of number and possession, hashed to 32 bits.

The hash is CRC-32 of the UTF-8 form: it is the same on every machine, and a table of document
frequencies needs no words. Two words of one text collide once in ten thousand articles.
"""

from __future__ import annotations

import re
import zlib
from functools import lru_cache
from typing import NamedTuple

WORD = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*\.?|\d+(?:[.,:]\d+)*")
"""A word with its inner marks (``U.S.``, ``O'Neill``, ``well-known``), or a number."""
_CACHE = 65_536
LIMIT = 40_000
"""Characters of an article that are read: what follows adds no story to it."""


class Word(NamedTuple):
    """A word at its place: code points in the text, half open."""

    start: int
    end: int
    text: str
    key: int


@lru_cache(maxsize=_CACHE)
def key(word: str) -> int:
    """The number of a word as it is written: case, dots, possessive and plural endings folded."""
    folded = word.casefold().replace("’", "'").replace(".", "")
    folded = folded.removesuffix("'s").removesuffix("s'").replace("'", "")
    if len(folded) > 3 and folded.endswith("s") and not folded.endswith(("ss", "us", "is")):
        folded = folded[:-1]
    return zlib.crc32(folded.encode("utf-8", "surrogatepass"))


def words(text: str, limit: int = LIMIT) -> list[Word]:
    """The words of the first ``limit`` code points."""
    spans = [m.span() for m in WORD.finditer(text, 0, limit)]
    texts = [text[start:end] for start, end in spans]
    starts, ends = zip(*spans, strict=True) if spans else ((), ())
    return list(map(Word._make, zip(starts, ends, texts, map(key, texts), strict=True)))
