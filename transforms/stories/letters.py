"""What a code point is in a word: a table by code point, filled 256 code points at a time and read for a whole text in one
step."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

LETTER, DECIMAL, JOINS_LETTERS, JOINS_DIGITS, DOT, CAPITAL, NUMERAL, STOP = (1 << n for n in range(8))
"""A letter, a digit of a number, a mark between letters or digits of one word, a full stop, a capital, what
:meth:`str.isdigit` calls a digit, and a mark behind which a capital may be due to the start of a sentence. The bits of
the marks stand two, and that of the full stop four, above those of what they join (:func:`inside`)."""
BLANK = ord(" ")
_MARKS = {JOINS_LETTERS: ".'’-", JOINS_DIGITS: ".,:", DOT: ".", STOP: '.!?:"”“\n'}
_LETTER = re.compile(r"[^\W\d_]")
_PAGE = 256

Codes = npt.NDArray[np.uint32]
Kinds = npt.NDArray[np.uint8]

_kinds: Kinds = np.zeros(0x110000, np.uint8)
_known = np.zeros(len(_kinds) // _PAGE, np.bool_)


def read(text: str) -> tuple[Codes, Kinds]:
    """The code points of a text and their kinds."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    pages = codes // _PAGE
    if not _known.take(pages).all():
        for page in np.unique(pages).tolist():
            _learn(page)
    return codes, _kinds.take(codes)


def _learn(page: int) -> None:
    for code in range(page * _PAGE, (page + 1) * _PAGE):
        char = chr(code)
        kind = sum(bit for bit, marks in _MARKS.items() if char in marks)
        kind |= LETTER if _LETTER.match(char) else DECIMAL if char.isdecimal() else 0
        _kinds[code] = kind | (CAPITAL if char.isupper() else 0) | (NUMERAL if char.isdigit() else 0)
    _known[page] = True


def inside(kinds: Kinds) -> Kinds:
    """Whether each character stands in a word (1), a number (2) or neither (0), between two more that stand in neither.

    A word is ``[^\\W\\d_]+(?:[.'’-][^\\W\\d_]+)*\\.?``, a number ``\\d+(?:[.,:]\\d+)*``.
    """
    padded = np.zeros(len(kinds) + 2, np.uint8)
    padded[1:-1] = kinds
    before, behind = padded[:-2], padded[2:]
    found = kinds | before & behind & kinds >> 2 | before & kinds >> 4 & LETTER
    padded[1:-1] = found & (LETTER | DECIMAL)
    return padded
