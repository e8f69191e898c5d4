"""Who says what by patterns of clauses, in other languages than English."""

from __future__ import annotations

import pytest

from tests.transforms.claims.reading import read, words


@pytest.mark.parametrize(
    ("code", "text", "speaker", "content"),
    [
        (
            "de",
            "Bürgermeisterin Ana Ruiz sagte, dass die Brücke wieder öffnet.",
            "Ana Ruiz",
            "die Brücke wieder öffnet",
        ),
        (
            "de",
            "„Wir haben kein Geld mehr für die Brücke“, erklärte Jonas Feld.",
            "Jonas Feld",
            "kein Geld mehr",
        ),
        ("fr", "Ana Ruiz a déclaré que le pont rouvrira en mai.", "Ana Ruiz", "le pont rouvrira"),
        ("fr", "Selon Jonas Feld, le port restera fermé demain.", "Jonas Feld", "le port restera fermé"),
        (
            "es",
            "La alcaldesa Ana Ruiz aseguró que el puente abrirá pronto.",
            "Ana Ruiz",
            "el puente abrirá pronto",
        ),
        ("it", "Marco Bini ha detto che il ponte riaprirà domani.", "Marco Bini", "il ponte riaprirà"),
        ("pt", "Ana Reis disse que a ponte vai abrir amanhã.", "Ana Reis", "a ponte vai abrir"),
        # The article "a" is spelt as a preposition is.
        ("pt", "A ministra Ana Reis disse que a ponte vai abrir amanhã.", "Ana Reis", "a ponte vai abrir"),
        (
            "pt",
            "A Polícia Federal informou que a ponte vai abrir amanhã.",
            "A Polícia Federal",
            "a ponte vai abrir",
        ),
        ("ru", "Анна Белова сказала, что мост откроют завтра.", "Анна Белова", "мост откроют завтра"),
    ],
)
def test_other_languages_read_by_the_same_patterns(code: str, text: str, speaker: str, content: str) -> None:
    found = read(text, code)
    assert [c.speaker for c in found] == [speaker] or speaker in (found[0].speaker or "")
    assert content in words(found[0])


@pytest.mark.parametrize(
    ("code", "text", "speaker", "content"),
    [
        # Who speaks behind a clause and its comma, with the time between.
        ("fr", "Le pont rouvrira en mai, a annoncé mardi la préfecture.", "la préfecture", "Le pont rouvrira en mai"),
        ("es", "El puente abre en mayo, informó el martes la Fiscalía.", "la Fiscalía", "El puente abre en mayo"),
        ("de", "Die Kassen seien leer, teilte das Werk mit.", "das Werk", "Die Kassen seien leer"),
        ("it", "Il ponte riapre in maggio, ha detto lunedì il sindaco.", "il sindaco", "Il ponte riapre in maggio"),
        # A name between commas before the verb.
        ("fr", "Le directeur, Jean Corvo, a affirmé que l'usine ferme.", "Jean Corvo", "l'usine ferme"),
        ("es", "Su abogada, Elena Prado, dijo que el juicio sigue.", "Elena Prado", "el juicio sigue"),
        ("de", "Die Sprecherin der Zentrale, Ute Harms, erklärte, man prüfe eine Klage.", "Ute Harms", "man prüfe eine Klage"),
        # A pronoun behind its verb speaks, and neither a year nor who hears it.
        ("de", "„Die Berge haben mir nichts geschenkt“, sagte er 1985 dem Tarner Boten.", None, "nichts geschenkt"),
        ("de", "„Das trifft die Falschen“, sagte sie am Mittwoch.", None, "trifft die Falschen"),
    ],
)  # fmt: skip
def test_who_speaks_without_a_parse(code: str, text: str, speaker: str | None, content: str) -> None:
    (claim,) = read(text, code)
    assert claim.speaker == speaker
    assert content in words(claim)


@pytest.mark.parametrize(
    "text",
    [
        # Neither a year nor "das" says anything.
        "1990 schrieb er seine Erinnerungen, 1998 erhielt er das Ehrenzeichen.",
        "Das kündigte Geschäftsführerin Petra Vogt am Dienstag an.",
    ],
)
def test_a_year_and_a_demonstrative_say_nothing(text: str) -> None:
    assert not read(text, "de")


def test_a_german_name_between_commas_is_the_speaker() -> None:
    (claim,) = read(
        "„Wir haben jedes Seil zweimal gezählt“, sagte die Sprecherin der Reederei, Frauke Petersen, dem Radio.",
        "de",
    )
    assert claim.speaker == "Frauke Petersen"


def test_the_dash_of_a_dateline_is_no_part_of_the_first_source() -> None:
    (claim,) = read(
        "Halden, 3. Juni (nwd) - Die Ministerin Eva Lang sagte am Montag, die Brücke werde im Juli öffnen.",
        "de",
    )
    assert claim.source[0].exact == "Die Ministerin Eva Lang"


def test_arabic_and_turkish_hold_their_quotations() -> None:
    assert "سيفتح الجسر" in words(read("قال الوزير إن البلدية سيفتح الجسر غدا", "ar")[0])
    assert "Köprü" in words(read("“Köprü yarın yeniden açılacak” dedi Ayşe Kaya.", "tr")[0])
