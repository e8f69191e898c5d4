"""The day of publication and of the last change: every field and every printed stamp is weighed, and one wins.

The others keep their reason (:mod:`dateline.transforms.dateline.losers`).
"""

from __future__ import annotations

import datetime
import re
from functools import lru_cache
from typing import NamedTuple

from dateline.transforms import lexicon
from dateline.transforms.dateline import evidence, reasons, scorer, stamps
from dateline.transforms.dateline.evidence import StatedDate
from dateline.transforms.dateline.features import Seen, see
from dateline.transforms.dateline.layout import layout
from dateline.transforms.dateline.losers import LOSERS, stamp_losers, stated_losers
from dateline.transforms.dateline.zones import in_zone, of_host
from dateline.transforms.model import Anchor, Candidate, Page, span_of

LABEL = 14
"""A line with fewer words is a label, not a sentence."""
LABEL_SHARE = 0.35
"""Least share of a label that is its date: "Stand - 12.11.2021"."""
CERTAIN = {"url": 0.9, "meta": 0.5, "time": 0.5}
"""How likely a printed stamp must be to be believed against a weak field: such a ``meta`` was right
on .82 of the development pages (often it is the day of the last change), a path on .97."""
ALONE = 0.9
"""The same where all ``<time>`` elements of a page that name a publication name one day: right on 122 of 126 pages."""
LIKELY = 0.5
"""Least probability of a printed stamp that chooses between fields that contradict each other."""
MOVED = datetime.timedelta(days=30)
"""An address that is older than a field by this much was made when the page was new; the field came with a move."""


_LINE_WORD = re.compile(r"\n[^\w\n]{0,5}(?:\d{1,5} )?([^\W\d]+)")
"""The first word of a line, behind a number as in "12 comments"."""


class Choice(NamedTuple):
    """The day of publication as it was chosen, and the candidates that lost."""

    anchor: Anchor
    losers: tuple[Candidate, ...]
    modified: str | None
    not_after: datetime.date | None


def choose(
    page: Page,
    found: list[stamps.Stamp],
    place_zone: str | None,
    rules: bool,
    language: str | None,
    end: int,
) -> Choice:
    """The day of publication of a page from what it tells and prints; ``place_zone`` is that of its dateline,
    ``end`` where the article ends in the page's text."""
    stated = evidence.stated_dates(page, language, found)
    offset = next((t.zone for t in stated if t.instant is not None and not t.universal), None)
    zone = page.metadata.get("zone") or offset or place_zone
    seen = see(page.text, layout(page, [s.start for s in found]), found) if found else []
    scores, least = scorer.probabilities(seen, rules=rules)
    fetched = [evidence.latest_day(t, zone) for t in stated if t.role == "fetched"]
    bound = min(fetched) if fetched else None
    closed = _comments(page.text, end)
    printed = [
        (score, s)
        for s, score in zip(seen, scores, strict=True)
        if not (
            reasons.glued(s)
            or reasons.served(s)
            or reasons.committed(s)
            or reasons.amid(s)
            or reasons.elsewhere(s)
            or reasons.commented(s)
            or s.stamp.start > closed
        )
        and (bound is None or s.stamp.day <= bound)
    ]
    best = max(printed, key=lambda p: p[0], default=None)
    if best is not None and best[0] <= least:
        best = None
    field = _field(stated, best, bound, zone)
    if field is not None:
        shown = {s.stamp.day for s in seen if s.row.before_body and not reasons.served(s)}
        country = () if field.day in shown else of_host(page.url or page.metadata.get("canonical"))
        published = _from_field(field, best, zone, country)
    elif best is not None:
        published = _from_stamp(page, best[1], best[0], page.metadata.get("zone"))
    else:
        published = Anchor(kind="none")
    modified = _modified(stated, seen, zone, bound)
    if published.kind == "none":
        published = (
            _last_change(stated, zone, bound)
            or _only_time(stated, zone, bound)
            or _printed_change(page, seen, bound)
            or published
        )
    chosen = best[1] if best else None
    losers = stated_losers(stated, published, field) + stamp_losers(
        page, seen, scores, chosen if field is None else None, published
    )
    clocks = [s.stamp.day for s in seen if s is not chosen and reasons.page_clock(s)]
    clocks = [day for day in clocks if published.day is None or day.isoformat() >= published.day]
    limits = [day for day in (bound, min(clocks, default=None)) if day is not None]
    return Choice(published, losers[:LOSERS], modified, min(limits, default=None))


def _comments(text: str, end: int) -> int:
    """Where the readers' comments begin: at a line below the article that is their header; else the end of the text."""
    header, opening = _comment_headers(lexicon.library())
    if not end and header.match(text) is not None:
        return 0
    # The word that opens a line is looked up: the pattern takes ten times as long for each of a hundred lines.
    for line in _LINE_WORD.finditer(text, max(0, end - 1)):
        if line[1].lower() in opening and header.match(text, line.start() + 1) is not None:
            return line.start() + 1
    return len(text)


@lru_cache(maxsize=4)
def _comment_headers(library: lexicon.Library) -> tuple[re.Pattern[str], frozenset[str]]:
    """The pattern of a line that heads the comments, and the words that may open it."""
    headers = library.union(lexicon.Furniture, lambda f: f.headers.comments)
    words = "|".join(map(re.escape, headers))
    pattern = re.compile(
        rf"[^\w\n]{{0,5}}(?:\d{{1,5}} )?(?:{words or '(?!)'})[^\w\n]{{0,5}}(?:\d{{1,5}}[^\w\n]{{0,5}})?$",
        re.IGNORECASE | re.MULTILINE,
    )
    return pattern, frozenset(word[0] for header in headers if (word := re.search(r"[^\W\d]+", header)))


def _field(
    stated: list[StatedDate], best: tuple[float, Seen] | None, bound: datetime.date | None, zone: str | None
) -> StatedDate | None:
    """The field that names the publication, unless a surer printed stamp speaks against it."""
    fields = [
        t
        for t in stated
        if t.role == "published" and (bound is None or evidence.latest_day(t, zone) <= bound)
    ]
    if not fields:
        return None
    first = fields[0]
    if first.source == "carrier":
        return first
    path = next((t for t in fields if t.source == "url"), None)
    if path is not None and first.day - path.day > MOVED:
        return path
    if best is None:
        return first
    score, day = best[0], best[1].stamp.day
    if day != first.day and score >= LIKELY:
        agreed = next((t for t in fields if t.day == day and t.source not in ("time", "url")), None)
        if agreed is not None:
            return agreed
    certain = CERTAIN.get(first.source, 2.0)
    if first.source == "time" and len({t.day for t in fields if t.source == "time"}) == 1:
        certain = ALONE
    return None if day != first.day and score >= certain else first


def _from_field(
    field: StatedDate, best: tuple[float, Seen] | None, zone: str | None, country: tuple[str, ...]
) -> Anchor:
    printed = [best[1].stamp.day] if best is not None else []
    where = evidence.local(field, zone, printed, country)
    stands: str | None = field.zone
    if isinstance(where, datetime.datetime):
        value = where.isoformat(timespec="minutes")
        stands = field.zone if where.tzinfo is datetime.UTC else zone or country[0]
    elif field.time and where == field.day:
        value = f"{where.isoformat()}T{field.time}"
        if field.instant is not None:
            value = field.instant.isoformat(timespec="minutes")
    else:
        value, stands = where.isoformat(), zone
    return Anchor(
        kind="published",
        value=value,
        zone=stands,
        span=field.span,
        text=field.value,
        rule=f"published.{field.source}",
    )


def _from_stamp(page: Page, seen: Seen, score: float, told_zone: str | None) -> Anchor:
    stamp = seen.stamp
    changed = (
        bool(seen.row.updated_cue or (seen.row.updated_above and not seen.row.published_cue))
        and not seen.row.published_cue
    )
    cue = bool(seen.row.published_cue or seen.row.published_above)
    zone = stamp.zone or told_zone
    value = stamp.day.isoformat()
    if stamp.time:
        value = _instant(stamp.day, stamp.time, zone)
    return Anchor(
        kind="modified" if changed else "published",
        value=value,
        zone=zone,
        span=span_of(page.text, stamp.first, stamp.last),
        text=page.text[stamp.first : stamp.last].strip(),
        rule=f"{'modified' if changed else 'published'}.{'cue' if cue or changed else 'stamp'}",
        certainty="assumed" if changed else "stated" if cue else "implied",
    )


def _instant(day: datetime.date, time: str, zone: str | None) -> str:
    """The stamp's moment, with its offset where the zone is known: the day is never moved."""
    bare = f"{day.isoformat()}T{time}"
    if zone is None:
        return bare
    here = datetime.datetime.fromisoformat(bare + "+00:00")
    rules = in_zone(here, zone).tzinfo
    try:
        return here.replace(tzinfo=rules).isoformat(timespec="minutes") if rules else bare
    except (OverflowError, ValueError):
        return bare


def _last_change(stated: list[StatedDate], zone: str | None, bound: datetime.date | None) -> Anchor | None:
    for one in stated:
        if one.role == "modified" and (bound is None or evidence.latest_day(one, zone) <= bound):
            where = evidence.local(one, zone)
            day = where.date() if isinstance(where, datetime.datetime) else where
            return Anchor(
                kind="modified", value=day.isoformat(), zone=one.zone, span=one.span, text=one.value,
                rule=f"modified.{one.source}", certainty="assumed",
            )  # fmt: skip
    return None


def _only_time(stated: list[StatedDate], zone: str | None, bound: datetime.date | None) -> Anchor | None:
    """The moment of the ``<time>`` elements of a page that states nothing else, where all are of one day."""
    moments = [t for t in stated if t.source == "time" and t.role == "unknown" and t.time]
    if len({t.day for t in moments}) != 1 or len(moments) != sum(t.source == "time" for t in stated):
        return None
    first = moments[0]
    if bound is not None and evidence.latest_day(first, zone) > bound:
        return None
    return _from_field(first, None, zone, ()).model_copy(update={"certainty": "implied"})


def _printed_change(page: Page, seen: list[Seen], bound: datetime.date | None) -> Anchor | None:
    """The last change that a page prints above its text, if it states no other day."""
    changes = [
        s
        for s in seen
        if s.row.updated_cue
        and s.row.before_body
        and s.row.words < LABEL
        and s.row.share > LABEL_SHARE
        and s.row.days_near < 3
        and not (s.row.comment or s.row.rights or reasons.served(s) or reasons.glued(s))
        and (bound is None or s.stamp.day <= bound)
    ]
    if not changes:
        return None
    last = max(changes, key=lambda s: s.stamp.day).stamp
    return Anchor(
        kind="modified",
        value=last.day.isoformat(),
        zone=last.zone,
        span=span_of(page.text, last.first, last.last),
        text=page.text[last.first : last.last].strip(),
        rule="modified.cue",
        certainty="assumed",
    )


def _modified(
    stated: list[StatedDate], seen: list[Seen], zone: str | None, bound: datetime.date | None
) -> str | None:
    """The day of the last change: the markup's, else the last that the page prints with such a cue above its body's end."""
    if (changed := _last_change(stated, zone, bound)) is not None:
        return changed.day
    days = [
        s.stamp.day
        for s in seen
        if s.row.updated_cue
        and not s.row.after_body
        and not s.row.published_cue
        and (bound is None or s.stamp.day <= bound)
    ]
    return max(days).isoformat() if days else None
