"""The words beside a stamp that say what it dates, in all languages of the vocabulary.

A cue is looked for as a piece of the folded line (:func:`fold`): a cue that must begin a word starts with a
space, and one that must end a word ends with one. Forty look-ups take a tenth of the time of one regular
expression with forty branches.
"""

from __future__ import annotations

import re
from functools import lru_cache

from dateline.transforms import lexicon

_PUNCTUATION = dict.fromkeys(map(ord, "|·•,;:.()[]{}<>/\\*+-–—_\"“”«»'’!?\u00a0\t،"), " ")


def fold(text: str) -> str:
    """Lower case, every punctuation mark a space, a space at both ends."""
    return f" {text.lower().translate(_PUNCTUATION)} "


def has(folded: str, cues: tuple[str, ...]) -> bool:
    """Whether one of the cues stands in a folded text."""
    return any(cue in folded for cue in cues)


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
        self.listing = every("listing")
        self.comments = every("comments")
        self.caption = every("caption")
        self.event = every("event")
        self.on = every("on")
        self.access = every("access")
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


@lru_cache(maxsize=4)
def cues_of(library: lexicon.Library) -> Cues:
    """The cues of a vocabulary, made once."""
    return Cues(library)
