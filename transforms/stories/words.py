"""Words of a text as keys: folded, without plural and possessive endings, hashed to 32 bits.

The hash is CRC-32 of the UTF-8 form: it is the same on every machine, and a table of document frequencies
needs no words. Two words of one text collide once in ten thousand articles.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dateline.transforms import core
from dateline.transforms.stories import letters
from dateline.transforms.stories.folding import plain_keys

_CACHE = 1 << 14
LIMIT = 40_000
"""Characters of an article that are read; the rest does not change its story."""
CAPITAL, FIGURE, INNER = 1, 2, 4
"""What :attr:`Words.kinds` says of a word: it begins with a capital, it begins with a digit, it stands behind a blank that
does not follow the end of a sentence."""

_PARTED = "\n\n"
"""What no word goes across and no sentence."""
_INDEX = 24
"""Bits of the index of a word beside the 32 of its key."""

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in columns: where each starts and ends (code points, half open), its key, and what it looks
    like (:data:`CAPITAL`, :data:`FIGURE`, :data:`INNER`).

    A word is a run of letters with its inner punctuation (``U.S.``, ``O'Neill``, ``well-known``), or a number.
    """

    text: str
    starts: Ints
    ends: Ints
    keys: Ints
    kinds: Ints

    def __len__(self) -> int:
        return len(self.keys)

    def __iter__(self) -> Iterator[str]:
        """The words as written."""
        return (self.text[a:b] for a, b in zip(self.starts.tolist(), self.ends.tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class Forms:
    """Each word of a text once: the keys in ascending order, for each the index of its first word and how many words have it;
    and for each word of the text the place of its key (``of_word``)."""

    keys: Ints
    first: Ints
    counts: Ints
    of_word: Ints

    @classmethod
    def of(cls, keys: Ints) -> Forms:
        """The forms of words by their keys. One sort of numbers that hold key and index takes a fifth of the time of a
        :class:`~collections.Counter`."""
        size = len(keys)
        order = keys << _INDEX | np.arange(size)
        order.sort()
        ordered, index = order >> _INDEX, order & (1 << _INDEX) - 1
        new = np.ones(size, np.bool_)
        np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
        begins = new.nonzero()[0]
        counts = np.full(len(begins), size)
        counts[:-1] = begins[1:]
        counts -= begins
        of_word = np.empty(size, np.int64)
        of_word[index] = new.cumsum() - 1
        return cls(ordered[begins], index[begins], counts, of_word)

    def mask(self, *words: Ints | slice) -> Mask:
        """Which forms are those of some words, by the index of the words."""
        found = np.zeros(len(self.keys), np.bool_)
        for some in words:
            found[self.of_word[some]] = True
        return found


def key(word: str) -> int:
    """The key of a word as written: case, dots, possessive and plural endings are folded."""
    folded = word.casefold()
    if not folded.isalpha():
        folded = folded.replace("’", "'").replace(".", "")
        folded = folded.removesuffix("'s").removesuffix("s'").replace("'", "")
    if len(folded) > 3 and folded[-1] == "s" and folded[-2] not in "sui":
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


def titled(title: str, text: str) -> tuple[Ints, Words]:
    """The keys of the words of a title, and the words of its text, read in one step."""
    text = text[:LIMIT]
    behind = len(title) + len(_PARTED)
    every = words(f"{title}{_PARTED}{text}", behind + len(text))
    first = int(every.starts.searchsorted(behind))
    body = Words(
        text,
        every.starts[first:] - behind,
        every.ends[first:] - behind,
        every.keys[first:],
        every.kinds[first:],
    )
    return every.keys[:first], body


def words(text: str, limit: int = LIMIT) -> Words:
    """The words of the first ``limit`` code points."""
    text = text[:limit]
    if core.compiled is not None:
        out = np.empty((4, len(text)), np.int64)
        count = core.compiled.story_words(text, _KEYS.__getitem__, out)
        return Words(text, *out[:, :count])
    codes, kinds = letters.read(text)
    # A word ends where the kind of the characters changes.
    inside = letters.inside(kinds)
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    begins = inside[edges + 1] != 0
    starts, ends = edges[begins], edges[1:][begins[:-1]]
    keys = plain_keys(codes, kinds, starts, ends)
    for n in np.flatnonzero(keys < 0).tolist():
        keys[n] = _KEYS[text[starts[n] : ends[n]]]
    first = kinds[starts]
    behind = starts >= 2
    behind &= codes[np.maximum(starts - 1, 0)] == letters.BLANK
    behind &= kinds[np.maximum(starts - 2, 0)] & letters.STOP == 0
    looks = (
        CAPITAL * (first & letters.CAPITAL != 0) + FIGURE * (first & letters.NUMERAL != 0) + INNER * behind
    )
    return Words(text, starts, ends, keys, looks)
