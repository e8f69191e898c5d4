"""The opening of a wire story: ``MEMPHIS, Nov. 18 (AP) —``. Place, day, agency, and where the words stand.

An opening is not believed for its dash: the place must be in capitals beside a day, an agency or a
known region, or be in the gazetteer. ``CORRECTED -`` and ``WATCH:`` open nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from dateline.transforms import lexicon
from dateline.transforms.dateline import places
from dateline.transforms.dateline.cues import cues_of, fold, has
from dateline.transforms.dateline.forms import Form, forms, patterns
from dateline.transforms.dateline.names import names

REACH = 160
"""Characters from the start of a paragraph within which a dateline ends."""

OUTLET = 12
"""Longest unknown name in brackets that is taken for a station (``WCBD``); a longer one is a remark."""
HOUSE_TOWN = 4
"""Letters from which a name in capitals is a town's and no acronym, where its house is unknown and no day stands beside it."""
ABBREVIATED = 5
"""Letters up to which a town's last word may be short for another, with its full stop ("Ft.", "MO.")."""
_RUNNING = re.compile(r"(?:(?<!\w)[a-zß-öø-ÿа-яё]{1,20} ){3}[a-zß-öø-ÿа-яё]")
"""Four words in a row without a capital or a sign: a dateline ends before them. Most paragraphs are ruled out here."""
_NUMBER = re.compile(r"(?<!\w)\d")
_SIGN = re.compile(r"[(\[/—–―‒_=|:\d-]")
_UNKNOWN_AGENCY = re.compile(r"[A-ZÀ-ÞА-Я][\w&.'’-]{1,20}(?: [A-ZÀ-ÞА-Я][\w&.'’-]{0,20}){0,2}")
"""How an agency looks that is not in the vocabulary. It is accepted only between a day and a dash."""


Day = tuple[int, int, int]
"""Year, month and day; 0 for what is not stated."""


class Opening(NamedTuple):
    """The opening of one paragraph. ``year``, ``month`` and ``day`` are 0 where they are not stated.

    ``unsure``: an unknown name in brackets and no day, ``ORVELD (Kestrel) — ``. The first paragraph alone opens so; a
    record of a debate opens each of its paragraphs by a speaker and the party in brackets.
    """

    start: int
    end: int
    place: str | None
    agency: str | None
    year: int = 0
    month: int = 0
    day: int = 0
    unsure: bool = False


@lru_cache(maxsize=4)
def _kickers(library: lexicon.Library) -> frozenset[str]:
    """Words that open a line with a dash or a colon and name no place."""
    return frozenset(library.union(lexicon.Furniture, lambda f: f.openings.kickers))


@lru_cache(maxsize=4)
def _titles(library: lexicon.Library) -> frozenset[str]:
    """Forms of address: "Mr. Ruiz (AP) -" is no place."""
    return frozenset(library.union(lexicon.People, lambda p: p.titles))


def agency_of(words: str) -> str | None:
    """The agency that is named by the words in brackets, without what stands beside it (``Sputnik - 29th April``)."""
    spellings = lexicon.agencies().by_spelling
    for part in re.split(r"\s?[/;,|]\s?|\s[-–—]\s", words.strip(), maxsplit=4):
        if (known := spellings.get(part.strip().casefold())) is not None:
            return known
    return None


def _stated_day(m: re.Match[str], *, by_agency: bool) -> Day | None:
    """``(year, month, day)``; zeros where none is stated, ``None`` where the words are no day.

    A bare number ("MADRID, 14 (EFE)") and a day in numbers ("Warszawa, 14.05. (PAP)") count only beside
    a known agency.
    """
    found = m.groupdict()
    for name in ("weekday", "weekday2"):
        if found.get(name) and found[name].casefold() not in names().weekdays:
            return None
    for k in ("1", "2", "3", "4"):
        if not found.get(f"d{k}"):
            continue
        word, number = found[f"m{k}"], int(found[f"d{k}"])
        month = int(word) if word.isdecimal() else names().months.get(word.casefold().strip("."), 0)
        if not 1 <= month <= 12 or not 1 <= number <= 31 or (k == "4" and not by_agency):
            return None
        return int(found["y1"] or found["y2"] or 0), month, number
    if found.get("d5"):
        return (0, 0, int(found["d5"])) if by_agency and 1 <= int(found["d5"]) <= 31 else None
    return (0, 0, 0)


def _capital(town: str) -> bool:
    letters = [c for c in town if c.isalpha()]
    return len(letters) > 1 and all(not c.islower() for c in letters)


def _is_place(town: str, region: str | None, *, stated: bool, doubly: bool) -> bool:
    """``stated``: a day or an agency stands beside the name; ``doubly``: both do."""
    words = town.casefold().replace(".", "").split()
    if (
        not words
        or words[0] in _kickers(lexicon.library())
        or (region is None and words[-1] in _kickers(lexicon.library()))
    ):
        return False
    labels = cues_of(lexicon.library())
    if has(fold(town), labels.published) or has(fold(town), labels.updated):
        return False  # "Published 14 May 2026 -"
    if _capital(town) and stated:
        return True
    if words[0] in _titles(lexicon.library()) and not _capital(town):
        return False
    if region is not None and not (doubly and not town[0].islower()):
        known = places.region_zone(region) is not None
        return known and (
            _capital(town) or places.town_zone(town) is not None or (stated and not town[0].islower())
        )
    if region is not None or places.town_zone(town.partition("/")[0]) is not None:
        return True
    return stated and all(not w[0].islower() or len(w) < 4 for w in town.split()) and len(words) < 4


def read(text: str, *, after_agency: bool = False) -> Opening | None:
    """The opening of one paragraph, or ``None``. ``after_agency``: the name of an agency came before it."""
    head = text[:REACH]
    library = lexicon.library()
    for pattern in patterns(library):
        if m := pattern.match(head):
            month, number = int(m.groupdict().get("m") or 0), int(m.groupdict().get("d") or 0)
            if month > 12 or number > 31:
                month = number = 0
            return Opening(0, m.end(), m["place"], agency_of(m["agency"]), 0, month, number)
    running = _RUNNING.search(head)
    if running is not None:
        head = head[: running.start() + 2]  # two characters for what a layout asks to follow
    if _SIGN.search(head) is None:
        return None
    signs = set(head)
    for form in forms(library):
        if form.fits(signs) and (m := form.pattern.match(head)):
            found = _rest(text, m, after_agency) if form.rest else _opening(head, m, form, after_agency)
            if found is not None:
                return found
    return None


def _rest(text: str, m: re.Match[str], after_agency: bool) -> Opening | None:
    """An agency at the start of a paragraph, with the place that follows it, if any."""
    agency = agency_of(m["agency"])
    if agency is None or after_agency:
        return None
    found = read(text[m.end() : m.end() + REACH], after_agency=True)
    if found is not None and found.place:
        return found._replace(end=m.end() + found.end, agency=found.agency or agency)
    return Opening(0, m.end(), None, agency)


def _opening(head: str, m: re.Match[str], form: Form, after_agency: bool) -> Opening | None:
    """The opening that a form matched, or ``None`` where its words are no agency, no day or no place."""
    found = m.groupdict()
    inside = found.get("agency")
    agency = agency_of(inside) if inside else None
    day = _stated_day(m, by_agency=agency is not None)
    if day is None:
        return None
    unsure = False
    placed = found.get("place") is not None
    if inside and agency is None:
        if not (form.bracketed and placed) or _NUMBER.search(inside):
            return None
        first = inside.partition(" ")[0].casefold().strip(".")
        if form.dashed(m) and _UNKNOWN_AGENCY.fullmatch(inside) and not _is_word(first):
            if day[1]:
                agency = inside
            elif _is_house(m, inside, head[m.end() :]):
                agency, unsure = inside, True
    if not placed:
        return Opening(0, m.end(), None, agency, *day) if agency and day[1] else None
    placed_ = _placed(head, m, form, day, agency, after_agency)
    return placed_._replace(unsure=unsure) if placed_ is not None else None


def _is_house(m: re.Match[str], inside: str, rest: str) -> bool:
    """Whether an unknown name in brackets is likely a news house's: one word, no place, behind a town in capitals."""
    town = m["town"]
    return (
        " " not in inside
        and m["region"] is None
        and len(town) >= HOUSE_TOWN
        and _capital(town)
        and rest[:1].isupper()
        and places.region_zone(inside) is None
        and places.town_zone(inside) is None
    )


def _is_word(word: str) -> bool:
    """Whether a folded word is a kicker, a month or a day of the week, and so names nobody."""
    known = names()
    return word in _kickers(lexicon.library()) or word in known.weekdays or word in known.months


def _placed(
    head: str, m: re.Match[str], form: Form, day: Day, agency: str | None, after_agency: bool
) -> Opening | None:
    """The opening of a form with a place. The words must name one, and the line must not go on as a sentence."""
    place, town, regions = _names_of(m)
    words = {name.casefold().strip(". ") for name in (town, *regions)}
    if any(word in names().months or (word in names().weekdays and len(word) > 3) for word in words):
        return None
    dashed = form.dashed(m)
    stated = bool(agency or day[1] or (after_agency and (dashed or form.source.endswith(": "))))
    if not stated and not dashed:
        return None
    if form.source.endswith("DAY. ") and not _capital(town):
        return None
    inside = m.groupdict().get("agency")
    goes_on = head[m.end()].islower() and not regions and not _capital(town)
    if goes_on and not dashed:
        return None  # "Two people (AP) said so"
    if not stated and (goes_on or (inside and len(inside) > OUTLET)):
        return None  # "Paris – the city of light" tells of a place and does not open a story there
    region = regions[-1] if regions else m["within"]
    if not _is_place(town, region, stated=stated, doubly=bool(agency and day[1])):
        return None
    if not (agency or _capital(town) or region or " " not in town or places.town_zone(town)):
        return None  # "Ana Ruiz, 14 May -" is a byline
    return Opening(0, m.end(), place, agency, *day)


def _names_of(m: re.Match[str]) -> tuple[str, str, list[str]]:
    """The place as written, its town, and its region and country, without words that belong to the day."""
    place, town = m["place"].strip(), m["town"].strip()
    regions = [region for region in (m["region"], m["country"]) if region]
    within = m["within"]
    if within and m.groupdict().get("agency") is None and places.region_zone(within) is None:
        place = place[: m.start("within") - m.start("place") - 1].strip()  # a station's name in brackets
    if regions and len(regions[-1]) > 3 and regions[-1].casefold().strip(". ") in names().weekdays:
        place = place.removesuffix(regions.pop()).rstrip(" ,")  # "Washington, Monday, May 13"
    if regions and _opens_day(regions[-1]):
        place = place.removesuffix(regions.pop()).rstrip(" ,")  # "Paris, le 12 mai", "Paris, le lundi 12 mai"
    if not regions:
        for before in _before_day(lexicon.library()):
            if town.endswith(f" {before}"):
                town = town.removesuffix(f" {before}")
                place = place.removesuffix(f" {before}")
        whole = town.removesuffix(".")
        if place == town and (len(whole.rpartition(" ")[2]) >= ABBREVIATED or places.town_zone(whole)):
            place = town = whole  # "MOSCOW. May 14"
    return place, town, regions


def _opens_day(region: str) -> bool:
    """Whether the words behind a comma are those before a number of a day: "le", "le lundi"."""
    word, _, weekday = region.partition(" ")  # "ON" is Ontario
    return word in _before_day(lexicon.library()) and (not weekday or weekday.casefold() in names().weekdays)


@lru_cache(maxsize=4)
def _before_day(library: lexicon.Library) -> tuple[str, ...]:
    return library.union(lexicon.Furniture, lambda f: f.openings.before_day)
