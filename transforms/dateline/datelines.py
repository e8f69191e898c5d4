"""The dateline of an article: the first paragraph that opens with one, and the day that it states."""

from __future__ import annotations

import datetime

from dateline.transforms.dateline import places
from dateline.transforms.dateline.opening import REACH, Opening, read
from dateline.transforms.model import Article, Dateline, span_of

OPENING_BLOCKS = 8
"""Paragraphs from the top in which a dateline is looked for: headlines and captions may stand before it."""
NEAREST = datetime.timedelta(days=31)
"""How far after the publication the day of a dateline may lie. A wrong stamp is likelier than a dateline of last year."""
DEBATE = 12
"""Paragraphs below the first that are looked at for the same kind of opening."""


def _day(opening: Opening, published: str | None) -> str | None:
    """The day of the dateline. Where it states no year, the latest one that is not after the publication."""
    if not opening.month:
        return _day_of_month(opening.day, published) if opening.day and published else None
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


def _day_of_month(number: int, published: str) -> str | None:
    """The last day with this number up to the day after the publication (its stamp may be in another zone)."""
    day = datetime.date.fromisoformat(published[:10])
    if day < datetime.date.max:
        day += datetime.timedelta(1)
    for _ in range(62):
        if day.day == number:
            return day.isoformat()
        if day == datetime.date.min:
            break
        day -= datetime.timedelta(1)
    return None


def opening_of(article: Article) -> tuple[Opening, int] | None:
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
        if found.unsure and (looked > 1 or _is_debate(article, block.end)):
            continue
        if found.place is not None:
            return found._replace(start=lead, end=lead + found.end), block.start
        agency = agency or (found._replace(start=lead, end=lead + found.end), block.start)
    return agency


def _is_debate(article: Article, after: int) -> bool:
    """Whether a paragraph below opens by a name and an unknown word in brackets too."""
    below = [b for b in article.blocks if b.start > after and b.kind in ("paragraph", "quote")][:DEBATE]
    openings = (read(article.text[b.start : b.end][:REACH].lstrip()) for b in below)
    return any(found is not None and found.unsure for found in openings)


def dateline_of(
    article: Article, found: tuple[Opening, int] | None, published: str | None
) -> Dateline | None:
    """The record of an opening; ``None`` where it states neither a place nor a day."""
    if found is None or (found[0].place is None and not found[0].day):
        return None
    at = found[1]
    words = article.text[at + found[0].start : at + found[0].end].rstrip()
    place = found[0].place
    return Dateline(
        span=span_of(article.text, at + found[0].start, at + found[0].start + len(words)),
        place=place,
        day=_day(found[0], published),
        agency=found[0].agency,
        zone=places.zone(place) if place else None,
    )
