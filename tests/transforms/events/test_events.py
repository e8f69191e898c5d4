"""Events of our own pages: both times, ids that stay, PLOVER roots."""

from __future__ import annotations

import pytest

from dateline.transforms import claims, deeds, events, language, timex
from dateline.transforms.model import Anchor, Anchors, Event
from tests.quality.bare import bare_article

DAY = "2026-11-18"
"""A Wednesday."""


def read(text: str, day: str = DAY, modified: str | None = None, code: str = "en") -> tuple[Event, ...]:
    article = bare_article(text, code).model_copy(update={"article_id": "a"})
    anchors = Anchors(page=Anchor(kind="published", value=day, rule="test"), published=day, modified=modified)
    parse = language.parse(article)
    times = timex.annotate(article, anchors, parse)
    found = deeds.extract(article, parse, claims.extract(article, parse), times=times)
    return events.normalize(article, anchors, times, found, parse)


def said(text: str) -> list[Event]:
    return [e for e in read(text) if e.kind == "said"]


@pytest.mark.parametrize(
    ("text", "when", "about"),
    [
        ("Ana Ruiz said on Monday that the bridge had been closed.", "2026-11-16", []),
        (
            "Ana Ruiz told reporters on Tuesday that the bridge would reopen on November 20, 2026.",
            "2026-11-17",
            ["2026-11-20"],
        ),
        ("On Monday, Ana Ruiz said the bridge was safe.", "2026-11-16", []),
        ("Ana Ruiz said the bridge was closed on November 2, 2026.", None, ["2026-11-02"]),
        ("Ana Ruiz said the bridge was safe.", None, []),
        ("“The bridge is safe,” Ana Ruiz said Monday.", "2026-11-16", []),
    ],
)
def test_when_it_was_said_and_what_it_is_about(text: str, when: str | None, about: list[str]) -> None:
    (event,) = said(text)
    assert (event.when.edtf if event.when else None) == when
    assert [a.edtf for a in event.about] == about


@pytest.mark.parametrize(
    ("code", "text", "when"),
    [
        ("fr", "« C'est une insulte pour nous », a réagi Jean Corvo lundi.", "2026-11-16"),
        # The day of another sentence, of what is to come, and behind a comma.
        ("fr", "Le conseil a voté lundi. « C'est une insulte pour nous », a réagi Jean Corvo.", None),
        (
            "es",
            '"Es un día triste para todos", afirmó Rosa Leal, quien asumirá el cargo el 2 de diciembre.',
            None,
        ),
        ("es", '"Es un día triste para todos", afirmó Rosa Leal, elegida el lunes.', None),
        # A comma behind the time that opens a sentence does not divide it from the verb; a second one does.
        ("pt", "Nesta segunda-feira, a ministra Rosa Leal disse que a ponte é segura.", "2026-11-16"),
        ("fr", "Lundi, Jean Corvo a déclaré que le pont était sûr.", "2026-11-16"),
        ("es", "El lunes, la ministra Rosa Leal dijo que el puente era seguro.", "2026-11-16"),
        ("es", "El lunes, cuando llegaron los médicos, Rosa Leal dijo que el puente era seguro.", None),
    ],
)
def test_when_it_was_said_without_a_parse(code: str, text: str, when: str | None) -> None:
    (event,) = read(text, code=code)
    assert (event.when.edtf if event.when else None) == when


def test_a_time_of_the_same_speaker_is_carried_within_its_paragraph_only() -> None:
    first, second, third = said(
        "Ana Ruiz said on Monday that the bridge was safe. Ruiz said that the road was not.\nRuiz said that nobody had been hurt."
    )
    assert first.when and second.when and second.when.edtf == first.when.edtf == "2026-11-16"
    assert third.when is None
    assert any("inherited" in line for line in second.trace)


@pytest.mark.parametrize(
    "text",
    [
        "In 2019 Ana Ruiz closed the quay. Ruiz said that the road was not safe.",
        "Ana Ruiz will travel to Tarn on Friday. Ruiz has threatened to leave the talks.",
        "The ban was signed by Ana Ruiz on Monday. Ruiz's office said that the road was safe.",
    ],
)
def test_no_year_no_time_ahead_and_no_time_of_another_party_is_carried(text: str) -> None:
    assert read(text)[-1].when is None


@pytest.mark.parametrize(
    "text",
    [
        "Turnout was 71 percent, the commission said, up from 66 percent in 2022.",
        "Profit rose to 7 crowns from 5 crowns in 2021.",
    ],
)
def test_time_of_the_other_side_of_a_comparison_is_no_day_of_an_act(text: str) -> None:
    assert [e.when for e in read(text)] == [None]


def day_of(found: tuple[Event, ...], name: str, words: str) -> tuple[str | None, str]:
    """The day of somebody's event that holds some words, and the rule that gave it."""
    event = next(
        e for e in found if e.actor and e.actor.name == name and any(words in c.exact for c in e.content)
    )
    line = next((t for t in event.trace if t.startswith("when: ")), "()")
    return (event.when.edtf if event.when else None), line[line.rindex("(") + 1 : -1]


@pytest.mark.parametrize(
    ("text", "name", "words", "day", "rule"),
    [
        (
            "Following Monday's council vote on the quay, Ana Ruiz urged the builders to stop their work.",
            "Ana Ruiz", "stop their work", "2026-11-16", "setting",
        ),
        (
            "After talks on Monday, Ana Ruiz reiterated her opposition to the sale of the quay.",
            "Ana Ruiz", "the quay", "2026-11-16", "setting",
        ),
        (
            "According to Jonas Feld, Ilse Brandt “reaffirmed her opposition to the sale, which has cost jobs” during Monday's call with Ruiz.",
            "Ilse Brandt",
            "the sale",
            "2026-11-16",
            "setting",
        ),
        (
            "Ana Ruiz met with Jonas Feld on Monday. Feld stressed the need for a second bridge.",
            "Jonas Feld",
            "second bridge",
            "2026-11-16",
            "inherited.party",
        ),
        (
            "The Gazette reported Monday that Feld discussed with Brandt the sale of the old quay.",
            "Feld", "the old quay", None, "",
        ),
        (
            "Ana Ruiz met with Jonas Feld on Monday.\nIn his meeting with Ruiz, Feld stressed the need for a second bridge.",
            "Jonas Feld", "second bridge", "2026-11-16", "inherited.occasion",
        ),
        (
            "Ana Ruiz spoke with Jonas Feld on Monday.\nThe pair discussed the state of the two bridges.",
            "The pair", "two bridges", "2026-11-16", "inherited.meeting",
        ),
        (
            "In a harbour report published on Monday, the council said that the quay was unsafe. "
            "The report added that nobody had looked at the piles since the storm.",
            "The report", "the piles", "2026-11-16", "inherited.document",
        ),
        (
            "Ana Ruiz said on Monday that the bridge was safe. The bridge was closed on Tuesday. Ruiz said that the road was not.",
            "Ana Ruiz", "the road", None, "",
        ),
        (
            "The cold should ease on Thursday, but the harbour council expects that more snow will fall.",
            "the harbour council", "more snow", None, "",
        ),
        (
            "The harbour council expects that more snow will fall over the weekend.",
            "The harbour council", "more snow", None, "",
        ),
    ],
)  # fmt: skip
def test_the_rule_that_gives_a_claim_its_time(
    text: str, name: str, words: str, day: str | None, rule: str
) -> None:
    assert day_of(read(text), name, words) == (day, rule)


def test_the_act_of_a_meeting_has_the_day_of_its_clause() -> None:
    met = [e for e in read("Ana Ruiz met with Jonas Feld on Monday.") if e.kind == "did"]
    assert [(e.action.lemma, e.action.plover, e.when.edtf if e.when else None) for e in met] == [
        ("meet", "CONSULT", "2026-11-16")
    ]
    assert met[0].recipient and met[0].recipient.name == "Jonas Feld"


def test_ids_do_not_mind_white_space_and_tell_repeats_apart() -> None:
    text = "Ana Ruiz said the bridge was safe. “It is not,” said Jonas Feld."
    wide = text.replace(" ", "  ")
    assert [e.event_id for e in read(text)] == [e.event_id for e in read(wide)]
    twice = read("Ana Ruiz said it rained.\nThen the sun came out.\nAna Ruiz said it rained.")
    assert len({e.event_id for e in twice}) == len(twice)


def test_the_inner_event_names_the_outer_one() -> None:
    found = read("According to Jonas Feld, Ilse Brandt reaffirmed her opposition to the sale of the quay.")
    outer = next(e for e in found if e.actor and e.actor.name == "Jonas Feld")
    inner = next(e for e in found if e.actor and e.actor.name == "Ilse Brandt")
    assert inner.within == outer.event_id and outer.within is None


def test_every_span_stands_in_the_text() -> None:
    text = "Harbour Minister Ilse Brandt told reporters on Monday that “the quay is safe”, citing the police."
    for event in read(text):
        spans = [*event.content, *((event.action.span,) if event.action.span else ())]
        spans += [event.actor.span] if event.actor and event.actor.span else []
        spans += [event.when.span] if event.when else []
        assert all(text[s.start : s.end] == s.exact for s in spans)
        assert event.actor is None or event.actor.name in text


def test_a_time_in_a_relative_clause_is_not_that_of_saying() -> None:
    found = read("Ilse Brandt, who was elected on Monday, said that nothing had changed at the quay.")
    assert [e.when for e in found if e.kind == "said"] == [None]
