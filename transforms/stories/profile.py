"""Article → Profile: everything that linking needs, in a few kilobytes that are stored with the article.

A profile is a pure function of one article, so linking reads no text. Days are proleptic ordinals
(:meth:`datetime.date.toordinal`), half open. Positions in the text are code points of :attr:`Article.text`.
Words are the keys of :mod:`dateline.transforms.stories.words`.
"""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from dateline.transforms.identity import fold, registered_domain
from dateline.transforms.model import Anchors, Article, Event, Parse, TimeExpression
from dateline.transforms.stories import shingles
from dateline.transforms.stories.columns import FORM, SCALE, Columns, Day, Hashes, array_of
from dateline.transforms.stories.numbers import Figure, Number, figures_of
from dateline.transforms.stories.slots import Slot, days_of, slots_of
from dateline.transforms.stories.statements import Statements
from dateline.transforms.stories.table import Floats, Table, load
from dateline.transforms.stories.words import CAPITAL, INNER, Forms, Ints, Mask, Words, titled

TITLE = 400
"""Characters of a title that are read."""
TERMS = 240
RARE = 22
HEAD_WORDS = 60
NAMES = 80
NUMBERS = 40
DAYS = 24
_COMMON = 1.0
"""Words below this rarity (those in a third of all pages) are not terms."""
_COMMON_IN_HEAD = 1.5
_HEAD, _NAME = 1.5, 1.3
"""Weights of a word of the title or lead, and of a name; tuned on the recall of candidates."""
CAPTION = "caption"
"""The certainty of a day in a caption."""


@dataclass(frozen=True)
class Profile:
    """The profile of one article.

    ``terms`` are the weights of its words (TF-IDF, of length 1 before the cut at :data:`TERMS`), ``rare`` the
    words that identify its story best, best first, ``head`` those of title and lead, ``places`` the first
    position of each rare word, name and number.
    """

    article_id: str
    published: int | None
    language: str
    size: int
    terms: dict[int, float]
    rare: tuple[int, ...]
    head: frozenset[int]
    names: frozenset[int]
    numbers: frozenset[Number]
    days: tuple[Day, ...]
    sketch: shingles.Sketch
    places: Mapping[int, tuple[int, int]]
    place: str | None = None
    agency: str | None = None
    domain: str | None = None
    publisher: str | None = None
    slots: Sequence[Slot] = ()

    @property
    def source(self) -> str:
        """The source of the article's words: agency, else publisher, else registered domain, else the article
        itself."""
        return fold(self.agency or self.publisher or "") or self.domain or self.article_id

    @cached_property
    def statements(self) -> Statements:
        """The slots in columns."""
        return Statements.of(self.slots)

    @cached_property
    def counts(self) -> dict[int, set[int]]:
        """The values of each counted noun."""
        found: dict[int, set[int]] = {}
        for number in self.numbers:
            found.setdefault(number.noun, set()).add(number.value)
        return found

    @classmethod
    def of(cls, columns: Columns) -> Profile:
        """The profile that columns hold."""
        keys, starts, ends = columns.places.T.tolist()
        return cls(
            article_id=columns.article_id,
            published=columns.published,
            language=columns.language,
            size=columns.size,
            terms=dict(zip(columns.terms.tolist(), (columns.weights / SCALE).tolist(), strict=True)),
            rare=tuple(columns.rare.tolist()),
            head=frozenset(columns.head.tolist()),
            names=frozenset(columns.names.tolist()),
            numbers=frozenset(columns.numbers),
            days=tuple(columns.days),
            sketch=shingles.Sketch(tuple(columns.sketch.tolist()), columns.runs),
            places=dict(zip(keys, zip(starts, ends, strict=True), strict=True)),
            place=columns.place,
            agency=columns.agency,
            domain=columns.domain,
            publisher=columns.publisher,
            slots=tuple(columns.slots),
        )

    def pack(self) -> str:
        """The profile as one line of JSON, numbers in base64."""
        places = np.array([(k, *at) for k, at in sorted(self.places.items())], np.uint32).reshape(-1, 3)
        return Columns(
            article_id=self.article_id,
            published=self.published,
            language=self.language,
            size=self.size,
            terms=np.array(list(self.terms), np.uint32),
            weights=np.rint(np.array(list(self.terms.values())) * SCALE).astype(np.uint16),
            rare=np.array(self.rare, np.uint32),
            head=np.array(sorted(self.head), np.uint32),
            names=np.array(sorted(self.names), np.uint32),
            numbers=sorted(self.numbers),
            days=self.days,
            sketch=np.array(self.sketch.hashes, np.uint32),
            runs=self.sketch.size,
            places=places,
            place=self.place,
            agency=self.agency,
            domain=self.domain,
            publisher=self.publisher,
            slots=self.slots,
        ).line()


def unpack_rare(text: str) -> Hashes | None:
    """The rare words of a packed profile, from which its keys are made; ``None`` if it has another version."""
    row = json.loads(text)
    return array_of(row["rare"], np.uint32) if row.get("form") == FORM else None


def unpack(text: str) -> Profile | None:
    """Unpack a profile; ``None`` if it has another version and must be made again."""
    columns = Columns.of_line(text)
    return Profile.of(columns) if columns is not None else None


def ordinal(day: str | None) -> int | None:
    """An ISO day (or the day of an instant) as an ordinal; ``None`` if it is not valid."""
    try:
        return datetime.date.fromisoformat(day[:10]).toordinal() if day else None
    except ValueError:
        return None


def published(anchors: Anchors) -> int | None:
    """The day by which an article is linked: its publication day, else that of its anchor."""
    return ordinal(anchors.published) or ordinal(anchors.page.day)


def profile(
    article: Article,
    anchors: Anchors,
    parse: Parse,
    times: Sequence[TimeExpression] = (),
    events: Sequence[Event] = (),
    table: Table | None = None,
) -> Profile:
    """The profile of one article. ``table`` replaces the packaged table in training."""
    return Profile.of(columns_of(article, anchors, parse, times, events, table))


def columns_of(
    article: Article,
    anchors: Anchors,
    parse: Parse,
    times: Sequence[TimeExpression] = (),
    events: Sequence[Event] = (),
    table: Table | None = None,
) -> Columns:
    """The profile of one article, as it is stored."""
    table = table or load()
    title, body = titled((article.title or "")[:TITLE], article.text)
    size = len(body)
    forms = Forms.of(np.concatenate((body.keys, title)))
    rarities = table.rarities(forms.keys)
    weighed = (rarities > _COMMON).nonzero()[0]
    weights = _weights(forms.counts[weighed], rarities[weighed])
    squares = np.zeros(len(forms.of_word))
    squares[forms.first[weighed]] = weights * weights
    # Added up in the order of the text, so that the last bit does not depend on the order of the keys.
    length = math.sqrt(squares.cumsum()[-1]) if len(weighed) else 1.0
    top = _top(weights, TERMS)
    weights, terms = weights[top], weighed[top]
    head = forms.mask(slice(min(size, HEAD_WORDS)), slice(size, None)) & (rarities > _COMMON_IN_HEAD)
    named = _named(body, forms, rarities)
    told = weights * np.where(head[terms], _HEAD, 1) * np.where(named[terms], _NAME, 1)
    rare = terms[_highest(told, RARE)]
    names = forms.keys[named]
    figures = figures_of(body, forms, article.language)
    numbers = _numbers(figures)
    days = days_of(times)
    dateline = anchors.dateline
    hashes, runs = shingles.smallest(body.keys)
    return Columns(
        article_id=article.article_id,
        published=published(anchors),
        language=article.language,
        size=size,
        terms=forms.keys[terms].astype(np.uint32),
        weights=np.rint(weights / length * SCALE).astype(np.uint16),
        rare=forms.keys[rare].astype(np.uint32),
        head=forms.keys[head].astype(np.uint32),
        names=names.astype(np.uint32),
        numbers=sorted(numbers),
        days=_days(article, times, days),
        sketch=hashes.astype(np.uint32),
        runs=runs,
        places=_places(body, forms, rare, named, numbers),
        place=dateline.place if dateline else None,
        agency=anchors.agency,
        domain=registered_domain(article.url),
        publisher=article.publisher,
        slots=slots_of(
            article,
            parse,
            times,
            days,
            events,
            body,
            figures,
            rarities[forms.of_word[:size]],
            frozenset(names.tolist()),
        ),
    )


def _weights(counts: Ints, rarities: Floats) -> Floats:
    """The TF-IDF of words."""
    often = [0.0, *(1 + math.log(n) for n in range(1, int(counts.max(initial=0)) + 1))]
    return np.array(often)[counts] * rarities


def _top(numbers: Floats, count: int) -> Ints:
    """The places of the highest numbers, of equal ones the first, in their order."""
    behind = len(numbers) - count
    if behind <= 0:
        return np.arange(len(numbers))
    least = np.partition(numbers, behind)[behind]
    chosen = numbers > least
    chosen[(numbers == least).nonzero()[0][: count - np.count_nonzero(chosen)]] = True
    places: Ints = chosen.nonzero()[0]
    return places


def _highest(numbers: Floats, count: int) -> Ints:
    """The places of the highest numbers, the highest first, and equal ones in their order."""
    return (-numbers).argsort(kind="stable")[:count]


def _named(body: Words, forms: Forms, rarities: Floats) -> Mask:
    """Which forms are the rarest :data:`NAMES` words with a capital that is not due to the start of a sentence."""
    inner = body.kinds & (CAPITAL | INNER) == CAPITAL | INNER
    found = forms.mask((inner & (body.ends - body.starts > 1)).nonzero()[0])
    places = found.nonzero()[0]
    if len(places) > NAMES:
        found[:] = False
        found[places[_highest(rarities[places], NAMES)]] = True
    return found


def _numbers(figures: Iterable[Figure]) -> dict[Number, tuple[int, int]]:
    """The first :data:`NUMBERS` counted nouns, and the position of each."""
    found: dict[Number, tuple[int, int]] = {}
    for figure in figures:
        found.setdefault(Number(figure.value, figure.noun), (figure.start, figure.stop))
        if len(found) >= NUMBERS:
            break
    return found


def _number_key(number: Number) -> int:
    """The key of a counted noun in ``places``."""
    return (number.noun * 2_654_435_761 + number.value * 97 + 1) % 2**32


def number_place(one: Profile, number: Number) -> tuple[int, int] | None:
    """The position of a counted noun in its text."""
    return one.places.get(_number_key(number))


def _days(
    article: Article, times: Iterable[TimeExpression], days: Iterable[tuple[int, int] | None]
) -> tuple[Day, ...]:
    """The days that the words state or imply, in the order of the text.

    Those of captions are marked, because an archive picture is of another day.
    """
    captions = [(b.start, b.end) for b in article.blocks if b.kind == "caption"]
    found: list[Day] = []
    for t, day in zip(times, days, strict=True):
        if day is None or not t.edtf:
            continue
        captioned = any(a <= t.span.start < b for a, b in captions)
        found.append(Day(*day, CAPTION if captioned else t.certainty, t.span.start, t.span.end))
        if len(found) >= DAYS:
            break
    return tuple(found)


def _places(
    body: Words, forms: Forms, rare: Ints, named: Mask, numbers: Mapping[Number, tuple[int, int]]
) -> Hashes:
    """The first position of each rare word, name and number, by the order of their keys."""
    wanted = named.copy()
    wanted[rare] = True
    first = forms.first[wanted]
    inside = first < len(body)  # Else it stands in the title alone.
    first = first[inside]
    places = np.empty((len(first), 3), np.int64)
    places[:, 0], places[:, 1], places[:, 2] = (
        forms.keys[wanted][inside],
        body.starts[first],
        body.ends[first],
    )
    if numbers:
        # The position of a number comes before that of a word with its key, and of two numbers the last one's.
        rows = [(_number_key(number), *place) for number, place in numbers.items()]
        places = np.concatenate((np.array(rows[::-1], np.int64), places))
        _, chosen = np.unique(places[:, 0], return_index=True)
        places = places[chosen]
    return places.astype(np.uint32)
