"""Openings of wire stories in many houses' styles, and lines that only look like one."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from dateline.transforms import lexicon
from dateline.transforms.dateline.datelines import dateline_of, opening_of
from dateline.transforms.dateline.opening import read
from tests.quality.bare import bare_article

OPENINGS = {
    ("MEMPHIS", "AP", 11, 18): ("MEMPHIS, Nov. 18 (AP) — The river fell.",),
    ("KYIV, Ukraine", "Reuters", 0, 0): ("KYIV, Ukraine (Reuters) - Trams ran again.",),
    ("LONDON", None, 0, 0): ("LONDON — The bridge is shut.", "LONDON - The bridge is shut."),
    (None, "Reuters", 0, 0): ("(Reuters) — The mill closed.", "Reuters - The mill closed."),
    ("SAN MATEO, Calif.", None, 3, 4): ("SAN MATEO, Calif., March 4 - A school opened.",),
    ("BEIJING", "Xinhua", 11, 18): ("BEIJING, Nov. 18 (Xinhua) -- A line opened.",),
    ("Berlin", "dpa", 0, 0): ("Berlin (dpa) - Der Zoo hat wieder offen.",),
    ("PARIS", "AFP", 5, 13): ("PARIS, 13 mai (AFP) - Le pont est fermé.",),
    ("Madrid", "EFE", 5, 13): ("Madrid, 13 may (EFE).- El puente cierra.",),
    ("Lyon", None, 5, 13): (
        "Lyon, le 13 mai 2026 - Le pont rouvre.",
        "Lyon, le mercredi 13 mai 2026 – Le pont rouvre.",
    ),
    ("Wien", None, 5, 13): ("Wien, den 13. Mai 2026 - Der Zoo hat offen.",),
    ("Cádiz", None, 5, 13): ("Cádiz, a 13 de mayo de 2026 - El puente abre.",),
    ("МОСКВА", "TASS", 5, 13): ("МОСКВА, 13 мая. /ТАСС/. Мост закрыт.",),
    ("New Delhi [India]", "ANI", 5, 14): ("New Delhi [India], May 14 (ANI): A road was shut.",),
    ("New Delhi", "ANI", 0, 0): ("ANI | New Delhi: The court rose early.",),
    ("NEW YORK", "PRNewswire", 11, 18): ("NEW YORK, Nov. 18, 2026 /PRNewswire/ -- Acme opened.",),
    ("Washington", "WAFA", 5, 13): ("Washington, Monday, May 13, 2024 (WAFA) - Talks went on.",),
    ("WINSTON-SALEM, N.C.", "AP", 0, 0): ("WINSTON-SALEM, N.C. (AP) — A mill closed.",),
    ("ABOARD AIR FORCE ONE", "AP", 0, 0): ("ABOARD AIR FORCE ONE (AP) — Nobody slept.",),
    ("NEWPORT NEWS, Va.", "AP", 0, 0): ("NEWPORT NEWS, Va. (AP) — A yard closed.",),
    ("SPRINGFIELD, MO.", None, 3, 23): ("SPRINGFIELD, MO., March 23 - A yard closed.",),
    ("北京", "Xinhua", 5, 13): ("新华社北京5月13日电 桥已关闭。",),
    ("TROMSØ, Norway", "Fjord Wire", 11, 18): ("TROMSØ, Norway, Nov. 18 (Fjord Wire) — A ferry sank.",),
    ("TROMSØ, Norway", None, 11, 18): (
        "TROMSØ, Norway, Nov. 18 (Updated) — A ferry sank.",
        "TROMSØ, Norway, Nov. 18 (three days late) — A ferry sank.",
    ),
    ("NORTH CHARLESTON, S.C.", None, 0, 0): ("NORTH CHARLESTON, S.C. (WQQQ) – The port shut.",),
}
NONE = (
    "CORRECTED - The bridge is open",
    "RAPID-TRANSIT LINE OPENS",
    "WATCH: The bridge falls",
    "OPINION — The mayor is wrong",
    "PRESS RELEASE — Acme opens",
    "Ada Lovelace — the first of them",
    "Paris – the city of light – slept",
    "ACME - the company that was",
    "Sunday, May 5 - The fair opens",
    "[City, State] – Visitors agree",
    "JAMES: Well, I never did",
    "Two people (AP) said so",
    "The Nov. 18 vote - a close one - stands",
    "Published 14 May 2026 - 16:17 The ferry left",
    "Updated: May 14, 2024 - The bridge",
    "Apollo 13 - the flight that failed",
    "Boston, May 14. The bridge stays shut.",
    "The council said on May 14 - a Tuesday - that it would meet",
    "In London, May 14 was a day of rain.",
    "Game 3: Harlow 4 - Brenton 2",
    "Ana Ruiz, 14 May - The bridge is shut",
    "Mr. Ruiz (AP) said so",
    "A PA spokesman said so",
    "NAN bread - a history of it",
    "14 May 2024 - The bridge is shut",
    "Madrid 2 - Barcelona 1",
    "(Photo) - The bridge",
    "",
)


@pytest.mark.parametrize(("expected", "text"), [(k, t) for k, row in OPENINGS.items() for t in row])
def test_opens(expected: tuple[str | None, str | None, int, int], text: str) -> None:
    found = read(text)
    assert found is not None
    assert (found.place, found.agency, found.month, found.day) == expected


HOUSES = tomllib.loads(Path(__file__).with_name("houses.toml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("text", "place", "agency", "day"),
    [pytest.param(*row, id=f"{house}-{n}") for house, rows in HOUSES.items() for n, row in enumerate(rows)],
)
def test_reads_the_openings_of_houses(text: str, place: str, agency: str, day: str) -> None:
    found = read(text)
    assert found is not None
    month, _, number = day.partition("-")
    assert (found.place or "", found.agency or "") == (place, agency)
    assert (found.month, found.day) == (int(month or 0), int(number or 0))


def test_each_layout_is_shown_by_a_house() -> None:
    """Without its layout a line of some house is read otherwise: no layout stands for nothing."""
    forms = lexicon.library().common(lexicon.Datelines)
    lines = [row[0] for rows in HOUSES.values() for row in rows]
    lines += [text for row in OPENINGS.values() for text in row]
    whole = [read(line) for line in lines]
    idle = []
    for form in forms.form:
        less = forms.model_copy(update={"form": tuple(f for f in forms.form if f is not form)})
        library = lexicon.Library()
        library._parts[("", lexicon.Datelines)] = less
        with lexicon.using(library):
            if [read(line) for line in lines] == whole:
                idle.append(form.layout)
    assert idle == []


@pytest.mark.parametrize("text", NONE)
def test_opens_nothing(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("stated", "published", "expected"),
    [
        ("Dec. 31", "2026-01-01", "2025-12-31"),
        ("Jan. 2", "2026-01-01", "2026-01-02"),
        ("Nov. 18", "2026-11-18T22:00:00-06:00", "2026-11-18"),
        ("Feb. 29", "2026-03-01", "2024-02-29"),
        ("Nov. 18", None, None),
        ("Nov. 18, 2025", None, "2025-11-18"),
    ],
)
def test_the_year_is_settled_by_the_publication(
    stated: str, published: str | None, expected: str | None
) -> None:
    article = bare_article(f"Ferry runs again\n\nOSLO, {stated} (Reuters) - The ferry left at noon.")
    line = dateline_of(article, opening_of(article), published)
    assert line is not None
    assert line.day == expected
    assert article.text[line.span.start : line.span.end] == line.span.exact
    assert line.zone == "Europe/Oslo"


@pytest.mark.parametrize(
    ("place", "zone"),
    [
        ("EL PASO, Texas", "America/Denver"),
        ("DALLAS", "America/Chicago"),
        ("SAN MATEO, Calif.", "America/Los_Angeles"),
        ("São Paulo", "America/Sao_Paulo"),
        ("RAMALLAH, West Bank", "Asia/Hebron"),
        ("NOWHERE AT ALL", None),
    ],
)
def test_a_place_lives_by_its_clocks(place: str, zone: str | None) -> None:
    from dateline.transforms.dateline.places import zone as zone_of_place

    assert zone_of_place(place) == zone


def test_an_unknown_house_without_a_day_opens_the_first_paragraph_alone() -> None:
    found = opening_of(
        bare_article("ORVELD (Kestrel) — The water board said it would drain half of the lake.")
    )
    assert found is not None and (found[0].place, found[0].agency) == ("ORVELD", "Kestrel")
    debate = "SMITH (Labour) — The minister has not answered.\nJONES (Conservative) — The minister has answered twice."
    assert opening_of(bare_article(debate)) is None
    for text in ("UNESCO (Paris) — The council met.", "WHO (Geneva) — A rule.", "VIDEO (Watch) — It fell."):
        assert opening_of(bare_article(text)) is None
