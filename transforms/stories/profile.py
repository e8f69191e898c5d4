"""Article → Profile: everything that linking needs, in a few kilobytes that are stored with the article.

A profile is a pure function of one article, so linking reads no text. Days are proleptic ordinals
(:meth:`datetime.date.toordinal`), half open. Positions in the text are code points of :attr:`Article.text`.
Words are the keys of :mod:`dateline.transforms.stories.words`.
"""

from __future__ import annotations

import binascii
import datetime
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from pydantic_core import to_json

from dateline.transforms.identity import fold, registered_domain
from dateline.transforms.model import Anchors, Article, Event, Parse, TimeExpression
from dateline.transforms.stories import shingles
from dateline.transforms.stories.numbers import Figure, Number, figures_of
from dateline.transforms.stories.slots import Slot, days_of, slots_of
from dateline.transforms.stories.statements import Statements
from dateline.transforms.stories.table import Floats, Table, load
from dateline.transforms.stories.words import CAPITAL, INNER, Forms, Ints, Mask, Words, titled

FORM = 2
"""The version of profiles and keys. It is raised when their meaning changes, and then articles are read again."""
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


class Day(NamedTuple):
    """A resolved day (or two or three) of the text: ordinals, half open; its certainty; the position of its
    words."""

    start: int
    end: int
    certainty: str
    at: int
    until: int


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
    places: dict[int, tuple[int, int]]
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

    def pack(self) -> str:
        """The profile as one line of JSON, numbers in base64."""
        return to_json(
            {
                "form": FORM,
                "article_id": self.article_id,
                "published": self.published,
                "language": self.language,
                "size": self.size,
                "terms": _packed(list(self.terms), np.uint32),
                "weights": _packed(np.rint(np.array(list(self.terms.values())) * SCALE), np.uint16),
                "rare": _packed(self.rare, np.uint32),
                "head": _packed(sorted(self.head), np.uint32),
                "names": _packed(sorted(self.names), np.uint32),
                "numbers": [list(n) for n in sorted(self.numbers)],
                "days": [list(d) for d in self.days],
                "sketch": _packed(self.sketch.hashes, np.uint32),
                "of": self.sketch.size,
                "places": _packed(
                    [n for k, (a, b) in sorted(self.places.items()) for n in (k, a, b)], np.uint32
                ),
                "place": self.place,
                "agency": self.agency,
                "domain": self.domain,
                "publisher": self.publisher,
                "slots": [s.pack() for s in self.slots],
            }
        ).decode()


SCALE = 65_535
"""The weight of a word is kept as a whole number of this part of 1."""


def _packed(numbers: npt.ArrayLike, kind: type[np.unsignedinteger]) -> str:
    return binascii.b2a_base64(np.asarray(numbers).astype(kind).tobytes(), newline=False).decode("ascii")


def _unpacked(text: str, kind: type[np.unsignedinteger]) -> list[int]:
    numbers: list[int] = _array(text, kind).tolist()
    return numbers


def _array(text: str, kind: type[np.unsignedinteger]) -> npt.NDArray[np.unsignedinteger]:
    return np.frombuffer(binascii.a2b_base64(text), kind)


def unpack_rare(text: str) -> npt.NDArray[np.unsignedinteger] | None:
    """The rare words of a packed profile, from which its keys are made; ``None`` if it has another version."""
    row = json.loads(text)
    return _array(row["rare"], np.uint32) if row.get("form") == FORM else None


def unpack(text: str) -> Profile | None:
    """Unpack a profile; ``None`` if it has another version and must be made again."""
    row = json.loads(text)
    if row.get("form") != FORM:
        return None
    places = _unpacked(row["places"], np.uint32)
    weights = (_array(row["weights"], np.uint16) / SCALE).tolist()
    return Profile(
        article_id=row["article_id"],
        published=row["published"],
        language=row["language"],
        size=row["size"],
        terms=dict(zip(_unpacked(row["terms"], np.uint32), weights, strict=True)),
        rare=tuple(_unpacked(row["rare"], np.uint32)),
        head=frozenset(_unpacked(row["head"], np.uint32)),
        names=frozenset(_unpacked(row["names"], np.uint32)),
        numbers=frozenset(Number(*n) for n in row["numbers"]),
        days=tuple(Day(*d) for d in row["days"]),
        sketch=shingles.Sketch(tuple(_unpacked(row["sketch"], np.uint32)), row["of"]),
        places=dict(zip(places[::3], zip(places[1::3], places[2::3], strict=True), strict=True)),
        place=row["place"],
        agency=row["agency"],
        domain=row["domain"],
        publisher=row["publisher"],
        slots=tuple(Slot.unpack(s) for s in row["slots"]),
    )


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
    table = table or load()
    title, body = titled((article.title or "")[:TITLE], article.text)
    size = len(body)
    forms = Forms.of(np.concatenate((body.keys, title)))
    rarities = table.rarities(forms.keys)
    weighed = np.flatnonzero(rarities > _COMMON)
    weights = _weights(forms.counts[weighed], rarities[weighed])
    told_in_order = weights[np.argsort(forms.first[weighed])]
    length = math.sqrt(sum((told_in_order * told_in_order).tolist())) or 1.0
    top = np.sort(_highest(weights, TERMS))
    weights, terms = weights[top], weighed[top]
    head = forms.mask(slice(min(size, HEAD_WORDS)), slice(size, None)) & (rarities > _COMMON_IN_HEAD)
    named = _named(body, forms, rarities)
    told = weights * np.where(head[terms], _HEAD, 1) * np.where(named[terms], _NAME, 1)
    rare = terms[_highest(told, RARE)]
    names = frozenset(forms.keys[named].tolist())
    figures = figures_of(body, forms, article.language)
    numbers, at_numbers = _numbers(figures)
    days = days_of(times)
    dateline = anchors.dateline
    return Profile(
        article_id=article.article_id,
        published=published(anchors),
        language=article.language,
        size=size,
        # Quantized here, so that a stored profile equals one that was just made.
        terms=dict(
            zip(forms.keys[terms].tolist(), (np.rint(weights / length * SCALE) / SCALE).tolist(), strict=True)
        ),
        rare=tuple(forms.keys[rare].tolist()),
        head=frozenset(forms.keys[head].tolist()),
        names=names,
        numbers=numbers,
        days=_days(article, times, days),
        sketch=shingles.sketch(body.keys),
        places=_places(body, forms, rare, named) | at_numbers,
        place=dateline.place if dateline else None,
        agency=anchors.agency,
        domain=registered_domain(article.url),
        publisher=article.publisher,
        slots=slots_of(
            article, parse, times, days, events, body, figures, rarities[forms.of_word[:size]], names
        ),
    )


def _weights(counts: Ints, rarities: Floats) -> Floats:
    """The TF-IDF of words."""
    often = [0.0, *(1 + math.log(n) for n in range(1, int(counts.max(initial=0)) + 1))]
    return np.array(often)[counts] * rarities


def _highest(numbers: Floats, count: int) -> Ints:
    """The places of the highest numbers, the highest first, and equal ones in their order."""
    return np.argsort(-numbers, kind="stable")[:count]


def _named(body: Words, forms: Forms, rarities: Floats) -> Mask:
    """Which forms are the rarest :data:`NAMES` words with a capital that is not due to the start of a sentence."""
    inner = body.kinds & (CAPITAL | INNER) == CAPITAL | INNER
    found = forms.mask(np.flatnonzero(inner & (body.ends - body.starts > 1)))
    places = np.flatnonzero(found)
    if len(places) > NAMES:
        found[:] = False
        found[places[_highest(rarities[places], NAMES)]] = True
    return found


def _numbers(figures: Iterable[Figure]) -> tuple[frozenset[Number], dict[int, tuple[int, int]]]:
    """The first :data:`NUMBERS` counted nouns, and the position of each."""
    found: dict[Number, tuple[int, int]] = {}
    for figure in figures:
        found.setdefault(Number(figure.value, figure.noun), (figure.start, figure.stop))
        if len(found) >= NUMBERS:
            break
    return frozenset(found), {_number_key(n): place for n, place in found.items()}


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


def _places(body: Words, forms: Forms, rare: Ints, named: Mask) -> dict[int, tuple[int, int]]:
    """The first position of each rare word and name."""
    wanted = named.copy()
    wanted[rare] = True
    first = forms.first[wanted]
    inside = first < len(body)  # Else it stands in the title alone.
    first = first[inside]
    places = zip(body.starts[first].tolist(), body.ends[first].tolist(), strict=True)
    return dict(zip(forms.keys[wanted][inside].tolist(), places, strict=True))
