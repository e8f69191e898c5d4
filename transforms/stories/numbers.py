"""Counted nouns: a number and the noun after it."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from dateline.transforms import lexicon
from dateline.transforms.model.clause import new
from dateline.transforms.stories.words import FIGURE, Forms, Ints, Words, key

_YEARS = range(1900, 2100)
_DIGITS = 9


class Number(NamedTuple):
    """The value, and the key of the word after it."""

    value: int
    noun: int


class Figure(NamedTuple):
    """A number as it stands in a text: the index of its word (``at``), its value, where it stands (``start`` to ``end``), where the word
    behind it does (``behind`` to ``stop``), and the key of that word."""

    at: int
    value: int
    start: int
    end: int
    behind: int
    stop: int
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


def figures_of(words: Words, forms: Forms, language: str) -> list[Figure]:
    """The numbers among words, in figures or letters, with a word behind them. Years are left out.

    ``forms`` are those of the words, and of more behind them or not.
    """
    known = _cardinal_keys(language)
    in_letters = known[known[:-1].searchsorted(forms.keys)] == forms.keys
    likely = in_letters[forms.of_word[: len(words)]] | (words.kinds & FIGURE != 0)
    at = likely[:-1].nonzero()[0]
    columns = (
        at,
        words.starts[at],
        words.ends[at],
        words.starts[at + 1],
        words.ends[at + 1],
        words.keys[at + 1],
    )
    found = []
    for index, start, end, behind, stop, noun in zip(*(c.tolist() for c in columns), strict=True):
        if (value := value_of(words.text[start:end], language)) is not None:
            found.append(new(Figure, (index, value, start, end, behind, stop, noun)))
    return found


def value_of(word: str, language: str) -> int | None:
    """The number of a word in figures or letters; ``None`` for other words and for years."""
    if word[0].isdecimal():
        plain = word.replace(",", "")
        if not plain.isdecimal() or len(plain) > _DIGITS or (len(word) == 4 and int(plain) in _YEARS):
            return None
        return int(plain)
    return cardinals(language).get(word.casefold())
