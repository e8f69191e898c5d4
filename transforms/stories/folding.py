"""The keys of the words of a text in one step, of those that are plain: ASCII without inner dots and apostrophes.

A dictionary of the words that were seen is larger than the caches of a processor: to ask it for the thousand words of a page
takes three times as long as to hash them all, one letter of every word at a time.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from dateline.transforms.stories.letters import DOT, Codes, Kinds

LONGEST = 24
"""Characters of a plain word. A few words of a page are longer, and each more letter is another step."""
_ASCII = 128
_ODD, _GAP = 0, 1
_PLURAL, _NO_PLURAL = ord("s"), np.zeros(256, np.bool_)
_NO_PLURAL[list(b"sui")] = True
"""Letters before an "s" that is no ending."""

Ints = npt.NDArray[np.int64]


def _lower() -> npt.NDArray[np.uint8]:
    """ASCII in lower case; 0 for what no plain word holds and for the code point behind ASCII, 1 for what no word holds."""
    found = np.full(_ASCII + 1, _GAP, np.uint8)
    for code in range(_ASCII):
        if chr(code).isalnum() or chr(code) in ",:-":
            found[code] = ord(chr(code).lower())
    found[[ord("'"), ord("."), _ASCII]] = _ODD
    return found


def _table() -> npt.NDArray[np.uint32]:
    """The table of CRC-32, by byte."""
    values = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        values = np.where(values & 1, 0xEDB88320 ^ values >> 1, values >> 1)
    return values


_LOWER, _TABLE, _BITS = _lower(), _table(), np.uint32(0xFFFFFFFF)


def plain_keys(codes: Codes, kinds: Kinds, starts: Ints, ends: Ints) -> Ints:
    """The key of each word (:func:`dateline.transforms.stories.words.key`); -1 for a word that is not plain.

    ``codes`` and ``kinds`` are those of the text, ``starts`` and ``ends`` the places of its words.
    """
    low = _LOWER.take(np.minimum(codes, _ASCII))
    last = ends - (kinds[ends - 1] & DOT != 0)
    sizes = last - starts
    odd = np.flatnonzero(low == _ODD)
    holding = np.searchsorted(starts, odd, side="right") - 1
    odd, holding = odd[holding >= 0], holding[holding >= 0]
    plain = sizes <= LONGEST
    plain[holding[odd < last[holding]]] = False
    chosen = np.flatnonzero(plain)
    starts, last, sizes = starts[chosen], last[chosen], sizes[chosen]
    sizes -= (sizes > 3) & (low[last - 1] == _PLURAL) & ~_NO_PLURAL[low[last - 2]]
    order = np.argsort(-sizes, kind="stable")
    starts = starts[order]
    values = np.full(len(order), _BITS, np.uint32)
    longer = len(order) - np.cumsum(np.bincount(sizes))
    for n, count in enumerate(longer.tolist()):
        some = values[:count]
        values[:count] = _TABLE.take(some.astype(np.uint8) ^ low[starts[:count] + n]) ^ some >> 8
    keys = np.full(len(plain), -1, np.int64)
    keys[chosen[order]] = values ^ _BITS
    return keys
