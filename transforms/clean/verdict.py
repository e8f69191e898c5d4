"""Whether a page is an article at all. Raises :class:`NotAnArticle` with the reason."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np

from transforms import lexicon
from transforms.clean.lines import AT, Lines
from transforms.clean.rules import Column, Mask, sentences
from transforms.errors import NotAnArticle

_LINK = re.compile(r"https?://\S+")
_BRIEF = 8
"""Words of body below which there is nothing to read."""
_STUB = 150
"""Words of body below which a refusal or a consent notice is what the page is about."""
_TEASERS = 8
"""Stretches of running text apart from each other from which a page may be an index."""
_STANDS_OUT = 2.5
"""How many times the words of a middling teaser an article has, short as it may be."""
_ARTICLE = 50
"""Words of one stretch that are an article on any page."""


@lru_cache(maxsize=4)
def _refusal(library: lexicon.Library) -> re.Pattern[str]:
    """What a page says that gives no article: an error, a test for robots, a consent wall."""
    found = library.union(lexicon.Furniture, lambda f: f.headers.refusals)
    return re.compile("|".join(found) or "(?!)", re.IGNORECASE)


def check(lines: Lines, kept: Mask) -> None:
    """Raise :class:`NotAnArticle` for index pages, error pages, consent walls and empty ones."""
    words = lines.table[:, AT["words"]]
    body = float(words[kept].sum())
    if body < _BRIEF:
        raise NotAnArticle("no running text")
    chosen = [lines.texts[n] for n in np.flatnonzero(kept)]
    if body < _STUB and _refusal(lexicon.library()).search("\n".join((*lines.texts[:3], *chosen))[:4_000]):
        raise NotAnArticle("an error page or a consent notice")
    if 3 * sum(map(len, _LINK.findall("\n".join(chosen)[:20_000]))) > min(20_000, sum(map(len, chosen))):
        raise NotAnArticle("a list of links")
    stretches = _stretches(words, kept | sentences(lines.table))
    if len(stretches) >= _TEASERS and len(lines) > 40:
        middling = stretches[len(stretches) // 2]
        if stretches[-1] < min(_ARTICLE, _STANDS_OUT * middling):
            raise NotAnArticle(f"an index page: {len(stretches)} teasers and none that stands out")


def _stretches(words: Column, running: Mask) -> list[float]:
    """Words of each stretch of running text with nothing between, in rising order."""
    found: list[float] = []
    inside = False
    for word, runs in zip(words.tolist(), running.tolist(), strict=True):
        if runs:
            found.append(word + (found.pop() if inside else 0.0))
        inside = runs
    return sorted(found)
