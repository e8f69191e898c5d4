"""Hints are converted to one form; a value that cannot be read is refused with the form that was expected."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.pipeline import hints


@pytest.mark.parametrize(
    "value, plain",
    [
        ("2026-11-18", "2026-11-18"),
        ("20261118", "2026-11-18"),
        (" 2026-11-18 ", "2026-11-18"),
        ("2026-11-18T09:30Z", "2026-11-18T09:30:00+00:00"),
        ("2026-11-18 09:30:00 UTC", "2026-11-18T09:30:00+00:00"),
        ("2026-11-18T09:30+01:00", "2026-11-18T09:30:00+01:00"),
        ("Tue, 18 Nov 2025 10:00:00 GMT", "2025-11-18T10:00:00+00:00"),
        (datetime.date(2026, 11, 18), "2026-11-18"),
    ],
)
def test_days(value: str | datetime.date, plain: str) -> None:
    assert hints.day(value) == plain


@pytest.mark.parametrize(
    "value", ["yesterday", "2026-02-30", "05/06/2024", "2024", "2024-05", "", "18.11.2026", "tomorrow 9:00"]
)
def test_what_is_no_day(value: str) -> None:
    with pytest.raises(hints.HintError, match="is not a day such as"):
        hints.day(value)


def test_zones() -> None:
    assert [hints.zone(z) for z in ("europe/kyiv", "+02:00", "Z", "GMT")] == [
        "Europe/Kyiv",
        "+02:00",
        "UTC",
        "UTC",
    ]
    for wrong in ("Mars/Base", "+25:00", "CEST-ish", "", "../etc/passwd"):
        with pytest.raises(hints.HintError, match="Europe/Kyiv"):
            hints.zone(wrong)


def test_languages() -> None:
    plain = {
        "EN": "en",
        "de": "de",
        "pt_br": "pt-BR",
        "zh-Hant-TW": "zh-Hant-TW",
        "es-419": "es-419",
        "yue": "yue",
        "und": "und",
    }
    assert {tag: hints.language(tag) for tag in plain} == plain
    for wrong in ("english", "zz", "", "d", "de-", "en en"):
        with pytest.raises(hints.HintError, match="such as en"):
            hints.language(wrong)
    with pytest.raises(hints.HintError, match="two letters, en"):
        hints.language("eng")


def test_addresses() -> None:
    assert hints.address("https://a.example/b") == "https://a.example/b"
    for wrong in ("a.example/b", "ftp://a.example", "https://", "https://a b"):
        with pytest.raises(hints.HintError, match="address such as"):
            hints.address(wrong)


@given(st.sampled_from(sorted(hints.CHECKS)), st.text(max_size=40))
def test_any_text_is_plain_or_refused(name: str, value: str) -> None:
    try:
        plain = hints.check(name, value)
    except hints.HintError:
        return
    assert hints.check(name, plain) == plain
