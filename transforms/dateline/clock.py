"""Clocks beside a stamp: hours of twelve with their half of the day ("4:12 p.m.")."""

from __future__ import annotations

import re
from functools import lru_cache

from dateline.transforms import lexicon


class Halves:
    """The words for the halves of a day, of all languages. ``pattern`` has no groups."""

    def __init__(self, library: lexicon.Library) -> None:
        before = library.union(lexicon.Furniture, lambda f: f.stamps.before_noon)
        after = library.union(lexicon.Furniture, lambda f: f.stamps.after_noon)
        self.pattern = f"(?:{'|'.join((*before, *after)) or '(?!)'})"
        self._after = re.compile("|".join(after) or "(?!)", re.IGNORECASE)

    def time(self, hour: str, minute: str | None, half: str | None) -> str:
        """``HH:MM``; ``half`` are the words behind the hour that :attr:`pattern` matched."""
        number = int(hour)
        if half:
            number = number % 12 + (12 if self._after.fullmatch(half) else 0)
        return f"{number:02}:{minute or '00'}"


@lru_cache(maxsize=4)
def halves(library: lexicon.Library) -> Halves:
    """The halves of a vocabulary, made once."""
    return Halves(library)
