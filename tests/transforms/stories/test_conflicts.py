"""Contradictions between slots: what is one, what is soft, what is none."""

from __future__ import annotations

import pytest

from dateline.transforms.stories import linking
from dateline.transforms.stories.conflicts import conflicts
from tests.transforms.stories.pages import FERRY, FERRY_ANOTHER_DAY, FERRY_ELSEWHERE, of


def hard(one: str, other: str, day: str = "2026-03-12") -> list[str]:
    return [c.kind for c in conflicts(of(one, "a"), of(other, "b", day)) if not c.soft]


def test_one_grounding_on_two_days() -> None:
    assert hard(FERRY, FERRY_ANOTHER_DAY) == ["day"]


def test_two_reports_that_agree() -> None:
    assert hard(FERRY, FERRY_ELSEWHERE) == []


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (
            "A fire in the Hollin mill killed three workers in Brannock on Monday, chief Dana Orme said.",
            "A fire in the Hollin mill killed seven workers in Brannock on Monday, chief Dana Orme said.",
            ["number"],
        ),
        (
            "A fire in the Hollin mill killed at least three workers in Brannock on Monday, chief Dana Orme said.",
            "A fire in the Hollin mill killed seven workers in Brannock on Monday, chief Dana Orme said.",
            [],
        ),
        (
            "Dana Orme opened the Hollin mill museum in Brannock on Monday with a speech to the workers.",
            "Dana Orme will close the quarry road near Hollin for repairs on Friday, the town of Brannock announced.",
            [],
        ),
    ],
)
def test_slots(one: str, other: str, found: list[str]) -> None:
    filler = "\n\nThe mill stands beside the river and has spun wool for more than a century in this valley."
    assert hard(one + filler, other + filler) == found


def test_a_later_count_is_soft() -> None:
    one = "A fire in the Hollin mill killed three workers in Brannock on Monday, chief Dana Orme said."
    later = one.replace("three", "seven").replace("on Monday", "on Monday, 9 March")
    filler = "\n\nThe mill stands beside the river and has spun wool for more than a century in this valley."
    found = conflicts(of(one + filler, "a", "2026-03-10"), of(later + filler, "b", "2026-03-12"))
    assert [(c.kind, c.soft) for c in found] == [("number", True)]


def test_about_midnight_is_soft() -> None:
    one = "Gunfire hit the Sorrel cafe in Dunmore late Saturday night, officer Pia Lindqvist reported."
    other = "Gunfire hit the Sorrel cafe in Dunmore early Sunday morning, officer Pia Lindqvist reported."
    filler = (
        "\n\nThe cafe on the market square was closed for the rest of the weekend, its owner told the town."
    )
    found = conflicts(of(one + filler, "a"), of(other + filler, "b"))
    assert found and all(c.soft for c in found)


def test_a_link_of_a_contradiction_shows_both_days() -> None:
    a, b = of(FERRY, "a"), of(FERRY_ANOTHER_DAY, "b", "2026-03-12")
    (link,) = [x for x in linking.links_of(a, b) if x.kind == "contradicts"]
    (reason,) = link.evidence
    assert reason.feature == "day"
    texts = {FERRY[p.a[0] : p.a[1]] for p in reason.places} | {
        FERRY_ANOTHER_DAY[p.b[0] : p.b[1]] for p in reason.places
    }
    swapped = {FERRY_ANOTHER_DAY[p.a[0] : p.a[1]] for p in reason.places} | {
        FERRY[p.b[0] : p.b[1]] for p in reason.places
    }
    assert {"Tuesday", "Sunday"} in (texts, swapped)
