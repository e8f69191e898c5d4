"""What a carrier tells of the day, in the words of many languages."""

from __future__ import annotations

import pytest

from dateline.transforms.dateline.evidence import stated_dates
from dateline.transforms.dateline.stamps import find
from dateline.transforms.model import Evidence, Page


@pytest.mark.parametrize(
    ("language", "value", "day"),
    [
        ("pl", "13 maja 2024", "2024-05-13"),
        ("ja", "2024年5月13日", "2024-05-13"),
        ("ka-GE", "13 მაისი 2024", "2024-05-13"),
        ("uk", "понеділок, 13 травня 2024", "2024-05-13"),
        ("pl", "maja 2024", None),
        ("xx-unknown", "13 მაისი 2024", None),
    ],
)
def test_a_told_day_may_be_written_in_other_languages(language: str, value: str, day: str | None) -> None:
    page = Page(
        text="Most zamknięty",
        media_type="text/plain",
        origin="x",
        metadata={"language": language},
        evidence=(Evidence(source="carrier", role="published", value=value),),
    )
    found = [one.day.isoformat() for one in stated_dates(page)]
    assert found == ([day] if day else [])


@pytest.mark.parametrize(
    ("value", "day", "zone"),
    [
        ("Wed Jun 12 09:30:00 +0000 2024", "2024-06-12", "UTC"),
        ("Wed Jun 12 09:30:00 +0200 2024", "2024-06-12", "+02:00"),
        ("Wed Jun  5 09:30:00 2024", "2024-06-05", None),
        ("Wed Jun 12 09:30:00 CEST 2024", "2024-06-12", None),
        ("Wed Jun 12 2024 09:30:00 GMT+0200 (Central European Summer Time)", "2024-06-12", "+02:00"),
        ("Wed Jun 32 09:30:00 2024", None, None),
    ],
)
def test_stamps_that_end_in_the_year_are_read(value: str, day: str | None, zone: str | None) -> None:
    page = Page(
        text="Text.",
        media_type="text/plain",
        origin="x",
        evidence=(Evidence(source="carrier", role="published", value=value),),
    )
    assert [(one.day.isoformat(), one.zone) for one in stated_dates(page)] == ([(day, zone)] if day else [])


@pytest.mark.parametrize(
    ("value", "language", "url", "day"),
    [
        ("05/06/2024", "en", None, None),
        ("05/06/2024", "en", "https://harrow.example.uk/a", "2024-06-05"),
        ("05/06/2024", "fr", None, "2024-06-05"),
        ("Thu, 05/06/2024", "en", None, None),
        ("Wednesday, 05/06/2024", "en", None, "2024-06-05"),
        ("05/16/2024", "en", None, "2024-05-16"),
        ("16/05/2024", "en", None, "2024-05-16"),
        ("5.6.2024", "en", None, "2024-06-05"),
    ],
)
def test_day_that_may_be_the_month_is_left_out_unless_something_says_it(
    value: str, language: str, url: str | None, day: str | None
) -> None:
    page = Page(
        text="Text.",
        media_type="text/plain",
        origin="x",
        url=url,
        evidence=(Evidence(source="carrier", role="published", value=value),),
    )
    assert [one.day.isoformat() for one in stated_dates(page, language)] == ([day] if day else [])


def test_dates_of_the_page_say_whether_months_come_first() -> None:
    text = "Posted 05/16/2024\n\nThe bridge is shut."
    page = Page(
        text=text,
        media_type="text/plain",
        origin="x",
        evidence=(Evidence(source="meta", role="published", value="05/06/2024"),),
    )
    assert [one.day.isoformat() for one in stated_dates(page, "en", find(text))] == ["2024-05-06"]
