"""Letters, mailboxes, and pages saved with their parts."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.pipeline.settings import Settings
from tests.pipeline.sources.formats.samples import MAIL, MHTML, TEXTS, article, outcome, raws


@pytest.mark.parametrize("name", ["a.mhtml", "a.mht", "a"])
def test_saved_page(tmp_path: Path, name: str) -> None:
    [raw] = raws(tmp_path / name, MHTML.encode())
    assert article(raw).text == "\n\n".join(TEXTS) and raw.url == "https://h.example/a"


def test_mail(tmp_path: Path) -> None:
    [raw] = raws(tmp_path / "a.eml", MAIL.encode())
    found = article(raw)
    assert (found.text, found.title, found.publisher) == (
        "\n\n".join(TEXTS),
        "Bridge is shut",
        "Harrow Ledger",
    )
    assert raw.published == "Tue, 14 May 2024 09:30:00 +0100"


def test_letters_of_a_mailbox(tmp_path: Path) -> None:
    second = MAIL.replace("Bridge is shut", "Bridge is open").replace(
        TEXTS[1], f">From Friday on. {TEXTS[1]}\r\n-- \r\nHarrow Ledger"
    )
    data = f"From a Tue May 14 09:30:00 2024\n{MAIL}\n\nFrom b Tue May 14 09:30:00 2024\n{second}\n"
    first, other = raws(tmp_path / "a.mbox", data.encode())
    assert (article(first).title, article(other).title) == ("Bridge is shut", "Bridge is open")
    assert article(other).text == f"{TEXTS[0]}\n\nFrom Friday on. {TEXTS[1]}"
    assert (first.origin[-2:], other.origin[-2:]) == ("#1", "#2")


def test_letter_over_the_bound_is_one_dead_letter(tmp_path: Path) -> None:
    letter = MAIL.replace("\r\n", "\n")
    large = letter.replace(TEXTS[0], "x" * 200_000)
    data = "".join(f"From a Tue May 14 09:30:00 2024\n{one}\n\n" for one in (letter, large, letter))
    kinds = [outcome(raw) for raw in raws(tmp_path / "a.mbox", data.encode(), Settings(raw_bytes=100_000))]
    assert kinds[1] == "too_large" and TEXTS[0] in kinds[0] and TEXTS[0] in kinds[2]
