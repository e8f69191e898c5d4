"""The words beside a stamp that say what it dates, in all languages of the vocabulary.

A cue is looked for as a piece of the folded line (:func:`fold`): a cue that must begin a word starts with a
space, and one that must end a word ends with one. Forty look-ups take a tenth of the time of one regular
expression with forty branches.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from dateline.transforms import lexicon
from dateline.transforms.lexicon.literals import occurring

_PUNCTUATION = re.compile(r"""[|·•,;:.()\[\]{}<>/\\*+\-–—_"“”«»'’!?\u00a0\t،]""")


def fold(text: str) -> str:
    """Lower case, every punctuation mark a space, a space at both ends."""
    # A table of characters takes three times as long.
    return f" {' '.join(_PUNCTUATION.split(text.lower()))} "


def has(folded: str, cues: Iterable[str]) -> bool:
    """Whether one of the cues stands in a folded text."""
    for cue in cues:  # noqa: SIM110  # a third faster than any() of a generator
        if cue in folded:
            return True
    return False


class Beside(NamedTuple):
    """The cues that may stand in some text, by what they say of the date beside them."""

    published: tuple[str, ...]
    updated: tuple[str, ...]
    byline: tuple[str, ...]
    rights: tuple[str, ...]
    comments: tuple[str, ...]
    caption: tuple[str, ...]
    access: tuple[str, ...]


class Cues:
    """The cues of a vocabulary by what they say of the date beside them.

    ``event`` and ``on`` stand right before a date; an ``event`` cue mostly makes it the date of
    something that the text tells. ``credit`` is a pattern of what follows the date of a photo, ``weather`` one of
    temperatures and words of a forecast.
    """

    def __init__(self, library: lexicon.Library) -> None:
        def every(name: str) -> tuple[str, ...]:
            return library.union(lexicon.Furniture, lambda f: getattr(f.stamps, name))

        agencies = library.common(lexicon.Agencies)
        self.published = every("published")
        self.updated = every("updated")
        self.byline = (*every("byline"), *map(fold, agencies.bylines))
        self.rights = every("rights")
        self.comments = every("comments")
        self.caption = every("caption")
        self.event = every("event")
        self.on = every("on")
        self.access = every("access")
        kinds = [(k, cue) for k, name in enumerate(Beside._fields) for cue in getattr(self, name)]
        self._beside = tuple(kinds)
        self._words = tuple(_longest(cue) for _, cue in kinds)
        self.listing_cues = every("listing")
        self._listing_words = tuple(map(_longest, self.listing_cues))
        credits = library.union(lexicon.Furniture, lambda f: f.stamps.credits)
        names = (
            "|".join(map(re.escape, sorted({*agencies.pictures, *credits}, key=len, reverse=True))) or "(?!)"
        )
        self.credit = re.compile(rf"[.,;:\s/]{{0,3}}[(\[/|]?\s?(?:{names})\b", re.IGNORECASE)
        words = (
            "|".join(map(re.escape, library.union(lexicon.Furniture, lambda f: f.stamps.weather))) or "(?!)"
        )
        self.weather = re.compile(
            rf"-?\d{{1,3}}(?:\.\d)?\s?°|\b\d{{1,3}}(?:\.\d)?\s?[FC]\b|\b(?:{words})\b", re.IGNORECASE
        )

    def beside(self, text: str) -> Beside:
        """The cues that may stand in some piece of a text: those of which it has the longest word.

        A page has a handful of all 185, so that the pieces around each of its stamps are searched for few.
        """
        found: list[list[str]] = [[] for _ in Beside._fields]
        for n in occurring(self._words, text.lower()):
            kind, cue = self._beside[n]
            found[kind].append(cue)
        return Beside(*map(tuple, found))

    def listing(self, texts: list[str]) -> Iterator[int]:
        """The numbers of the texts in which a cue of a list of links may stand: those that have its longest word."""
        lows = [text.lower() for text in texts]
        likely = [self._listing_words[n] for n in occurring(self._listing_words, "\n".join(lows))]
        return (n for n, low in enumerate(lows) if has(low, likely)) if likely else iter(())


def _longest(cue: str) -> str:
    """The longest word of a cue, which :func:`fold` leaves as it is."""
    return max(cue.split(), key=len, default=" ")


@lru_cache(maxsize=4)
def cues_of(library: lexicon.Library) -> Cues:
    """The cues of a vocabulary, made once."""
    return Cues(library)
