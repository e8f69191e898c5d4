"""Verdicts on pairs: one story, copies, neither; and that the order of a pair changes nothing."""

from __future__ import annotations

import numpy as np
import pytest

from dateline.transforms.stories import linking, shingles
from dateline.transforms.stories.verdict import FEATURES, features, judge
from tests.transforms.stories.pages import BUDGET, FERRY, FERRY_ANOTHER_DAY, FERRY_ELSEWHERE, of

LONG = "\n\n".join((FERRY, FERRY_ELSEWHERE, FERRY_ANOTHER_DAY))


def test_two_reports_of_one_event_are_one_story() -> None:
    a, b = of(FERRY, "a"), of(FERRY_ELSEWHERE, "b", "2026-03-11")
    assert judge(a, b).same > 0.9
    assert not judge(a, b).is_copy


def test_two_events_are_not() -> None:
    assert judge(of(FERRY, "a"), of(BUDGET, "b")).same < 0.05


def test_days_between_two_reports_lower_the_score() -> None:
    days = ("2026-03-12", "2026-03-15", "2026-03-19", "2026-06-11")
    scores = [judge(of(FERRY, "a"), of(FERRY_ELSEWHERE, "b", day)).same for day in days]
    assert scores == sorted(scores, reverse=True) and len(set(scores)) == len(scores)


@pytest.mark.parametrize("other", [FERRY_ELSEWHERE, FERRY_ANOTHER_DAY, BUDGET])
def test_a_verdict_knows_no_order(other: str) -> None:
    a, b = of(FERRY, "a"), of(other, "b")
    assert judge(a, b) == judge(b, a)
    assert linking.links_of(a, b) == linking.links_of(b, a)
    assert len(features(a, b)) == len(FEATURES)


def test_a_copy_with_another_end_is_a_copy_within_a_week() -> None:
    a = of(LONG, "a")
    tail = LONG + "\n\nReaders of the evening edition may send pictures of the ferry to the desk."
    assert judge(a, of(tail, "b", "2026-03-15")).is_copy
    assert not judge(a, of(tail, "b", "2026-04-15")).is_copy


def test_forms_that_differ_by_a_name_are_no_copies() -> None:
    form = "Get mail whenever {0} writes. Your choice has been kept. Once a day {0} sends the link, and no more than one. Stop it any time in the settings of your account."
    a, b = (of(f"{form.format(n)}\n\n{form.format(n)}", n) for n in ("Karla Wiese", "Odd Marten"))
    assert not judge(a, b).is_copy


def test_a_line_of_an_agency_is_no_copy() -> None:
    line = "Two people were hurt when the Aldana ferry hit the Corran reef near Port Meriden on Tuesday morning, police said."
    a, b = of(line, "a", publisher="Meriden Post"), of(line, "b", publisher="Lowgate Mail")
    assert judge(a, b).copied == 0.0


def test_containment_of_a_part_and_of_too_little() -> None:
    whole = shingles.sketch(np.arange(1_000))
    assert shingles.containment(shingles.sketch(np.arange(200, 700)), whole) == 1.0
    assert shingles.containment(whole, shingles.sketch(np.arange(5_000, 6_000))) == 0.0
    assert shingles.containment(shingles.sketch(np.arange(6)), whole) == 0.0
    assert shingles.sketch(np.array([1, 2])) == shingles.Sketch((), 0)


def test_evidence_shows_its_words() -> None:
    a, b = of(FERRY, "a"), of(FERRY_ELSEWHERE, "b", "2026-03-11")
    (same,) = [x for x in linking.links_of(a, b) if x.kind == "same"]
    shown = {
        e.feature: [(FERRY[p.a[0] : p.a[1]], FERRY_ELSEWHERE[p.b[0] : p.b[1]]) for p in e.places]
        for e in same.evidence
    }
    assert ("Aldana", "Aldana") in shown["names"]
    assert ("Tuesday", "Tuesday") in shown["common_day"]
    assert ("84 passengers", "84 passengers") in shown["numbers"]
    assert len(same.epoch) == 12
