"""Counted nouns: a number and the noun after it."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from dateline.transforms import lexicon
from dateline.transforms.stories.words import FIGURE, Forms, Ints, Words, key

_YEARS = range(1900, 2100)
_DIGITS = 9


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
def _cardinal_keys(language: str) -> Ints:
    """The keys of the cardinals in ascending order, and one behind them that no word has."""
    return np.array([*sorted({*map(key, cardinals(language))}), -1], np.int64)


def values_of(words: Words, forms: Forms, language: str) -> dict[int, int]:
    """The numbers among words, in figures or letters, by the index of the word. Years are left out.

    ``forms`` are those of the words, and of more behind them or not.
    """
    known = _cardinal_keys(language)
    in_letters = known[np.searchsorted(known[:-1], forms.keys)] == forms.keys
    found = {}
    for n in np.flatnonzero(in_letters[forms.of_word[: len(words)]] | (words.kinds & FIGURE != 0)).tolist():
        if (value := value_of(words.written(n), language)) is not None:
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
