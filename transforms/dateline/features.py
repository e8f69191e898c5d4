"""What can be seen of a stamp in its page: one row of numbers a stamp, the same for rules and model."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from transforms import lexicon
from transforms.dateline import cues
from transforms.dateline.layout import Layout
from transforms.dateline.stamps import Stamp
from transforms.model import Line

NAMES = (
    "line_share", "before_body", "in_body", "after_body", "to_body", "past_body", "words", "share",
    "published_cue", "updated_cue", "byline", "published_above", "updated_above", "byline_above", "byline_below",
    "time", "zone", "weekday", "weekday_fits", "rights", "below_listing", "rank", "short_rank", "same_day", "latest",
    "earliest", "to_latest", "to_earliest", "named", "iso", "numeric", "two_readings", "line", "near", "stamps", "in_line",
    "opens_line", "to_headline", "sentence", "bracket", "distinct", "long_above", "glued", "event_cue", "on_cue", "comment",
    "caption", "credit", "access", "social", "updated_after", "words_above", "words_below", "weather", "days_near", "body_words", "first_words",
    "tag_time", "tag_list", "tag_prose", "links", "landmark_article", "landmark_side",
)  # fmt: skip
INDEX = {name: index for index, name in enumerate(NAMES)}
LONG_BYLINE = 25
SEEN_LIMIT = 200
"""Stamps judged of one page, from its top; the body of an article is never below so many."""
CUE_REACH = 45
"""Characters before a stamp in which its cue stands."""
AFTER_REACH = 24
"""Characters after a stamp in which it is said to be the last update."""
NEAR = 5
LINE_REACH = 400
"""Characters of a line in which its cues are looked for."""
_FLAT = Line(start=0, end=0)
_LISTING_REACH = 30
_FAR = 2_000.0
_PROSE = frozenset(("p", "blockquote", "figcaption"))
_SIDE = frozenset(("nav", "aside", "footer"))


@dataclass(frozen=True, slots=True)
class Seen:
    """A stamp, the index of its line, the folded words before and all around it, and its row."""

    stamp: Stamp
    line: int
    before: str
    around: str
    row: tuple[float, ...]

    def get(self, name: str) -> float:
        """The feature of that name."""
        return self.row[INDEX[name]]


def _clip(value: float, low: float, high: float) -> float:
    return low if value < low else high if value > high else value


class _Lines:
    """The folded lines of a page, each folded once, and only those that are asked for."""

    def __init__(self, text: str, layout: Layout) -> None:
        self._text, self._layout = text, layout
        self._folded: dict[int, str] = {}

    def __getitem__(self, index: int) -> str:
        if not 0 <= index < len(self._layout.starts):
            return "  "
        if index not in self._folded:
            start, end = self._layout.starts[index], self._layout.ends[index]
            self._folded[index] = cues.fold(self._text[start : min(end, start + LINE_REACH)])
        return self._folded[index]

    def words(self, index: int) -> int:
        return self._layout.words[index] if 0 <= index < len(self._layout.starts) else 0


def see(text: str, layout: Layout, stamps: list[Stamp]) -> list[Seen]:
    """A row for each stamp, in order of place."""
    if not stamps:
        return []
    known = cues.cues_of(lexicon.library())
    lines = _Lines(text, layout)
    days = [s.day for s in stamps]
    latest, earliest = max(days), min(days)
    times = Counter(days)
    where = [layout.line_of(s.start) for s in stamps[:SEEN_LIMIT]]
    total = max(1, len(layout.starts))
    first, last = layout.body
    body_words = sum(layout.words[i] for i in range(first, min(last + 1, total)) if layout.long[i])
    listing = -_LISTING_REACH
    asked = 0
    out: list[Seen] = []
    short_rank = 0
    for rank, (stamp, at) in enumerate(zip(stamps, where, strict=False)):
        start, end = layout.starts[at], layout.ends[at]
        mark = layout.marks[at] if layout.marks else _FLAT
        for index in range(max(asked, at - _LISTING_REACH), at):
            if layout.words[index] < 8 and cues.has(lines[index], known.listing):
                listing = index
        asked = max(asked, at)
        in_line = 0
        while rank - in_line > 0 and where[rank - in_line - 1] == at:
            in_line += 1
        after_last = stamps[rank - 1].last if in_line else start
        reach = max(start, after_last, stamp.first - CUE_REACH)
        before = cues.fold(text[reach : stamp.first]) if stamp.first > reach else "  "
        close = before[-16:]
        whole, above, below = lines[at], lines[at - 1], lines[at + 1]
        words = layout.words[at]
        nearby = [
            j
            for j in range(max(0, rank - 12), min(len(where), rank + 13))
            if j != rank and abs(where[j] - at) <= NEAR
        ]
        day = stamp.day
        fits = 0.0 if stamp.weekday is None else 1.0 if day.weekday() == stamp.weekday else -1.0
        next_char = text[stamp.last : stamp.last + 1]
        out.append(
            Seen(
                stamp,
                at,
                before,
                whole,
                (
                    at / total,
                    at < first,
                    first <= at <= last,
                    at > last,
                    _clip(first - at, -40, 40),
                    _clip(at - last, -40, 40),
                    min(words, 60),
                    (stamp.end - stamp.start) / max(1, end - start),
                    cues.has(before, known.published),
                    cues.has(before, known.updated),
                    words < LONG_BYLINE and cues.has(whole, known.byline),
                    len(above) < 60 and cues.has(above, known.published),
                    len(above) < 60 and cues.has(above, known.updated),
                    len(above) < 80 and cues.has(above, known.byline),
                    len(below) < 80 and cues.has(below, known.byline),
                    stamp.time is not None,
                    stamp.zone is not None,
                    stamp.weekday is not None,
                    fits,
                    cues.has(whole, known.rights),
                    min(_LISTING_REACH, at - listing),
                    min(rank, 20),
                    min(short_rank, 20),
                    min(times[day], 9),
                    day == latest,
                    day == earliest,
                    min(_FAR, (latest - day).days),
                    min(_FAR, (day - earliest).days),
                    stamp.form in ("day-name", "name-day", "cjk"),
                    stamp.form == "iso",
                    stamp.form.startswith("numeric"),
                    len(stamp.days) > 1,
                    min(at, 300),
                    len(nearby),
                    min(len(stamps), 40),
                    in_line,
                    stamp.first - start < 3,
                    _clip(at - layout.headline, -40, 40) if layout.headline >= 0 else 50,
                    text[end - 1 : end] in (".", "!", "?"),
                    text[stamp.first - 1 : stamp.first] == "(",
                    min(len(times), 30),
                    sum(layout.long[:at]),
                    text[stamp.first - 1 : stamp.first].isalnum() or next_char.isalnum(),
                    cues.has(close, known.event) and close.endswith(known.event),
                    close.endswith(known.on),
                    cues.has(whole, known.comments) or cues.has(above, known.comments),
                    cues.has(whole, known.caption),
                    known.credit.match(text, stamp.last, min(end, stamp.last + 24)) is not None,
                    cues.has(whole, known.access),
                    "(@" in text[max(0, stamp.first - CUE_REACH) : stamp.first],
                    cues.has(cues.fold(text[stamp.last : min(end, stamp.last + AFTER_REACH)]), known.updated),
                    min(lines.words(at - 1), 40),
                    min(lines.words(at + 1), 40),
                    bool(cues.WEATHER.search(whole) or cues.WEATHER.search(above)) if at < 60 else False,
                    len({stamps[j].day for j in nearby}),
                    min(body_words, 1_000),
                    min(layout.words[first] if first < total else 0, 60),
                    mark.tag == "time",
                    mark.tag in ("li", "td", "dd"),
                    mark.tag in _PROSE,
                    mark.link_share,
                    mark.zone in ("article", "main"),
                    mark.zone in _SIDE,
                ),
            )
        )
        short_rank += words < 14
    return out
