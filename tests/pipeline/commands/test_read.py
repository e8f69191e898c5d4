"""``dateline read`` prints what pages say and leaves nothing behind."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dateline.pipeline.cli import app
from tests import pages

PAGE = """Bridge opens

Published: 14 May 2024

Mayor Ana Ruiz said on Monday that the bridge would open next week. The council will not pay for it.
"""


def call(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, ["read", *arguments], input=stdin, env={"COLUMNS": "160"})


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "page.txt").write_text(PAGE)
    return "page.txt"


def test_events_are_printed_and_nothing_is_kept(page: str, tmp_path: Path) -> None:
    done = call(page)
    assert done.exit_code == 0
    assert done.stdout.startswith("Bridge opens\n2024-05-14 · en\n")
    row = next(line for line in done.stdout.splitlines() if "Ana Ruiz" in line)
    assert "2024-05-13" in row and "2024-05-20/2024-05-26" in row
    assert {path.name for path in tmp_path.iterdir()} == {"page.txt", "temporary"}
    assert list((tmp_path / "temporary").iterdir()) == []


def test_as_records_as_csv_and_explained(page: str) -> None:
    records = [json.loads(line) for line in call(page, "--format", "jsonl").stdout.splitlines()]
    assert records[0]["schema"] == "news.event/1"
    assert records[0]["when"]["edtf"] == "2024-05-13"
    rows = list(csv.DictReader(io.StringIO(call(page, "--format", "csv").stdout)))
    assert [row["event_id"] for row in rows] == [record["event_id"] for record in records]
    assert "rule      weekday.past" in call(page, "--explain").stdout


def test_standard_input_is_the_default(page: str) -> None:
    assert call(stdin=PAGE).stdout == call("-", stdin=PAGE).stdout == call(page).stdout


def test_what_the_page_does_not_say_can_be_told(page: str) -> None:
    Path(page).write_text(PAGE.replace("Published: 14 May 2024\n", ""))
    assert "“Monday”, no day" in call(page).stdout
    assert "2024-05-13" in call(page, "--published", "2024-05-14").stdout


def test_many_records_and_a_rejected_one(page: str, tmp_path: Path) -> None:
    (tmp_path / "many.jsonl").write_bytes(pages.jsonl(pages.pages(2)) + b"{broken\n")
    done = call("many.jsonl")
    assert done.exit_code == 0
    assert done.stdout.count(" · en") == 2
    assert "many.jsonl#3: " in done.stderr


def test_a_page_that_is_no_article_is_an_error(page: str) -> None:
    Path(page).write_text("")
    done = call(page)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "page.txt: no text" in done.stderr


def test_on_a_terminal_a_page_is_asked_for(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.pipeline.commands import read

    monkeypatch.setattr(
        read, "sys", type("Terminal", (), {"stdin": type("In", (), {"isatty": staticmethod(lambda: True)})})
    )
    done = call()
    assert done.exit_code == 2
    assert "give a page" in done.stderr
