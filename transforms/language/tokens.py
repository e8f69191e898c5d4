"""Splits text into words with their positions, and numbers the quotation of each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple

from dateline.transforms import core, lexicon
from dateline.transforms.model.clause import new

_PARTS = lexicon.library().every(lexicon.Abbreviations).values()


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted((w for w in words if w.isalpha()), key=lambda w: (-len(w), w)))


_SHORTS = frozenset(word for part in _PARTS for word in part.before_names | part.others)
_SHORT = _any(_SHORTS)
_CONTRACTED = _any({word for part in _PARTS for word in part.contracted})
# One alternation, tried at each position. Rare shapes are guarded by their first letters.
TOKEN = re.compile(
    r"(?:https?://|www\.)[^\s<>\"”»]{1,300}"
    r"|(?:[A-Z]\.){2,8}"
    rf"|(?=[A-Za-z][a-z]{{0,6}}\.)(?:{_SHORT})\."
    rf"|[DIR]-(?:{_SHORT})\."
    r"|[A-Z]\.(?=\s?[A-Z])"
    r"|[A-Z]['’][A-Z]\w{1,40}"
    r"|[A-Z]{1,6}&[A-Z]{1,6}\b"
    r"|(?:[a-z]\.){2,5}"
    rf"|(?=[A-Za-z]{{2,6}}['’]t)(?:(?i:{_CONTRACTED})(?=n['’]t\b))"
    r"|n['’]t\b"
    r"|\d+(?:[.,:]\d+)*(?=[ap]\.m\.)"
    r"|\d+(?:[.,:]\d+)+\w*"
    r"|''|’’|``"
    r"|['’](?:s|S|re|ve|ll|d|m|t)\b"
    r"|[@#]\w+"
    r"|\w+(?:[-‑]\w+)*+"
    r"|\.{2,9}|-{2,9}"
    r"|[^\w\s]"
)
# Nine of ten tokens are plain. They are recognized by their letters and the character after them, without
# trying the dozen rare shapes.
_PLAIN = r"[A-Za-z][a-z]*+(?=[ ,])|[a-z]\w*+(?:[-‑]\w+)*+(?![.'’:])|[A-Z][a-z]++(?![\w.\-‑'’:])|[,\"“”()]"
_SPLIT = re.compile(rf"(\s*+)({_PLAIN}|(?=\S)(?:{TOKEN.pattern}))")
_OPEN = {"“": "”", "«": "»", "„": "“", "‹": "›", "「": "」"}
_INVERTED = {"»": "«", "›": "‹"}
"""Marks that open a quotation where they stand before a word: German »…«, and Swedish »…» that closes by the same mark."""
_PAIRS = {"''": '"', "``": "“", "’’": "”"}
"""Quotation marks that typewriters make of two marks."""
_CLOSERS = frozenset("”»›」")
_BEFORE_QUOTE = frozenset("(:[—–")
_SINGLE = frozenset("'‘’")
MARKS = _SINGLE | _OPEN.keys() | _PAIRS.keys() | _CLOSERS | {'"'}
"""The marks that may open or close a quotation."""
STOPS = ".!?…؟。۔"
"""The last characters of tokens that may end a sentence."""
MAX_QUOTE = 400
"""Most tokens of a quotation; a longer one is taken for an unclosed mark."""


class Tokens(NamedTuple):
    """Starts, ends and words of tokens. ``stops`` are the tokens that may end a sentence, ``marks`` those that may
    open or close a quotation.
    """

    starts: list[int]
    ends: list[int]
    words: list[str]
    stops: list[int]
    marks: list[int]


def tokenize(text: str, start: int, end: int) -> Tokens:
    """The tokens of ``text[start:end]``, with positions in ``text``."""
    if core.compiled is not None:
        return new(Tokens, core.compiled.tokenize(text, start, end, TOKEN.match, _SHORTS, STOPS, MARKS))
    # Nothing, white space and a token alternate: their lengths add up to positions without a match object for
    # each token. Blanks at the end are cut off, because a run without a token after it would be tried from
    # each of its positions.
    parts = _SPLIT.split(text[start:end].rstrip())
    places = list(accumulate(map(len, parts), initial=start))
    words = parts[2::3]
    stops = [k for k, word in enumerate(words) if word[-1] in STOPS]
    marks = [] if MARKS.isdisjoint(words) else [k for k, word in enumerate(words) if word in MARKS]
    return Tokens(places[2:-1:3], places[3::3], words, stops, marks)


def _straight_opens(i: int, starts: list[int], ends: list[int], inside: bool) -> bool:
    """Whether a straight mark opens: a gap before it and none after; else the state decides."""
    before = i == 0 or starts[i] > ends[i - 1]
    after = i + 1 == len(starts) or starts[i + 1] > ends[i]
    return not inside if before == after else before


def _closing_single(i: int, starts: list[int], ends: list[int], words: list[str]) -> int | None:
    """The mark that closes a single quotation opened at ``i``, or none.

    A mark after ``s`` may be a possessive (``the workers' union``): it closes only where
    no later mark does.
    """
    weak = None
    for j in range(i + 2, min(len(words), i + MAX_QUOTE)):
        if words[j] not in ("'", "’"):
            continue
        if starts[j] > ends[j - 1] or (
            j + 1 < len(words) and starts[j + 1] == ends[j] and words[j + 1][0].isalnum()
        ):
            continue
        if words[j - 1][-1:] in "sS" and words[j - 1][-1:].isalpha():
            weak = weak or j
            continue
        return j
    return weak


def quote_numbers(tokens: Tokens, number: int) -> tuple[list[int], int]:
    """The number of the quotation of each token (including its marks; 0 outside).

    Blocks are separate: a quotation that is still open at the end of its block ends there, and the next block
    opens it again. Returns the last number used.
    """
    starts, ends, words = tokens[:3]
    state = [0] * len(words)
    closing: str | None = None
    opened = stop = -1
    for i in tokens.marks:
        word = _PAIRS.get(words[i], words[i])
        if closing is None:
            close = _OPEN.get(word)
            if word in _INVERTED or close in _INVERTED:
                glued = i + 1 < len(words) and starts[i + 1] == ends[i] and words[i + 1][0] not in ",.;:!?)"
                apart = i == 0 or starts[i] > ends[i - 1] or words[i - 1] in _BEFORE_QUOTE
                if word in _INVERTED:
                    close = _INVERTED[word] if glued and apart else None
                elif not apart and not glued:
                    close = None  # the end of a quotation whose start is not in the block
            if close is None and word == '"' and _straight_opens(i, starts, ends, False):
                close = '"'
            if (
                close is None
                and word in ("”", "“")
                and i + 1 < len(words)
                and starts[i + 1] == ends[i]
                and (i == 0 or starts[i] > ends[i - 1])
            ):
                close = "”"
            if close is None and word in _SINGLE and _opens_single(i, starts, ends, words):
                found = _closing_single(i, starts, ends, words)
                if found is not None:
                    close, stop = "'", found
            if close is not None:
                closing, opened = close, i
                number += 1
            continue
        if closing == "'":
            closes = i == stop
        else:
            closes = (
                word == closing
                or (closing == "“" and word in ("”", '"'))
                or (closing in ('"', "”") and word == "”")
                or (closing == "”" and word == '"' and not _straight_opens(i, starts, ends, True))
                or (closing == "»" and word in _CLOSERS)
                or (closing in _INVERTED.values() and _INVERTED.get(word) == closing)
            ) and not (word == '"' and closing == '"' and _straight_opens(i, starts, ends, True))
        if closes:
            state[opened : i + 1] = [number] * (i + 1 - opened)
            closing = None
    if closing is not None:
        state[opened:] = [number] * (len(words) - opened)
    return state, number


def _opens_single(i: int, starts: list[int], ends: list[int], words: list[str]) -> bool:
    if (
        i + 1 >= len(words)
        or starts[i + 1] > ends[i]
        or not (words[i + 1][0].isalnum() or words[i + 1] in "…(")
    ):
        return False
    return (i == 0 or starts[i] > ends[i - 1]) and words[i] in ("'", "‘")
