"""Times between an auxiliary and its verb, before a subject, and between a verb and its object."""

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


@pytest.mark.parametrize(
    ("text", "lemma", "subject", "objects"),
    [
        ("On May 14 police arrested three men.", "arrest", "police", ["three men"]),
        ("On 14 May three men were held.", "hold", "three men", []),
        ("On Monday three men were held.", "hold", "three men", []),
        ("On Monday morning police shut the road.", "shut", "police", ["the road"]),
        ("On May 14, 2024 police shut the road.", "shut", "police", ["the road"]),
        ("On May 14, four men were held.", "hold", "four men", []),
        ("On May 14, 90th place went to Lund.", "go", "90th place", []),
        ("Last Monday three ships left.", "leave", "three ships", []),
        ("In May 14 people died.", "die", "14 people", []),
        ("In May 2024 officials left.", "leave", "officials", []),
        ("Police arrested on Monday three men.", "arrest", "Police", ["three men"]),
        ("The court will hear on Monday a petition.", "hear", "The court", ["a petition"]),
        ("The May 14 attack killed two.", "kill", "The May 14 attack", ["two"]),
        ("The board's Sunday meeting failed.", "fail", "The board 's Sunday meeting", []),
        ("May Smith left.", "leave", "May Smith", []),
        ("The May 3 slide killed 14 people.", "kill", "The May 3 slide", ["14 people"]),
        ("Theresa May on Thursday met March Brandt.", "meet", "Theresa May", ["March Brandt"]),
    ],
)
def test_a_date_ends_before_the_noun_behind_it(
    text: str, lemma: str, subject: str, objects: list[str]
) -> None:
    parse = parsed(text)
    found = clause(parse, lemma)
    assert words(parse, found.subject) == subject
    assert [words(parse, run) for run in found.objects] == objects
