"""Contradictions between slots: what is one, what is soft, what is none."""

from __future__ import annotations

import pytest

from dateline.transforms.stories import linking
from dateline.transforms.stories.conflicts import Conflict, conflicts, fill_one_template
from dateline.transforms.stories.profile import Profile
from dateline.transforms.stories.verdict import COPY, copied, judge
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


MATCH = (
    "{home} beat {away} by {n} goals at the Lindgren stadium on {day}, before {m} spectators in the northern league.\n\n"
    "Coach Edda Brink praised the defence of {home} after the northern league match on {day} and named {k} players.\n\n"
    "The northern league table is printed every week by this desk, and {home} has {p} points in the northern table.\n\n"
    "Tickets for the next northern league match at the Lindgren stadium go on sale at the club office on {next}."
)


def match(n: int, publisher: str | None = "Northern Post") -> Profile:
    day, after = (("Monday", "Tuesday"), ("Wednesday", "Thursday"))[n]
    text = MATCH.format(
        home="Norrby", away=("Salmar", "Oste")[n], n=n + 2, m=900 + n, k=3 + n, p=20 + n, day=day, next=after
    )
    return of(text, f"m{n}", "2026-03-13", publisher=publisher)


@pytest.mark.parametrize("publisher", ["Northern Post", None])
def test_reports_that_fill_one_template_are_no_story_and_do_not_contradict_each_other(
    publisher: str | None,
) -> None:
    a, b = match(0, publisher), match(1, publisher)
    assert copied(a, b) >= COPY  # a form whose fields are short looks like a copy
    assert fill_one_template(a, b, copies=True)
    assert judge(a, b).same == 0.0
    assert linking.links_of(a, b) == []


def test_reports_of_one_event_do_not_fill_a_template() -> None:
    for other in (FERRY, FERRY_ELSEWHERE, FERRY_ANOTHER_DAY):
        assert not fill_one_template(of(FERRY, "a"), of(other, "b"))


def test_one_source_goes_on_with_its_story() -> None:
    def ends(publisher: str) -> list[Conflict]:
        return conflicts(
            of(FERRY, "a", publisher="Meriden Post"), of(FERRY_ANOTHER_DAY, "b", publisher=publisher)
        )

    assert ends("Lowgate Mail") and not ends("Meriden Post")


def test_a_corrected_copy_of_one_source_contradicts_the_first() -> None:
    long = "\n\n".join((FERRY, FERRY_ELSEWHERE))
    ends = [
        of(text, name, publisher="Meriden Post")
        for name, text in (("a", long), ("b", long.replace("Tuesday", "Sunday")))
    ]
    (link, *_) = [x for x in linking.links_of(*ends) if x.kind == "contradicts"]
    assert link.evidence[0].feature == "day.one_source"


def test_two_days_that_both_articles_state_are_no_contradiction() -> None:
    lead = "A visitation for Ilse Ketteler will be held on {0} at the Corran chapel in Lowgate, the family wrote."
    rest = (
        "A funeral for Ilse Ketteler will be held on {1} at the Corran chapel in Lowgate, the family wrote."
    )
    days = ("Friday", "Saturday")
    one, other = (f"{lead}\n\n{rest}".format(*d) for d in (days, days[::-1]))
    assert hard(one, other.replace("wrote", "said")) == []
    assert "day" in hard(one, f"{lead}\n\n{rest}".format("Wednesday", "Monday"))
