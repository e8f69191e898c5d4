"""What the finder reads of a line, grouped by the answer; and what it must leave alone."""

from __future__ import annotations

import pytest

from dateline.transforms.dateline.readings import likelier_first
from dateline.transforms.dateline.stamps import STAMP_LIMIT, find

READ = {
    ("2026-11-18", None, None): (
        "November 18, 2026",
        "Nov. 18, 2026",
        "Nov. 18. 2026",
        "18 November 2026",
        "18th of November, 2026",
        "18. November 2026",
        "le 18 novembre 2026",
        "18 de noviembre de 2026",
        "18 de novembro de 2026",
        "18 novembre 2026",
        "18 ноября 2026",
        "18 Kasım 2026",
        "18 نوفمبر 2026",
        "18 تشرين الثاني 2026",
        "2026年11月18日",
        "2026. november 18.",
        "2026-11-18",
        "2026/11/18",
        "18.11.2026",
        "11/18/2026",
        "11/18/26",
        "SavedNovember 18, 2026",
        "Nov. 18, 2026Updated:",
        "18. November 202618. November 2026",
    ),
    ("2026-11-18", "21:05", None): (
        "Published November 18, 2026 at 9:05 p.m.",
        "18 Nov 2026, 21:05",
        "Mittwoch, 18. November 2026 um 21.05 Uhr",
        "18 novembre 2026 à 21h05",
        "2026-11-18 21:05:33",
        "21:05, 18 November 2026",
        "November 18, 2026 | 09:05 PM",
    ),
    ("2026-11-18", "21:05", "America/New_York"): (
        "Nov. 18, 2026 9:05 PM EST",
        "9:05 p.m. ET, November 18, 2026",
        "11/18/2026 09:05 PM EDT",
    ),
    ("2026-11-18", "21:05", "UTC"): ("2026-11-18T21:05:00Z", "Nov 18 21:05:00 UTC 2026"),
    ("2026-11-18", "21:05", "+04:00"): ("18 November 2026, 21:05 (GMT+0400)",),
    ("2024-02-29", None, None): ("Thursday, February 29, 2024",),
}
NOTHING = (
    "31 June 2026",
    "February 29, 2026",
    "in November 2026",
    "summer of 2026",
    "© 2019-2026",
    "November 18",
    "12 hours ago",
    "10.1101/696633",
    "192.168.10.2026",
    "release 3.4.2026.1",
    "model 26-11-2026-7",
    "20261118",
    "36/2/2026",
    "the 2026 18 budget",
)


@pytest.mark.parametrize(("expected", "words"), [(k, w) for k, row in READ.items() for w in row])
def test_reads(expected: tuple[str, str | None, str | None], words: str) -> None:
    stamp = find(words)[0]
    assert (stamp.day.isoformat(), stamp.time, stamp.zone) == expected
    assert stamp.first <= stamp.start < stamp.end <= stamp.last


@pytest.mark.parametrize("words", NOTHING)
def test_leaves_alone(words: str) -> None:
    assert find(words) == []


@pytest.mark.parametrize(
    ("text", "language", "url", "expected"),
    [
        ("Posted 05/06/2026", "en", "https://news.example.com/a", "2026-05-06"),
        ("Posted 05/06/2026", "en", "https://news.example.co.uk/a", "2026-06-05"),
        ("Posted 05/06/2026", "fr", None, "2026-06-05"),
        ("Posted 05/06/2026\nAnother 25/05/2026", "en", None, "2026-06-05"),
        ("Posted 05/06/2026\nAnother 05/25/2026", "fr", None, "2026-05-06"),
        ("Friday 05/06/2026", "en", None, "2026-06-05"),
        ("Posted 05/06/2026 07:15 PM EDT", "en", None, "2026-05-06"),
        ("Posted 05/06/2026\nThe vote of 5 June 2026 was close", "en", None, "2026-06-05"),
    ],
)
def test_settles_day_and_month_by_the_page(text: str, language: str, url: str | None, expected: str) -> None:
    assert likelier_first(text, find(text), language, url)[0].day.isoformat() == expected


def test_a_weekday_is_read_with_the_date() -> None:
    stamp = find("Monday, July 20, 2026")[0]
    assert stamp.weekday == 0
    assert stamp.first == 0


def test_an_archive_page_is_bounded() -> None:
    assert len(find("18 November 2026\n" * (STAMP_LIMIT + 50))) <= 2 * STAMP_LIMIT
