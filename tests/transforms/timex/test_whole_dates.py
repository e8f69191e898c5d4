"""A language without a calendar in the vocabulary is read for whole dates alone, never by English words."""

from __future__ import annotations

import pytest

from dateline.transforms.timex import annotate_text

ANCHOR = "2024-05-20"


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fi", "Kokous on 5. toukokuuta 2024.", {"5. toukokuuta 2024": "2024-05-05"}),
        ("cs", "Schůze je 5. května 2024.", {"5. května 2024": "2024-05-05"}),
        ("pl", "Zebranie jest 5 maja 2024 roku.", {"5 maja 2024": "2024-05-05"}),
        ("sv", "Mötet hålls måndag 6 maj 2024.", {"måndag 6 maj 2024": "2024-05-06"}),
        ("hu", "Az ülés 2024. május 5-én lesz.", {"2024. május 5": "2024-05-05"}),
        ("ja", "会議は2024年5月5日に開かれる。", {"2024年5月5日": "2024-05-05"}),
        ("zh", "会议于2024年5月5号举行。", {"2024年5月5号": "2024-05-05"}),
        ("ko", "회의는 2024년 5월 5일 열린다.", {"2024년 5월 5일": "2024-05-05"}),
        ("ja", "会議は2024年13月5日に開かれる。", {}),
        ("xx", "Abc 2024-05-14 def.", {"2024-05-14": "2024-05-14"}),
        ("xx", "Abc 14/05/2024 def.", {"14/05/2024": "2024-05-14"}),
        ("xx", "Abc 05/14/2024 def.", {"05/14/2024": "2024-05-14"}),
        ("xx", "Abc 3.4.2019 def.", {"3.4.2019": "2019-04-03"}),
        ("xx", "Abc 03/03/2019 def.", {"03/03/2019": "2019-03-03"}),
    ],
)
def test_whole_dates_are_read(language: str, text: str, expected: dict[str, str]) -> None:
    assert {t.span.exact: t.edtf for t in annotate_text(text, ANCHOR, language)} == expected


@pytest.mark.parametrize(
    "text",
    [
        "Abc 03/04/2019 def.",
        "Abc 14/05/24 def.",
        "Abc on Monday may def in March.",
        "Abc 1900 def 2019.",
        "Abc 10:30 def 7 p.m.",
        "Ilmoitus maanantaina, klo 10.30.",
        "Last year, two weeks ago, today.",
        "Abc 31/02/2024 def.",
    ],
)
@pytest.mark.parametrize("language", ["xx", "fi", "el"])
def test_nothing_else_is_read(text: str, language: str) -> None:
    assert annotate_text(text, ANCHOR, language) == ()
