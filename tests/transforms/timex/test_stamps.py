"""Stamps: full dates in the lines of a page."""

from __future__ import annotations

import pytest

from transforms.timex import find_stamps, full_dates


@pytest.mark.parametrize(
    ("line", "words", "day", "time", "zone"),
    [
        (
            "Posted Dec. 3, 2023, 1:45 p.m. ET",
            "Dec. 3, 2023, 1:45 p.m. ET",
            "2023-12-03",
            "13:45",
            "America/New_York",
        ),
        ("Out: 15:56 BST, 7 April 2024 ·", "15:56 BST, 7 April 2024", "2024-04-07", "15:56", "+01:00"),
        ("as of 2023-11-07 15:03:30 here", "2023-11-07 15:03:30", "2023-11-07", "15:03", None),
        ("2024-05-13T10:15:00.000Z", "2024-05-13T10:15:00.000Z", "2024-05-13", "10:15", "UTC"),
        ("2024-05-13T10:15+02:00", "2024-05-13T10:15+02:00", "2024-05-13", "10:15", "+02:00"),
        ("tags2024-06-03 19:12:193253", "2024-06-03 19:12:19", "2024-06-03", "19:12", None),
        ("/2019/11/20/a-story", "2019/11/20", "2019-11-20", None, None),
        (
            "Donnerstag, den 5. März 2019 um 20.30 Uhr",
            "Donnerstag, den 5. März 2019 um 20.30 Uhr",
            "2019-03-05",
            "20:30",
            None,
        ),
        ("le 1er mai 2024 à 20h30", "1er mai 2024 à 20h30", "2024-05-01", "20:30", None),
        ("4 de junio de 2024", "4 de junio de 2024", "2024-06-04", None, None),
        ("31 dicembre 2023", "31 dicembre 2023", "2023-12-31", None, None),
        ("13 мая 2024, 10:15", "13 мая 2024, 10:15", "2024-05-13", "10:15", None),
        ("13 Mayıs 2024 Pazartesi", "13 Mayıs 2024", "2024-05-13", None, None),
        ("الجمعة 31 مايو 2024م", "الجمعة 31 مايو 2024", "2024-05-31", None, None),
        ("2024年5月13日", "2024年5月13日", "2024-05-13", None, None),
        ("Oct 3rd, '99", "Oct 3rd, '99", "1999-10-03", None, None),
        ("id 20240513 end", "20240513", "2024-05-13", None, None),
    ],
)
def test_forms(line: str, words: str, day: str, time: str | None, zone: str | None) -> None:
    (stamp,) = find_stamps(line)
    assert (line[stamp.start : stamp.end], stamp.day, stamp.time, stamp.zone) == (words, day, time, zone)


def test_the_order_of_digits_is_settled_by_hint_then_by_company() -> None:
    assert [s.day for s in find_stamps("05/06/2024")] == ["2024-06-05"]
    assert [s.day for s in find_stamps("05/06/2024", "mdy")] == ["2024-05-06"]
    assert [s.day for s in find_stamps("05/06/2024 07:15 PM EDT")] == ["2024-05-06"]
    assert [s.day for s in find_stamps("13/06/2024", "mdy")] == ["2024-06-13"]
    assert [s.form for s in find_stamps("05/06/2024 13/06/2024")] == ["ambiguous", "numeric"]


@pytest.mark.parametrize(
    "line",
    [
        "31 June 2024",
        "2014-02-29",
        "30.02.2019",
        "version 1.2.10",
        "1999-2000",
        "call 555-2019-44",
        "May 2024",
    ],
)
def test_no_day_is_no_stamp(line: str) -> None:
    assert find_stamps(line) == []


def test_full_dates_are_the_stamps_in_short() -> None:
    assert full_dates("from March 3, 2019 to 5 May 2020") == [(5, 18, "2019-03-03"), (22, 32, "2020-05-05")]
