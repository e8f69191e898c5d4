"""The words beside a stamp that say what it dates, in all languages of the vocabulary.

A cue is looked for as a piece of the folded line (:func:`fold`): a cue that must begin a word starts with a
space, and one that must end a word ends with one. Forty look-ups take a tenth of the time of one regular
expression with forty branches.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from dateline.transforms import lexicon

_PUNCTUATION = dict.fromkeys(map(ord, "|·•,;:.()[]{}<>/\\*+-–—_\"“”«»'’!?\u00a0\t،"), " ")


def fold(text: str) -> str:
    """Lower case, every punctuation mark a space, a space at both ends."""
    return f" {text.lower().translate(_PUNCTUATION)} "


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
        self._beside = tuple(_by_word(getattr(self, name)) for name in Beside._fields)
        self._listing = _by_word(every("listing"))
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
        low = text.lower()
        return Beside(*(_likely(cues, low) for cues in self._beside))

    def listing(self, text: str) -> tuple[str, ...]:
        """The cues of a list of links that may stand in some piece of a text."""
        return _likely(self._listing, text.lower())


def _by_word(cues: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Each cue behind its longest word, which :func:`fold` leaves as it is."""
    return tuple((max(cue.split(), key=len, default=""), cue) for cue in cues)


def _likely(cues: tuple[tuple[str, str], ...], low: str) -> tuple[str, ...]:
    return tuple([cue for word, cue in cues if word in low])


@lru_cache(maxsize=4)
def cues_of(library: lexicon.Library) -> Cues:
    """The cues of a vocabulary, made once."""
    return Cues(library)
