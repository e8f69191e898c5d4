"""Splits tokens into sentences."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from dateline.transforms import lexicon
from dateline.transforms.language.tokens import Tokens

_ENDS = frozenset([".", "!", "?", "…", "...", "..", "؟", "。", "۔"])
_CLOSERS = frozenset([*"\"”’')]»“›«‹", "''", "’’"])
_OPENERS = frozenset("\"“«„‘'([¿¡—–•-")
_SHORT = lexicon.library().every(lexicon.Abbreviations).values()
_JOINED = frozenset(f"{word}." for short in _SHORT for word in short.before_names)
STARTERS = frozenset(word for short in _SHORT for word in short.starters)
HALVES = frozenset(word for short in _SHORT for word in short.halves)
TIMED = frozenset(word for short in _SHORT for word in short.timed)
MAX_TOKENS = 400
"""Most tokens of a sentence; a longer one is cut, so that no later step meets an endless sentence."""


def cuts(tokens: Tokens, language: str = "") -> list[int]:
    """Token indexes at which a new sentence begins, the first (0) included, for one block.

    In a ``language`` that writes ordinals with a full stop, one of them ends no sentence ("am 3. Mai").
    """
    starts, ends, words = tokens[:3]
    found = [0] if words else []
    count = len(words)
    reached = 0
    for i in tokens.stops:
        word = words[i]
        final = word in _ENDS
        if i < reached or (not final and (word[-1] != "." or len(word) == 1)):
            continue
        if i - found[-1] > MAX_TOKENS:
            _cut_long(found, reached, i)
        j = i + 1
        while j < count and words[j] in _CLOSERS and starts[j] == ends[j - 1]:
            j += 1
        quoted = j > i + 1
        while final and j < count and words[j] in _ENDS and starts[j] == ends[j - 1]:
            j += 1
        begins = False
        if j < count and starts[j] > ends[j - 1]:
            if final:
                # "1. The first item": a number alone is not a sentence.
                number = word == "." and i > 0 and words[i - 1].isdigit()
                if number and i - found[-1] != 1:
                    ordinals = _ordinals(language)
                    number = ordinals is not None and ordinals.holds(words, i, j)
                inverted = words[j] in "»›" and starts[j + 1 : j + 2] == [ends[j]]  # »…«
                begins = not number and (inverted or _begins(words[j], word, quoted=quoted))
            else:
                begins = _follows(words, i, j, quoted=quoted)
        if begins:
            found.append(j)
        reached = j if begins or final else i
    if found and count - found[-1] > MAX_TOKENS:
        _cut_long(found, reached, count)
    return found


def _cut_long(found: list[int], reached: int, stop: int) -> None:
    """Cut the tokens ``[reached, stop)``, which end no sentence, where their sentence would grow too long."""
    while max(reached, found[-1] + MAX_TOKENS) < stop:
        found.append(max(reached, found[-1] + MAX_TOKENS))


class _Ordinals(NamedTuple):
    """Words before an ordinal ("am", "vom", "der"), and the months that follow one."""

    before: frozenset[str]
    months: frozenset[str]

    def holds(self, words: list[str], i: int, j: int) -> bool:
        """Whether the full stop ``i`` makes an ordinal of the number before it, with ``j`` as its noun."""
        if i == 0 or not (len(words[i - 1]) <= 2 and words[i - 1].isdecimal()):
            return False
        following = words[j].lower()
        if following in self.months:
            return True
        # "Er kam am 3. Der Markt war zu."
        return i > 1 and words[i - 2].lower() in self.before and following not in self.before


@lru_cache(maxsize=64)
def _ordinals(language: str) -> _Ordinals | None:
    words = lexicon.library()
    before = words.part(lexicon.Abbreviations, language).before_ordinals
    if not before:
        return None
    names = words.part(lexicon.Names, language).months.values()
    return _Ordinals(before, frozenset(name.removesuffix(".") for printed in names for name in printed))


def _follows(words: list[str], i: int, j: int, *, quoted: bool) -> bool:
    """Whether token ``j`` opens a sentence behind the abbreviation ``i``."""
    word, first = words[i], words[j]
    if quoted and first[0].isupper() and word not in HALVES:
        return True
    if word in _JOINED:
        return False
    if word in HALVES:
        # "at 7 p.m. Monday", "at 7 p.m. Tokyo time": the time continues.
        timed = first in TIMED or (j + 1 < len(words) and words[j + 1].lower() == "time")
        return (first[0].isupper() or first in _OPENERS - {"(", "-", "–", "—"}) and not timed
    return first in STARTERS


def _begins(word: str, end: str, *, quoted: bool) -> bool:
    """Whether a word can open a sentence: no lower case letter (scripts without case always can).

    After an ellipsis only an upper case letter opens; after ``!`` or ``?`` inside quotation
    marks the cue verb may follow (``"Why?" Ruiz asked`` stays two, ``asked Ruiz`` one).
    """
    first = word[0]
    if first.islower():
        return False
    if end[0] in "…" or end.startswith(".."):
        return first.isupper() or (quoted and first in _OPENERS)
    return first.isalnum() or first in _OPENERS or first in "@#$£€"
