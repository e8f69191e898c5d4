"""Statements whose content is the sentence before."""

from __future__ import annotations

import pytest

from tests.transforms.claims.reading import read


@pytest.mark.parametrize(
    ("code", "before", "text", "speaker"),
    [
        ("de", "Die Brücke bleibt bis Ostern gesperrt.", "Das sagte der Minister am Montag.", "der Minister"),
        ("de", "Die Brücke bleibt bis Ostern gesperrt.", "Dies teilte die Polizei mit.", "die Polizei"),
        ("de", "Die Brücke bleibt bis Ostern gesperrt.", "Das hat die Stadt am Dienstag mitgeteilt.", "die Stadt"),
        ("es", "El puente seguirá cerrado hasta mayo.", "Así lo anunció ayer la alcaldesa.", "la alcaldesa"),
        ("es", "El puente seguirá cerrado hasta mayo.", "Lo dijo la ministra Ana Ruiz.", "Ana Ruiz"),
        ("es", "El puente seguirá cerrado hasta mayo.", "La policía lo ha confirmado.", "La policía"),
        ("fr", "Le pont restera fermé jusqu'en mai.", "C'est ce qu'a déclaré la ministre.", "la ministre"),
        ("fr", "Le pont restera fermé jusqu'en mai.", "La mairie l'a confirmé lundi.", "La mairie"),
        ("it", "Il ponte resterà chiuso fino a maggio.", "Lo ha detto il ministro.", "il ministro"),
        ("pt", "A ponte ficará fechada até maio.", "Foi o que disse o ministro.", "o ministro"),
        ("nl", "De brug blijft tot mei dicht.", "Dat meldt de politie.", "de politie"),
        ("nl", "De brug blijft tot mei dicht.", "Dat heeft de gemeente bekendgemaakt.", "de gemeente"),
        ("ru", "Мост будет закрыт до мая.", "Об этом сообщила полиция.", "полиция"),
    ],
)  # fmt: skip
def test_sentence_before_is_what_is_said(code: str, before: str, text: str, speaker: str) -> None:
    (claim,) = read(f"{before} {text}", code)
    assert (claim.speaker, [s.exact for s in claim.content]) == (speaker, [before.rstrip(".")])


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("de", "Das sagte der Minister."),
        ("de", "Kommt die Brücke noch im Mai? Das sagte der Minister."),
        ("de", "Die Brücke bleibt bis Ostern gesperrt. Das sagte der Minister nicht."),
        ("de", "Die Brücke bleibt bis Ostern gesperrt. Das sagt alles."),
        ("es", "El puente seguirá cerrado hasta mayo. Lo vio la ministra."),
        ("es", "El puente seguirá cerrado hasta mayo. Nadie lo ha confirmado."),
        ("fr", "Le pont restera fermé jusqu'en mai. Le maire l'a ouvert."),
        ("nl", "De brug blijft tot mei dicht. Dat zegt genoeg."),
        ("it", "Il ponte resterà chiuso fino a maggio. Lo Stato ha pagato."),
    ],
)
def test_no_question_no_denial_and_nothing_before(code: str, text: str) -> None:
    assert read(text, code) == ()
