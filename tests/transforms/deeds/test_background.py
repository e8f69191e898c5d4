"""Relative and adverbial clauses: deeds where they state a time of their own."""

from __future__ import annotations

import pytest

from dateline.transforms.model import Event
from tests.transforms.events.test_events import read

BACKGROUND = ("deed.relative", "deed.adverbial")


def told(text: str) -> list[tuple[str | None, str, str | None, str | None]]:
    """The deeds of background of a text: actor, verb, recipient, day."""
    return [
        (name(e, "actor"), e.action.lemma, name(e, "recipient"), e.when.edtf if e.when else None)
        for e in read(text)
        if e.rule in BACKGROUND
    ]


def name(event: Event, party: str) -> str | None:
    found = event.actor if party == "actor" else event.recipient
    return found.name if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The fire that destroyed the Orvel mill on Monday was lit by two boys.",
            ("The fire", "destroy", "the Orvel mill", "2026-11-16"),
        ),
        ("Ana Ruiz, who left Orvel in 1962, sued the city.", ("Ana Ruiz", "leave", None, "1962")),
        (
            "The ferry, which was sold to a Tarn company in March, sank.",
            (None, "sell", "The ferry", "2026-03"),
        ),
        (
            "Jonas Feld, who was arrested on Monday, denied the charges.",
            (None, "arrest", "Jonas Feld", "2026-11-16"),
        ),
        (
            "Ten people drowned when their boat sank off Orvel on May 3.",
            ("their boat", "sink", None, "2026-05-03"),
        ),
        (
            "Schools stayed shut after the river left its bed on Monday.",
            ("the river", "leave", None, "2026-11-16"),
        ),
        (
            "Ana Ruiz has written twice since she resigned on November 2.",
            ("Ana Ruiz", "resign", None, "2026-11-02"),
        ),
        (
            "The bank lost money because it closed nine branches in 2025.",
            ("The bank", "close", None, "2025"),
        ),
        (
            "Veltra, which will open a second plant next month, hired 40 people.",
            ("Veltra", "open", None, "2026-12"),
        ),
        (
            "The bridge was shut before the crane collapsed on Monday.",
            ("the crane", "collapse", None, "2026-11-16"),
        ),
    ],
)
def test_a_clause_of_background_with_a_time_is_a_deed(
    text: str, expected: tuple[str | None, str, str | None, str | None]
) -> None:
    assert [tuple(x.lower() if x else x for x in t) for t in told(text)] == [
        tuple(x.lower() if x else x for x in expected)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The fire that destroyed the Orvel mill was lit by two boys.",
        "Ana Ruiz, who was arrested, denied the charges.",
        "Those who left Orvel in 1962 sued the city.",
        "Hotels that closed in 2020 sued the city.",
        "Sales were lower than the bank expected in March.",
        "The court that issued Monday's ruling will sit again.",
        "If the bridge is closed on Monday, schools will shut.",
        "Trains stop when the river floods in March.",
    ],
)
def test_without_a_time_of_its_own_or_a_particular_noun_it_is_none(text: str) -> None:
    assert told(text) == []


def test_its_time_is_not_handed_on() -> None:
    found = read(
        "Ana Ruiz has called twice since she arrived in Tarn on Monday, and she insisted that the lock leaks."
    )
    assert [(e.action.lemma, e.when.edtf if e.when else None) for e in found if e.action.lemma != "call"] == [
        ("arrive", "2026-11-16"),
        ("insist", None),
    ]
