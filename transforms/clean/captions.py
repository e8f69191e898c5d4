"""Recognizes captions of pictures, with their credits."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from dateline.transforms import lexicon
from dateline.transforms.lexicon.literals import may_match, needed

_LONG = 70
"""Most words of a caption."""


def _any(words: Iterable[str]) -> str:
    """A pattern that matches any of the words, longest first."""
    return "|".join(map(re.escape, sorted(words, key=lambda w: (-len(w), w)))) or "(?!)"


class Credits:
    """Patterns of a caption: a credit at its end, a credit anywhere, and its opening."""

    def __init__(self, library: lexicon.Library) -> None:
        every = list(library.every(lexicon.Furniture).values())
        agencies = library.common(lexicon.Agencies)
        houses = _any(agencies.pictures)
        bracketed = _any(w for f in every for w in f.captions.bracketed)
        photo, via = (_any(w for f in every for w in getattr(f.captions, name)) for name in ("photo", "via"))
        endings = "|".join(p for f in every for p in f.captions.endings) or "(?!)"
        self.end = re.compile(
            rf"(?:[(\[][^()\[\]]{{0,60}}\b(?:{houses}|{bracketed})\b[^()\[\]]{{0,40}}[)\]]"
            rf"|\b(?:{_any(agencies.before_credit)}) ?(?:/|{via}|{photo})[^.\n]{{0,60}}"
            rf"|/ ?(?:{_any(agencies.behind_slash)})(?: ?(?:{photo}))?"
            rf"|\b(?:{via}) (?:{_any(agencies.behind_via)})"
            rf"|\b(?:{_any(agencies.ending)})"
            rf"|{endings}"
            rf")[\s.)\]]*$"
        )
        credits = "|".join(c for f in every for c in f.captions.credits) or "(?!)"
        by = "|".join(c for f in every for c in f.captions.by) or "(?!)"
        anywhere = rf"\b(?:{credits}) ?[:©/]|\b(?:{by}) "
        self.anywhere = re.compile(anywhere, re.IGNORECASE)
        self.anywhere_needs = needed(anywhere)
        self.opening = re.compile(
            "|".join(c for f in every for c in f.captions.openings) or "(?!)", re.IGNORECASE
        )


@lru_cache(maxsize=4)
def _credits(library: lexicon.Library) -> Credits:
    return Credits(library)


def is_caption(text: str, words: float, tag: str = "") -> bool:
    """Whether a line is the caption or credit of a picture."""
    if tag == "figcaption":
        return True
    if words > _LONG:
        return False
    credits = _credits(lexicon.library())
    if credits.end.search(text[-110:]):
        return True
    if credits.opening.match(text) and words < 40:
        return True
    if not may_match(credits.anywhere_needs, text.lower()):
        return False
    found = credits.anywhere.search(text)
    # A credit stands at the start or end of a caption, not inside a sentence about photos.
    return found is not None and (found.start() < 3 or len(text) - found.end() < 60)
