"""Whether a dateline's words name a place, and by which clocks that place lives.

The tables of :mod:`regions` are asked first; the gazetteer of towns is read once a process, and
only when a dateline is met that they do not answer.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from transforms.dateline import gazetteer
from transforms.dateline.regions import PLACES, REGIONS, STATES, key

_KNOWN = {name: zone for zone, names in PLACES.items() for name in names.split("/")}


def fold(name: str) -> str:
    """Case, accents and hyphens folded: ``São Paulo`` and ``SAO PAULO`` are one."""
    if name.isascii():
        return name.lower().replace("-", " ")
    plain = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).replace("-", " ").split())


def region_zone(name: str) -> str | None:
    """The zone of a state, province or country; ``None`` where the words name none."""
    folded = key(name)
    return REGIONS.get(folded) or (
        gazetteer.load().zone(gazetteer.country(folded)) if len(folded) > 3 else None
    )


def town_zone(name: str) -> str | None:
    """The zone of the largest town of a name; ``None`` where no town has it."""
    folded = fold(name)
    if (zone := _KNOWN.get(folded)) is not None:
        return zone
    for spelling in dict.fromkeys((folded, folded.replace("saint ", "st. "), f"{folded} city")):
        if (zone := gazetteer.load().zone(gazetteer.town(spelling))) is not None:
            return zone
    return None


def zone(place: str) -> str | None:
    """The zone of a whole dateline place: ``EL PASO, Texas`` is on Denver's clocks, ``DALLAS, Texas`` on Chicago's."""
    town, _, region = place.partition(",")
    town = town.partition("/")[0].strip()
    region = region.strip()
    if not region:
        return town_zone(town) or region_zone(town)
    if full := _full_state(region):
        within = gazetteer.load().zone(gazetteer.town_in(fold(town), full))
    else:
        within = None
    return within or region_zone(region) or town_zone(town)


@lru_cache(maxsize=512)
def _full_state(region: str) -> str | None:
    """The key of the state's full name, for any of its abbreviations."""
    wanted = key(region)
    for row in STATES.values():
        for names in row.split():
            forms = [key(n) for n in names.split("/")]
            if wanted in forms:
                return max(forms, key=len)
    return None
