"""A correction has the pages read again that it corrects, and no others; one that corrects nothing is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.pipeline.runs.bounded import run
from dateline.pipeline.runs.summary import Summary, unmatched
from dateline.pipeline.settings import Settings
from dateline.pipeline.store.connection import sqlite_url
from dateline.pipeline.store.store import Store
from dateline.transforms.corrections import parse
from tests import pages

DAY = "[[correction]]\nname = 'one'\nmatch = '1.html'\nday = 2024-02-03\n"
OTHER = DAY + "[[correction]]\nname = 'two'\nmatch = '*/2.html'\nday = 2024-02-04\n"
REJECT = "[[correction]]\nname = 'one'\nmatch = '1.html'\nreject = 'an index'\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for n, page in enumerate(pages.pages(4)):
        path = tmp_path / "in" / f"{n}.html"
        path.parent.mkdir(exist_ok=True)
        path.write_text(page.html(), "utf-8")
    read(tmp_path, "")
    return tmp_path


def read(folder: Path, corrections: str) -> Summary:
    settings = Settings(corrections=parse(corrections), retry_seconds=0, link=False)
    return run([str(folder / "in")], str(folder / "out"), settings)


def test_only_pages_that_a_correction_changes_are_read_again(folder: Path) -> None:
    before = read(folder, DAY)
    assert (before.counts["article"], before.counts["known"]) == (1, 3)
    again = read(folder, DAY)
    assert again.counts["known"] == 4
    more = read(folder, OTHER)
    assert (more.counts["article"], more.counts["known"]) == (1, 3)
    without = read(folder, "")
    assert (without.counts["article"], without.counts["known"]) == (2, 2)


def test_a_correction_that_matches_nothing_is_named(folder: Path) -> None:
    assert read(folder, DAY).unmatched == ()
    assert read(folder, DAY.replace("1.html", "in/1.html")).unmatched == ("one",)
    assert read(folder, OTHER.replace("*/2.html", "9.html")).unmatched == ("two",)


def test_a_correction_that_rejects_matches_its_dead_letter(folder: Path) -> None:
    done = read(folder, REJECT)
    assert done.counts["rejected.not_an_article"] == 1
    assert done.unmatched == ()


def test_a_search_that_would_be_long_gives_no_answer(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.pipeline.runs.summary._TRIED", 2)
    store = Store(sqlite_url(folder / "out" / "events.db"))
    assert unmatched(store, parse(DAY.replace("1.html", "9.html"))) == ()
    store.close()
