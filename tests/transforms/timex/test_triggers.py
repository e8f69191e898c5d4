"""Places worth reading: the words of the parse find what the pattern of all triggers finds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dateline.transforms import language
from dateline.transforms.model import Article, Block
from dateline.transforms.timex.grammar import grammar
from dateline.transforms.timex.tokens import folded
from dateline.transforms.timex.triggers import FORMS, NUMBER

TEXTS = [
    ("en", "It sank in mid-September 1998, on the 3rd, at 5 p.m. or in the fall of the year AD 150."),
    ("en", "Since the 1990s (or '98) it ran 1990-91, 2019-03-05T10:30 and 5/4/98; o'clock at half past two."),
    ("en", "By twenty to seven, the decades-long talks of year-end Q3 2011 were in 3Q13."),
    ("fr", "L’été dernier, aujourd'hui et à 18h30, en 146 av. J.-C. ou la mi-octobre."),
    ("de", "Am 03.05. um halb neun, in den 80er Jahren, KW 20, v. Chr. und am So., 3. Mai."),
    ("ru", "В 1930-е годы, в половине седьмого и 150 до н. э., по понедельникам."),
    ("ar", "غرقت السفينة يوم الأربعاء 4 مايو 2011 بعد أسبوعين."),
]


@pytest.mark.parametrize(("code", "text"), TEXTS)
def test_places_are_those_of_the_pattern(code: str, text: str) -> None:
    block = Block(kind="paragraph", start=0, end=len(text), page_start=0)
    article = Article(article_id="", revision="", origin="", language=code, text=text, blocks=(block,))
    triggers, low = grammar(code).triggers, folded(text)
    expected = {m.span() for m in triggers.pattern.finditer(low)}
    parse = language.parse(article)
    found = triggers.places(parse, low, triggers.marked(parse))
    assert found == sorted(found)
    covered = {at for start, end in found for at in range(start, end)}
    assert all(covered & set(range(start, end)) for start, end in expected)


@pytest.mark.parametrize(
    "text",
    [
        *(text for code, text in TEXTS if code == "en"),
        "Mid-May, MID-MAY and mid‑May; FRİDAY, Friday’s, 3rd-quarter, Q3, A320, o'clock, ٣ and a.m. on Dec. 5th_",
    ],
)
def test_the_hashes_of_the_tagger_pass_over_no_word(text: str) -> None:
    block = Block(kind="paragraph", start=0, end=len(text), page_start=0)
    article = Article(article_id="", revision="", origin="", language="en", text=text, blocks=(block,))
    parse, triggers = language.parse(article), grammar("en").triggers
    bare = replace(parse)
    assert parse.looks is not None and bare.looks is None
    assert triggers.marked(parse) == triggers.marked(bare) != []


def test_remembered_forms_are_bounded() -> None:
    triggers = grammar("en").triggers
    for n in range(FORMS + 10):
        assert triggers._kinds[f"word{n}"] == NUMBER
    assert len(triggers._kinds) <= FORMS
