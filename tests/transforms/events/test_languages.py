"""The times of statements in languages without clauses: which time before a verb of saying is that of the statement."""

from __future__ import annotations

import pytest

from dateline.transforms.model import RawArticle
from dateline.transforms.walk import walk

PAGES = {
    "de": "Ein Tag in Lübben\n\nLübben, 12. März 2026 (dpa) - {}\n\nDas Wetter in der Stadt war mild, und der Hafen blieb ruhig, weil niemand ausfuhr.\n",
    "es": "Un día en Lobera\n\nLobera, 12 mar 2026 (EFE).- {}\n\nEl tiempo en la ciudad fue suave y el puerto estuvo tranquilo porque nadie salió.\n",
    "fr": "Une journée à Larmont\n\nLARMONT, 12 mars 2026 (AFP) - {}\n\nLe temps dans la ville était doux et le port est resté calme toute la journée.\n",
    "it": "Una giornata a Lorena\n\n(ANSA) - LORENA, 12 MAR 2026 - {}\n\nIl tempo in città era mite e il porto è rimasto tranquillo tutto il giorno.\n",
    "pt": "Um dia em Lousada\n\nLousada, 12 mar 2026 (Lusa) - {}\n\nO tempo na cidade esteve ameno para a época, com pouca chuva, e o porto ficou calmo durante todo o dia porque os barcos não saíram.\n",
    "nl": "Een dag in Lochem\n\nLOCHEM, 12 maart 2026 (ANP) - {}\n\nHet weer in de stad was zacht en de haven bleef de hele dag rustig.\n",
}  # fmt: skip
"""Thursday, 12 March 2026."""


def said(language: str, sentence: str) -> list[str | None]:
    """The days of the statements of a sentence behind a dateline."""
    content = PAGES[language].format(sentence).encode()
    events = walk(RawArticle(origin="page.txt", content=content)).events or ()
    return [e.when.edtf if e.when else None for e in events if e.kind == "said"]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("es", "El ministro que dimitió el lunes dijo que no tenía otra opción."),
        ("es", "El portavoz que compareció ante la prensa el martes aseguró que nadie resultó herido."),
        ("fr", "Le ministre qui a démissionné lundi a déclaré qu’il n’avait pas le choix."),
        ("fr", "La députée qui avait quitté le parti mardi a affirmé que rien ne changerait."),
        ("pt", "O ministro que se demitiu na segunda-feira disse que não tinha escolha."),
        ("nl", "De minister die maandag aftrad zei dat hij geen keus had."),
    ],
)
def test_the_time_of_a_relative_clause_is_not_that_of_the_statement(language: str, sentence: str) -> None:
    assert said(language, sentence) == [None]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "Depuis lundi le maire Jean Petit assure que l’eau manque."),
        ("it", "Da lunedì il sindaco Gianni Poli assicura che manca l’acqua."),
        ("pt", "Desde segunda-feira o prefeito João Pires garante que falta água."),
        ("nl", "Sinds maandag zegt burgemeester Jan Bakker dat er geen water is."),
    ],
)
def test_nothing_was_said_on_the_day_behind_since(language: str, sentence: str) -> None:
    assert said(language, sentence) == [None]


@pytest.mark.parametrize(
    ("language", "sentence", "day"),
    [
        ("it", "Dopo la riunione di martedì il ministro Gianni Poli ha detto che i colloqui vanno bene.", 10),
        ("nl", "Na het overleg van dinsdag zei minister Jan Bakker dat de gesprekken goed verliepen.", 10),
        ("nl", "In de vergadering van maandag zei burgemeester Anna Visser dat de school er komt.", 9),
    ],
)
def test_the_day_of_a_meeting_is_that_of_what_is_said_there(language: str, sentence: str, day: int) -> None:
    assert said(language, sentence) == [f"2026-03-{day:02}"]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("es", "El martes el alcalde Juan Pérez dijo que la escuela se construirá."),
        ("fr", "Mardi, le maire Jean Petit a déclaré que l’école serait construite."),
        ("it", "Martedì il sindaco Gianni Poli ha detto che la scuola sarà costruita."),
        ("pt", "Na terça-feira o prefeito João Pires disse que a escola será construída."),
        ("nl", "Dinsdag zei burgemeester Jan Bakker dat de school er komt."),
    ],
)
def test_a_dateline_hides_no_day_that_opens_its_sentence_and_is_no_day_of_it(
    language: str, sentence: str
) -> None:
    assert said(language, sentence) == ["2026-03-10"]


def test_that_of_a_sentence_before_opens_no_clause() -> None:
    sentences = "La alcaldesa espera que llueva. El martes el concejal Juan Pérez dijo que el río está seco."
    assert "2026-03-10" in said("es", sentences)
