"""Who said what in languages without tags: the phrases of a source, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.transforms import claims, language, lexicon
from dateline.transforms.model import Claim
from tests.quality.bare import bare_article


def read(code: str, text: str) -> list[Claim]:
    article = bare_article(text, code)
    return list(claims.extract(article, language.parse(article)))


def told(code: str, text: str) -> tuple[str | None, list[str]]:
    (claim,) = read(code, text)
    return claim.speaker, [c.exact for c in claim.content]


@pytest.mark.parametrize(
    ("code", "text", "speaker", "content"),
    [
        ("es", "Según la policía, tres hombres fueron detenidos.", "la policía", "tres hombres fueron detenidos"),
        ("es", "Tres hombres fueron detenidos, según informó la policía.", "la policía", "Tres hombres fueron detenidos"),
        ("es", "Según fuentes policiales, tres hombres huyeron.", "fuentes policiales", "tres hombres huyeron"),
        ("es", "Según ha lamentado la alcaldesa, el puente sigue cerrado.", "la alcaldesa", "el puente sigue cerrado"),
        ("es", "Según la policía, que investiga el caso, tres hombres huyeron.", "la policía", "tres hombres huyeron"),
        ("es", "El hombre, que según la policía tiene 30 años, huyó.", "la policía", "tiene 30 años"),
        ("de", "Dem Sprecher zufolge, der aus Lund stammt, ist alles gut.", "Dem Sprecher", "ist alles gut"),
        ("de", "Laut dpa wurden drei Männer befreit.", "dpa", "wurden drei Männer befreit"),
        ("pt", "De acordo com a polícia, três homens foram presos.", "a polícia", "três homens foram presos"),
        ("pt", "Segundo fontes da polícia, a ponte é segura.", "fontes da polícia", "a ponte é segura"),
        ("pt", "A ponte fechou, segundo a Polícia Civil.", "a Polícia Civil", "A ponte fechou"),
        ("fr", "Selon des sources policières, trois hommes ont fui.", "des sources policières", "trois hommes ont fui"),
        ("fr", "D'après la ministre Rosa Leal, le pont est sûr.", "Rosa Leal", "le pont est sûr"),
        ("fr", "Selon ce qu'a indiqué la police, le pont est sûr.", "la police", "le pont est sûr"),
        ("fr", "Selon l’entreprise, le pont est sûr.", "l’entreprise", "le pont est sûr"),
        ("it", "Secondo la polizia, il ponte è sicuro.", "la polizia", "il ponte è sicuro"),
        ("it", "Secondo quanto riferito dalla polizia, il ponte è sicuro.", "polizia", "il ponte è sicuro"),
        ("it", "Stando al sindaco, il ponte è sicuro.", "sindaco", "il ponte è sicuro"),
        ("de", "Laut Polizei wurden drei Männer festgenommen.", "Polizei", "wurden drei Männer festgenommen"),
        ("de", "Nach Angaben der Polizei flohen drei Männer.", "Polizei", "flohen drei Männer"),
        ("de", "Laut Merkel ist die Brücke sicher.", "Merkel", "ist die Brücke sicher"),
        ("de", "Laut dem früheren Minister Karl Leal ist die Brücke sicher.", "Karl Leal", "ist die Brücke sicher"),
        ("de", "Medienberichten zufolge wurde die Brücke gesperrt.", "Medienberichten", "wurde die Brücke gesperrt"),
        ("nl", "Volgens de politie reed de man door rood.", "de politie", "reed de man door rood"),
        ("nl", "Volgens Rosa Leal komt de brug er in juni.", "Rosa Leal", "komt de brug er in juni"),
        ("nl", "De brug is veilig, aldus politiewoordvoerder Anna Roth.", "Anna Roth", "De brug is veilig"),
        ("nl", "Drie mannen zijn aangehouden, meldt de politie.", "de politie", "Drie mannen zijn aangehouden"),
        ("de", "Die Brücke sei sicher, so der Minister am Montag.", "der Minister", "Die Brücke sei sicher"),
        ("ru", "По словам мэра Анны Рот, мост безопасен.", "Анны Рот", "мост безопасен"),
        ("ru", "По данным полиции, трое мужчин задержаны.", "полиции", "трое мужчин задержаны"),
    ],
)  # fmt: skip
def test_who_is_followed_in_what_is_told(code: str, text: str, speaker: str, content: str) -> None:
    assert told(code, text) == (speaker, [content])


@pytest.mark.parametrize(
    ("code", "text", "speaker", "content"),
    [
        ("es", "El puente, según el alcalde, es seguro.", "el alcalde", ["El puente", "es seguro"]),
        ("de", "Drei Männer wurden nach Angaben der Polizei befreit.", "Polizei", ["Drei Männer wurden", "befreit"]),
        ("de", "Drei Männer wurden der Polizei zufolge befreit.", "der Polizei", ["Drei Männer wurden", "befreit"]),
    ],
)  # fmt: skip
def test_a_source_within_its_sentence_leaves_both_sides(
    code: str, text: str, speaker: str, content: list[str]
) -> None:
    assert told(code, text) == (speaker, content)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("es", "Según el plan, la obra terminará en junio."),
        ("es", "Según la edad, los alumnos pagan dos euros."),
        ("es", "Según se informó, tres hombres fueron detenidos."),
        ("es", "Según el caso, los vecinos pagan más o menos."),
        ("es", "El segundo, según la tabla, sube a primera."),
        ("es", "Como dice el refrán, el tiempo todo lo cura."),
        ("es", "El alcalde dijo sí a la obra, que empieza en mayo."),
        ("es", "Lo que dijo el ministro, que no vino, sorprendió a todos."),
        ("es", "Nadie dijo que el puente es seguro."),
        ("es", "La obra terminó y dijo que el puente es seguro."),
        ("es", "El plan anunciado por el gobierno que preside Leal es caro."),
        ("pt", "De acordo com o plano, a obra termina em junho."),
        ("pt", "O segundo turno será em outubro, com dois candidatos."),
        ("pt", "No segundo Governo Lula, a economia cresceu muito."),
        ("pt", "Conforme a lei, os moradores pagam mais."),
        ("pt", "A cidade, a maior do país, disse que a ponte é segura."),
        ("fr", "Selon les règles, l'équipe perd trois points."),
        ("fr", "Selon moi, le pont est sûr."),
        ("fr", "Comme le dit le proverbe, le temps guérit tout."),
        ("fr", "Cette annonce, attendue depuis mai, rassure les habitants."),
        ("fr", "Ce que le ministre a dit, que personne n'a entendu, reste vague."),
        ("fr", "Personne n'a dit que le pont est sûr."),
        ("it", "Secondo il piano, i lavori finiranno a giugno."),
        ("it", "Nel secondo tempo, Leali segna due gol."),
        ("it", "Il documento secondo cui il ponte è sicuro è falso."),
        ("it", "Lo ha detto in una nota diffusa dai giornali, ieri."),
        ("de", "Laut Plan wird die Brücke im Juni fertig."),
        ("de", "Laut Fahrplan fährt der Zug um neun."),
        ("de", "Laut dem Bericht stiegen die Kosten."),
        ("de", "Laut dem Gesetz zahlen die Anwohner mehr."),
        ("de", "Dem Plan zufolge wird die Brücke im Juni fertig."),
        ("de", "Laut lachend lief der Mann davon, die Polizei folgte."),
        ("de", "Er rief laut um Hilfe, und die Polizei kam."),
        ("de", "Je nach Angaben der Kunden kostet das mehr."),
        ("de", "Wie gesagt, ist die Brücke sicher."),
        ("de", "Wie das Sprichwort sagt, heilt die Zeit alles."),
        ("de", "Die Bank hilft den Versicherten, alle Daten zu laden."),
        ("de", "So die Theorie, doch die Praxis ist anders."),
        ("de", "Die Brücke wird teurer, so die Befürchtung vieler Anwohner."),
        ("de", "Er lief so schnell, dass die Polizei ihn verlor."),
        ("de", "Der Zug gab, wie immer, ein Signal."),
        ("de", "Der Minister sagte am Montag das Treffen ab, die Kanzlerin kommt."),
        ("de", "Der Minister sprach gestern in Berlin, die Kanzlerin in Bonn."),
        ("nl", "De minister stelde maandag een vraag, de Kamer zweeg."),
        ("nl", "Volgens plan wordt de brug in juni geopend."),
        ("nl", "Volgens de regels verliest de ploeg drie punten."),
        ("nl", "Volgens mij is de brug veilig."),
        ("nl", "Er is volgens de wet geen haast bij de bouw."),
        ("nl", "Zoals het spreekwoord zegt, heelt de tijd alle wonden."),
        ("nl", "Het bericht dat de brug dicht is, klopt niet."),
        ("nl", "Aldus eindigde de dag, met regen en wind."),
        ("tr", "Plana göre köprü haziranda açılacak."),
        ("tr", "Buna göre köprü haziranda açılacak."),
        ("ru", "Согласно плану, мост закроют в июне."),
        ("ru", "Как говорится, время лечит всё."),
    ],
)  # fmt: skip
def test_plans_rules_and_proverbs_say_nothing(code: str, text: str) -> None:
    assert read(code, text) == []


@pytest.mark.parametrize(
    ("code", "text", "speaker", "content"),
    [
        ("es", "En respuesta a Leal, el ministro dijo que el puente es seguro.", "el ministro", "el puente es seguro"),
        ("es", "En Lima el alcalde dijo que el puente es seguro.", "el alcalde", "el puente es seguro"),
        ("es", "Pero el ministro dijo que el puente es seguro.", "el ministro", "el puente es seguro"),
        ("es", "El puente cerró y el ministro dijo que la obra sigue.", "el ministro", "la obra sigue"),
        ("es", "La ministra Rosa Leal, jefa del gobierno, dijo que no irá.", "Rosa Leal", "no irá"),
        ("es", "Como explicó el alcalde, el puente es seguro.", "el alcalde", "el puente es seguro"),
        ("pt", "As autoridades afirmaram que a ponte é segura.", "As autoridades", "a ponte é segura"),
        ("pt", "Em resposta a Leal, o ministro disse que a ponte é segura.", "o ministro", "a ponte é segura"),
        ("pt", "Ontem o ministro disse que a ponte é segura.", "o ministro", "a ponte é segura"),
        ("pt", "O presidente e a ministra disseram que a obra segue.", "O presidente e a ministra", "a obra segue"),
        ("fr", "En réponse à Leal, le ministre a dit qu'il reste.", "le ministre", "il reste"),
        ("fr", "L’entreprise a indiqué qu’elle fermera l’usine.", "L’entreprise", "elle fermera l’usine"),
        ("fr", "Comme l'a expliqué le maire, le pont est sûr.", "le maire", "le pont est sûr"),
        ("it", "In risposta a Leali, il ministro ha detto che resta qui.", "il ministro", "resta qui"),
        ("it", "L'azienda ha comunicato, in una nota, che chiuderà la fabbrica.", "L'azienda", "chiuderà la fabbrica"),
        ("de", "Auf die Frage von Leal sagte der Minister, die Brücke sei sicher.", "der Minister", "die Brücke sei sicher"),
        ("de", "Zudem sagte die Ministerin, die Brücke sei sicher.", "die Ministerin", "die Brücke sei sicher"),
        ("de", "Die Ministerin sagte dem Sender, die Brücke sei sicher.", "Die Ministerin", "die Brücke sei sicher"),
        ("de", "Wie Ministerin Rosa Leal am Dienstag sagte, ist die Brücke sicher.", "Rosa Leal", "ist die Brücke sicher"),
        ("de", "Die Brücke ist sicher, wie die Polizei am Montag mitteilte.", "die Polizei", "Die Brücke ist sicher"),
        ("es", "El alcalde bajó del coche y dijo que el puente es seguro.", "El alcalde", "el puente es seguro"),
        ("es", "El presidente, Rui Leal, ha asegurado este lunes que no irá.", "Rui Leal", "no irá"),
        ("fr", "Le parquet a fait savoir que le pont est sûr.", "Le parquet", "le pont est sûr"),
        ("it", "La procura ha reso noto che il ponte è sicuro.", "La procura", "il ponte è sicuro"),
        ("de", "Am Montag hat die Polizei mitgeteilt, dass er kommt.", "die Polizei", "er kommt"),
        ("de", "Die Polizei hat am Montag mitgeteilt, dass er kommt.", "Die Polizei", "er kommt"),
        ("de", "Der Sprecher gab an, dass die Brücke sicher sei.", "Der Sprecher", "die Brücke sicher sei"),
        ("nl", "De politie heeft maandag gemeld dat hij komt.", "De politie", "hij komt"),
        ("es", "El diputado Rui Leal (PP) dijo que el puente es seguro.", "Rui Leal", "el puente es seguro"),
        ("nl", "De minister zei dat de brug veilig is.", "De minister", "de brug veilig is"),
        ("nl", "In reactie op Leal zei de minister dat hij blijft.", "de minister", "hij blijft"),
        ("nl", "Zoals de minister dinsdag zei, is de brug veilig.", "de minister", "is de brug veilig"),
        ("nl", "Maandag zei de premier dat de brug veilig is.", "de premier", "de brug veilig is"),
        ("ru", "Власти сообщили, что мост закрыт.", "Власти", "мост закрыт"),
        ("ru", "В ответ на вопрос министр сказал, что мост закрыт.", "министр", "мост закрыт"),
        ("ru", "Президент Франции заявил, что мост закрыт.", "Президент Франции", "мост закрыт"),
    ],
)  # fmt: skip
def test_the_subject_of_a_verb_of_saying(code: str, text: str, speaker: str, content: str) -> None:
    assert told(code, text) == (speaker, [content])


@pytest.mark.parametrize(
    ("code", "text", "speaker"),
    [
        ("es", "“El puente es seguro para todos”, dijo el alcalde de Lima a la prensa.", "el alcalde de Lima"),
        ("es", "“El puente es seguro para todos”, dijo ayer la portavoz en una entrevista.", "la portavoz"),
        ("pt", "“A ponte é segura”, afirmou o prefeito.", "o prefeito"),
        ("pt", "“A ponte é segura para todos”, disse a Polícia Civil ao jornal.", "a Polícia Civil"),
        ("pt", "“A ponte é segura para todos”, disse a jornalistas.", None),
        ("fr", "« Le pont est sûr pour tous », a déclaré le maire de Lyon à la presse.", "le maire de Lyon"),
        ("fr", "« Le pont est sûr pour tous », explique-t-il à la presse.", None),
        ("es", "“El puente es seguro para todos”, ha dicho el ministro de Obras.", "el ministro de Obras"),
        ("it", "«Il ponte è sicuro per tutti», ha detto il sindaco di Roma alla stampa.", "il sindaco di Roma"),
        ("de", "„Die Brücke ist für alle da“, sagte der Sprecher der Polizei am Montag.", "der Sprecher der Polizei"),
        ("de", "„Die Brücke ist für alle da“, sagte uns der Minister und ging.", "der Minister"),
        ("nl", "“De brug is veilig voor iedereen”, zei burgemeester Jan Berg maandag.", "Jan Berg"),
        ("nl", "“De brug is veilig voor iedereen”, aldus de burgemeester.", "de burgemeester"),
        ("ru", "«Мост безопасен», — сказала министр Анна Рот.", "Анна Рот"),
    ],
)  # fmt: skip
def test_whom_a_quotation_is_said_by(code: str, text: str, speaker: str | None) -> None:
    (claim,) = read(code, text)
    assert claim.speaker == speaker


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("pt", "O presidente Rui Leal negou que a ponte seja insegura."),
        ("es", "El presidente Rui Leal negó que el puente sea inseguro."),
        ("fr", "Le président Rui Leal a nié que le pont soit dangereux."),
        ("it", "Il presidente Rui Leal ha negato che il ponte sia chiuso."),
        ("nl", "President Rui Leal ontkende dat de brug onveilig is."),
        ("de", "Präsident Rui Leal bestritt, dass die Brücke unsicher sei."),
    ],
)
def test_a_denial_is_said(code: str, text: str) -> None:
    (claim,) = read(code, text)
    assert (claim.speaker, claim.modality) == ("Rui Leal", "asserted")


@pytest.mark.parametrize(
    ("code", "text", "speaker"),
    [
        ("es", "El alcalde no dijo que el puente es seguro.", "El alcalde"),
        ("fr", "Le maire n'a pas dit que le pont est sûr.", "Le maire"),
    ],
)
def test_a_negation_is_no_part_of_a_source(code: str, text: str, speaker: str) -> None:
    (claim,) = read(code, text)
    assert (claim.speaker, claim.modality) == (speaker, "negated")


def test_a_verb_of_a_language_without_tags_is_given_as_printed() -> None:
    (claim,) = read("nl", "Volgens de politie is de brug veilig.")
    assert claim.lemma == "volgens"


@pytest.mark.parametrize(
    ("code", "text", "modality"),
    [
        ("fr", "Le ministre aurait dit que le pont est sûr.", "hypothetical"),
        ("de", "Der Minister soll gesagt haben, dass die Brücke sicher ist.", "hypothetical"),
        ("de", "Der Minister wird sagen, dass die Brücke sicher ist.", "future"),
        ("nl", "De minister zou gezegd hebben dat de brug veilig is.", "hypothetical"),
    ],
)
def test_the_words_before_a_verb_tell_whether_it_was_said(code: str, text: str, modality: str) -> None:
    (claim,) = read(code, text)
    assert claim.modality == modality


@pytest.mark.parametrize(
    ("code", "text", "speakers"),
    [
        ("es", "El alcalde de Lima, Juan Pérez, dijo que no irá. El alcalde agregó que habrá otro.", ["Juan Pérez"] * 2),
        ("de", "Der Bürgermeister von Lund, Jan Berg, sagte, dass er komme. Der Bürgermeister fügte hinzu, dass er bleibe.", ["Jan Berg"] * 2),
        ("es", "Tras ver al alcalde, Juan Pérez, de 40 años, dijo que irá. El alcalde agregó que habrá otro.", ["El alcalde"]),
        ("de", "Bauminister Karl Leal sagte, dass er komme.", ["Karl Leal"]),
        ("ru", "МВД Франции молчит. Президент Франции заявил, что мост закрыт.", ["Президент Франции"]),
    ],
)  # fmt: skip
def test_an_office_is_its_bearers_and_no_name(code: str, text: str, speakers: list[str]) -> None:
    assert [c.speaker for c in read(code, text)] == speakers


LANGUAGES = ("ar", "de", "es", "fr", "it", "nl", "pt", "ru", "tr")


@st.composite
def mixed(draw: st.DrawFn) -> tuple[str, str]:
    """Words of saying and closed words of a language, names and marks in any order."""
    code = draw(st.sampled_from(LANGUAGES))
    saying, closed = lexicon.saying(code), lexicon.library().part(lexicon.Claims, code)
    words = [
        *saying.verbs,
        *saying.that,
        *saying.according,
        *saying.behind,
        *closed.no_subject,
        *closed.relatives,
    ]
    words += [
        *closed.auxiliaries,
        *closed.determiners,
        *closed.of,
        *closed.conjunctions,
        *closed.as_said,
        *closed.thus,
    ]
    marks = [",", ",", ".", ":", "“", "”", "(", ")", "l'", "’", "—", "Rosa", "Leal", "1990"]
    drawn = draw(
        st.lists(st.sampled_from(sorted(set(words))) | st.sampled_from(marks), min_size=1, max_size=24)
    )
    return code, " ".join(drawn)


@settings(max_examples=300, deadline=None)
@given(mixed())
def test_any_order_of_words_is_read(drawn: tuple[str, str]) -> None:
    code, text = drawn
    for claim in read(code, text):
        assert all(text[s.start : s.end] == s.exact for s in (*claim.source, *claim.cue, *claim.content))
