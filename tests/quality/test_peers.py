"""The comparison with libraries on pages in HTML: which rows it takes, and what it prints where a library is absent."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
from pathlib import Path

import pytest

from tests.pages import pages
from tests.quality import peers

_SCORER = """
def body(gold, answers):
    return {"f1": sum(bool(answers[row["id"]]["body"]) for row in gold) / max(1, len(gold))}
def date(gold, answers):
    return {"accuracy": sum(row["gold_date"] == answers[row["id"]]["date"] for row in gold) / max(1, len(gold))}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    clean = tmp_path / "clean"
    clean.mkdir()
    (clean / "score.py").write_text(_SCORER)
    rows = []
    with tarfile.open(clean / "html_dev.tar", "w") as files:
        for n, page in enumerate(pages(3)):
            held = gzip.compress(page.html().encode())
            info = tarfile.TarInfo(f"html/{n}.html.gz")
            info.size = len(held)
            files.addfile(info, io.BytesIO(held))
            rows.append({"id": str(n), "url": page.url, "html": info.name, "set": peers.SETS[n % 2]})
    rows[0] |= {"gold_body": "words", "gold_date": "1990-01-01"}
    rows[1] |= {"gold_body": "words"}
    rows.append({"id": "gone", "html": "html/gone.html.gz", "set": "sh", "gold_body": "words"})
    with gzip.open(clean / "pages_dev.jsonl.gz", "wt", encoding="utf-8") as stored:
        stored.writelines(json.dumps(row) + "\n" for row in rows)
    return tmp_path


def test_rows_are_those_that_are_wanted_and_have_their_html(folder: Path) -> None:
    found = peers.html_rows(folder, lambda row: row.get("gold_body"))
    assert [row["id"] for row in found] == ["0", "1"]
    assert all("<" in row["html"] for row in found)


def test_without_the_library_our_figure_stands_alone_and_says_why(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tests.quality.peers.tools.installed", lambda name: False)
    assert peers.html(folder) == {"sh": 1.0, "aed": 1.0}
    assert peers.day(folder) == {"right": 0.0}
    assert "trafilatura is not installed (make bench)" in capsys.readouterr().err


def test_with_the_library_the_difference_stands_beside_both(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.quality.peers.tools.installed", lambda name: True)
    monkeypatch.setattr(peers, "htmldate", _never)
    assert peers.day(folder) == {"right": 0.0, "right_htmldate": 0.0, "right_over_htmldate": 0.0}


def _never(row: peers.Row) -> peers.Row:
    return {"id": row["id"], "body": None, "date": None}
