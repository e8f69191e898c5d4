"""The parts that belong to no language: agencies, datelines, zones, regions and places."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated

from pydantic import Field, StringConstraints

from dateline.transforms.lexicon.parts import Entry, Part, Pattern, Phrases, Words


class Agencies(Part):
    """News agencies by the name that records give, and how else they are spelled.

    ``generic`` words stand for an agency without naming one. The names in ``pictures`` credit photos
    by themselves, those in ``bylines`` are a byline beside a date. ``before_credit``, ``behind_slash``,
    ``behind_via`` and ``ending`` are those that end a caption, by what stands beside them.
    """

    FILE = "agencies"
    names: Phrases = ()
    generic: Phrases = ()
    pictures: Phrases = ()
    bylines: Phrases = ()
    before_credit: Phrases = ()
    behind_slash: Phrases = ()
    behind_via: Phrases = ()
    ending: Phrases = ()
    spellings: dict[str, str] = Field(default_factory=dict)

    @cached_property
    def by_spelling(self) -> dict[str, str]:
        """Case-folded spelling → name."""
        return {n.casefold(): n for n in (*self.names, *self.generic)} | {
            spelling.casefold(): name for spelling, name in self.spellings.items()
        }


class DatelineForm(Entry):
    """One order of place, day and agency (``layout``; the file says how it is written), and who writes so."""

    layout: str
    houses: Phrases


class Datelines(Part):
    """How news houses open a story; the first that fits wins, ``patterns`` before the layouts of ``form``."""

    FILE = "datelines"
    patterns: tuple[Pattern, ...] = ()
    form: tuple[DatelineForm, ...] = ()


class Zone(Entry):
    """Names of a clock zone, its IANA ``place``, and its ``offset`` (``±HH:MM``) where the name fixes one."""

    names: Phrases
    place: str
    offset: Annotated[str, StringConstraints(pattern=r"^[+-]\d\d:\d\d$")] | None = None


class Zones(Part):
    """Names of clock zones. ``ambiguous`` names have several zones and so give none; those ``in_lower_case``
    count so too, where others are words ("et", "est", "wit")."""

    FILE = "zones"
    zone: tuple[Zone, ...] = ()
    in_lower_case: Words = frozenset()
    ambiguous: dict[str, Phrases] = Field(default_factory=dict)

    @cached_property
    def by_name(self) -> dict[str, Zone]:
        """Case-folded name → zone."""
        return {name.casefold(): zone for zone in self.zone for name in zone.names}

    @cached_property
    def values(self) -> dict[str, str]:
        """Case-folded name → offset, place, or nothing where the name has several zones."""
        named = {name: zone.offset or zone.place for name, zone in self.by_name.items() if len(name) > 1}
        return named | {name.casefold(): "" for name in self.ambiguous}


class Regions(Part):
    """States, provinces and countries by the zone that most of each lives by; of each the full name is first.

    ``countries`` are the names of countries in running text.
    """

    FILE = "regions"
    countries: Phrases = ()
    zones: dict[str, tuple[Phrases, ...]] = Field(default_factory=dict)


class Places(Part):
    """Datelines that a gazetteer of towns lacks, spells otherwise, or gives to a smaller namesake, by zone."""

    FILE = "places"
    zones: dict[str, Phrases] = Field(default_factory=dict)


class GivenNames(Part):
    """Given names that are borne by women alone, or by men alone, case-folded."""

    FILE = "given_names"
    female: Words = frozenset()
    male: Words = frozenset()

    @cached_property
    def all(self) -> frozenset[str]:
        """The names of women and of men."""
        return self.female | self.male

    def holds(self, name: str) -> bool:
        """Whether a name in small letters is one of these."""
        return name in self.all
