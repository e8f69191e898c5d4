"""What a carrier tells of the day, in the words of many languages."""

from __future__ import annotations

import pytest

from dateline.transforms.dateline.evidence import told
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
    found = [one.day.isoformat() for one in told(page)]
    assert found == ([day] if day else [])
