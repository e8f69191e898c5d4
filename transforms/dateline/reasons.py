"""Why a stamp is not the day of publication, in words that a reader of the record understands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from transforms.dateline.features import Seen

CLOCK_LINES = 12
"""A page clock stands this near to the top."""


def page_clock(seen: Seen) -> bool:
    """Whether a stamp is the site's clock: a weekday and a date, alone, above everything, and no word of publishing."""
    if (
        seen.get("published_cue")
        or seen.get("published_above")
        or seen.get("byline")
        or not seen.get("before_body")
    ):
        return False
    if served(seen):
        return True
    return bool(
        seen.get("weekday")
        and seen.get("line") < CLOCK_LINES
        and seen.get("rank") == 0
        and not seen.get("byline_below")
    )


def served(seen: Seen) -> bool:
    """Whether a stamp can only be of the serving: the weather beside it, or a weekday before and "last update" behind it."""
    if seen.get("published_cue") or seen.get("byline") or not seen.get("before_body"):
        return False
    return bool(
        seen.get("weather") or (seen.get("weekday") and seen.get("updated_after") and not seen.get("time"))
    )


REASONS: Final[tuple[tuple[str, Callable[[Seen], object]], ...]] = (
    ("a stamp glued to other words, made by an extractor or a copier", lambda s: glued(s)),
    ("page clock: the day on which the page was served", page_clock),
    ("the day on which a source was read", lambda s: s.get("access")),
    ("a post of a social network", lambda s: s.get("social")),
    ("copyright or legal line", lambda s: s.get("rights")),
    ("says when the page was updated", lambda s: s.get("updated_cue") and not s.get("published_cue")),
    ("photo caption or credit", lambda s: s.get("credit") or (s.get("caption") and s.get("words") > 6)),
    ("told in the running text", lambda s: s.get("in_body") and s.get("words") >= 14),
    ("comment", lambda s: s.get("comment") and s.get("after_body")),
    ("one of a list of dated links", lambda s: s.get("days_near") >= 3 or s.get("below_listing") < 12),
    ("below the article", lambda s: s.get("after_body")),
    ("told in the running text", lambda s: s.get("words") >= 14),
)
"""Reason and what makes it hold, the first that holds."""


def glued(seen: Seen) -> bool:
    """Whether digits or letters run into a numeric stamp (``world2026-03-04 10:00:00512``) or a machine's log line opens the page."""
    stamp = seen.stamp
    if seen.get("published_cue") or seen.get("updated_cue"):
        return False
    return (bool(seen.get("glued")) and stamp.form in ("iso", "numeric") and stamp.time is not None) or (
        stamp.form == "unix" and stamp.zone == "UTC"
    )


def reason(seen: Seen, score: float) -> str:
    """The reason why this stamp lost."""
    for words, holds in REASONS:
        if holds(seen):
            return words
    return f"another stamp is likelier; this one scores {score:.2f}"
