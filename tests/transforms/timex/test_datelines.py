"""The day of a dateline is joined with no date of the sentence behind it."""

from __future__ import annotations

import pytest

from dateline.transforms.model import RawArticle
from dateline.transforms.walk import walk

BODY = (
    "\n\nThe weather in the town was mild for the season, with little rain, and the harbour was quiet all "
    "day long as boats stayed in.\n"
)
CORPO = "\n\nIl tempo in città era mite per la stagione, e il porto è rimasto tranquillo tutto il giorno.\n"


def dates(text: str) -> list[tuple[str, str | None]]:
    raw = RawArticle(origin="page.txt", content=text.encode(), published="2026-03-12", declared=True)
    times = walk(raw).times or ()
    return [(t.span.exact, t.edtf) for t in times]


@pytest.mark.parametrize(
    ("opening", "found"),
    [
        ("LUND, Thursday - Friday brings rain to the coast.", [("Thursday", "2026-03-12"), ("Friday", "2026-03-13")]),
        ("LUND, 12 March - 2025 was a good year for the port.", [("12 March", "2026-03-12"), ("2025", "2025")]),
        ("LUND, March 12 - 14 people left the town on Tuesday.", [("March 12", "2026-03-12"), ("Tuesday", "2026-03-10")]),
    ],
)  # fmt: skip
def test_a_date_behind_a_dateline_is_no_end_of_a_range(
    opening: str, found: list[tuple[str, str | None]]
) -> None:
    assert dates(f"{opening}{BODY}")[: len(found)] == found


def test_a_weekday_behind_an_italian_dateline() -> None:
    text = f"(ANSA) - LORENA, 12 MAR 2026 - Martedì la sindaca ha aperto il ponte.{CORPO}"
    assert dates(text)[:2] == [("12 MAR 2026", "2026-03-12"), ("Martedì", "2026-03-10")]
