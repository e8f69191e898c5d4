"""Times that lean on a time told before: on which one they may, and where the text tells none."""

from __future__ import annotations

import pytest

from dateline.transforms.timex import annotate_text

DAY = "2026-03-12"
"""A Thursday."""


def found(text: str, words: str, language: str = "en") -> tuple[str | None, str | None]:
    """The EDTF and the TIMEX3 value of the last expression with these words."""
    time = [t for t in annotate_text(text, DAY, language) if t.span.exact == words][-1]
    return time.edtf, time.value


def test_what_is_past_is_not_counted_from_a_day_to_come() -> None:
    text = "Rask will be sentenced on May 4. She lied, the prosecutor told the jury a day earlier."
    assert found(text, "a day earlier")[0] == "2026-03-11"
    text = "Rask was arrested on March 4. She lied, the prosecutor told the jury a day earlier."
    assert found(text, "a day earlier")[0] == "2026-03-03"
    text = "The final is on Sunday. The first half ended at 3.45 p.m. and nobody had scored."
    assert found(text, "3.45 p.m.")[0] == "2026-03-12"


def test_what_is_past_is_not_counted_ahead_of_the_anchor() -> None:
    assert found("I told my wife at once. The club knew a week later.", "a week later") == (None, "P1W")
    assert found("The club will know a week later.", "a week later")[0] == "2026-03-16/2026-03-22"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("In May 1964 her boat sank; she was rescued the next morning.", "the next morning"),
        ("Born on Aug. 9, 1932, she sailed in May 1964 and was lost the next morning.", "the next morning"),
        ("In the spring of 1951 the dam broke. The town was empty two days later.", "two days later"),
        ("The dam broke in 1951. The town was empty the following day.", "the following day"),
    ],
)
def test_the_day_of_a_month_long_ago_is_not_known(text: str, words: str) -> None:
    assert found(text, words)[0] is None


def test_a_day_told_after_a_year_long_ago_is_leaned_on() -> None:
    text = "The mill, built in 1951, burned on Monday. Its owner died the next morning."
    assert found(text, "the next morning")[0] == "2026-03-10"


@pytest.mark.parametrize(
    ("language", "text", "days"),
    [
        ("en", "It is on Tuesday 17 and Wednesday 18 March.", ["2026-03-17", "2026-03-18"]),
        ("en", "It is on Monday 16, Tuesday 17 and Friday 20 March.", ["2026-03-16", "2026-03-17", "2026-03-20"]),
        ("en", "It runs from Tuesday 17 to Friday 20 March.", ["2026-03-17", "2026-03-20"]),
        ("es", "Será el martes 17 y el miércoles 18 de marzo.", ["2026-03-17", "2026-03-18"]),
        ("fr", "Il a lieu mardi 17 et mercredi 18 mars.", ["2026-03-17", "2026-03-18"]),
        ("it", "Si vota domenica 15 e lunedì 16 marzo.", ["2026-03-15", "2026-03-16"]),
        ("de", "Sie spielt am Dienstag, 17. und Mittwoch, 18. März.", ["2026-03-17", "2026-03-18"]),
    ],
)  # fmt: skip
def test_a_weekday_with_its_number_is_of_the_month_behind_it(
    language: str, text: str, days: list[str]
) -> None:
    assert [t.edtf for t in annotate_text(text, DAY, language)] == days


def test_a_weekday_before_a_count_of_people_is_the_last() -> None:
    assert found("On Tuesday 17 people left and on Wednesday they came back.", "Tuesday")[0] == "2026-03-10"


def test_clocks_beside_two_weekdays_are_opening_hours() -> None:
    text = "Call from 8 a.m. to 5 p.m. ET Monday through Friday for a refund."
    assert [(t.type, t.value, t.edtf) for t in annotate_text(text, DAY)] == [
        ("SET", "XXXX-WXX-1/XXXX-WXX-5", None)
    ]


def test_clocks_behind_two_weekdays_are_opening_hours() -> None:
    text = "Appeler le 0800 1999, du lundi au vendredi de 9h à 18h."
    (time,) = annotate_text(text, DAY, "fr")
    assert (time.type, time.value) == ("SET", "XXXX-WXX-1/XXXX-WXX-5")
    assert time.span.exact == "lundi au vendredi de 9h à 18h"


@pytest.mark.parametrize(
    ("language", "text", "words", "day"),
    [
        ("en", "From Monday on, fares rise.", "Monday", "2026-03-16"),
        ("de", "Von Montag an steigen die Preise.", "Montag", "2026-03-16"),
        ("de", "Von Montag an der Börse war keine Rede.", "Montag", "2026-03-09"),
        ("en", "From Monday on the phone lines were dead.", "Monday", "2026-03-09"),
        ("de", "Am Montag fange ich an.", "Montag", "2026-03-16"),
        ("fr", "Veuillez renvoyer le formulaire avant vendredi.", "vendredi", "2026-03-13"),
        ("es", "Por favor, devuelvan el formulario antes del lunes.", "lunes", "2026-03-16"),
        ("it", "Si prega di restituire il modulo entro lunedì.", "lunedì", "2026-03-16"),
        ("nl", "Gelieve het formulier voor maandag in te leveren.", "maandag", "2026-03-16"),
    ],
)
def test_requests_and_what_is_so_from_a_day_on_lie_ahead(
    language: str, text: str, words: str, day: str
) -> None:
    assert found(text, words, language)[0] == day


def test_the_next_day_of_what_has_happened_is_not_the_day_after_the_anchor() -> None:
    assert found("I sold the boat. The next day, I told my wife.", "The next day")[0] is None
    assert (
        found("The boat sails on Sunday. The next day, it will be back.", "The next day")[0] == "2026-03-16"
    )


@pytest.mark.parametrize("text", ["Call 0800 1999 for help.", "Call 020 7946 1958 for help."])
def test_a_telephone_number_holds_no_year(text: str) -> None:
    assert annotate_text(text, DAY) == ()


def test_the_full_stop_of_a_score_ends_its_sentence() -> None:
    assert found("Era finita 0-2. Il prossimo mese torna.", "Il prossimo mese", "it")[0] == "2026-04"


@pytest.mark.parametrize(
    "text", ["The striker gave him all he could handle in June.", "He took every shift he could get in June."]
)
def test_what_somebody_was_able_to_has_happened(text: str) -> None:
    assert found(text, "June")[0] == "2025-06"


def test_a_quarter_that_no_verb_places_is_assumed() -> None:
    (time,) = annotate_text("A cut in the third quarter is fully priced in.", DAY)
    assert (time.edtf, time.certainty) == ("2025-35", "assumed")


def test_that_season_is_of_the_one_year_before_it() -> None:
    assert found("In 1958 she sold the mill. That winter she began to write.", "winter") == (
        "1958-24",
        "1958-WI",
    )
    text = "In 1958 she married Per Tolland, who died in 2003. That winter she began to write."
    assert found(text, "winter") == (None, "XXXX-WI")
    assert found("She left the club. That spring they went down.", "spring") == (None, "XXXX-SP")


def days_of_lines(lines: list[str], day: str) -> list[str | None]:
    return [t.edtf for t in annotate_text("\n\n".join(lines), day) if t.precision == "day"]


def test_a_line_of_a_calendar_follows_the_line_before() -> None:
    lines = [
        "Jan. 18 - Portovia, first round.",
        "Feb. 22 - Local elections in Senden.",
        "March 15: Parliament of Karsia.",
        "Nov. 3 - Midterms.",
    ]
    dates = ["2026-01-18", "2026-02-22", "2026-03-15", "2026-11-03"]
    assert days_of_lines(lines, "2026-01-05") == dates
    # The latest first, and what has happened.
    assert days_of_lines(lines[::-1], "2026-04-05") == ["2025-11-03", *dates[2::-1]]
    lines[-1] = "Nov. 3 - Karsia voted."
    assert days_of_lines(lines, "2026-01-05")[-1] == "2025-11-03"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "He was shot on a Friday night in Lund."),
        ("en", "They left on the Saturday and came back on the Monday."),
        ("de", "An einem Freitag im Winter kam er."),
        ("fr", "Il est mort un mardi."),
        ("es", "Murió un lunes."),
        ("it", "È partito una domenica."),
        ("nl", "Hij vertrok op een maandag."),
    ],
)
def test_any_day_of_a_name_is_no_date(language: str, text: str) -> None:
    assert [t.edtf for t in annotate_text(text, DAY, language) if t.precision == "day"] == []
