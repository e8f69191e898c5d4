"""Decides whether a page is an article, and raises :class:`NotAnArticle` with the reason if not."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np

from dateline.transforms import lexicon
from dateline.transforms.clean import briefs
from dateline.transforms.clean.lines import AT, FURNITURE, LINKED, Column, Lines, Mask
from dateline.transforms.errors import NotAnArticle

_LINK = re.compile(r"https?://\S+")
_BRIEF = 8
"""A page with fewer words of body must have the style of an article to be one."""
_FEW, _LEAST = 3, 3
"""Most lines of a news flash, and the least number of words of one of them."""
_STUB = 150
"""With fewer words of body, a refusal or a consent notice is what the page is about."""
_TEASERS = 8
"""A page with at least this many separate stretches of running text may be an index."""
_STANDS_OUT = 2.5
"""An article has at least this many times the words of an average teaser."""
_HEADED, _ALL = 4, 0.85
"""The least number of teasers under headlines that are links, and the share of the words that they have on an index."""
_TEASER_LINES = 3
"""Lines below a headline in which its teaser stands."""
_HEADLINES = ("h2", "h3", "h4")
_ARTICLE = 50
"""A stretch with at least this many words is an article on any page."""


@lru_cache(maxsize=4)
def _refusal(library: lexicon.Library) -> re.Pattern[str]:
    """Patterns of a page without an article: an error, a test for robots, a consent wall."""
    found = library.union(lexicon.Furniture, lambda f: f.headers.refusals)
    return re.compile("|".join(found) or "(?!)", re.IGNORECASE)


def check(lines: Lines, kept: Mask, declared: bool = False) -> None:
    """Raise :class:`NotAnArticle` for index pages, error pages, consent walls and empty pages.

    Content that its carrier declared to be an article is accepted unless nothing is left of it. A page with
    the style of an article (a dateline, a verb of saying, a day with a verb) may be short, and no word makes
    it an error page: a fine over a cookie banner is news.
    """
    words = lines.table[:, AT["words"]]
    body = float(words[kept].sum())
    if not body:
        raise NotAnArticle("no running text")
    if declared:
        return
    where = np.flatnonzero(kept).tolist()
    chosen = [lines.texts[n] for n in where]
    speaking = body < _STUB and any(briefs.speaks(lines, n) for n in where)
    if body < _BRIEF and not speaking and not _bare(lines, where):
        raise NotAnArticle("no running text")
    refused = "\n".join((*lines.texts[:3], *chosen))[:4_000]
    if body < _STUB and not speaking and _refusal(lexicon.library()).search(refused):
        raise NotAnArticle("an error page or a consent notice")
    if 3 * sum(map(len, _LINK.findall("\n".join(chosen)[:20_000]))) > min(20_000, sum(map(len, chosen))):
        raise NotAnArticle(
            "a list of links, not of texts: dateline run reads pages by their addresses, dateline watch feeds"
        )
    if (teasers := _headed_by_links(lines, where)) is not None:
        raise NotAnArticle(f"an index page: {teasers} teasers under headlines that lead elsewhere")
    stretches = _stretches(words, kept | lines.sentences)
    if len(stretches) >= _TEASERS and len(lines) > 40:
        middling = stretches[len(stretches) // 2]
        if stretches[-1] < min(_ARTICLE, _STANDS_OUT * middling):
            raise NotAnArticle(f"an index page: {len(stretches)} teasers and none that stands out")


def _headed_by_links(lines: Lines, where: list[int]) -> int | None:
    """How many paragraphs stand under a headline that is a link, if almost all of them do; else ``None``."""
    words = lines.table[:, AT["words"]]
    heads = [n for n, tag in enumerate(lines.tags) if tag in _HEADLINES and lines.links[n] >= LINKED]
    if not heads:
        return None
    under = {n for head in heads for n in range(head + 1, min(len(lines), head + 1 + _TEASER_LINES))}
    teasers = [n for n in where if n in under and words[n] <= _ARTICLE]
    if len(teasers) < _HEADED or float(words[teasers].sum()) < _ALL * float(words[where].sum()):
        return None
    return len(teasers)


def _bare(lines: Lines, where: list[int]) -> bool:
    """Whether a text of a few words is a news flash: no furniture on the page, and the reader is not
    addressed."""
    return (
        len(lines) <= _FEW
        and bool((lines.table[where, AT["words"]] >= _LEAST).any())
        and not lines.table[:, list(FURNITURE)].any()
        and not lines.table[:, AT["header"]].any()
        and not any(briefs.addresses_reader(lines, n) for n in range(len(lines)))
    )


def _stretches(words: Column, running: Mask) -> list[float]:
    """The number of words of each uninterrupted stretch of running text, ascending."""
    found: list[float] = []
    inside = False
    for word, runs in zip(words.tolist(), running.tolist(), strict=True):
        if runs:
            found.append(word + (found.pop() if inside else 0.0))
        inside = runs
    return sorted(found)
