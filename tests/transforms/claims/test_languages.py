"""Claims in other languages than English are read by the closed words of that language, never by English ones."""

import pytest

from dateline.transforms import lexicon
from dateline.transforms.lexicon import Claims, EventTimes
from dateline.transforms.model import Claim, RawArticle
from dateline.transforms.walk import walk

GERMAN = (
    "Bürgermeister Jan Berg eröffnete am Montag die neue Brücke in Harlow. „Wir haben lange darauf gewartet und"
    " sind sehr froh“, sagte Berg. Er sagte, dass die Arbeiten im Juni enden. Ministerin Ute Lang erklärte, der"
    " Bau habe vier Millionen Euro gekostet."
)
SPANISH = (
    "El alcalde Juan Pérez inauguró el lunes el puente. «Hemos esperado mucho tiempo y estamos contentos», dijo"
    " Pérez. Ella dijo que las obras terminarán en junio. Según la ministra Ana Ruiz, la obra costó cuatro millones."
)
FRENCH = (
    "Le maire Jean Petit a inauguré lundi le pont. « Nous avons attendu longtemps et nous sommes contents », a"
    " déclaré Petit. Il a déclaré que les travaux finiront en juin. Selon la ministre Anne Roy, le chantier a coûté"
    " quatre millions."
)


def claims(text: str) -> list[Claim]:
    return list(walk(RawArticle(content=text, origin="page.txt")).claims or ())


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (GERMAN, [("Jan Berg", "Bürgermeister"), ("Jan Berg", "Bürgermeister"), ("Ute Lang", "Ministerin")]),
        (SPANISH, [("Juan Pérez", "alcalde"), (None, None), ("Ana Ruiz", "ministra")]),
        (FRENCH, [("Jean Petit", "maire"), ("Jean Petit", "maire"), ("Anne Roy", "ministre")]),
    ],
)
def test_role_is_no_part_of_a_name_and_a_pronoun_names_the_only_person_of_its_gender(
    text: str, speakers: list[tuple[str | None, str | None]]
) -> None:
    assert [(c.speaker, c.role) for c in claims(text)] == speakers


def test_auxiliary_is_no_part_of_a_source() -> None:
    assert ["".join(s.exact for s in c.source) for c in claims(FRENCH)][1] == "Il"


def test_closed_words_of_a_language_without_any_are_empty() -> None:
    assert lexicon.library().part(Claims, "pl").pronouns == frozenset()
    assert lexicon.library().part(EventTimes, "pl").occasions == frozenset()
