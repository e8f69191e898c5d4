"""Slots: what a sentence states about one deed and one day, in a form that can be compared with other
articles.

A slot is a sentence with one resolved day, or with counted nouns. Two slots of a story can contradict each
other only if they are about the same deed: see :mod:`dateline.transforms.stories.conflicts`.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from dateline.transforms import lexicon
from dateline.transforms.model import Article, Event, Parse, TimeExpression
from dateline.transforms.stories.numbers import Number
from dateline.transforms.stories.table import Table
from dateline.transforms.stories.words import Word, Words

SLOTS = 40
TERMS = 28
_LEAST_TERMS = 3
_MEETING = "CONSULT"
"""The PLOVER root of verbs of meetings and calls, which have one day whoever reports them."""
_ASIDES = ("relative", "participle")
_ENOUGH = 6
"""Words that a clause needs to say by itself what happened."""
_WIDEST = 3
_COMMON = 0.7
"""Words below this rarity (those in half of all pages) do not distinguish deeds."""
_NIGHT_FROM, _NIGHT_TO = "21:00", "06:00"
_NIGHT, _EDGES = "NI", ("START", "END")
"""The night (TIMEX3 ``TNI``) and the edges of a day ("early Sunday", "late Saturday"), for which the days of
two reporters may differ by one."""

Kind = Literal["told", "said"]


class Slot(NamedTuple):
    """One sentence.

    ``kind`` is ``said`` if the day is that of a statement, ``told`` if it is that of what happened. ``day``
    is in ordinals, half open; ``None`` if the slot has only numbers. ``at`` is the position of the words of
    the day and ``sentence`` that of the sentence, in code points of the article's text. ``names`` are the
    words with a capital. ``near``: the hour is about midnight. ``zone`` is the zone of the clock.
    """

    kind: Kind
    event: str | None
    sentence: tuple[int, int]
    terms: frozenset[int]
    names: frozenset[int]
    day: tuple[int, int] | None
    certainty: str
    at: tuple[int, int] | None
    near: bool
    zone: str | None
    numbers: frozenset[Number]

    def pack(self) -> list[object]:
        """The slot as plain JSON."""
        return [
            self.kind, self.event, self.sentence, sorted(self.terms), sorted(self.names), self.day, self.certainty,
            self.at, self.near, self.zone, sorted(self.numbers),
        ]  # fmt: skip

    @classmethod
    def unpack(cls, row: Sequence[Any]) -> Slot:
        """The inverse of :meth:`pack`."""
        kind, event, sentence, terms, names, day, certainty, at, near, zone, numbers = row
        return cls(
            kind, event, tuple(sentence), frozenset(terms), frozenset(names), tuple(day) if day else None, certainty,
            tuple(at) if at else None, near, zone, frozenset(Number(*n) for n in numbers),
        )  # fmt: skip


def slots_of(
    article: Article,
    parse: Parse,
    times: Sequence[TimeExpression],
    events: Sequence[Event],
    body: Words,
    values: Mapping[int, int],
    table: Table,
    names: frozenset[int],
) -> tuple[Slot, ...]:
    """The first :data:`SLOTS` slots of an article, in the order of its text."""
    found: list[Slot] = []
    sentences = _Sentences(parse, events)
    starts, ends = body.starts, body.ends
    places = [n for n, value in sorted(values.items()) if value]
    time = place = 0
    for number, sentence in enumerate(parse.sentences):
        if len(found) >= SLOTS:
            break
        inside: list[TimeExpression] = []
        while time < len(times) and times[time].span.start < sentence.end:
            if times[time].span.start >= sentence.start:
                inside.append(times[time])
            time += 1
        nearby: list[int] = []
        while place < len(places) and ends[places[place]] <= sentence.end:
            if starts[places[place]] >= sentence.start:
                nearby.append(places[place])
            place += 1
        if not inside and not nearby:
            continue
        first = bisect_left(starts, sentence.start)
        here = body.run(first, bisect_right(ends, sentence.end, first))
        counted = _numbers(article, here, {n - first: values[n] for n in nearby}, inside)
        if inside or counted:
            found += _of_sentence(sentences, number, here, inside, counted, table, names)
    return tuple(found[:SLOTS])


class _Sentences:
    """The sentences of an article with the events and the clauses of each."""

    def __init__(self, parse: Parse, events: Sequence[Event]) -> None:
        self.parse = parse
        self.events: dict[int, list[Event]] = {}
        starts = [s.start for s in parse.sentences]
        for event in events:
            if event.action.span is not None:
                at = event.action.span.start
                number = bisect_right(starts, at) - 1
                if number >= 0 and at < parse.sentences[number].end:
                    self.events.setdefault(number, []).append(event)

    def clause(self, number: int, t: TimeExpression) -> _Clause | None:
        """The smallest clause around the words of a time; ``None`` in a language without clauses."""
        parse = self.parse
        clauses = [parse.clauses[n] for n in parse.clauses_of.get(number, ())]
        here = [(parse.starts[c.first], parse.ends[c.last - 1], c.kind) for c in clauses if c.last > c.first]
        holding = [(b - a, a, b) for a, b, _ in here if a <= t.span.start and t.span.end <= b]
        if not holding:
            return None
        _, start, end = min(holding)
        asides = tuple((a, b) for a, b, kind in here if kind in _ASIDES and start < a and b <= end)
        return _Clause(start, end, asides)


def _of_sentence(
    sentences: _Sentences,
    number: int,
    here: Sequence[Word],
    times: Sequence[TimeExpression],
    counted: frozenset[Number],
    table: Table,
    names: frozenset[int],
) -> Iterable[Slot]:
    sentence = sentences.parse.sentences[number]
    days = [t for t in times if _day(t) is not None and t.certainty != "assumed"]
    if not days and not counted:
        return
    dated = [(t.span.start, t.span.end) for t in times]
    own = [w for w in here if not any(a <= w.start < b for a, b in dated) and not w.text[0].isdigit()]
    where = (sentence.start, sentence.end)
    mine = sentences.events.get(number, [])
    done = {e.when.span.start for e in mine if e.when and (e.kind == "did" or e.action.plover == _MEETING)}
    saying = {
        e.when.span.start: e for e in mine if e.when and e.kind == "said" and e.when.span.start not in done
    }
    told = [t for t in days if t.span.start not in saying]

    def made(
        kind: Kind, event: Event | None, t: TimeExpression | None, numbers: frozenset[Number]
    ) -> Iterator[Slot]:
        terms, capital = _terms(own, sentences.clause(number, t) if t else None, table)
        if len(terms) >= _LEAST_TERMS:
            yield _slot(kind, event, (where, terms, terms & (names | capital)), t, numbers)

    chosen = told[0] if told and len({_day(t) for t in told}) == 1 else None
    if chosen is not None:
        yield from made("told", _event_at(mine, chosen), chosen, counted)
    elif counted:
        yield from made("told", _event_of_deed(mine), None, counted)
    if chosen is None:
        # Of several days in one sentence each belongs to its own clause.
        for t in told:
            if (clause := sentences.clause(number, t)) is not None and _alone(clause, told):
                yield from made("told", _event_at(mine, t), t, frozenset())
    for t in days:
        if (event := saying.get(t.span.start)) is not None:
            yield from made("said", event, t, frozenset())


class _Clause(NamedTuple):
    """A clause in code points, and the relative clauses inside it ("where he said …") that are about
    something else."""

    start: int
    end: int
    asides: tuple[tuple[int, int], ...]

    def holds(self, at: int) -> bool:
        return self.start <= at < self.end and not any(a <= at < b for a, b in self.asides)


def _alone(clause: _Clause, times: Sequence[TimeExpression]) -> bool:
    return len({_day(t) for t in times if clause.holds(t.span.start)}) == 1


def _terms(
    own: Sequence[Word], clause: _Clause | None, table: Table
) -> tuple[frozenset[int], frozenset[int]]:
    """The words that distinguish a deed (those of its clause if it has enough), and the words with a capital."""
    if clause is not None:
        inside = [w for w in own if clause.holds(w.start)]
        if sum(table.rarity(w.key) > _COMMON for w in inside) >= _ENOUGH:
            own = inside
    keys = sorted({w.key for w in own if table.rarity(w.key) > _COMMON}, key=lambda k: (-table.rarity(k), k))
    return frozenset(keys[:TERMS]), frozenset(w.key for w in own if w.text[0].isupper())


def _slot(
    kind: Kind,
    event: Event | None,
    shared: tuple[tuple[int, int], frozenset[int], frozenset[int]],
    t: TimeExpression | None,
    counted: frozenset[Number],
) -> Slot:
    where, terms, names = shared
    return Slot(
        kind, event.event_id if event else None, where, terms, names, _day(t) if t else None,
        t.certainty if t else "stated", (t.span.start, t.span.end) if t else None,
        t is not None and _about_midnight(t), t.zone if t else None, counted,
    )  # fmt: skip


def _event_at(events: Sequence[Event], t: TimeExpression) -> Event | None:
    """The event that has these words as its time or in its content; else the deed, else the only event of the
    sentence."""
    for e in events:
        if e.when and e.when.span.start == t.span.start:
            return e
    for e in events:
        if any(a.span.start == t.span.start for a in e.about):
            return e
    return _event_of_deed(events)


def _event_of_deed(events: Sequence[Event]) -> Event | None:
    deeds = [e for e in events if e.kind == "did"]
    return deeds[0] if len(deeds) == 1 else events[0] if len(events) == 1 else None


def _day(t: TimeExpression) -> tuple[int, int] | None:
    if t.type not in ("DATE", "TIME") or not t.start or not t.end:
        return None
    try:
        start = datetime.date.fromisoformat(t.start[:10]).toordinal()
        end = datetime.date.fromisoformat(t.end[:10]).toordinal()
    except ValueError:
        return None
    return (start, end) if 0 < end - start <= _WIDEST else None


def _about_midnight(t: TimeExpression) -> bool:
    if t.time:
        return t.time >= _NIGHT_FROM or t.time <= _NIGHT_TO
    return (t.value or "").endswith(_NIGHT) or t.mod in _EDGES


@lru_cache(maxsize=64)
def _inexact(language: str) -> re.Pattern[str] | None:
    """Words that turn a number into a bound ("at least", "nearly")."""
    forms = [a.words for a in lexicon.calendar(language).around if a.kind == "amount"]
    return re.compile(f"(?:{'|'.join(forms)})$", re.IGNORECASE) if forms else None


_BEFORE = 24


def _numbers(
    article: Article, here: Sequence[Word], values: Mapping[int, int], times: Sequence[TimeExpression]
) -> frozenset[Number]:
    """The exact counted nouns of a sentence, without dates, ages and hours."""
    found = set()
    for n, value in values.items():
        if n + 1 >= len(here):
            continue
        word, behind = here[n], here[n + 1]
        if any(t.span.start < behind.end and word.start < t.span.end for t in times):
            continue
        if article.text[word.end : behind.start] != " " or not behind.text[0].islower():
            continue  # "20-year-old", "5 p.m." and "3, Smith" are not counted nouns.
        inexact = _inexact(article.language)
        if inexact and inexact.search(article.text[max(0, word.start - _BEFORE) : word.start]):
            continue
        found.add(Number(value, behind.key))
    return frozenset(found)
