"""The clauses that the compiled core makes are those of the Python that it mirrors: for any letters over any words."""

from __future__ import annotations

import random
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.transforms.language.clauses import build, items, records
from dateline.transforms.language.clauses.draft import WORDS, Draft, Stream
from dateline.transforms.model import Clause, Sentence
from tests.transforms.core.paths import BUILT, both

pytestmark = pytest.mark.skipif(
    BUILT is None, reason="the compiled core was not built here: there is nothing to compare"
)

LETTERS = 'ddjnnnnNNNypps00qrVVGciiitttDDDDkbMhBBZTwwWx",,,,..;:-()'
VERBS = [
    "said",
    "told",
    "called",
    "left",
    "was",
    "has",
    "urged",
    "by",
    "to",
    "of",
    "and",
    "in",
    "who",
    "that",
    "which",
    "if",
]
POOLS = [
    VERBS,
    VERBS,
    sorted(WORDS.clausal),
    sorted(WORDS.adverbial),
    sorted(WORDS.relatives),
    ["mill", "ruiz", "monday"],
]


def _drawn(draw: random.Random) -> tuple[str, list[str], list[int]]:
    size = draw.randint(1, 50)
    letters = "".join(draw.choices(LETTERS, k=size))
    low = [draw.choice(draw.choice(POOLS)) for _ in range(size)]
    quotes, number = [], 0
    while len(quotes) < size:
        number += 1
        quotes += [draw.choice([0, 0, number])] * draw.randint(1, 12)
    return letters, low, quotes[:size]


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=300, deadline=None)
def test_clauses(seed: int) -> None:
    letters, low, quotes = _drawn(random.Random(seed))
    sentences = [Sentence(0, 1, 0, 0, len(low) // 3), Sentence(1, 2, 0, len(low) // 3, len(low))]
    pure, compiled = both(lambda: build.clauses(letters, low, low, quotes, sentences))
    assert pure == compiled
    assert [[*map(type, _parts(c))] for c in pure] == [[*map(type, _parts(c))] for c in compiled]


def _parts(clause: Clause) -> list[object]:
    return [*clause, *clause.objects, *clause.obliques, *(o.phrase for o in clause.obliques)]


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=300, deadline=None)
def test_records_of_streams_with_quotations(seed: int) -> None:
    # Apart from tests, a stream that holds a quotation is not alone in its sentence.
    letters, low, quotes = _drawn(random.Random(seed))

    def read() -> list[list[Clause]]:
        found = []
        for held in items.streams(items.items(letters, low, low, 0, len(low)), quotes):
            stream = Stream(low, held)
            build.read(stream)
            found.append(records.records(stream, 3, 7))
        return found

    pure, compiled = both(read)
    assert pure == compiled


def _given(**changes: Any) -> dict[str, Any]:
    low = ["ruiz", "said", "ana", "had", "left", "lund"]
    held = items.items("NDNhVN", low, low, 0, 6)
    stream = Stream(low, held)
    build.read(stream)
    given = {
        "kinds": stream.kinds, "firsts": stream.firsts, "lasts": stream.lasts, "nouns": stream.nouns, "low": low,
        "drafts": stream.drafts, "markers": stream.markers, "number": 0, "base": 0, "fields": records.FIELDS,
        "types": records.TYPES,
    }  # fmt: skip
    return given | changes


def _changed(**fields: Any) -> list[Draft]:
    drafts: list[Draft] = _given()["drafts"]
    for name, value in fields.items():
        setattr(drafts[0], name, value)
    return drafts


@pytest.mark.parametrize(
    "changes",
    [
        {"kinds": "NV"},
        {"kinds": "NVNVé"},
        {"firsts": [0]},
        {"lasts": [1, 2, 3, 5, 7]},
        {"firsts": [-1, 1, 2, 3, 5]},
        {"nouns": []},
        {"low": []},
        {"types": (dict, *records.TYPES[1:])},
        {"drafts": _changed(item=5)},
        {"drafts": _changed(start=-1)},
        {"drafts": _changed(near=5)},
        {"drafts": _changed(encloser=Draft(_changed()[0].verb, 0))},
        {"drafts": _changed(kind=5)},
        {"drafts": _changed(subject=())},
        {"drafts": _changed(verb=(1, 2))},
        {"drafts": [5]},
        {"nouns": [5, None, 5, None, 5]},
        {"fields": ()},
        {"types": ()},
        {"markers": []},
    ],
)
def test_what_does_not_go_together_is_refused(changes: dict[str, Any]) -> None:
    assert BUILT is not None
    assert BUILT.clause_records(*_given().values())
    with pytest.raises((ValueError, TypeError, IndexError, AttributeError, SystemError)):
        BUILT.clause_records(*_given(**changes).values())


def test_nothing_is_kept() -> None:
    assert BUILT is not None
    given = _given()
    held = [*given.values(), *given["drafts"], *given["drafts"][0].verb, *records.TYPES, *records.FIELDS]
    BUILT.clause_records(*given.values())
    before = [sys.getrefcount(one) for one in held]
    for _ in range(100):
        BUILT.clause_records(*given.values())
        with pytest.raises(ValueError):
            BUILT.clause_records(*(given | {"firsts": [0]}).values())
    after = [sys.getrefcount(one) for one in held]
    # Other threads and the collector may hold one for a moment.
    assert all(b <= a + 20 for a, b in zip(before, after, strict=True))
