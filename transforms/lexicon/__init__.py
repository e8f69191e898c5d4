"""Every word of every language that the rooms read by: a folder a language, a TOML file a part.

``lexicon.calendar("de")`` is the part ``de/calendar.toml``, read once. A part that a language
lacks is empty and so reads nothing; it is never taken from another language.
"""

from __future__ import annotations

from transforms.lexicon.library import BUILT_IN, LexiconError, Library, code_of, library, using
from transforms.lexicon.parts import Abbreviations, Around, Calendar, Part, People, Saying, Tense

__all__ = [
    "BUILT_IN",
    "Abbreviations",
    "Around",
    "Calendar",
    "LexiconError",
    "Library",
    "Part",
    "People",
    "Saying",
    "Tense",
    "abbreviations",
    "calendar",
    "code_of",
    "languages",
    "library",
    "people",
    "saying",
    "tense",
    "using",
]


def languages() -> tuple[str, ...]:
    """The codes of the languages that have a folder."""
    return library().languages


def calendar(language: str) -> Calendar:
    """Words of the calendar and the clock."""
    return library().part(Calendar, language)


def tense(language: str) -> Tense:
    """Words that tell past from future."""
    return library().part(Tense, language)


def saying(language: str) -> Saying:
    """Words of saying."""
    return library().part(Saying, language)


def abbreviations(language: str) -> Abbreviations:
    """Short forms whose full stop belongs to them."""
    return library().part(Abbreviations, language)


def people(language: str) -> People:
    """Titles and roles of persons."""
    return library().part(People, language)
