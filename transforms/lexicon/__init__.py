"""The vocabulary: every word of every language, with a folder for each language and a TOML file for each
part.

``lexicon.calendar("de")`` is the part ``de/calendar.toml``, read once. A part that a language lacks is empty,
so nothing is read with it; it is never taken from another language.
"""

from __future__ import annotations

from dateline.transforms.lexicon.clause_parts import Claims, Clauses, People, Verbs
from dateline.transforms.lexicon.common_parts import (
    Agencies,
    DatelineForm,
    Datelines,
    GivenNames,
    Places,
    Regions,
    Zone,
    Zones,
)
from dateline.transforms.lexicon.deed_parts import Deeds, Frame, PloverRoot, Stance
from dateline.transforms.lexicon.event_parts import Adjuncts, EventTimes
from dateline.transforms.lexicon.furniture_part import Furniture, LineWords
from dateline.transforms.lexicon.library import BUILT_IN, LexiconError, Library, code_of, library, using
from dateline.transforms.lexicon.parts import (
    Abbreviations,
    Around,
    Calendar,
    Frequent,
    Links,
    Names,
    Part,
    Saying,
    Tense,
    Triggers,
)

__all__ = [
    "BUILT_IN",
    "Abbreviations",
    "Adjuncts",
    "Agencies",
    "Around",
    "Calendar",
    "Claims",
    "Clauses",
    "DatelineForm",
    "Datelines",
    "Deeds",
    "EventTimes",
    "Frame",
    "Frequent",
    "Furniture",
    "GivenNames",
    "LexiconError",
    "Library",
    "LineWords",
    "Links",
    "Names",
    "Part",
    "People",
    "Places",
    "PloverRoot",
    "Regions",
    "Saying",
    "Stance",
    "Tense",
    "Triggers",
    "Verbs",
    "Zone",
    "Zones",
    "abbreviations",
    "adjuncts",
    "agencies",
    "calendar",
    "clauses",
    "code_of",
    "deeds",
    "frequent",
    "furniture",
    "given_names",
    "languages",
    "library",
    "names",
    "people",
    "places",
    "regions",
    "saying",
    "stance",
    "tense",
    "using",
    "verbs",
    "zones",
]


def languages() -> tuple[str, ...]:
    """The codes of the languages that have a folder."""
    return library().languages


def calendar(language: str) -> Calendar:
    """Words of the calendar and the clock."""
    return library().part(Calendar, language)


def names(language: str) -> Names:
    """Names of months and weekdays."""
    return library().part(Names, language)


def clauses(language: str) -> Clauses:
    """Closed-class words for parsing clauses."""
    return library().part(Clauses, language)


def tense(language: str) -> Tense:
    """Words that distinguish past and future."""
    return library().part(Tense, language)


def saying(language: str) -> Saying:
    """Words of saying."""
    return library().part(Saying, language)


def abbreviations(language: str) -> Abbreviations:
    """Abbreviations with a full stop."""
    return library().part(Abbreviations, language)


def people(language: str) -> People:
    """Titles and roles of persons."""
    return library().part(People, language)


def frequent(language: str) -> Frequent:
    """The most common words of running text."""
    return library().part(Frequent, language)


def furniture(language: str) -> Furniture:
    """Words of page furniture: what stands around an article on a page."""
    return library().part(Furniture, language)


def agencies() -> Agencies:
    """News agencies and picture agencies."""
    return library().common(Agencies)


def zones() -> Zones:
    """Names of clock zones."""
    return library().common(Zones)


def regions() -> Regions:
    """States, provinces and countries, by zone."""
    return library().common(Regions)


def given_names() -> GivenNames:
    """Given names that tell a woman from a man."""
    return library().common(GivenNames)


def places() -> Places:
    """Places that the gazetteer lacks, by zone."""
    return library().common(Places)


def deeds(language: str) -> Deeds:
    """Frames of verbs that report deeds."""
    return library().part(Deeds, language)


def stance(language: str) -> Stance:
    """Words that turn a plain statement into a political act."""
    return library().part(Stance, language)


def adjuncts(language: str) -> Adjuncts:
    """Words around the times and places of a clause."""
    return library().part(Adjuncts, language)


def verbs(language: str) -> Verbs:
    """Base forms and irregular forms of verbs."""
    return library().part(Verbs, language)
