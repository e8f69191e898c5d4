"""Pronouns and verbs without a subject in languages without tags: a name only where one person is possible."""

from __future__ import annotations

import pytest

from tests.transforms.claims.reading import read


@pytest.mark.parametrize(
    ("code", "text", "speaker"),
    [
        ("de", "Ministerin Ute Lang kam nach Lund. Sie sagte, die Brücke sei sicher.", "Ute Lang"),
        ("de", "Ministerin Ute Lang traf Minister Jan Berg. Er sagte, die Brücke sei sicher.", "Jan Berg"),
        ("de", "Eine Anwohnerin hatte Schläge gehört. „Ich dachte an die Baustelle“, erzählte sie.", "Eine Anwohnerin"),
        ("es", "La ministra Ana Ruiz llegó a Lund. Dijo que el puente es seguro.", "Ana Ruiz"),
        ("es", "La ministra Ana Ruiz llegó a Lund. «El puente es muy seguro», dijo.", "Ana Ruiz"),
        ("es", "La ministra Ana Ruiz vio al juez Luis Mora. Ella dijo que el puente es seguro.", "Ana Ruiz"),
        ("fr", "La ministre Anne Roy est arrivée. « Le pont est sûr », a-t-elle dit.", "Anne Roy"),
        ("it", "Il sindaco Carlo Leali è arrivato. Ha detto che il ponte è sicuro.", "Carlo Leali"),
        ("pt", "A ministra Ana Reis chegou. Ela disse que a ponte é segura.", "Ana Reis"),
        ("nl", "Burgemeester Anna Vos kwam naar Lund. Ze zei dat de brug veilig is.", "Anna Vos"),
        ("ru", "Министр Анна Рот приехала. Она сказала, что мост безопасен.", "Анна Рот"),
    ],
)  # fmt: skip
def test_one_person_that_can_be_meant(code: str, text: str, speaker: str) -> None:
    assert [c.speaker for c in read(text, code)] == [speaker]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("de", "Minister Karl Lang traf Minister Jan Berg. Er sagte, die Brücke sei sicher."),
        ("de", "Minister Karl Lang kam nach Lund. Sie sagte, die Brücke sei sicher."),
        ("de", "Ministerin Ute Lang kam nach Lund. Sie sagten, die Brücke sei sicher."),
        ("es", "La ministra Ana Ruiz vio a la jueza Rosa Mora. Dijo que el puente es seguro."),
        ("es", "La ministra Ana Ruiz vio al juez Luis Mora. «El puente es muy seguro», dijo."),
        ("es", "La ministra Ana Ruiz llegó a Lund. Dijeron que el puente es seguro."),
        ("fr", "Le ministre Marc Roy a vu le juge Paul Petit. « Le pont est sûr », a-t-il dit."),
        ("ru", "Министр Анна Рот приехала. Он сказал, что мост безопасен."),
    ],
)
def test_no_name_where_several_or_none_can_be_meant(code: str, text: str) -> None:
    assert [c.speaker for c in read(text, code)] == [None]
