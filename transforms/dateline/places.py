"""Whether the words of a dateline name a place, and the time zone of that place.

The tables of the vocabulary are looked up first. The gazetteer of towns is loaded only when a
dateline is not in them, once a process.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from dateline.transforms import lexicon
from dateline.transforms.dateline import gazetteer


def fold(name: str) -> str:
    """The name without case, accents and hyphens, so that ``São Paulo`` and ``SAO PAULO`` are equal."""
    if name.isascii():
        return name.lower().replace("-", " ")
    plain = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).replace("-", " ").split())


def key(name: str) -> str:
    """A region's name without full stops, spaces and case, so that ``N.Y.``, ``NY`` and ``N. Y.`` are equal."""
    return name.replace(".", "").replace(" ", "").replace("-", "").casefold()


@lru_cache(maxsize=4)
def _places(places: lexicon.Places) -> dict[str, str]:
    return {fold(name): zone for zone, names in places.zones.items() for name in names}


@lru_cache(maxsize=4)
def _regions(regions: lexicon.Regions) -> dict[str, tuple[str, str]]:
    """Key of a name → zone of the region, and key of its full name."""
    return {
        key(name): (zone, key(names[0]))
        for zone, rows in regions.zones.items()
        for names in rows
        for name in names
    }


@lru_cache(maxsize=1 << 12)
def _listed(key: str) -> str | None:
    """The zone of a key of the gazetteer, whose search takes longer than all else that a name is asked."""
    return gazetteer.load().zone(key)


def region_zone(name: str) -> str | None:
    """The zone of a state, province or country; ``None`` where the words name none."""
    folded = key(name)
    if (region := _regions(lexicon.regions()).get(folded)) is not None:
        return region[0]
    return _listed(gazetteer.country(folded)) if len(folded) > 3 else None


def town_zone(name: str) -> str | None:
    """The zone of the largest town of a name; ``None`` where no town has it."""
    folded = fold(name)
    if (zone := _places(lexicon.places()).get(folded)) is not None:
        return zone
    for spelling in dict.fromkeys((folded, folded.replace("saint ", "st. "), f"{folded} city")):
        if (zone := _listed(gazetteer.town(spelling))) is not None:
            return zone
    return None


def zone(place: str) -> str | None:
    """The zone of a whole dateline place: ``EL PASO, Texas`` has Denver's, ``DALLAS, Texas`` Chicago's."""
    town, _, region = place.partition(",")
    town = town.partition("/")[0].strip()
    region = region.strip()
    if not region:
        return town_zone(town) or region_zone(town)
    known = _regions(lexicon.regions()).get(key(region))
    within = _listed(gazetteer.town_in(fold(town), known[1])) if known else None
    return within or region_zone(region) or town_zone(town)
