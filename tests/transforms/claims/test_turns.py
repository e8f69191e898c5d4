"""Statements that the layout attributes: turns, signatures, and what a colon hands on."""

from __future__ import annotations

import pytest

from dateline.transforms import claims, language
from dateline.transforms.model import Claim
from tests.quality.bare import bare_article
from tests.transforms.deeds.reading import read as read_deeds


def read(text: str, code: str = "en") -> list[tuple[str | None, str, str]]:
    article = bare_article(text, code)
    found = claims.extract(article, language.parse(article))
    return [(c.speaker, c.lemma, " ".join(s.exact for s in c.content)) for c in found if _laid_out(c)]


def _laid_out(claim: Claim) -> bool:
    return claim.rule in ("turn", "signature", "quote.from")


INTERVIEW = """The Herald met Jonas Feld, head of the union.
Herald: What did the company offer you?
Feld: They offered three percent in March, and we rejected it.
Herald: Will you strike?
Feld: We will strike in May."""


def test_each_answer_is_a_statement_of_its_label() -> None:
    assert read(INTERVIEW) == [
        ("Jonas Feld", "say", "They offered three percent in March, and we rejected it"),
        ("Jonas Feld", "say", "We will strike in May"),
    ]


def test_deeds_of_an_answer_stand_within_it_and_we_is_who_answers() -> None:
    struck = next(c for c in read_deeds(INTERVIEW) if c.lemma == "reject" or c.lemma == "strike")
    assert struck.outer is not None
    assert struck.speaker == "Jonas Feld"


@pytest.mark.parametrize(
    "text",
    [
        "Q: Why did the port close? A: The quay was not safe. Q: Who paid? A: The council paid for it.",
        "Q: Why did the port close?\nA: The quay was not safe.\nQ: Who paid?\nA: The council paid for it.",
        "Question: Why did the port close?\nAnswer: The quay was not safe.\nQuestion: Who paid?\n"
        "Answer: The council paid for it.",
    ],
)
def test_answers_without_a_name_are_said_by_nobody_that_is_known(text: str) -> None:
    assert read(text) == [(None, "say", "The quay was not safe"), (None, "say", "The council paid for it")]


def test_the_letter_of_an_answer_does_nothing() -> None:
    text = "Q: Who paid?\nA: The operator, Norvik Lines, cancelled the route.\nQ: When?\nA: How little was written down."
    assert "A" not in [name for claim in read_deeds(text) for name in (claim.speaker, claim.recipient_name)]


def test_a_paragraph_without_a_label_is_the_reporters() -> None:
    text = "Q: Who paid?\nA: The council paid for it.\nThe council did not answer.\nQ: When?\nA: It was in the spring."
    assert [content for _, _, content in read(text)] == ["The council paid for it", "It was in the spring"]


@pytest.mark.parametrize(
    "text",
    [
        "Where: Lund town hall\nWhen: Monday at noon\nPrice: free for all who come",
        "Ana Ruiz: the port is safe and will remain open.",
        "Note: The port is safe.\nWarning: The quay is not safe.",
    ],
)
def test_fact_boxes_are_no_interviews(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("code", "text", "speaker"),
    [
        ("en", "“The bridge is safe and will remain open.” — Ana Ruiz, mayor of Lund", "Ana Ruiz"),
        ("en", '"We mourn the loss of our colleague." -- Veltra', "Veltra"),
        ("es", "«El puente es seguro y no va a cerrar.» — Ana Ruiz", "Ana Ruiz"),
        ("de", "„Die Brücke ist sicher und bleibt offen.“ – Ana Ruiz, Lund", "Ana Ruiz"),
    ],
)
def test_a_signature_behind_a_dash_says_its_quotation(code: str, text: str, speaker: str) -> None:
    assert [s for s, _, _ in read(text, code)] == [speaker]


def test_a_dash_before_a_clause_is_no_signature() -> None:
    assert read("“The bridge is safe.” — Ana Ruiz said it twice on Monday.") == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("From the mayor of Lund:\n“We mourn with the families of the victims.”", "the mayor of Lund"),
        ("And from Ana Ruiz: “The council will pay for the repairs.”", "Ana Ruiz"),
        ("A statement from the union: “Nobody should lose a job over this.”", "the union"),
    ],
)
def test_a_colon_hands_on_to_who_stands_behind_from(text: str, speaker: str) -> None:
    found = read(text)
    assert [s for s, _, _ in found] == [speaker]
    assert found[0][1] == "say"


def test_a_source_of_pictures_says_nothing() -> None:
    assert read("Photos from Lund: “The Bridge at Night” and others") == []
