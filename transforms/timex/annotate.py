"""Finds the time expressions of a text: windows around time words, the longest rule at each position, then
joins."""

from __future__ import annotations

import datetime
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from dateline.transforms import deadline
from dateline.transforms import language as language_room
from dateline.transforms.model import (
    Anchor,
    Anchors,
    Article,
    Block,
    Bounds,
    Parse,
    TimeExpression,
)
from dateline.transforms.timex.calendar import Day
from dateline.transforms.timex.compose import compose
from dateline.transforms.timex.context import Context
from dateline.transforms.timex.forms import Matching
from dateline.transforms.timex.grammar import Grammar, grammar
from dateline.transforms.timex.narrative import is_narrative
from dateline.transforms.timex.reading import Reading, Unanchored
from dateline.transforms.timex.timex3 import record
from dateline.transforms.timex.tokens import OTHER, Token, folded
from dateline.transforms.timex.triggers import windows

HEADLINES = ("headline", "caption")
"""Kinds of blocks in which a verb in the present reports what has happened."""


def annotate(article: Article, anchors: Anchors, parse: Parse) -> tuple[TimeExpression, ...]:
    """Every time expression of an article, in order of place.

    Each section is read from its own anchor. Without an anchor an expression that is
    counted from a day keeps its span and rule and has no day. The parse is that of the article: its words say
    where the text is worth reading.
    """
    words = grammar(article.language)
    low = folded(article.text)
    found: list[TimeExpression] = []
    context: Context | None = None
    section = -1
    marked = words.triggers.marked(parse)
    narrative = is_narrative(article.text, low, anchors.page.day, parse, marked)
    places = words.triggers.places(parse, low, marked)
    at = 0
    for block in article.blocks:
        first = at
        while at < len(places) and places[at][0] < block.end:
            at += 1
        if first == at:
            continue
        anchor = anchors.of(block.section)
        if context is None or block.section != section:
            section = block.section
            context = _context(article.text, low, words, anchor, narrative, parse)
        context.headline = block.kind in HEADLINES
        found.extend(_read(context, block, places[first:at], anchor, anchors.bounds))
    return tuple(found)


def annotate_text(text: str, day: str | None, language: str = "en") -> tuple[TimeExpression, ...]:
    """The time expressions of a bare text, counted from a day (``YYYY-MM-DD`` or an instant)."""
    block = Block(kind="paragraph", start=0, end=len(text), page_start=0)
    article = Article(article_id="", revision="", origin="", language=language, text=text, blocks=(block,))
    anchor = Anchor(kind="published" if day else "none", value=day, rule="given" if day else "none")
    return annotate(article, Anchors(page=anchor), language_room.parse(article))


def _context(text: str, low: str, words: Grammar, anchor: Anchor, narrative: bool, parse: Parse) -> Context:
    day = Day.fromisoformat(anchor.day) if anchor.day and anchor.kind != "none" else None
    instant = None
    if day and anchor.value and "T" in anchor.value:
        instant = datetime.datetime.fromisoformat(anchor.value[:16])
    return Context(text, low, words, day, instant, narrative=narrative, parse=parse)


def _read(
    context: Context, block: Block, places: Sequence[tuple[int, int]], anchor: Anchor, bounds: Bounds
) -> list[TimeExpression]:
    readings: list[Reading] = []
    words, parse = context.grammar.words, context.parse
    first, last = bisect_left(parse.starts, block.start), bisect_left(parse.starts, block.end)
    # A dateline has its own day: "LUND, March 12 - Tuesday's vote" is no range of days.
    for begin, end in pairwise(
        (first, *(run.last for run in parse.furniture if first < run.last < last), last)
    ):
        own: list[Reading] = []
        inside = places if (begin, end) == (first, last) else _among(places, parse, begin, end)
        for left, right in windows(parse, inside, words.passes, begin, end):
            deadline.check()
            own.extend(_window(context, words.tokens(context.text, parse, left, right)))
        readings.extend(compose(own, context) if own else ())
    if not readings:
        return []
    opening = (f"counted from {anchor.value} ({anchor.kind}, {anchor.rule})",) if anchor.value else ()
    limits = bounds if bounds.not_after or bounds.not_before else None
    return [record(r, context.text, anchor, block.section, limits, opening) for r in readings]


def _among(places: Sequence[tuple[int, int]], parse: Parse, first: int, last: int) -> list[tuple[int, int]]:
    """The places that begin at the tokens from ``first`` to ``last``."""
    start = parse.starts[first]
    end = parse.starts[last] if last < len(parse.starts) else parse.ends[-1]
    return [place for place in places if start <= place[0] < end]


def _window(context: Context, tokens: list[Token]) -> list[Reading]:
    matches = context.grammar.matches
    found: list[Reading] = []
    begin = 0
    for run in "".join([t.char for t in tokens]).split(OTHER):
        reached = 0
        for at, forms in matches(run) if run else ():
            if at < reached:
                continue
            reading, size = _best(context, tokens[begin + at : begin + len(run)], forms)
            if reading is not None:
                found.append(reading)
            reached = at + size
        begin += len(run) + 1
    return found


def _best(context: Context, tokens: list[Token], forms: tuple[Matching, ...]) -> tuple[Reading | None, int]:
    """The longest match that its rule accepts, and how many tokens are read with it."""
    for form in forms:
        rule = form.rule
        match = form.match(tokens)
        if rule.unless:
            guard = context.grammar.guarding(rule.unless).refusing(
                match, context.text, context.low, context.grammar.second_number
            )
            if guard is not None:
                if guard.whole:
                    return None, form.size
                continue
        try:
            reading = rule.production.read(match, context, rule.options)
        except Unanchored as unknown:
            reading = Reading("TIME" if "time" in rule.traits else "DATE", value=unknown.value)
            reading.partial, reading.anchored, reading.precision = unknown.partial, True, "none"
            reading.notes = ["there is no anchor to count from: no day is given"]
        if reading is None:
            continue
        reading.rule = f"{rule.name.split('.')[0]}.{reading.rule}" if reading.rule else rule.name
        reading.traits = rule.traits
        lead = match.tokens[1] if match.tokens[0].text in rule.outside else match.tokens[0]
        reading.start, reading.stop = lead.start, match.end
        context.saw(reading)
        return reading, form.size
    return None, 1
