"""Which words of a sentence are no source."""

from __future__ import annotations

import pytest

from tests.transforms.claims.reading import read


@pytest.mark.parametrize(
    "text",
    [
        "It is easier to tell if the plan works when the sun shines.",
        "The year 2026 is near, and 2026 promises to be a year of change.",
        "Her daughters share their belief that the bridge is safe.",
    ],
)
def test_a_word_that_names_nothing_says_nothing(text: str) -> None:
    assert {c.speaker for c in read(text, "en")} <= {None, "Her daughters"}


def test_many_and_some_speak() -> None:
    assert [
        c.speaker for c in read("Many said that the bridge was safe. Some warned that it was not.", "en")
    ] == [
        "Many",
        "Some",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "When asked whether they would join the strike, Ana Ruiz said that it depended on the pay.",
        "Once asked if the train was late, Ana Ruiz said that she had no idea.",
        "Though warned that the dam was weak, Ana Ruiz said that it would open.",
        "While told that the road was closed, Ana Ruiz said that she would drive.",
    ],
)
def test_a_word_that_opens_a_clause_says_nothing(text: str) -> None:
    assert {c.speaker for c in read(text, "en")} == {None, "Ana Ruiz"}
