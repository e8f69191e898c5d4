"""The anchor of each section: a post's own stamp, or its clock with the page's day."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from dateline.transforms import lexicon
from dateline.transforms.dateline.clock import halves
from dateline.transforms.dateline.stamps import find
from dateline.transforms.dateline.zones import zone_of
from dateline.transforms.model import Anchor, Article, Block, Span

SECTION_LIMIT = 2_000
_DAY = datetime.timedelta(days=1)
_MINUTES = 24 * 60
CLOCK_REACH = 60
"""Characters of a post's line in which its clock stands."""


@lru_cache(maxsize=4)
def _pattern(library: lexicon.Library) -> re.Pattern[str]:
    """A clock, the half of its day, and its zone."""
    hours = "|".join(library.union(lexicon.Furniture, lambda f: f.stamps.hours)) or "(?!)"
    return re.compile(
        r"(?<![\d:.])(?P<h>[01]?\d|2[0-3])(?:(?:[:.h]|(?<=\d\d)(?=\d\d\s?\(?[A-Z]))(?P<m>[0-5]\d)(?::[0-5]\d)?)?"
        rf"\s?(?P<half>{halves(library).pattern})?(?![\d:])(?:\s?(?:{hours}))?"
        r"(?P<zone>\s?\(?(?:(?:GMT|UTC)[+-]\d{1,2}(?::?\d\d)?|[A-Z]{2,5})\b)?",
        re.IGNORECASE,
    )


def _clock(words: str) -> tuple[str, str | None] | None:
    library = lexicon.library()
    for m in _pattern(library).finditer(words[:CLOCK_REACH]):
        if m["m"] or m["half"]:
            time = halves(library).time(m["h"], m["m"], m["half"])
            return time, zone_of(m["zone"].strip(" (")) if m["zone"] else None
    return None


def _direction(clocks: Sequence[str]) -> int:
    """-1 where the newest post comes first, +1 where the oldest does: the order that spans less time."""
    minutes = [int(c[:2]) * 60 + int(c[3:]) for c in clocks]
    forward = sum((after - before) % _MINUTES for before, after in pairwise(minutes))
    backward = sum((before - after) % _MINUTES for before, after in pairwise(minutes))
    return 1 if forward < backward else -1


def sections(
    article: Article, page: Anchor, newest: str | None, not_after: datetime.date | None = None
) -> tuple[Anchor, ...]:
    """One anchor for each section of the article, kind ``none`` where the section says nothing of its own.

    ``newest`` is the day of the last update where the page tells one: the newest post is of that
    day, and each time the clocks run over midnight the day changes. A post after ``not_after`` was
    misread and says nothing.
    """
    count = min(SECTION_LIMIT, 1 + max((b.section for b in article.blocks), default=0))
    openers: dict[int, Block] = {}
    for block in article.blocks:
        if block.kind == "post" and block.section < count:
            openers.setdefault(block.section, block)
    if not openers:
        return ()
    anchors: list[Anchor] = [Anchor(kind="none")] * count
    timed: list[tuple[int, Block, str, str | None]] = []
    for section, block in sorted(openers.items()):
        words = article.text[block.start : block.end]
        if stamps := find(words):
            if not_after is not None and stamps[0].day > not_after:
                continue
            anchors[section] = _stamped(
                block, words, stamps[0].day, stamps[0].time, stamps[0].zone or page.zone
            )
        elif page.day and (clock := _clock(words)):
            timed.append((section, block, *clock))
    if not timed or page.day is None:
        return tuple(anchors)
    clocks = [time for _, _, time, _ in timed]
    direction = _direction(clocks)
    base = datetime.date.fromisoformat(page.day if direction > 0 or newest is None else max(newest, page.day))
    day, previous = base, clocks[0]
    for section, block, time, zone in timed:
        if direction < 0 and time > previous and day > datetime.date.min:
            day -= _DAY
        elif direction > 0 and time < previous and day < datetime.date.max:
            day += _DAY
        previous = time
        if not_after is not None and day > not_after:
            continue
        words = article.text[block.start : block.end]
        anchors[section] = _stamped(block, words, day, time, zone or page.zone, rule="section.clock")
    return tuple(anchors)


def _stamped(
    block: Block,
    words: str,
    day: datetime.date,
    time: str | None,
    zone: str | None,
    rule: str = "section.stamp",
) -> Anchor:
    exact = words.rstrip()
    return Anchor(
        kind="section",
        value=f"{day.isoformat()}T{time}" if time else day.isoformat(),
        zone=zone,
        span=Span(start=block.page_start, end=block.page_start + len(exact), exact=exact),
        text=exact,
        rule=rule,
        certainty="stated" if rule == "section.stamp" else "implied",
    )
