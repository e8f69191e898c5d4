"""Profiles: what they hold, that they come back from their packed form, and their bounds."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.transforms.stories.numbers import Number
from dateline.transforms.stories.profile import RARE, TERMS, ordinal, unpack
from dateline.transforms.stories.words import key, words
from tests.transforms.stories.pages import BUDGET, FERRY, of


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
    assert [FERRY[a:b] for a, b in zip(found.starts, found.ends, strict=True)] == found.texts
    assert len(words("a " * 100, limit=10)) == 5


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


@given(st.text(max_size=400))
@settings(max_examples=60, deadline=None)
def test_any_text_has_words(text: str) -> None:
    found = words(text)
    for w in found.run(0, len(found)):
        assert text[w.start : w.end] == w.text
        assert 0 <= w.key < 2**32
