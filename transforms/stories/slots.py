"""Slots: what a sentence states about one deed and one day, in a form that can be compared with other
articles.

A slot is a sentence with one resolved day, or with counted nouns. Two slots of a story can contradict each
other only if they are about the same deed: see :mod:`dateline.transforms.stories.conflicts`.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, NamedTuple

import numpy as np

from dateline.transforms import lexicon
from dateline.transforms.endings import Ending
from dateline.transforms.model import Article, Event, Parse, TimeExpression
from dateline.transforms.stories.numbers import Figure, Number
from dateline.transforms.stories.table import Floats
from dateline.transforms.stories.words import CAPITAL, FIGURE, Ints, Words

SLOTS = 40
TERMS = 28
_LEAST_TERMS = 3
_MEETING = "CONSULT"
"""The PLOVER root of verbs of meetings and calls, which have one day whoever reports them."""
_ASIDES = ("relative", "participle")
_ENOUGH = 6
"""Words that a clause needs to say by itself what happened."""
_WIDEST = 3
"""Days that an interval may cover and still say when something happened: a weekend with its Friday."""
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


Days = tuple[int, int]
"""Ordinals, half open."""


class _Dated(NamedTuple):
    """A time expression and its day (or two or three), if it has one."""

    time: TimeExpression
    day: Days | None


def days_of(times: Iterable[TimeExpression]) -> list[Days | None]:
    """The day of each time expression: an interval of at most :data:`_WIDEST` days, or ``None``."""
    return [_day(t) for t in times]


def slots_of(
    article: Article,
    parse: Parse,
    times: Sequence[TimeExpression],
    days: Sequence[Days | None],
    events: Sequence[Event],
    body: Words,
    figures: Iterable[Figure],
    rarities: Floats,
    names: frozenset[int],
) -> tuple[Slot, ...]:
    """The first :data:`SLOTS` slots of an article, in the order of its text.

    ``days`` are those of the times, ``figures`` the numbers among the words of ``body``, and ``rarities`` the rarity of each of
    these words.
    """
    found: list[Slot] = []
    sentences = _Sentences(parse, events)
    firsts = body.starts.searchsorted(parse.sentence_starts)
    lasts = body.ends.searchsorted([s.end for s in parse.sentences], side="right")
    counts = [figure for figure in figures if figure.value]
    dated = list(map(_Dated, times, days))
    telling = _telling(body, rarities, times, parse.sentence_starts, firsts, lasts)
    time = count = 0
    runs = zip(parse.sentences, firsts.tolist(), lasts.tolist(), strict=True)
    for number, (sentence, first, last) in enumerate(runs):
        if len(found) >= SLOTS:
            break
        inside: list[_Dated] = []
        while time < len(dated) and dated[time].time.span.start < sentence.end:
            if dated[time].time.span.start >= sentence.start:
                inside.append(dated[time])
            time += 1
        nearby: list[Figure] = []
        while count < len(counts) and counts[count].at < last:
            if counts[count].at >= first:
                nearby.append(counts[count])
            count += 1
        counted = _numbers(article, nearby, last, inside) if nearby else frozenset()
        told = [d for d in inside if d.day is not None and d.time.certainty != "assumed"]
        if told or counted:
            found += _of_sentence(sentences, number, telling, told, counted, names)
    return tuple(found[:SLOTS])


@dataclass(frozen=True, slots=True)
class _Column:
    """Some words of an article: where each starts, its key and its rarity, and for each sentence the index of its first word here and
    that of the word behind it."""

    starts: Ints
    keys: Ints
    rarities: Floats
    runs: list[tuple[int, int]]

    def of(self, number: int, clause: _Clause | None = None) -> list[tuple[int, int]]:
        """The runs of words of a sentence, or of a clause in it."""
        first, last = self.runs[number]
        if clause is None:
            return [(first, last)]
        inside = self.starts[first:last].searchsorted(clause.parts) + first
        return [(a, b) for a, b in inside.tolist() if a < b]


class _Telling(NamedTuple):
    """The words that can tell one deed from another, no figures and none of a time expression: the rare ones, and those with
    a capital."""

    rare: _Column
    capital: _Column


def _telling(
    body: Words,
    rarities: Floats,
    times: Sequence[TimeExpression],
    sentence_starts: Sequence[int],
    firsts: Ints,
    lasts: Ints,
) -> _Telling:
    """``firsts`` and ``lasts``: of each sentence the index of its first word and that of the word behind it."""
    kept = body.kinds & FIGURE == 0
    if times and len(lasts):
        begins, ends = body.starts.searchsorted([(t.span.start, t.span.end) for t in times]).T
        of_time = np.searchsorted(sentence_starts, [t.span.start for t in times], side="right") - 1
        ends = np.minimum(ends, lasts[of_time])
        for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
            kept[begin:end] = False
    columns = []
    for chosen in (rarities > _COMMON, body.kinds & CAPITAL != 0):
        at = (kept & chosen).nonzero()[0]
        runs = zip(at.searchsorted(firsts).tolist(), at.searchsorted(lasts).tolist(), strict=True)
        columns.append(_Column(body.starts[at], body.keys[at], rarities[at], list(runs)))
    return _Telling(*columns)


class _Sentences:
    """The sentences of an article with the events and the clauses of each."""

    def __init__(self, parse: Parse, events: Sequence[Event]) -> None:
        self.parse = parse
        self.events: dict[int, list[Event]] = {}
        for event in events:
            if event.action.span is not None:
                at = event.action.span.start
                number = bisect_right(parse.sentence_starts, at) - 1
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
        asides = sorted((a, b) for a, b, kind in here if kind in _ASIDES and start < a and b <= end)
        parts = []
        for a, b in asides:
            if start < a:
                parts.append((start, a))
            start = max(start, b)
        return _Clause((*parts, (start, end)))


def _of_sentence(
    sentences: _Sentences,
    number: int,
    telling: _Telling,
    days: Sequence[_Dated],
    counted: frozenset[Number],
    names: frozenset[int],
) -> list[Slot]:
    sentence = sentences.parse.sentences[number]
    where = (sentence.start, sentence.end)
    mine = sentences.events.get(number, [])
    done = {e.when.span.start for e in mine if e.when and (e.kind == "did" or e.action.plover == _MEETING)}
    saying = {
        e.when.span.start: e for e in mine if e.when and e.kind == "said" and e.when.span.start not in done
    }
    told = [d for d in days if d.time.span.start not in saying]
    found: list[Slot] = []

    def add(kind: Kind, event: Event | None, d: _Dated | None, numbers: frozenset[Number]) -> None:
        terms, capital = _terms(telling, number, sentences.clause(number, d.time) if d else None)
        if len(terms) >= _LEAST_TERMS:
            found.append(_slot(kind, event, (where, terms, (terms & names) | (terms & capital)), d, numbers))

    chosen = told[0] if told and len({d.day for d in told}) == 1 else None
    if chosen is not None:
        add("told", _event_at(mine, chosen.time), chosen, counted)
    elif counted:
        add("told", _event_of_deed(mine), None, counted)
    if chosen is None:
        # Of several days in one sentence each belongs to its own clause.
        for d in told:
            if (clause := sentences.clause(number, d.time)) is not None and _alone(clause, told):
                add("told", _event_at(mine, d.time), d, frozenset())
    for d in days:
        if (event := saying.get(d.time.span.start)) is not None:
            add("said", event, d, frozenset())
    return found


class _Clause(NamedTuple):
    """A clause as runs of code points, without the relative clauses inside it ("where he said …") that are about
    something else."""

    parts: tuple[tuple[int, int], ...]

    def holds(self, at: int) -> bool:
        return any(start <= at < end for start, end in self.parts)


def _alone(clause: _Clause, times: Sequence[_Dated]) -> bool:
    return len({d.day for d in times if clause.holds(d.time.span.start)}) == 1


def _terms(telling: _Telling, number: int, clause: _Clause | None) -> tuple[frozenset[int], frozenset[int]]:
    """The words that distinguish a deed (those of its clause if it has enough), and the words with a capital."""
    rare, capital = telling
    runs = rare.of(number, clause)
    if clause is not None and sum(b - a for a, b in runs) < _ENOUGH:
        clause, runs = None, rare.of(number)
    terms: dict[int, float] = {}
    for a, b in runs:
        terms.update(zip(rare.keys[a:b].tolist(), rare.rarities[a:b].tolist(), strict=True))
    keys = terms if len(terms) <= TERMS else sorted(terms, key=lambda k: (-terms[k], k))[:TERMS]
    names = (key for a, b in capital.of(number, clause) for key in capital.keys[a:b].tolist())
    return frozenset(keys), frozenset(names)


def _slot(
    kind: Kind,
    event: Event | None,
    shared: tuple[tuple[int, int], frozenset[int], frozenset[int]],
    dated: _Dated | None,
    counted: frozenset[Number],
) -> Slot:
    where, terms, names = shared
    event_id = event.event_id if event else None
    if dated is None:
        return Slot(kind, event_id, where, terms, names, None, "stated", None, False, None, counted)
    t, day = dated
    return Slot(
        kind, event_id, where, terms, names, day, t.certainty, (t.span.start, t.span.end), _about_midnight(t), t.zone, counted,
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
def _inexact(language: str) -> Ending | None:
    """Words that turn a number into a bound ("at least", "nearly")."""
    forms = [a.words for a in lexicon.calendar(language).around if a.kind == "amount"]
    return Ending("|".join(forms), re.IGNORECASE) if forms else None


_BEFORE = 24


def _numbers(
    article: Article, figures: Iterable[Figure], last: int, times: Sequence[_Dated]
) -> frozenset[Number]:
    """The exact counted nouns of a sentence, without dates, ages and hours.

    ``last`` is the index of the word behind the sentence.
    """
    found = set()
    text = article.text
    for at, value, start, end, behind, stop, noun in figures:
        if at + 1 >= last or text[end:behind] != " " or not text[behind].islower():
            continue  # "20-year-old", "5 p.m." and "3, Smith" are not counted nouns.
        if any(t.span.start < stop and start < t.span.end for t, _ in times):
            continue
        inexact = _inexact(article.language)
        if inexact and inexact.search(text[max(0, start - _BEFORE) : start]):
            continue
        found.add(Number(value, noun))
    return frozenset(found)
