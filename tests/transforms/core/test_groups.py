"""The items of a sentence in C are those of the Python that it mirrors: for any letters over any words."""

from __future__ import annotations

import random
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.transforms.language.clauses import items
from dateline.transforms.language.clauses.traits import GROUP_WORDS, SETS
from dateline.transforms.model import VerbGroup
from tests.transforms.core.paths import BUILT, both

pytestmark = pytest.mark.skipif(
    BUILT is None, reason="the compiled core was not built here: there is nothing to compare"
)

LETTERS = 'dddjjjnnnNNNyyympps00qrrVVGGciitttDDkbbbMMhhBBBZoTwWx"f12345.,;:-()'
POOLS = [
    *map(sorted, SETS),
    sorted({word for first, rests in GROUP_WORDS.compounds.items() for rest in rests for word in (first, *rest)}),
    ["four", "14", "2024", "90th", "1,000", "²", "th", "of", "today", "&", "", "İ", "\ud800", "founder", "found"],
]  # fmt: skip

FORGETFUL = GROUP_WORDS._replace(lemmas=({}, {}, {}, {}))


def _columns(found: items.Items) -> tuple[object, ...]:
    groups = [*found.nouns, *found.verbs]
    return found.kinds, found.firsts, found.lasts, groups, list(map(type, groups))


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=300, deadline=None)
def test_items(seed: int) -> None:
    # Most of what can stand beside each other is rare: letters and words are drawn many at a time.
    draw = random.Random(seed)
    size = draw.randint(0, 60)
    letters = "".join(draw.choices(LETTERS, k=size))
    low = [draw.choice(draw.choice(POOLS)) for _ in range(size)]
    words = [draw.choice([word, word, word.upper(), word.capitalize()]) for word in low]
    first = draw.choice([0, draw.randint(0, size)])
    last = draw.choice([size, draw.randint(first, size)])
    pure, compiled = both(lambda: _columns(items.items(letters, words, low, first, last)))
    assert pure == compiled


def _ask(**changes: Any) -> object:
    assert BUILT is not None
    given = {
        "letters": "NDM",
        "words": ["Ruiz", "left", "can"],
        "low": ["ruiz", "left", "can"],
        "first": 0,
        "last": 3,
    }
    given |= {"group_words": GROUP_WORDS} | changes
    return BUILT.sentence_items(*given.values())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changes",
    [
        {"last": 4},
        {"first": -1},
        {"first": 2, "last": 1},
        {"low": ["ruiz", "left"]},
        {"words": []},
        {"letters": "NDé"},
        {"letters": "ND\ud800"},
        {"group_words": GROUP_WORDS._replace(noun=dict)},
        {"group_words": GROUP_WORDS._replace(verb=VerbGroup(0, 1, 0, "be", None, "active", "past", "simple", None, False, True))},
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        _ask(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"words": ("Ruiz", "left", "can")},
        {"words": ["Ruiz", 5, "can"]},
        {"group_words": FORGETFUL._replace(lemma=lambda *_: 5)},
        {
            "group_words": GROUP_WORDS._replace(compounds={",": 5}),
            "letters": ",DM",
            "low": [",", "left", "can"],
        },
        {"group_words": GROUP_WORDS._replace(voices=())},
        {"group_words": GROUP_WORDS._replace(lemmas=())},
        {"group_words": GROUP_WORDS._replace(lemmas=(5, 5, 5, 5))},
        {"group_words": ()},
    ],
)
def test_what_is_no_word_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises((TypeError, IndexError, SystemError, AttributeError)):
        _ask(**changes)


def test_an_error_of_the_lemma_is_passed_on() -> None:
    with pytest.raises(ZeroDivisionError):
        _ask(group_words=FORGETFUL._replace(lemma=lambda *_: 1 // 0))


def test_nothing_is_kept() -> None:
    held = [
        *GROUP_WORDS,
        *GROUP_WORDS.voices,
        *GROUP_WORDS.tenses,
        *GROUP_WORDS.aspects,
        *GROUP_WORDS.full_modals.values(),
    ]
    words = ["".join(["le", "ft"]), "".join(["un", "heard"])]
    _ask(letters="DDD", words=[*words, "x"])
    before = [sys.getrefcount(one) for one in (*held, *words)]
    for _ in range(100):
        _ask(letters="DDD", words=[*words, "x"])
        _ask(letters="MBM", low=["ca", "left", "x"])
        with pytest.raises(TypeError):
            _ask(group_words=FORGETFUL._replace(lemma=lambda *_: 5))
    after = [sys.getrefcount(one) for one in (*held, *words)]
    # Other threads and the collector may hold one for a moment.
    assert all(b <= a + 20 for a, b in zip(before, after, strict=True))


def test_lemmas_are_remembered_up_to_a_bound() -> None:
    known: tuple[dict[str, str], ...] = ({}, {}, {}, {})
    for number in range(20_000):
        _ask(letters="DDD", words=[f"w{number}", "x", "y"], group_words=GROUP_WORDS._replace(lemmas=known))
    assert 0 < sum(map(len, known)) <= 1 << 13
