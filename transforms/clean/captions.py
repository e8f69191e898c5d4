"""Lines that belong to a picture: captions with their credits."""

from __future__ import annotations

import re
from functools import lru_cache

from dateline.transforms import lexicon

_LONG = 70
"""Words over which nothing is a caption."""


class Credits:
    """Patterns of a caption: its credit at the end, a credit anywhere, and how it opens."""

    def __init__(self, library: lexicon.Library) -> None:
        every = list(library.every(lexicon.Furniture).values())
        names = library.common(lexicon.Agencies).pictures
        houses = "|".join(map(re.escape, sorted(names, key=lambda n: (-len(n), n)))) or "(?!)"
        self.end = re.compile(
            rf"(?:[(\[][^()\[\]]{{0,60}}\b(?:{houses}|Photo|Supplied|Handout|Courtesy)\b[^()\[\]]{{0,40}}[)\]]"
            rf"|\b(?:AFP|AP|Getty Images|Shutterstock|REUTERS|EPA-EFE|NurPhoto|Alamy|iStock) ?(?:/|via|Photo)[^.\n]{{0,60}}"
            rf"|/ ?(?:AP|AFP|EPA|REUTERS|Reuters|dpa|Getty Images|Shutterstock)(?: ?Photo)?"
            rf"|\bvia (?:AP|Getty Images|REUTERS|Reuters|AFP|Shutterstock)"
            rf"|\bGetty Images|\bShutterstock|\bAP Photo"
            rf"|\b[Ff]ile [Pp]hoto(?:graph)?|\(?\b[Ff]ile(?: image| pic(?:ture)?)?\)"
            rf")[\s.)\]]*$"
        )
        credits = "|".join(c for f in every for c in f.captions.credits) or "(?!)"
        by = "|".join(c for f in every for c in f.captions.by) or "(?!)"
        self.anywhere = re.compile(rf"\b(?:{credits}) ?[:©/]|\b(?:{by}) ", re.IGNORECASE)
        self.opening = re.compile(
            "|".join(c for f in every for c in f.captions.openings) or "(?!)", re.IGNORECASE
        )


@lru_cache(maxsize=4)
def _credits(library: lexicon.Library) -> Credits:
    return Credits(library)


def is_caption(text: str, words: float, tag: str = "") -> bool:
    """Whether a line is a picture's caption or credit."""
    if tag == "figcaption":
        return True
    if words > _LONG:
        return False
    credits = _credits(lexicon.library())
    if credits.end.search(text[-110:]):
        return True
    if credits.opening.match(text) and words < 40:
        return True
    found = credits.anywhere.search(text)
    # A credit stands at the start or the end of a caption, not amid a sentence that talks of photos.
    return found is not None and (found.start() < 3 or len(text) - found.end() < 60)
