"""What an event carries of its time: open sides, parts, bounds, and the day on which it was told."""

from __future__ import annotations

import pytest

from dateline.transforms.model import Event
from tests.transforms.events.test_events import DAY, read


def only(text: str, lemma: str) -> Event:
    return next(e for e in read(text) if e.action.lemma == lemma)


@pytest.mark.parametrize(
    ("text", "lemma", "edtf", "mod"),
    [
        ("The ferry company sold two boats before March 3, 2025.", "sell", "../2025-03-03", "before"),
        ("Jonas Feld has led the board since March 2019.", "lead", "2019-03/..", "after"),
        ("Jonas Feld resigned in early 2026.", "resign", "2026", "start"),
        ("The dredging company will close the quay by the end of December.", "close", "2026-12", "before"),
        ("Police arrested two men on Monday.", "arrest", "2026-11-16", None),
        ("On Monday, the day before the vote, Jonas Feld resigned.", "resign", "2026-11-16", None),
        ("Police on Monday arrested two men.", "arrest", "2026-11-16", None),
        ("Ana Ruiz, who had robbed a mill, on Monday left Tarn.", "leave", "2026-11-16", None),
        ("On Monday, police arrested two men and searched a boat.", "search", "2026-11-16", None),
        ("Two men were arrested and a third was released on Monday.", "arrest", "2026-11-16", None),
        ("Two boats collided shortly after 5 a.m. on Monday.", "collide", "2026-11-16", None),
        ("Just before noon on Monday, police arrested two men.", "arrest", "2026-11-16", None),
        ("Two divers drowned when a barge sank off Tarn on Monday.", "drown", "2026-11-16", None),
        ("The seaplane crashed on landing at Tarn on Monday.", "crash", "2026-11-16", None),
        ("The seaplane crashed moments after taking off from Tarn on Monday.", "crash", "2026-11-16", None),
        ("Two divers died while crossing the lake on Monday.", "die", "2026-11-16", None),
        ("Ana Ruiz resigned upon returning from Tarn on Monday.", "resign", "2026-11-16", None),
        ("The barge struck the quay and sank while leaving Tarn on Monday.", "strike", "2026-11-16", None),
        ("Ivo Dorn was shot and killed on Monday night in Tarn, police said.", "shoot", "2026-11-16", None),
        ("Ivo Dorn was shot and killed around 1:30 a.m. Monday by two men.", "shoot", "2026-11-16", "about"),
        (
            "Three people were killed and one wounded in a shooting in Tarn on Monday.",
            "kill",
            "2026-11-16",
            None,
        ),
        ("Two were left badly wounded in a fire in Tarn on Monday.", "leave", "2026-11-16", None),
        ("Officials of the ferry company declined to comment Monday.", "decline", "2026-11-16", None),
        ("The navy failed to reach the mill on Monday.", "fail", "2026-11-16", None),
        ("The navy began shelling the quay on Monday.", "begin", "2026-11-16", None),
        ("A diver was found shot in a boat on Monday.", "find", "2026-11-16", None),
        ("About 500 people attended a Monday night vigil for the diver.", "attend", "2026-11-16", None),
        ("In her Monday lecture, Ana Ruiz called the lock a ruin.", "call", "2026-11-16", None),
        ("A survey released on Monday showed that the lock leaks.", "show", "2026-11-16", None),
        ("A report issued on Monday found that the lock leaks.", "find", "2026-11-16", None),
        (
            "Ana Ruiz announced on Monday that the ferry would stop on December 1.",
            "announce",
            "2026-11-16",
            None,
        ),
    ],
)
def test_a_time_belongs_to_the_clause_that_it_stands_in(
    text: str, lemma: str, edtf: str, mod: str | None
) -> None:
    event = only(text, lemma)
    assert event.when is not None
    assert (event.when.edtf, event.when.mod) == (edtf, mod)


@pytest.mark.parametrize(
    ("text", "lemma"),
    [
        ("The cannery posted a third-quarter loss.", "post"),
        ("The council discussed the Monday meeting with Ana Ruiz.", "discuss"),
        ("Ana Ruiz bought a boat that had sunk on Monday.", "buy"),
        ("Ana Ruiz agreed to close the quay on Monday.", "agree"),
        ("The price of a ticket rose from 3 crowns in March to 4 crowns.", "rise"),
        ("The ferry sank less than two weeks ago.", "sink"),
        ("Ana Ruiz praised the Monday vigil for the diver.", "praise"),
        ("Ivo Dorn was found on Monday. He has been recovering in a clinic.", "recover"),
        ("It is the first time that a rocket was launched over Tarn since 2019.", "launch"),
        ("The man who robbed Ana Ruiz at the Tarn Mill Monday night was charged.", "charge"),
        ("Profit fell from 19 million a year earlier.", "fall"),
        ("Divers left the boat at 7 a.m.", "leave"),
        ("The board put off the vote until Monday.", "put off"),
        ("Police closed the quay until next Friday.", "close"),
        ("A survey conducted on Monday showed that the lock leaks.", "show"),
        ("Jonas Feld won five rounds sooner than when beating Duran in 2008.", "win"),
        ("Jonas Feld was jailed after fleeing Tarn on Monday.", "jail"),
        ("Ana Ruiz met the divers who arrived on Monday.", "meet"),
        ("Police arrested two men on December 4, 2026.", "arrest"),
        ("For the quarter a year ago, the bank reported a loss.", "report"),
        ("Jonas Feld resigned the day before the vote.", "resign"),
    ],
)
def test_times_of_nouns_other_verbs_and_clocks_are_no_time_of_the_deed(text: str, lemma: str) -> None:
    assert only(text, lemma).when is None


def test_what_is_past_and_undated_lies_no_later_than_the_day_it_is_told_on() -> None:
    event = only("Police arrested two men near the quay.", "arrest")
    assert event.when is None
    assert event.bounds is not None and event.bounds.not_after == DAY
    assert event.reported is not None and (event.reported.day, event.reported.kind) == (DAY, "published")
    assert only("Jonas Feld will resign.", "resign").bounds is None


def test_lengths_and_repeated_times_are_not_what_a_content_is_about() -> None:
    event = only(
        "Ana Ruiz said that the ferry had run every Monday for three years and would stop on December 1.",
        "say",
    )
    assert [a.edtf for a in event.about] == ["2026-12-01"]


def test_two_persons_did_it_together() -> None:
    event = only("Mayor Ana Ruiz met Captain Jonas Feld. Ruiz and Feld signed the lease.", "sign")
    assert event.actor and event.actor.name == "Ana Ruiz"
    assert [a.name for a in event.co_actors] == ["Jonas Feld"]


def test_a_place_with_a_name() -> None:
    event = only("Police arrested two men in Port Alwyn on Monday.", "arrest")
    assert event.place is not None and event.place.exact == "Port Alwyn"


@pytest.mark.parametrize(
    ("modified", "edtf"), [("2026-11-19", "2026-11-19"), ("2026-12-20", None), (None, None)]
)
def test_a_page_that_was_changed_the_day_after_tells_of_that_day(
    modified: str | None, edtf: str | None
) -> None:
    (event,) = read("Ana Ruiz resigned on November 19, 2026.", modified=modified)
    assert (event.when.edtf if event.when else None) == edtf


@pytest.mark.parametrize(
    "text", ["Ana Ruiz said she would not sell the cannery.", "The ferry will not sail."]
)
def test_what_will_not_be_done_has_no_last_day(text: str) -> None:
    assert read(text)[-1].modality == "negated"
    assert read(text)[-1].bounds is None


def test_what_was_said_is_of_no_day_that_lies_ahead() -> None:
    text = (
        "The ferry company, which said it found the fault, still plans to announce a new tram on December 6."
    )
    assert only(text, "announce").when is not None
    assert only(text, "say").when is None
