"""Verbs of saying by which nobody states anything, and names behind what somebody is, in languages without tags."""

from __future__ import annotations

import pytest

from tests.transforms.claims.reading import read


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("de", "Wer so etwas behauptet, der Bürgermeister sei korrupt, kennt die Stadt nicht."),
        ("de", "Wer seine Meinung äußert, sollte zu ihr stehen."),
        ("de", "Alles, was die Ministerin sagt, wird derzeit geprüft und danach veröffentlicht."),
        ("de", "Man kann auch sagen, dass die Stadt zu wenig Geld für ihre Schulen hat."),
        ("de", "Diesen Fehler meinte wohl der Richter, als er das Urteil im Gericht begründete."),
        ("de", "Haben Ihnen die Parteien gesagt, wie sie die Brücke bezahlen wollen?"),
        ("de", "Will der Minister sagen, dass die Brücke nicht sicher ist?"),
        ("de", "Das erklärt auch den Streit um den Haushalt: Die Stadt hat kein Geld mehr."),
        ("de", "Was nur heißt, dass die Brücke noch steht und der Verkehr rollt."),
        ("de", "Anders gesagt: Die Stadt hat für den Bau der Schule kein Geld mehr."),
        ("es", "Quien dice que el alcalde es corrupto no conoce la ciudad."),
        ("es", "Lo que dijo la ministra será revisado por la comisión en mayo."),
        ("es", "Se puede decir que la ciudad tiene poco dinero para sus escuelas."),
        ("es", "¿Dijo el ministro que el puente no es seguro?"),
        ("es", "Dicho de otro modo: la ciudad ya no tiene dinero para la escuela."),
        ("es", "Eso explica la pelea por el presupuesto: la ciudad ya no tiene dinero."),
        ("es", "Esto significa que el puente sigue en pie."),
        ("fr", "Ceux qui disent que le maire est corrompu ne connaissent pas la ville."),
        ("fr", "Qui dit que le maire est corrompu ne connaît pas la ville."),
        ("fr", "Ce que dit la ministre sera examiné par la commission en mai."),
        ("fr", "On peut dire que la ville a peu d'argent pour ses écoles."),
        ("fr", "Le ministre a-t-il dit que le pont n'est pas sûr ?"),
        ("fr", "Autrement dit : la ville n'a plus d'argent pour l'école."),
        ("fr", "Cela explique la querelle du budget : la ville n'a plus d'argent."),
        ("it", "Chi dice che il sindaco è corrotto non conosce la città."),
        ("it", "Ha detto il ministro che il ponte non è sicuro?"),
        ("it", "In altre parole: la città non ha più soldi per la scuola."),
        ("it", "Questo spiega la lite sul bilancio: la città non ha più soldi."),
        ("pt", "Quem diz que o prefeito é corrupto não conhece a cidade."),
        ("pt", "O ministro disse que a ponte não é segura?"),
        ("pt", "Isso explica a briga pelo orçamento: a cidade não tem mais dinheiro."),
        ("nl", "Wie zegt dat de burgemeester corrupt is, kent de stad niet."),
        ("nl", "Heeft de minister gezegd dat de brug niet veilig is?"),
        ("nl", "Dat verklaart de ruzie over de begroting: de stad heeft geen geld meer."),
        ("nl", "Je kunt zeggen dat de stad te weinig geld heeft voor scholen."),
        ("nl", "Met andere woorden gezegd: de stad heeft geen geld meer."),
        ("ru", "Кто говорит, что мэр берёт взятки, не знает города."),
        ("ru", "Сказал ли министр, что мост небезопасен?"),
        ("ru", "Это объясняет спор о бюджете: у города больше нет денег."),
        ("ru", "Можно сказать, что у города мало денег на школы."),
    ],
)
def test_nobody_states_it(code: str, text: str) -> None:
    assert read(text, code) == ()


@pytest.mark.parametrize(
    ("code", "text", "speaker", "content"),
    [
        ("de", "Wer zahlt, ist offen, sagte die Ministerin Ute Lang.", "Ute Lang", "Wer zahlt, ist offen"),
        ("de", "Der Minister sagte: Wer soll das bezahlen?", "Der Minister", "Wer soll das bezahlen?"),
        ("de", "In dem Bericht heißt es, dass die Brücke noch hält.", None, "die Brücke noch hält"),
        (
            "de",
            "Die Bauern wollen mehr Geld und sagen, dass sie sonst gehen.",
            "Die Bauern",
            "sie sonst gehen",
        ),
        (
            "de",
            "Einer der Zeugen sagte, der Fahrer sei geflohen.",
            "Einer der Zeugen",
            "der Fahrer sei geflohen",
        ),
        ("es", "El alcalde dijo: ¿quién paga el puente nuevo?", "El alcalde", "¿quién paga el puente nuevo?"),
        (
            "fr",
            "Le maire a dit : qui paiera le nouveau pont ?",
            "Le maire",
            "qui paiera le nouveau pont ?",
        ),
        (
            "nl",
            "De minister zei dat niemand kan zeggen wat het kost.",
            "De minister",
            "niemand kan zeggen wat het kost",
        ),
    ],
)
def test_what_is_stated_beside_such_words_is_read(
    code: str, text: str, speaker: str | None, content: str
) -> None:
    (claim,) = read(text, code)
    assert (claim.speaker, [s.exact for s in claim.content]) == (speaker, [content])


@pytest.mark.parametrize(
    ("text", "speaker", "role"),
    [
        ("Die Landrätin Waltraud Berg sagte, die Brücke bleibe zu.", "Waltraud Berg", "Landrätin"),
        ("Die EU-Abgeordnete Birgit Lind sagte, die Brücke bleibe zu.", "Birgit Lind", "EU-Abgeordnete"),
        (
            "Der Leiter des Hilfswerks Klaus Brand sagte, das Geld fehle.",
            "Klaus Brand",
            "Leiter des Hilfswerks",
        ),
        ("Die Brücke bleibe zu, sagte Obstbau-Obmann Johann Grasser.", "Johann Grasser", "Obstbau-Obmann"),
        ("Der Bau verdiene laut Landrat Hans Berger Anerkennung.", "Hans Berger", "Landrat"),
        ("Der Bau sei laut Minister Hans Berger Voraussetzung für alles.", "Hans Berger", "Minister"),
        ("Der Anteil liegt laut Forsa 26 Prozent unter dem Ziel von Mai.", "Forsa", None),
        ("Den Angaben des Ministeriums zufolge starben zwei Menschen.", "Ministeriums", None),
        (
            "Der Anwalt des Zeugen Klaus Brand sagte, das Geld fehle.",
            "Der Anwalt des Zeugen Klaus Brand",
            None,
        ),
    ],
)
def test_german_names_end_and_begin_at_their_nouns(text: str, speaker: str, role: str | None) -> None:
    (claim,) = read(text, "de")
    assert (claim.speaker, claim.role) == (speaker, role)


@pytest.mark.parametrize(
    "text",
    [
        "Den Angaben zufolge starben bei dem Brand zwei Menschen.",
        "Laut Marktprognosen steigt der Preis im Mai um die Hälfte.",
        "Die Idee dieser Brücke wurde kritisiert, weil sie teuer ist.",
        "Vereinfachend gesagt: Die Stadt hat für die Schule kein Geld.",
    ],
)
def test_no_document_and_no_subject_of_a_passive_speaks(text: str) -> None:
    assert read(text, "de") == ()


def test_a_german_genitive_is_the_name_of_its_article() -> None:
    text = "Birgit Lind sagte, das Geld fehle. Der Bau ist nach Angaben Linds zu teuer. Zu teuer sei er, sagte Lind."
    assert [c.speaker for c in read(text, "de")][-1] == "Birgit Lind"


@pytest.mark.parametrize(
    ("code", "text", "speaker", "content"),
    [
        (
            "fr",
            "« Je reste. Le maire peut partir », a déclaré Rosa Leal.",
            "Rosa Leal",
            "« Je reste. Le maire peut partir »",
        ),
        (
            "de",
            "„Wir bleiben. Niemand geht fort“, sagte Ute Lang vor dem Werk.",
            "Ute Lang",
            "„Wir bleiben. Niemand geht fort“",
        ),
        (
            "de",
            "Ute Lang sagte: „Wir bleiben hier. Niemand geht fort.“",
            "Ute Lang",
            "„Wir bleiben hier. Niemand geht fort.“",
        ),
    ],
)
def test_a_quotation_of_several_sentences_is_said_as_a_whole(
    code: str, text: str, speaker: str, content: str
) -> None:
    (claim,) = read(text, code)
    assert (claim.speaker, [s.exact for s in claim.content]) == (speaker, [content])


@pytest.mark.parametrize(
    ("code", "text", "speaker"),
    [
        ("it", "L'ufficio di Anna Rosi ha detto che il ponte resta chiuso.", "L'ufficio di Anna Rosi"),
        ("fr", "Le cabinet de Rosa Leal a indiqué que le pont reste fermé.", "Le cabinet de Rosa Leal"),
        ("fr", "L'agence d'Ottawa indique que le pont reste fermé.", "L'agence d'Ottawa"),
        ("fr", "Le Premier ministre a fait savoir qu'il partirait.", "Le Premier ministre"),
        ("de", "Die Sprecherin von Ute Lang sagte, die Brücke sei zu.", "Die Sprecherin von Ute Lang"),
        ("pt", "O presidente da câmara Rui Leal disse que a ponte fecha.", "Rui Leal"),
        ("fr", "Selon des chiffres de la police, deux mille personnes ont marché.", "la police"),
        ("de", "Der Innenminister Jan Lang sagte, die Brücke sei zu.", "Jan Lang"),
    ],
)
def test_who_speaks_is_not_whom_it_is_of(code: str, text: str, speaker: str) -> None:
    (claim,) = read(text, code)
    assert claim.speaker == speaker
