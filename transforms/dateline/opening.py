"""The opening of a wire story: ``MEMPHIS, Nov. 18 (AP) —``. Place, day, agency, and where the words stand.

An opening is not believed for its dash: the place must be in capitals beside a day, an agency or a
known region, or be in the gazetteer. ``CORRECTED -`` and ``WATCH:`` open nothing.
"""

from __future__ import annotations

import datetime
import re
from functools import lru_cache
from typing import NamedTuple

from transforms import lexicon
from transforms.dateline import places
from transforms.dateline.names import names
from transforms.model import Article, Dateline, span_of

OPENING_BLOCKS = 8
"""Paragraphs from the top in which the story may open: headlines and captions stand before it."""
REACH = 160
"""Characters of a paragraph in which its dateline ends."""
NEAREST = datetime.timedelta(days=31)
"""How far after the publication a dateline's day may lie: a year back is less likely than a stamp that is off."""

OUTLET = 12
"""Letters of an unknown name in brackets that may be a station's (``WCBD``); a longer one is a remark."""
_UNKNOWN_AGENCY = re.compile(r"[A-ZÀ-ÞА-Я][\w&.'’-]{1,20}(?: [A-ZÀ-ÞА-Я][\w&.'’-]{0,20}){0,2}")
"""The looks of an agency's name that no list holds: believed between the day and the dash alone."""
_DASH = r"(?:\s{0,2}(?:[—–―‒_]|--)\s{0,2}|\s{1,2}-\s{0,2}|\.?-\s)"
_MONTH_WORD = r"[^\W\d_]{3,10}\.?"
_DAY = (
    r"(?:(?P<weekday>[^\W\d_]{3,10})[.,]{0,2}\s)?(?:"
    rf"(?P<m1>{_MONTH_WORD})\s(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th|\.|er)?\s(?:de\s)?(?P<m2>{_MONTH_WORD})"
    r")(?:,?\s(?:de\s)?(?P<y>(?:19|20)\d\d))?"
)
_AGENCY = r"(?:\((?P<a1>[^()\n]{2,60})\)|/(?P<a2>[^/\n]{2,40})/|\[(?P<a3>[^\]\n]{2,20})\])"
_NAME = r"[^\W\d_][^\W\d_.'’/ -]{0,24}(?:[.'’/ -]{1,2}[^\W\d_][^\W\d_.'’/ -]{0,24}){0,5}\.?"
_OPENING = re.compile(
    rf"(?P<place>(?P<town>{_NAME})(?:,\s(?P<region>{_NAME}))?(?:\s\[[^\]\n]{{2,20}}\])?)"
    rf"(?:(?:,\s?|\s){_DAY})?"
    rf"(?:(?:,?\s{{0,2}}|\s?--?\s?){_AGENCY}[.:]?(?P<after>{_DASH}|\s{{1,2}})|(?P<dash>{_DASH}|:\s))"
    r"(?=[\"“”‘'«(<\[$€£]?\w)"
)
_AGENCY_ALONE = re.compile(rf"\((?P<agency>[^()\n]{{2,40}})\)(?:{_DASH}|:?\s)(?=\S)")
_AGENCY_FIRST = re.compile(r"(?P<agency>[A-Z][\w /-]{1,30}?)(?:\s{0,2}[—–|]\s{0,2}|\s--?\s|:\s|,\s)(?=\S)")
_XINHUA = re.compile(
    r"(?P<agency>新华社|新華社|中新社|中新网|中央社|法新社|路透社|韩联社)(?:记者)?(?P<place>[\u4e00-\u9fff]{2,8}?)(?P<m>\d{1,2})?月?(?P<d>\d{1,2})日(?:电|電|訊|讯)"
)


class Opening(NamedTuple):
    """What one paragraph opens with; ``month`` and ``day`` are 0 where it states none."""

    start: int
    end: int
    place: str | None
    agency: str | None
    year: int = 0
    month: int = 0
    day: int = 0


@lru_cache(maxsize=4)
def _kickers(library: lexicon.Library) -> frozenset[str]:
    """Words that open a line with a dash or a colon and name no place."""
    return frozenset(library.union(lexicon.Furniture, lambda f: f.openings.kickers))


def agency_of(words: str) -> str | None:
    """The agency that the words in brackets name; of ``Sputnik - 29th April`` the name alone."""
    spellings = lexicon.agencies().by_spelling
    for part in re.split(r"\s?[/;,|]\s?|\s[-–—]\s", words.strip(), maxsplit=4):
        if (known := spellings.get(part.strip().casefold())) is not None:
            return known
    return None


def _day(m: re.Match[str]) -> tuple[int, int, int] | None:
    """``(year, month, day)``; zeros where none is stated, ``None`` where the words are no day."""
    if not (m["m1"] or m["m2"]):
        return (0, 0, 0)
    month = names().months.get((m["m1"] or m["m2"]).casefold().strip("."))
    number = int(m["d1"] or m["d2"])
    if m["weekday"] and m["weekday"].casefold() not in names().weekdays:
        return None
    return (int(m["y"] or 0), month, number) if month and 1 <= number <= 31 else None


def _capital(town: str) -> bool:
    letters = [c for c in town if c.isalpha()]
    return len(letters) > 1 and all(not c.islower() for c in letters)


def _is_place(town: str, region: str | None, *, stated: bool) -> bool:
    """``stated``: the words beside it, a day or an agency, already make this a dateline."""
    words = town.casefold().replace(".", "").split()
    if (
        not words
        or words[0] in _kickers(lexicon.library())
        or (region is None and words[-1] in _kickers(lexicon.library()))
    ):
        return False
    if _capital(town) and stated:
        return True
    if region is not None:
        known = places.region_zone(region) is not None
        return known and (
            _capital(town) or places.town_zone(town) is not None or (stated and town[0].isupper())
        )
    if places.town_zone(town.partition("/")[0]) is not None:
        return True
    return stated and all(w[0].isupper() or len(w) < 4 for w in town.split()) and len(words) < 4


def read(text: str, *, after_agency: bool = False) -> Opening | None:
    """The opening of one paragraph, or ``None``. ``after_agency``: an agency's name and a bar stood before it."""
    head = text[:REACH]
    if m := _XINHUA.match(head):
        month, number = int(m["m"] or 0), int(m["d"])
        stated = (0, month, number) if 1 <= month <= 12 and 1 <= number <= 31 else (0, 0, 0)
        return Opening(0, m.end(), m["place"], agency_of(m["agency"]), *stated)
    if (m := _OPENING.match(head)) and (found := _opening(head, m, after_agency)):
        return found
    if (m := _AGENCY_ALONE.match(head)) and (agency := agency_of(m["agency"])):
        return Opening(0, m.end(), None, agency)
    if (m := _AGENCY_FIRST.match(head)) and (agency := agency_of(m["agency"])):
        rest = read(text[m.end() : m.end() + REACH], after_agency=True) if not after_agency else None
        if rest is not None and rest.place:
            return rest._replace(end=m.end() + rest.end, agency=rest.agency or agency)
        return Opening(0, m.end(), None, agency)
    return None


def _opening(head: str, m: re.Match[str], after_agency: bool) -> Opening | None:
    day = _day(m)
    town, region, place = m["town"].strip(), m["region"], m["place"].strip()
    if region and len(region) > 3 and region.casefold().strip(". ") in names().weekdays:
        region, place = None, town  # "Washington, Monday, May 13"
    words = {(region or "").casefold().strip(". "), town.casefold()}
    if day is None or any(n in names().months or (n in names().weekdays and len(n) > 3) for n in words):
        return None
    inside = m["a1"] or m["a2"] or m["a3"]
    agency = agency_of(inside) if inside else None
    if inside and agency is None and day[1] and m["after"].strip() and _UNKNOWN_AGENCY.fullmatch(inside):
        first = inside.partition(" ")[0].casefold().strip(".")
        agency = (
            None
            if first in _kickers(lexicon.library()) or first in names().weekdays or first in names().months
            else inside
        )
    dash = (m["after"] or m["dash"]).strip()
    stated = bool(agency or day[1] or (after_agency and dash))
    if dash in ("", ":") and not stated:
        return None
    told_of = head[m.end()].islower() and region is None and not _capital(town)
    if not stated and (told_of or (inside and len(inside) > OUTLET)):
        return None  # "Paris – the city of light" tells of a place and does not open a story there
    if not _is_place(town, region, stated=stated):
        return None
    return Opening(0, m.end(), place, agency, *day)


def settle(opening: Opening, published: str | None) -> str | None:
    """The day that the dateline states, its year the one nearest to the publication and not after it."""
    if not opening.month:
        return None
    years: tuple[int, ...] = (opening.year,) if opening.year else ()
    limit = None
    if published and not years:
        base = datetime.date.fromisoformat(published[:10])
        limit = min(base, datetime.date.max - NEAREST) + NEAREST
        years = (base.year + 1, base.year, base.year - 1, base.year - 2, base.year - 3, base.year - 4)
    for year in years:
        try:
            day = datetime.date(year, opening.month, opening.day)
        except ValueError:
            continue  # 29 February has to wait for its year
        if limit is None or day <= limit:
            return day.isoformat()
    return None


def opening(article: Article) -> tuple[Opening, int] | None:
    """The first opening of the article and the start of its block in :attr:`Article.text`."""
    looked = 0
    agency: tuple[Opening, int] | None = None
    for block in article.blocks:
        if block.kind not in ("paragraph", "quote"):
            continue
        looked += 1
        if looked > OPENING_BLOCKS:
            break
        exact = article.text[block.start : block.end]
        lead = len(exact) - len(exact.lstrip())
        found = read(exact[lead : lead + REACH])
        if found is None:
            continue
        if found.place is not None:
            return found._replace(start=lead, end=lead + found.end), block.start
        agency = agency or (found._replace(start=lead, end=lead + found.end), block.start)
    return agency


def dateline(article: Article, found: tuple[Opening, int] | None, published: str | None) -> Dateline | None:
    """The record of an opening; ``None`` where it names no place."""
    if found is None or found[0].place is None:
        return None
    at = found[1]
    words = article.text[at + found[0].start : at + found[0].end].rstrip()
    place = found[0].place
    return Dateline(
        span=span_of(article.text, at + found[0].start, at + found[0].start + len(words)),
        place=place,
        day=settle(found[0], published),
        agency=found[0].agency,
        zone=places.zone(place),
    )
