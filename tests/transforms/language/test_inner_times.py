"""Times between an auxiliary and its verb."""

from __future__ import annotations

import pytest

from tests.transforms.language.test_clauses import clause, parsed, words


@pytest.mark.parametrize(
    ("text", "lemma", "objects", "when"),
    [
        ("Police have on Monday arrested three men.", "arrest", ["three men"], "Monday"),
        ("Petrol prices have today gone up.", "go up", [], "today"),
        ("The minister had last week resigned.", "resign", [], "last week"),
        ("The court has this week ruled the ban unlawful.", "rule", ["the ban"], "this week"),
        ("Officials have since Tuesday closed two roads.", "close", ["two roads"], "Tuesday"),
        ("He was on Friday charged with fraud.", "charge", [], "Friday"),
        ("The bank will on Thursday publish its results.", "publish", ["its results"], "Thursday"),
        ("Officials had earlier this week said the port was shut.", "say", [], "this week"),
        ("The road has for three days been closed.", "close", [], "three days"),
        ("The fire was by Monday evening put out.", "put out", [], "Monday evening"),
    ],
)
def test_a_time_within_a_verb_group_is_its_time(text: str, lemma: str, objects: list[str], when: str) -> None:
    parse = parsed(text)
    found = clause(parse, lemma)
    assert found.verb.finite
    assert [words(parse, run) for run in found.objects] == objects
    assert when in [words(parse, o.phrase) for o in found.obliques]


@pytest.mark.parametrize(
    ("text", "lemmas"),
    [
        ("We have two weeks left.", ["have", "leave"]),
        ("The vote is on Monday.", ["be"]),
        ("The firm has this year's budget ready.", ["have"]),
        ("The strike was last week's news.", ["be"]),
        ("He has the week off.", ["have"]),
    ],
)
def test_a_time_behind_a_full_verb_joins_no_group(text: str, lemmas: list[str]) -> None:
    assert [c.verb.lemma for c in parsed(text).clauses] == lemmas
