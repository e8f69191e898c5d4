"""The room: windows around time words, the longest rule at each place, then composition."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

from transforms import deadline
from transforms import language as language_room
from transforms.model import (
    Anchor,
    Anchors,
    Article,
    Block,
    Bounds,
    Parse,
    TimeExpression,
)
from transforms.timex import clocks, extras, feasts, leaning, parts, points, sets, spans, weekdays
from transforms.timex.calendar import Day
from transforms.timex.compose import compose
from transforms.timex.grammar import Compiled, Match
from transforms.timex.guards import allowed
from transforms.timex.lexicon import OTHER, Lexicon, lexicon
from transforms.timex.narrative import is_narrative
from transforms.timex.scene import Reading, Scene, Unanchored
from transforms.timex.timex3 import record
from transforms.timex.tokens import Token, folded, windows

PRODUCTIONS: dict[str, Callable[[Match, Scene], Reading | None]] = {
    "date": points.date,
    "numeric": points.numeric,
    "slashed": points.slashed,
    "dotted": points.dotted,
    "numeric_month": points.numeric_month,
    "day_range": points.day_range,
    "month": points.month,
    "weekday": weekdays.weekday,
    "nth": weekdays.nth,
    "weekday_and_day": weekdays.weekday_and_day,
    "relday": weekdays.relday,
    "holiday": feasts.holiday,
    "holiday_weekend": feasts.weekend,
    "year": points.year,
    "seasons": feasts.seasons,
    "quarter": parts.quarter,
    "that_quarter": parts.that_quarter,
    "half": parts.half,
    "decade": parts.decade,
    "century": parts.century,
    "centuries": parts.centuries,
    "fiscal_year": parts.fiscal_year,
    "year_end": parts.year_end,
    "unit_step": spans.unit_step,
    "that_unit": leaning.that_unit,
    "anchored_span": spans.anchored_span,
    "edge_span": spans.edge_span,
    "ago": spans.ago,
    "year_ago": spans.year_ago,
    "duration": spans.duration,
    "every": sets.every,
    "reference": sets.reference,
    "fixed": sets.fixed,
    "part_of_that_day": leaning.part_of_that_day,
    "clock": clocks.clock,
    "daytime": clocks.daytime,
    "part": clocks.part,
    "week_of": extras.week_of,
    "year_range": extras.year_range,
    "ahead": extras.ahead,
    "nothing": extras.nothing,
    "nth_week": extras.nth_week,
    "unit_edge": extras.unit_edge,
    "clock_range": clocks.clock_range,
    "duration_bare": extras.duration_bare,
    "bare_year": extras.bare_year,
}
LONGEST = 16
"""Tokens of the longest match that is tried."""


def annotate(article: Article, anchors: Anchors, parse: Parse) -> tuple[TimeExpression, ...]:
    """Every time expression of an article, in order of place.

    Each section is read from its own anchor. Without an anchor an expression that is
    counted from a day keeps its span and rule and has no day.
    """
    words = lexicon(article.language)
    low = folded(article.text)
    found: list[TimeExpression] = []
    scene: Scene | None = None
    section = -1
    narrative = is_narrative(article.text, anchors.page.day)
    sentences = tuple(s.start for s in parse.sentences)
    for block in article.blocks:
        anchor = anchors.of(block.section)
        if scene is None or block.section != section:
            section = block.section
            scene = _scene(article.text, low, words, anchor, narrative, sentences)
        found.extend(_read(scene, block.start, block.end, anchor, section, anchors.bounds))
    return tuple(found)


def annotate_text(text: str, day: str | None, language: str = "en") -> tuple[TimeExpression, ...]:
    """The time expressions of a bare text, counted from a day (``YYYY-MM-DD`` or an instant)."""
    block = Block(kind="paragraph", start=0, end=len(text), page_start=0)
    article = Article(article_id="", revision="", origin="", language=language, text=text, blocks=(block,))
    anchor = Anchor(kind="published" if day else "none", value=day, rule="given" if day else "none")
    return annotate(article, Anchors(page=anchor), language_room.parse(article))


def _scene(
    text: str, low: str, words: Lexicon, anchor: Anchor, narrative: bool, sentences: tuple[int, ...]
) -> Scene:
    day = Day.fromisoformat(anchor.day) if anchor.day and anchor.kind != "none" else None
    instant = None
    if day and anchor.value and "T" in anchor.value:
        instant = datetime.datetime.fromisoformat(anchor.value[:16])
    return Scene(text, low, words, day, instant, narrative=narrative, sentences=sentences)


def _read(
    scene: Scene, start: int, end: int, anchor: Anchor, section: int, bounds: Bounds
) -> list[TimeExpression]:
    readings: list[Reading] = []
    for left, right in windows(scene.low, scene.words.triggers, scene.words.known, start, end):
        deadline.check()
        readings.extend(_window(scene, scene.words.tokens(scene.text, left, right)))
    if not readings:
        return []
    opening = (f"counted from {anchor.value} ({anchor.kind}, {anchor.rule})",) if anchor.value else ()
    limits = bounds if bounds.not_after or bounds.not_before else None
    return [record(r, scene.text, anchor, section, limits, opening) for r in compose(readings, scene)]


def _window(scene: Scene, tokens: list[Token]) -> list[Reading]:
    line = "".join([t.char for t in tokens])
    by_first = scene.words.by_first
    found: list[Reading] = []
    at = 0
    for run in line.split(OTHER):
        stop = at + len(run)
        while at < stop:
            if line[at] not in by_first:
                at += 1
                continue
            reading, length = _best(scene, tokens, at, line[at : min(stop, at + LONGEST)])
            if reading is not None:
                found.append(reading)
            at += length
        at = stop + 1
    return found


def _best(scene: Scene, tokens: list[Token], at: int, run: str) -> tuple[Reading | None, int]:
    """The longest match that its rule accepts, and how far to go on."""
    for compiled, m in scene.words.matches(run):
        match = _slots(compiled, m, tokens[at : at + m.end()])
        if not allowed(match, scene):
            continue
        try:
            reading = PRODUCTIONS[compiled.rule.make](match, scene)
        except Unanchored as unknown:
            kind = "TIME" if compiled.rule.name.startswith(("daypart", "clock", "day.tonight")) else "DATE"
            reading = Reading(kind, value=unknown.value, partial=unknown.partial, anchored=True)  # type: ignore[arg-type]
            reading.notes = ["nobody has told what day it is: no day is given"]
            reading.precision = "none"
        if reading is None:
            continue
        name = compiled.rule.name
        reading.rule = f"{name.split('.')[0]}.{reading.rule}" if reading.rule else name
        lead = (
            match.tokens[1]
            if match.tokens[0].text in compiled.rule.options.get("outside", ())
            else match.tokens[0]
        )
        reading.start, reading.stop = lead.start, match.end
        scene.saw(reading)
        return reading, m.end()
    return None, 1


def _slots(compiled: Compiled, m: re.Match[str], tokens: list[Token]) -> Match:
    slots: dict[str, list[Token]] = {}
    for group, index in compiled.pattern.groupindex.items():
        spot = m.start(index)
        if spot >= 0:
            slots.setdefault(group.rstrip("0123456789"), []).append(tokens[spot])
    return Match(
        compiled.rule,
        tokens,
        {k: tuple(sorted(v)) if len(v) > 1 else tuple(v) for k, v in slots.items()},
    )
