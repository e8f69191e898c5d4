"""Quotations that a colon introduces behind any verb, in languages without tags."""

from __future__ import annotations

import pytest

from tests.transforms.claims.reading import read


@pytest.mark.parametrize(
    ("code", "text", "speaker", "cue"),
    [
        ("de", "Präsident Karl Oster stellte sich hinter das Team: „Wir halten zusammen.“", "Karl Oster", "stellte"),
        ("de", "Die Ministerin zeigte sich offen: „Das prüfen wir gerne.“", "Die Ministerin", "zeigte"),
        ("es", "El popular Bernardo Coll defendió los recortes: «Toca ahorrar ya».", "Bernardo Coll", "defendió"),
        ("fr", "La présidente, Élise Sance, a soutenu Paul Roy : « Il reste avec nous. »", "Élise Sance", "soutenu"),
    ],
)  # fmt: skip
def test_subject_says_what_stands_behind_the_colon(code: str, text: str, speaker: str, cue: str) -> None:
    (claim,) = read(text, code)
    assert (claim.speaker, claim.cue[0].exact, claim.quotation) == (speaker, cue, "direct")


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("de", "Kurze Nachfrage hierzu: „Was kostet das alles denn?“"),
        ("de", "Ein Schild am Zaun warnte: „Hier wacht ein großer Hund.“"),
        ("de", "Karl Oster kam nicht: „Der Zug war wieder zu spät.“"),
    ],
)
def test_things_and_notes_say_nothing(code: str, text: str) -> None:
    assert all(c.speaker is None for c in read(text, code))
