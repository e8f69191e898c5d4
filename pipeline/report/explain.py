"""Prints the stored trace of an article: how each date was made, and who said or did what, when. Nothing is
computed again; what the store does not contain is not printed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dateline.pipeline.report import wording
from dateline.pipeline.report.links import Place
from dateline.pipeline.report.records import ArticleRecord, DateRecord, Reader
from dateline.transforms.model import Anchor, Candidate, Event, TimeExpression, When

LABEL = 10
"""Width of the column of labels."""
LINKS = 3
"""Links of one kind that are printed with their reasons: a story of 24 pages printed 300 lines below the dates."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Line(NamedTuple):
    """A line of the trace with its label. A line without a label is a heading, a line without text separates
    two parts."""

    label: str
    text: Text
    indent: int = 0


def explain(reader: Reader, key: str, console: Console) -> int:
    """Print the trace of every article that ``key`` names and return their number.

    ``key`` is an article id or the start of one, a URL, or an origin or the end of one.
    """
    found = reader.find(key)
    for record in found:
        for line in trace(record):
            _print(console, line)
    return len(found)


def text_of(record: ArticleRecord) -> str:
    """The trace of one article as plain text."""
    lines = (_label(line) + _CONTROL.sub("\ufffd", line.text.plain) for line in trace(record))
    return "\n".join(lines).rstrip() + "\n"


def _label(line: Line) -> str:
    return " " * line.indent + f"{line.label} ".ljust(LABEL) if line.label else ""


def _print(console: Console, line: Line) -> None:
    # JSON-LD may contain escape sequences that decoding removed from the text; they must not reach a
    # terminal.
    text = Text(_CONTROL.sub("\ufffd", line.text.plain), style=line.text.style, spans=line.text.spans)
    label = Text(_label(line), style="dim")
    if not (line.label and console.is_terminal):
        # Outside of a terminal each fact stays on one line, so that it can be searched.
        console.print(label + text, soft_wrap=True, highlight=False)
        return
    grid = Table.grid()
    grid.add_column(width=len(label) or None, no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(label, text)
    console.print(grid, highlight=False)


def trace(record: ArticleRecord) -> Iterator[Line]:
    """The trace of one article, line by line."""
    yield Line("", Text(record.title or record.origin, style="bold reverse"))
    yield from _head(record)
    yield from _heading(f"Dates ({len(record.dates)})")
    for found in record.dates:
        yield from _date(record, found)
    yield from _heading(f"Events ({len(record.events)})")
    by_id = {event.event_id: event for event in record.events}
    for number, event in enumerate(record.events, 1):
        yield from _event(record, event, number, by_id)
    if record.place is not None:
        yield from _place(record.place)
    yield Line("", Text())


def _place(place: Place) -> Iterator[Line]:
    """The story of the article, the inferred day, and each link with its reasons."""
    yield from _heading(f"Story ({place.articles or 1})")
    if place.articles:
        yield _line("told by", f"{place.articles} pages, {place.texts} texts, {place.sources} sources")
    if place.day is not None:
        how = {
            "told": "by its own words",
            "inferred": f"inferred: {place.day_sources} sources of its story agree",
            "bound": "by one partner alone: no answer",
        }[place.certainty or "told"]
        yield _line("event day", _bold(place.day), f"  {how}")
    shown: Counter[str] = Counter()
    for link in place.links:
        shown[link.kind] += 1
        if shown[link.kind] > LINKS:
            continue
        yield Line("", Text())
        yield _line(link.kind, _bold(link.title), f"  {link.score:.2f}  {link.partner}")
        if link.here is not None or link.there is not None:
            yield _line(
                "states",
                f"{link.here or 'nothing'}, there {link.there or 'nothing'}  ({link.label})",
                indent=2,
            )
        for reason in link.reasons:
            words: list[Text | str] = []
            for here, there in reason.words:
                if here and there:
                    words += (
                        ["  ", _quoted(here)]
                        if here == there
                        else ["  ", _quoted(here), " / ", _quoted(there)]
                    )
            yield _line("because", _rule_name(reason.feature), f" {reason.weight:+.2f}", *words, indent=2)
    for kind, number in shown.items():
        if number > LINKS:
            yield Line("", Text())
            yield _line(kind, f"and {number - LINKS} more: dateline stories OUT")


def _heading(words: str) -> Iterator[Line]:
    yield Line("", Text())
    yield Line("", Text(words, style="bold underline"))


def _line(label: str, *parts: Text | str, indent: int = 0) -> Line:
    text = Text()
    for part in parts:
        text.append_text(part if isinstance(part, Text) else Text(part))
    return Line(label, text, indent)


def _bold(words: str) -> Text:
    return Text(words, style="bold")


def _rule_name(rule: str) -> Text:
    return Text(rule, style="cyan")


def _quoted(words: str) -> Text:
    return Text(f"“{words}”", style="italic")


def _head(record: ArticleRecord) -> Iterator[Line]:
    yield _line("article", record.article_id, f"  revision {record.revision}")
    yield _line("origin", record.origin)
    for label, value in (("url", record.url), ("publisher", record.publisher), ("byline", record.byline)):
        if value:
            yield _line(label, value)
    for note in record.notes:
        yield _line("note", note)
    yield _line("published", record.published or "not said")
    if record.modified:
        yield _line("modified", record.modified)
    yield from _anchor("anchor", record.anchors.page)
    if bounds := wording.bounds_in_words(record.anchors.bounds):
        yield _line("bounds", bounds)
    if opening := record.anchors.dateline:
        parts = [p for p in (opening.place, opening.day, opening.agency, opening.zone) if p]
        yield _line("dateline", _quoted(opening.span.exact), f"  {', '.join(parts)}")
    for number, section in enumerate(record.anchors.sections):
        if section.kind != "none" and section != record.anchors.page:
            yield from _anchor(f"section {number}", section)


def _anchor(label: str, anchor: Anchor) -> Iterator[Line]:
    if anchor.value is None:
        yield _line(label, "none: nothing on the page states a day")
    else:
        zone = f" {anchor.zone}" if anchor.zone else ""
        words: tuple[str | Text, ...] = (": ", _quoted(anchor.text)) if anchor.text else ()
        yield _line(
            label,
            _bold(anchor.value),
            f"{zone}  {anchor.kind}, {anchor.certainty}, by ",
            _rule_name(anchor.rule),
            *words,
        )
    yield from _losers(anchor.losers)


def _losers(losers: Iterable[Candidate]) -> Iterator[Line]:
    for loser in losers:
        words: tuple[str | Text, ...] = (" ", _quoted(loser.text)) if loser.text else ()
        yield _line(
            "not",
            loser.value or "no value",
            f" ({loser.kind}, ",
            _rule_name(loser.rule),
            ")",
            *words,
            f": {loser.reason}",
            indent=2,
        )


def _date(record: ArticleRecord, found: DateRecord) -> Iterator[Line]:
    time = found.time
    yield Line("", Text())
    yield _line("words", Text(f"“{time.span.exact}”", style="bold italic"), f"  at {time.span.start}")
    if found.sentence and record.text is not None:
        yield _line("sentence", _sentence(record.text, found))
    yield _line("answer", _bold(_answer(time)), f"  {time.certainty}" if time.edtf or time.partial else "")
    if bounds := wording.bounds_in_words(time.bounds):
        yield _line("bounds", bounds)
    yield _line("rule", _rule_name(time.rule))
    anchor = record.anchor_of(time)
    if anchor is not None:
        if anchor == record.anchors.page:
            value = anchor.value or "none: nothing on the page states a day"
            yield _line("anchor", _bold(value), f"  the page's, {anchor.kind}")
        else:
            yield from _anchor("anchor", anchor)
    for step in time.trace:
        yield _line("because", step)


def _sentence(text: str, found: DateRecord) -> Text:
    """The sentence on one line, with the words of the date underlined."""
    start, end = found.sentence or (0, 0)
    span = found.time.span
    line = Text(text[start : span.start])
    line.append(text[span.start : min(span.end, end)], style="underline")
    line.append(text[span.end : end])
    return Text(" ").join(line.split("\n", allow_blank=True))


def _answer(time: TimeExpression | When) -> str:
    clock = f" {time.time}{' ' + time.zone if time.zone else ''}" if time.time else ""
    if time.edtf:
        return f"{time.edtf}{clock} ({wording.in_words(time.edtf)})"
    if time.partial:
        return f"{time.partial}{clock} ({wording.in_words(time.partial)})"
    value = time.value if isinstance(time, TimeExpression) and time.type in ("DURATION", "SET") else None
    return f"{time.type.lower()} {value}" if isinstance(time, TimeExpression) and value else "undated"


def _event(record: ArticleRecord, event: Event, number: int, by_id: dict[str, Event]) -> Iterator[Line]:
    yield Line("", Text())
    actor = event.actor
    traits = [t for t in (event.kind, event.quotation, event.modality) if t]
    yield _line(
        f"event {number}", _bold(_actor(event)), f"  {', '.join(traits)}, by ", _rule_name(event.rule)
    )
    if actor and actor.span:
        yield _line("source", _quoted(actor.span.exact), f"  at {actor.span.start}")
    if event.action.span:
        plover = f", {event.action.plover}" if event.action.plover else ""
        cue = event.action.span
        yield _line("cue", _quoted(cue.exact), f"  at {cue.start} ({event.action.lemma}{plover})")
    for other in event.co_actors:
        yield _line("together with", other.name)
    if event.recipient:
        yield _line("to", event.recipient.name)
    if event.place:
        yield _line("place", _quoted(event.place.exact), f"  at {event.place.start}")
    for span in event.content:
        yield _line("content", _quoted(" ".join(span.exact.split())), f"  at {span.start}")
    seen = {event.event_id}
    outer = by_id.get(event.within or "")
    while outer and outer.event_id not in seen:
        seen.add(outer.event_id)
        yield _line("within", f"{_actor(outer)}, “{outer.action.lemma}”")
        outer = by_id.get(outer.within or "")
    yield from _when("when", event.when, record) if event.when else (_line("when", "not said"),)
    if bounds := wording.bounds_in_words(event.bounds):
        yield _line("", bounds)
    if event.reported:
        yield _line("reported", event.reported.day, f"  ({event.reported.kind})")
    for about in event.about:
        yield from _when("about", about, record)
    for step in event.trace:
        yield _line("because", step)


def _actor(event: Event) -> str:
    if event.actor is None:
        return "no one named"
    return f"{event.actor.name}, {event.actor.role}" if event.actor.role else event.actor.name


def _when(label: str, when: When, record: ArticleRecord) -> Iterator[Line]:
    anchor = when.anchor.value if when.anchor else None
    yield _line(
        label,
        _quoted(when.span.exact),
        " → ",
        _bold(_answer(record.time_of(when) or when)),
        f"  {when.certainty}, by " if when.edtf or when.partial else "  by ",
        _rule_name(when.rule),
        f", counted from {anchor}" if anchor else "",
    )
    if bounds := wording.bounds_in_words(when.bounds):
        yield _line("", bounds)
