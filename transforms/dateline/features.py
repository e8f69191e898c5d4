"""The features of a stamp in its page: one row of numbers for each stamp, used by rules and model."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from dateline.transforms import lexicon
from dateline.transforms.dateline import cues
from dateline.transforms.dateline.layout import Layout
from dateline.transforms.dateline.stamps import Stamp
from dateline.transforms.model import Line

LONG_BYLINE = 25
SEEN_LIMIT = 200
"""Stamps that are scored, from the top of a page; the body of an article is never below so many."""
CUE_REACH = 45
"""Characters before a stamp in which its cue stands."""
AFTER_REACH = 24
"""Characters after a stamp in which it is said to be the last update."""
PUBLISHED_REACH = 44
"""Characters after a stamp in which it is said to be the publication: "19. Mai 2024 um 23:03 Uhr gepostet"."""
TIME_REACH = 12
"""Characters before a stamp in which the ``<time>`` element that holds it may begin ("Mittwoch, ")."""
NEAR = 5
LINE_REACH = 400
"""Characters of a line in which its cues are looked for."""
_FLAT = Line(start=0, end=0)
_LISTING_REACH = 30
_LABEL = 8
"""A line with fewer words may head a list of links."""
_FAR = 2_000.0
_TOP = 60
"""Lines from the top of a page among which a forecast stands."""
_PROSE = frozenset(("p", "blockquote", "figcaption"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
_SIDE = frozenset(("nav", "aside", "footer"))


class Row(NamedTuple):
    """What can be seen of one stamp, in the order that the trees were trained on; truth values are 0 and 1.

    Lines are counted from the stamp's own: ``to_body`` and ``past_body`` to the first and the last line
    of running text, ``to_headline`` to the headline. ``rank`` counts stamps from the top, ``short_rank``
    those of short lines. ``*_above`` and ``*_below`` are of the next lines.
    """

    line_share: float
    before_body: float
    in_body: float
    after_body: float
    to_body: float
    past_body: float
    words: float
    share: float
    published_cue: float
    updated_cue: float
    byline: float
    published_above: float
    updated_above: float
    byline_above: float
    byline_below: float
    time: float
    zone: float
    weekday: float
    weekday_fits: float
    rights: float
    below_listing: float
    rank: float
    short_rank: float
    same_day: float
    latest: float
    earliest: float
    to_latest: float
    to_earliest: float
    named: float
    iso: float
    numeric: float
    two_readings: float
    line: float
    near: float
    stamps: float
    in_line: float
    opens_line: float
    to_headline: float
    sentence: float
    bracket: float
    distinct: float
    long_above: float
    glued: float
    event_cue: float
    on_cue: float
    comment: float
    caption: float
    credit: float
    access: float
    social: float
    updated_after: float
    words_above: float
    words_below: float
    weather: float
    days_near: float
    body_words: float
    first_words: float
    tag_time: float
    tag_list: float
    tag_prose: float
    links: float
    landmark_article: float
    landmark_side: float
    published_after: float
    time_published: float
    mark: float
    in_heading: float


NAMES = Row._fields


@dataclass(frozen=True, slots=True)
class Seen:
    """A stamp, the index of its line, the folded words before and all around it, and its row."""

    stamp: Stamp
    line: int
    before: str
    around: str
    row: Row


def _clip(value: float, low: float, high: float) -> float:
    return low if value < low else high if value > high else value


class _Lines:
    """The lines of a page around its stamps, each folded and searched for a forecast once.

    ``where`` are the lines with a stamp, in order.
    """

    def __init__(self, text: str, layout: Layout, where: list[int]) -> None:
        self._text, self._layout, self._where = text, layout, where
        self._folded: dict[int, str] = {}
        self._weather: dict[int, bool] = {}
        self._known = cues.cues_of(lexicon.library())

    def __getitem__(self, index: int) -> str:
        if not 0 <= index < len(self._layout.starts):
            return "  "
        if index not in self._folded:
            self._folded[index] = cues.fold(self._head(index))
        return self._folded[index]

    def _head(self, index: int) -> str:
        start, end = self._layout.starts[index], self._layout.ends[index]
        return self._text[start : min(end, start + LINE_REACH)]

    def words(self, index: int) -> int:
        return self._layout.words[index] if 0 <= index < len(self._layout.starts) else 0

    def weather(self, index: int) -> bool:
        """Whether a line speaks of a forecast."""
        if index not in self._weather:
            self._weather[index] = self._known.weather.search(self[index]) is not None
        return self._weather[index]

    def beside(self, stamps: list[Stamp]) -> cues.Beside:
        """The cues that may stand in a line with a stamp, in one next to it, or right beside a stamp."""
        text = self._text
        near = sorted(
            {n for at in self._where for n in (at - 1, at, at + 1) if 0 <= n < len(self._layout.starts)}
        )
        pieces = [self._head(n) for n in near]
        pieces += [
            text[max(0, s.first - CUE_REACH) : s.last + PUBLISHED_REACH]
            for s, at in zip(stamps, self._where, strict=False)
            if s.last + PUBLISHED_REACH > self._layout.starts[at] + LINE_REACH
        ]
        return self._known.beside("\n".join(pieces))

    def listings(self) -> list[int]:
        """The short lines that head a list of links, among those above each line with a stamp."""
        words = self._layout.words
        short: list[int] = []
        asked = 0
        for at in self._where:
            short += [n for n in range(max(asked, at - _LISTING_REACH), at) if words[n] < _LABEL]
            asked = max(asked, at)
        likely = self._known.listing(list(map(self._head, short)))
        return [short[k] for k in likely if cues.has(self[short[k]], self._known.listing_cues)]


def see(text: str, layout: Layout, stamps: list[Stamp]) -> list[Seen]:
    """A row for each stamp, in order of place."""
    if not stamps:
        return []
    known = cues.cues_of(lexicon.library())
    days = [s.day for s in stamps]
    latest, earliest = max(days), min(days)
    times = Counter(days)
    where = [layout.line_of(s.start) for s in stamps[:SEEN_LIMIT]]
    total = max(1, len(layout.starts))
    first, last = layout.body
    body_words = sum(layout.words[i] for i in layout.long if first <= i <= last)
    lines = _Lines(text, layout, where)
    beside, listings = lines.beside(stamps), lines.listings()
    out: list[Seen] = []
    short_rank = 0
    for rank, (stamp, at) in enumerate(zip(stamps, where, strict=False)):
        start, end = layout.starts[at], layout.ends[at]
        mark = layout.marks[at] if layout.marks else _FLAT
        headed = bisect_left(listings, at)
        listing = listings[headed - 1] if headed else -_LISTING_REACH
        in_line = 0
        while rank - in_line > 0 and where[rank - in_line - 1] == at:
            in_line += 1
        after_last = stamps[rank - 1].last if in_line else start
        reach = max(start, after_last, stamp.first - CUE_REACH)
        before = cues.fold(text[reach : stamp.first]) if stamp.first > reach else "  "
        close = before[-16:]
        time = (
            next(
                (layout.times[i] for i in range(stamp.first - TIME_REACH, stamp.last) if i in layout.times),
                None,
            )
            if layout.times
            else None
        )
        # A line is folded where a cue may stand in it.
        whole, above = lines[at], lines[at - 1]
        below = lines[at + 1] if beside.byline else ""
        behind = text[stamp.last : min(end, stamp.last + PUBLISHED_REACH)]
        words = layout.words[at]
        nearby = [
            j
            for j in range(max(0, rank - 12), min(len(where), rank + 13))
            if j != rank and abs(where[j] - at) <= NEAR
        ]
        day = stamp.day
        fits = 0.0 if stamp.weekday is None else 1.0 if day.weekday() == stamp.weekday else -1.0
        # A stamp may end in the space before the next word, which is not glued to it then.
        next_char = "" if text[stamp.last - 1 : stamp.last].isspace() else text[stamp.last : stamp.last + 1]
        out.append(
            Seen(
                stamp,
                at,
                before,
                whole,
                Row(
                    line_share=at / total,
                    before_body=at < first,
                    in_body=first <= at <= last,
                    after_body=at > last,
                    to_body=_clip(first - at, -40, 40),
                    past_body=_clip(at - last, -40, 40),
                    words=min(words, 60),
                    share=(stamp.end - stamp.start) / max(1, end - start),
                    published_cue=cues.has(before, beside.published),
                    updated_cue=cues.has(before, beside.updated),
                    byline=words < LONG_BYLINE and cues.has(whole, beside.byline),
                    published_above=len(above) < 60 and cues.has(above, beside.published),
                    updated_above=len(above) < 60 and cues.has(above, beside.updated),
                    byline_above=len(above) < 80 and cues.has(above, beside.byline),
                    byline_below=len(below) < 80 and cues.has(below, beside.byline),
                    time=stamp.time is not None,
                    zone=stamp.zone is not None,
                    weekday=stamp.weekday is not None,
                    weekday_fits=fits,
                    rights=cues.has(whole, beside.rights),
                    below_listing=min(_LISTING_REACH, at - listing),
                    rank=min(rank, 20),
                    short_rank=min(short_rank, 20),
                    same_day=min(times[day], 9),
                    latest=day == latest,
                    earliest=day == earliest,
                    to_latest=min(_FAR, (latest - day).days),
                    to_earliest=min(_FAR, (day - earliest).days),
                    named=stamp.form in ("day-name", "name-day", "cjk"),
                    iso=stamp.form == "iso",
                    numeric=stamp.form.startswith("numeric"),
                    two_readings=len(stamp.days) > 1,
                    line=min(at, 300),
                    near=len(nearby),
                    stamps=min(len(stamps), 40),
                    in_line=in_line,
                    opens_line=stamp.first - start < 3,
                    to_headline=_clip(at - layout.headline, -40, 40) if layout.headline >= 0 else 50,
                    sentence=text[end - 1 : end] in (".", "!", "?"),
                    bracket=text[stamp.first - 1 : stamp.first] == "(",
                    distinct=min(len(times), 30),
                    long_above=bisect_left(layout.long, at),
                    glued=text[stamp.first - 1 : stamp.first].isalnum() or next_char.isalnum(),
                    event_cue=close.endswith(known.event),
                    on_cue=close.endswith(known.on),
                    comment=cues.has(whole, beside.comments) or cues.has(above, beside.comments),
                    caption=cues.has(whole, beside.caption),
                    credit=known.credit.match(text, stamp.last, min(end, stamp.last + 24)) is not None,
                    access=cues.has(whole, beside.access),
                    social="(@" in text[max(0, stamp.first - CUE_REACH) : stamp.first],
                    updated_after=bool(beside.updated)
                    and cues.has(cues.fold(behind[:AFTER_REACH]), beside.updated),
                    words_above=min(lines.words(at - 1), 40),
                    words_below=min(lines.words(at + 1), 40),
                    weather=at < _TOP and (lines.weather(at) or lines.weather(at - 1)),
                    days_near=len({stamps[j].day for j in nearby}),
                    body_words=min(body_words, 1_000),
                    first_words=min(layout.words[first] if first < total else 0, 60),
                    tag_time=time is not None,
                    tag_list=mark.tag in ("li", "td", "dd"),
                    tag_prose=mark.tag in _PROSE,
                    links=mark.link_share,
                    landmark_article=mark.zone in ("article", "main"),
                    landmark_side=mark.zone in _SIDE,
                    published_after=bool(beside.published) and cues.has(cues.fold(behind), beside.published),
                    time_published=time == "published",
                    mark=bool(mark.mark),
                    in_heading=mark.tag in _HEADINGS,
                ),
            )
        )
        short_rank += words < 14
    return out
