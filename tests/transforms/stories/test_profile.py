"""Profiles: what they hold, that they come back from their packed form, and their bounds."""

from __future__ import annotations

import json
import re
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.transforms.stories.numbers import Number
from dateline.transforms.stories.profile import RARE, TERMS, ordinal, unpack
from dateline.transforms.stories.words import CAPITAL, FIGURE, INNER, Forms, key, words
from tests.transforms.core.paths import BUILT, path
from tests.transforms.stories.pages import BUDGET, FERRY, of

WORD = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*\.?|\d+(?:[.,:]\d+)*")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ferry", "FERRY"),
        ("U.S.", "US"),
        ("Ketteler's", "Ketteler"),
        ("Ketteler’s", "ketteler"),
        ("tugs", "Tug"),
    ],
)
def test_forms_of_a_word_are_one(one: str, other: str) -> None:
    assert key(one) == key(other)


def test_words_stand_where_they_say() -> None:
    found = words(FERRY)
    assert list(found) == [m[0] for m in WORD.finditer(FERRY)]
    assert len(words("a " * 100, limit=10)) == 5


@given(st.lists(st.integers(0, 2**32 - 1), max_size=60))
def test_forms_of_words(keys: list[int]) -> None:
    keys += keys[::3]
    forms = Forms.of(np.array(keys, np.int64))
    assert forms.keys.tolist() == sorted(set(keys))
    assert [forms.keys[n] for n in forms.of_word] == keys
    assert dict(zip(forms.keys.tolist(), forms.counts.tolist(), strict=True)) == Counter(keys)
    assert [keys.index(k) for k in forms.keys.tolist()] == forms.first.tolist()
    every, none = forms.mask(slice(None)), forms.mask(slice(0), slice(0))
    assert every.all() and not none.any()


def test_a_profile_names_its_story() -> None:
    one = of(FERRY, url="https://news.meriden.example.co.uk/1", publisher="Meriden Post")
    assert one.domain == "example.co.uk"
    assert one.published == ordinal("2026-03-12")
    assert {key(w) for w in ("Aldana", "Ketteler", "Corran", "Meriden")} <= set(one.rare)
    assert key("the") not in one.terms
    assert {key("Aldana"), key("Corran"), key("Ketteler")} <= one.names
    assert Number(84, key("passengers")) in one.numbers
    assert Number(2, key("people")) in one.numbers
    tuesday = ordinal("2026-03-10")
    assert [(d.start, FERRY[d.at : d.until]) for d in one.days] == [(tuesday, "Tuesday")]
    (slot,) = [s for s in one.slots if s.day]
    assert slot.kind == "told" and slot.day == (tuesday, tuesday + 1)  # type: ignore[operator]


def test_places_show_the_words() -> None:
    one = of(FERRY)
    start, end = one.places[key("Ketteler")]
    assert FERRY[start:end] == "Ketteler"


@pytest.mark.parametrize("text", [FERRY, BUDGET])
def test_a_packed_profile_comes_back_equal(text: str) -> None:
    one = of(text, publisher="Post")
    assert unpack(one.pack()) == one
    assert unpack(one.pack()).pack() == one.pack()  # type: ignore[union-attr]
    assert len(one.pack()) < 12_000


def test_a_profile_of_another_form_is_made_anew() -> None:
    row = json.loads(of(FERRY).pack())
    assert unpack(json.dumps(row | {"form": -1})) is None


@pytest.mark.parametrize(
    "text",
    [
        "Aldana " * 3_000 + "\n\nA ferry ran aground off the harbour on Tuesday and nobody was hurt at all.",
        "\n\n".join(
            f"On day {n} the ferry Aldana{n} carried {n} passengers to Port Meriden." for n in range(900)
        ),
    ],
)
def test_bounds(text: str) -> None:
    one = of(text)
    assert len(one.terms) <= TERMS
    assert len(one.rare) <= RARE
    assert len(one.slots) <= 40 and len(one.days) <= 24
    assert len(one.pack()) < 60_000


TEXTS = st.one_of(
    st.text(max_size=400),
    st.lists(
        st.sampled_from([
            "X" * 23, "X" * 25, "classes", "tugs", "bus", "ss", "this", "ads.", "U.S.", "O'Neill's", "well-known", "5G", "1,000", "3.", "a.5", "5.a", ".", "’", "-", ":", "É", "½", "²", "_", " ", " ",
            "\n", "\ud800", "\U0001f600", "漢字", "١٢",
        ])
    ).map("".join),
)  # fmt: skip


@pytest.mark.parametrize("pure", [False, True])
@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_any_text_has_words(pure: bool, text: str) -> None:
    with path(None if pure else BUILT):
        found = words(text)
    written = list(WORD.finditer(text))
    assert [(a, b) for a, b in zip(found.starts, found.ends, strict=True)] == [m.span() for m in written]
    assert found.keys.tolist() == [key(m[0]) for m in written]
    for m, kind in zip(written, found.kinds.tolist(), strict=True):
        begin, word = m.start(), m[0]
        assert bool(kind & CAPITAL) == word[0].isupper()
        assert bool(kind & FIGURE) == word[0].isdigit()
        inner = begin >= 2 and text[begin - 1] == " " and text[begin - 2] not in '.!?:"”“\n'
        assert bool(kind & INNER) == inner
