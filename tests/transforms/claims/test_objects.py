"""Statements that are told by their object alone, in languages without tags."""

from __future__ import annotations

import pytest

from tests.transforms.claims.reading import read


@pytest.mark.parametrize(
    ("code", "text", "speaker", "content"),
    [
        ("es", "El alcalde criticó la ley que prohíbe los perros.", "El alcalde", "la ley que prohíbe los perros"),
        ("es", "La escuela reconoció la labor que hacen los padres.", "La escuela", "la labor que hacen los padres"),
        ("es", "El gobierno confirmó la reunión, prevista para el martes.", "El gobierno", "la reunión"),
        ("es", "El senador Luis Mora negó los cargos ante el juez.", "Luis Mora", "los cargos"),
        ("es", "La ministra calificó la huelga de «chantaje».", "La ministra", "la huelga de «chantaje»"),
        ("fr", "Le juge regrette le fait que personne ne vienne.", "Le juge", "le fait que personne ne vienne"),
        ("fr", "La ministre Rosa Leal a démenti la rumeur mardi.", "Rosa Leal", "la rumeur"),
        ("fr", "Le maire, Julien Prat, a promis des travaux.", "Julien Prat", "des travaux"),
        ("it", "Il sindaco ha respinto le critiche.", "Il sindaco", "le critiche"),
        ("pt", "O ministro negou as acusações nesta terça-feira.", "O ministro", "as acusações"),
        ("de", "Der Minister kritisierte das Gesetz, das im Mai kam.", "Der Minister", "das Gesetz"),
        ("de", "Die Firma wies die Vorwürfe am Montag zurück.", "Die Firma", "die Vorwürfe"),
        ("de", "Am Montag wies die Ministerin Ute Lang die Kritik zurück.", "Ute Lang", "die Kritik"),
        ("de", "Die Regierung hat die Berichte dementiert.", "Die Regierung", "die Berichte"),
        ("de", "Der Verband warnte vor höheren Preisen.", "Der Verband", "höheren Preisen"),
        ("nl", "De minister bekritiseerde de wet die honden verbiedt.", "De minister", "de wet die honden verbiedt"),
        ("nl", "De verdachte heeft de beschuldigingen ontkend.", "De verdachte", "de beschuldigingen"),
        ("ru", "Министр Анна Рот отвергла обвинения.", "Анна Рот", "обвинения"),
    ],
)  # fmt: skip
def test_object_is_what_is_said(code: str, text: str, speaker: str, content: str) -> None:
    (claim,) = read(text, code)
    assert (claim.speaker, [s.exact for s in claim.content]) == (speaker, [content])


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("de", "Die Firma wies den Boten ab."),
        ("de", "Die Firma kündigte dem Mieter."),
        ("de", "Den Plan kritisierte niemand."),
        ("de", "Der Minister bestätigte die Berichte nicht."),
        ("es", "El alcalde no negó los cargos."),
        ("es", "La caída de los precios confirmó la crisis."),
        ("fr", "Le maire n'a pas confirmé la nouvelle."),
        ("it", "Il sindaco non ha confermato la notizia."),
        ("nl", "De wegwijzer wees de weg."),
        ("nl", "De minister heeft het bericht niet bevestigd."),
    ],
)
def test_no_object_of_another_act_and_of_what_was_not_said(code: str, text: str) -> None:
    assert read(text, code) == ()
