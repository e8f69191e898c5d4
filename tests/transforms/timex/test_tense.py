"""Whether a bare weekday or month lies ahead or behind, by the verbs around it, in ten languages."""

from __future__ import annotations

import pytest

from dateline.transforms import language
from dateline.transforms.model import Anchor, Anchors, Article, Block
from dateline.transforms.timex import annotate, annotate_text

DAY = "2024-10-16"
"""A Wednesday."""

AHEAD = {
    "en": [
        # A dotted clock ends no sentence.
        "The service will begin at 2 p.m. Saturday.",
        "Doors open at 8 a.m. Friday at the U.S. Mint.",
        # The present that means a plan.
        "The court sits again on Monday.",
        "Rovers play Wanderers on Saturday.",
        "The exhibition closes on Sunday.",
        "The chancellor flies to Rome on Saturday.",
        "The trial, which began last week, ends on Friday.",
        "She is meeting the mayor on Friday.",
        "Officials say the bridge opens Friday.",
        "On Saturday, the Queen visits Leeds.",
        # A plan with its target.
        "The match was rescheduled for Sunday.",
        "The operator has put off the repairs to June.",
        "The company moved its launch to February.",
        "The summit was brought forward to Saturday.",
        "They called a strike for Friday.",
        "She told lawmakers that a deal may be reached in November.",
        "The bill could be passed in June.",
        "The strike would have lasted until Friday.",
        "From Tuesday, fares rise by five percent.",
        # Pronouns before a present without an ending, and requests.
        "On Monday I start as a scout.",
        "On Saturday we play Wanderers.",
        "Please return the slips by Friday.",
        "Families are asked to please leave the hall by Thursday.",
        "They found a site that could open in November.",
        # The participle of a passive in the present tells of no past.
        "Rules on passports change on Nov. 1: from then on a form is needed.",
        "Starting Monday, masks are required in shops.",
        # The infinitive of a plan behind "before", and the present behind it.
        "He promised to return before Christmas.",
        "Workers were told to finish before May.",
        "The union vowed to strike before the summer if talks fail.",
        "Engineers hoped to reopen the bridge before the weekend.",
        "The council voted to mend the roof before the winter storms arrive.",
        "The minister asked farmers to sow before the spring floods come.",
        "Police asked witnesses to come forward before the trial starts on Monday.",
        "The clubs have a deal to meet on Saturday.",
        "The firm has a permit to drill in March.",
        # The label of a line.
        "Next meeting: Friday",
        "Upcoming events: January 12",
    ],
    "de": ["Der Prozess wurde auf Juni verschoben.", "Der Laden schließt am Samstag.", "Nächste Sitzung: Freitag"],
    "fr": ["Le magasin rouvrira samedi.", "La grève pourrait s'arrêter vendredi.", "Le procès est reporté à juin.", "Il a promis de rentrer avant Noël.", "Ils ont été invités à partir avant vendredi."],
    "es": ["El puente se abrirá el sábado.", "El ministro podría dimitir el viernes.", "El juicio fue aplazado a junio.", "Prometió volver antes de Navidad."],
    "it": ["Il ponte riaprirà sabato.", "Il ministro potrebbe dimettersi venerdì.", "Il processo è stato rinviato a giugno.", "Ha promesso di tornare prima di Natale."],
    "pt": ["A ponte reabrirá na segunda-feira.", "A votação foi adiada para junho.", "Prometeu voltar antes do Natal."],
    "nl": ["De brug gaat zaterdag weer open.", "De raad vergadert vrijdag.", "Het proces is verplaatst naar juni.", "Hij beloofde voor Kerst terug te keren."],
    "ru": ["Совет соберётся в пятницу.", "Матч перенесли на июнь."],
    "tr": ["Meclis Cuma günü toplanacak."],
    "ar": ["سيجتمع المجلس يوم الجمعة."],
}  # fmt: skip
BEHIND = {
    "en": [
        "She was shot at 7 p.m. Monday, police said.",
        "The storm hit the U.S. Monday.",
        "The mayor may have left on Friday.",
        "The mayor could not be reached on Friday.",
        "The hearing had been set for Monday.",
        "He moved to London in June.",
        "The report on Friday showed a rise.",
        "A peace march on Monday.",
        "Judge Will Hale on Monday ruled against the firm.",
        "Fire guts mill on Monday",
        "The strike lasted until Friday.",
        "The talks went on until late Friday.",
        "From Monday, police say, the road was shut.",
        "Starting Monday, masks were required in shops.",
        # What was managed or had been done is no plan.
        "She managed to sell the house before Easter.",
        "He was forced to leave before Monday.",
        "He was known to have left before Easter.",
        "The council mended the roof before the spring storms arrived.",
        "They had a deal to meet on Monday.",
        "Last meeting: Friday",
        "Previous match: November 12",
        "Latest update: December 2",
    ],
    "de": [
        "Das Gesetz wurde am Freitag beschlossen.",
        "Der Streik dauerte bis Freitag.",
        "Letztes Spiel: 12. November",
    ],
    "fr": [
        "Le maire entrait samedi dans la salle.",
        "Il déclara lundi que tout allait bien.",
        "Dernier match : 12 novembre",
        "Il a réussi à vendre la maison avant Pâques.",
    ],
    "es": [
        "Irán atacó el lunes.",
        "El ministro quería irse el viernes.",
        "La huelga duró hasta el viernes.",
        "Último partido: 12 de noviembre",
        "Logró vender la casa antes de Pascua.",
    ],
    "it": ["Il ministro si è dimesso venerdì.", "Lo sciopero durò fino a venerdì."],
    "pt": ["O museu fechou na sexta-feira.", "Ardeu em abril.", "A greve durou até sexta-feira."],
    "nl": [
        "De brug ging zaterdag dicht.",
        "Van zaterdag tot maandag was de brug dicht.",
        "De staking duurde tot vrijdag.",
    ],
    "ru": ["Совет собрался в понедельник."],
    "tr": ["Meclis Cuma günü toplandı."],
    "ar": ["اجتمع المجلس يوم الجمعة."],
}


def flat(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(code, text) for code, texts in table.items() for text in texts]


@pytest.mark.parametrize(("code", "text"), flat(AHEAD))
def test_what_is_planned_lies_ahead(code: str, text: str) -> None:
    time = annotate_text(text, DAY, code)[-1]
    assert time.start is not None
    assert time.start > DAY, time.trace


@pytest.mark.parametrize(("code", "text"), flat(BEHIND))
def test_what_has_happened_lies_behind(code: str, text: str) -> None:
    time = annotate_text(text, DAY, code)[-1]
    assert time.end is not None
    assert time.end <= DAY, time.trace


NEAR = [
    "A service planned at the chapel for {} was canceled after the roof leaked.",
    "The rally scheduled for {} was called off.",
    "The trip, planned for {}, was scrapped.",
    "The union said the strike called for {} was averted.",
    "The court ruled that the boat must be returned, and set {} as the deadline.",
    "The march that was planned for {} was banned.",
    "The match, which was scheduled for {}, was abandoned.",
    "The club named {} as the day of the draw.",
]
STILL_AHEAD = [
    "The rally is scheduled for {}.",
    "A vote planned for {} was expected to be close.",
    "A vote planned for {} could be delayed.",
    "The march that is planned for {} has been banned.",
    "The owner put off the launch planned for {} because fuel leaked.",
    "The judge will set {} as the deadline.",
]


@pytest.mark.parametrize("text", NEAR)
def test_a_plan_of_which_the_outcome_is_told_is_the_nearest(text: str) -> None:
    read = [annotate_text(text.format(name), DAY)[-1].edtf for name in ("Tuesday", "Friday")]
    assert read == ["2024-10-15", "2024-10-18"]


@pytest.mark.parametrize("text", STILL_AHEAD)
def test_a_plan_of_which_no_outcome_is_told_lies_ahead(text: str) -> None:
    assert annotate_text(text.format("Tuesday"), DAY)[-1].edtf == "2024-10-22"


def test_the_present_of_a_caption_has_happened() -> None:
    text = "The minister meets miners on Monday."
    days = []
    for kind in ("paragraph", "caption"):
        block = Block.model_validate({"kind": kind, "start": 0, "end": len(text), "page_start": 0})
        article = Article(article_id="", revision="", origin="", language="en", text=text, blocks=(block,))
        anchors = Anchors(page=Anchor(kind="published", value=DAY, rule="test"))
        days.append(annotate(article, anchors, language.parse(article))[0].edtf)
    assert days == ["2024-10-21", "2024-10-14"]
