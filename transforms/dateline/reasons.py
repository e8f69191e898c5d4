"""Why a stamp is not the day of publication, in words that a reader of the record understands."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from dateline.transforms import lexicon
from dateline.transforms.dateline.features import Seen

LONG_LINE = 40
"""Words of a line amid which a day is told of, unless a word of publishing stands before it."""
CLOCK_LINES = 12
"""A page clock stands this near to the top."""


def page_clock(seen: Seen) -> bool:
    """Whether a stamp is the site's clock: a weekday and a date, alone, above everything, and no word of publishing."""
    if seen.row.published_cue or seen.row.published_above or seen.row.byline or not seen.row.before_body:
        return False
    if served(seen):
        return True
    return bool(
        seen.row.weekday and seen.row.line < CLOCK_LINES and seen.row.rank == 0 and not seen.row.byline_below
    )


def served(seen: Seen) -> bool:
    """Whether a stamp can only be of the serving: the weather beside it, or a weekday before and "last update" behind it."""
    if seen.row.published_cue or seen.row.byline or not seen.row.before_body:
        return False
    return bool(seen.row.weather or (seen.row.weekday and seen.row.updated_after and not seen.row.time))


REASONS: Final[tuple[tuple[str, Callable[[Seen], object]], ...]] = (
    ("a stamp glued to other words, made by an extractor or a copier", lambda s: glued(s)),
    ("a change in a repository of code", lambda s: committed(s)),
    ("page clock: the day on which the page was served", page_clock),
    ("the day on which a source was read", lambda s: s.row.access),
    ("a post of a social network", lambda s: s.row.social),
    ("copyright or legal line", lambda s: s.row.rights),
    ("says when the page was updated", lambda s: s.row.updated_cue and not s.row.published_cue),
    ("photo caption or credit", lambda s: s.row.credit or (s.row.caption and s.row.words > 6)),
    ("told in the running text", lambda s: s.row.in_body and s.row.words >= 14),
    ("comment", lambda s: s.row.comment and s.row.after_body),
    ("one of a list of dated links", lambda s: s.row.days_near >= 3 or s.row.below_listing < 12),
    ("in navigation, an aside or a footer", lambda s: elsewhere(s)),
    ("below the article", lambda s: s.row.after_body),
    ("told in the running text", lambda s: s.row.words >= 14),
)
"""Reason and what makes it hold, the first that holds."""


def amid(seen: Seen) -> bool:
    """Whether a stamp stands amid a long line, and no word before it speaks of publishing."""
    return bool(seen.row.words >= LONG_LINE and not seen.row.published_cue and not seen.row.opens_line)


def elsewhere(seen: Seen) -> bool:
    """Whether a stamp stands below the text in navigation, an aside or a footer, and says not that the page was published."""
    row = seen.row
    return bool(row.landmark_side and not row.before_body and not (row.published_cue or row.updated_cue))


def commented(seen: Seen) -> bool:
    """Whether a stamp stands below the text among the readers' comments: when somebody answered."""
    return bool(seen.row.comment and seen.row.after_body and not seen.row.published_cue)


def committed(seen: Seen) -> bool:
    """Whether a stamp is of a change in a repository of code: ``3735276 on Jul 7, 2020``."""
    return _change(lexicon.library()).search(seen.before) is not None


@lru_cache(maxsize=4)
def _change(library: lexicon.Library) -> re.Pattern[str]:
    """The number of a change in a repository of code, right before its day."""
    words = "|".join(map(re.escape, library.union(lexicon.Furniture, lambda f: f.stamps.commits))) or "(?!)"
    return re.compile(rf"\b(?=[a-f]{{0,39}}\d)[0-9a-f]{{7,40}} {{1,2}}(?:(?:{words}) {{1,2}})?\Z")


def glued(seen: Seen) -> bool:
    """Whether digits or letters run into a numeric stamp (``world2026-03-04 10:00:00512``) or a machine's log line opens the page."""
    stamp = seen.stamp
    if seen.row.published_cue or seen.row.updated_cue:
        return False
    return (bool(seen.row.glued) and stamp.form in ("iso", "numeric") and stamp.time is not None) or (
        stamp.form == "unix" and stamp.zone == "UTC"
    )


def reason(seen: Seen, score: float) -> str:
    """The reason why this stamp lost."""
    for words, holds in REASONS:
        if holds(seen):
            return words
    return f"another stamp is likelier; this one scores {score:.2f}"
