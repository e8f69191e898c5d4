"""Counted nouns: a number and the noun after it."""

from __future__ import annotations

from functools import lru_cache
from itertools import compress, count
from operator import itemgetter
from typing import NamedTuple

from dateline.transforms import lexicon
from dateline.transforms.stories.words import Words, key

_YEARS = range(1900, 2100)
_DIGITS = 9
_FIRST = itemgetter(0)


class Number(NamedTuple):
    """The value, and the key of the word after it."""

    value: int
    noun: int


@lru_cache(maxsize=64)
def cardinals(language: str) -> dict[str, int]:
    """The numbers of a language that are written as one word."""
    found = lexicon.calendar(language).classes.get("CARDINAL", {})
    return {
        form.casefold(): int(value)
        for value, forms in found.items()
        if value.isdigit()
        for form in forms
        if " " not in form
    }


@lru_cache(maxsize=64)
def _cardinal_keys(language: str) -> frozenset[int]:
    return frozenset(map(key, cardinals(language)))


def values_of(words: Words, language: str) -> dict[int, int]:
    """The numbers among words, in figures or letters, by the index of the word. Years are left out."""
    known = _cardinal_keys(language)
    figures = compress(count(), map(str.isdecimal, map(_FIRST, words.texts)))
    letters = compress(count(), map(known.__contains__, words.keys))
    found = {}
    for n in sorted({*figures, *letters}):
        if (value := value_of(words.texts[n], language)) is not None:
            found[n] = value
    return found


def value_of(word: str, language: str) -> int | None:
    """The number of a word in figures or letters; ``None`` for other words and for years."""
    if word[0].isdecimal():
        plain = word.replace(",", "")
        if not plain.isdecimal() or len(plain) > _DIGITS or (len(word) == 4 and int(plain) in _YEARS):
            return None
        return int(plain)
    return cardinals(language).get(word.casefold())
