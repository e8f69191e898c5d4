"""Page and article → anchors: the page's own, one for each section, the dateline, and bounds.

Order: a section's own stamp, the dateline, the day of publication, the last change (assumed), none.
A page clock and the moment of fetching only bound.
"""

from __future__ import annotations

import datetime

from dateline.transforms.dateline import datelines, readings, stamps
from dateline.transforms.dateline.losers import LOSERS
from dateline.transforms.dateline.publication import Choice, choose
from dateline.transforms.dateline.sections import sections
from dateline.transforms.model import Anchor, Anchors, Article, Bounds, Candidate, Dateline, Page

STALE = datetime.timedelta(days=60)
"""A dateline further than this from the publication belongs to a reprinted story and anchors nothing."""


def anchors(page: Page, article: Article, *, rules: bool = False) -> Anchors:
    """The page's anchor, one for each section, the dateline, and bounds. Never raises on any text.

    ``rules``: weigh the stamps by the table of weights, without the trained trees.
    """
    url = page.url or page.metadata.get("canonical")
    region = page.metadata.get("region")
    found = readings.likelier_first(page.text, stamps.find(page.text), article.language, url, region)
    opened = datelines.opening_of(article)
    place = datelines.dateline_of(article, opened, None)
    end = max((b.page_start + b.end - b.start for b in article.blocks), default=0)
    choice = choose(page, found, place.zone if place else None, rules, article.language, end)
    published = choice.anchor
    line = datelines.dateline_of(article, opened, published.day)
    page_anchor = _page_anchor(published, line, article, choice)
    return Anchors(
        page=page_anchor,
        sections=sections(article, page_anchor, choice.modified, choice.not_after),
        published=published.day,
        modified=choice.modified,
        dateline=line,
        agency=(opened[0].agency if opened else None) or page.metadata.get("agency"),
        bounds=Bounds(not_after=choice.not_after.isoformat() if choice.not_after else None),
    )


def _page_anchor(published: Anchor, line: Dateline | None, article: Article, choice: Choice) -> Anchor:
    losers = choice.losers
    if line is None or line.day is None:
        return published.model_copy(update={"losers": losers})
    own = datetime.date.fromisoformat(line.day)
    other = datetime.date.fromisoformat(published.day) if published.day else None
    late = choice.not_after is not None and own > choice.not_after
    if late or (other is not None and abs(other - own) > STALE):
        why = "after the page was served" if late else "far from the day of publication: a story told again"
        lost = Candidate(
            kind="dateline", value=line.day, rule="dateline.day", reason=why, text=line.span.exact
        )
        return published.model_copy(update={"losers": (lost, *losers)[:LOSERS]})
    if published.kind != "none":
        lost = Candidate(
            kind=published.kind,
            value=published.value,
            rule=published.rule,
            reason="the dateline says on which day the story was written",
            span=published.span,
            text=published.text,
        )
        losers = (lost, *losers)[:LOSERS]
    block = next((b for b in article.blocks if b.start <= line.span.start < b.end), None)
    at = block.page_start + line.span.start - block.start if block else None
    return Anchor(
        kind="dateline",
        value=line.day,
        zone=line.zone,
        span=line.span.model_copy(update={"start": at, "end": at + len(line.span.exact)})
        if at is not None
        else None,
        text=line.span.exact,
        rule="dateline.day",
        losers=losers,
    )
