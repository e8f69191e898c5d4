"""Names of zones beside a clock: one table for all languages, in capitals where the name is a word too."""

from __future__ import annotations

import pytest

from dateline.transforms.timex import annotate_text


@pytest.mark.parametrize(
    ("language", "text", "words", "zone"),
    [
        ("en", "The gate opens at 10 a.m. EST.", "10 a.m. EST", "-05:00"),
        ("en", "The gate opens at 10 a.m. PDT.", "10 a.m. PDT", "-07:00"),
        ("en", "The gate opens at 3 p.m. eastern time.", "3 p.m. eastern time", "America/New_York"),
        ("en", "The gate opens at 10 a.m. CST.", "10 a.m. CST", None),
        ("en", "The gate opens at 18:00 IST.", "18:00 IST", None),
        ("en", "The gate opens at 10:30 gmt.", "10:30 gmt", "UTC"),
        ("de", "Das Tor öffnet um 20:00 MEZ.", "20:00 MEZ", "+01:00"),
        ("fr", "La porte ouvre à 20:00 GMT.", "20:00 GMT", "UTC"),
        ("fr", "La porte ouvre à 10:30 et ferme.", "10:30", None),
        ("es", "La puerta abre a las 20:00 CET.", "20:00 CET", "+01:00"),
    ],
)
def test_zone_beside_a_clock(language: str, text: str, words: str, zone: str | None) -> None:
    found = annotate_text(text, "2024-05-14", language)
    assert [
        (t.span.exact.split(" las ")[-1].removeprefix("à ").removeprefix("um "), t.zone) for t in found
    ] == [(words, zone)]
