"""What people type before they have read a guide: an error says what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline.pipeline.cli import COMMANDS, app
from dateline.pipeline.commands.guesses import _DOES, advice
from dateline.pipeline.commands.options import output_and_name

NAMES = {command.__name__.rstrip("_") for command in COMMANDS}


def flat(text: str) -> str:
    return " ".join(text.replace("│", " ").split())


@pytest.fixture(autouse=True)
def _at_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "my page.html").write_text("<p>words")
    (tmp_path / "done").mkdir()
    (tmp_path / "done" / "events.db").write_text("")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["page.html"], "dateline read page.html"),
        (["pages/my page.html"], "dateline read 'pages/my page.html'"),
        (["https://paper.example/story"], "dateline read https://paper.example/story"),
        (["-"], "dateline read -"),
        (["pages"], "dateline run pages --output out"),
        (["done"], "dateline report done"),
        (["process", "pages"], "dateline run PAGES --output OUT"),
        (["Search"], "dateline report OUT"),
        (["version"], "dateline --version"),
        (["delete", "x"], "dateline forget OUT NAME"),
        (["rnu", "pages"], "Did you mean 'run'?"),
        (["run", "pages", "elsewhere"], "to write there: --output elsewhere"),
        (["run", "paper.example"], "https://paper.example"),
        (["run", "pages", "-o", "-"], "dateline read prints events"),
        (["read", "pubsub://project/subscription"], "a stream has no end"),
        (["explain", "done", "x", "-o", "y"], "y: holds no events"),
        (["export", "done", "--format", "xlsx"], "one of parquet, csv, jsonl; a spreadsheet opens csv"),
    ],
)
def test_an_error_says_what_to_do(words: list[str], told: str) -> None:
    done = CliRunner().invoke(app, words)
    assert done.exit_code != 0
    assert done.stdout == ""
    assert told in flat(done.stderr)


def test_advice_names_commands_that_exist_and_no_command_is_a_guess() -> None:
    for text, words in _DOES.items():
        assert {*re.findall(r"dateline ([a-z]+)", text)} <= NAMES
        assert not NAMES & {*words.split()}
    assert advice("rutabaga") is None


def test_help_is_a_command_too() -> None:
    assert (
        CliRunner().invoke(app, ["help", "run"]).stdout == CliRunner().invoke(app, ["run", "--help"]).stdout
    )
    done = CliRunner().invoke(app, ["help"])
    assert done.exit_code == 0
    assert "explain" in done.stdout


@pytest.mark.parametrize(
    ("words", "output", "meant"),
    [
        (["a.txt"], None, ("out", "a.txt")),
        (["a.txt"], "done", ("done", "a.txt")),
        (["done", "a.txt"], None, ("done", "a.txt")),
        (["a.txt", "done"], None, ("done", "a.txt")),
        (["two", "words"], None, ("out", "two words")),
        (["done", "two", "words"], None, ("done", "two words")),
        (["sqlite:///x.db", "a"], None, ("sqlite:///x.db", "a")),
        (["bigquery://p/d", "https://a.example/b"], None, ("bigquery://p/d", "https://a.example/b")),
        (["https://a.example/b"], None, ("out", "https://a.example/b")),
        (["done", "a"], "other", ("other", "done a")),
    ],
)
def test_an_output_and_a_name(words: list[str], output: str | None, meant: tuple[str, str]) -> None:
    assert output_and_name(words, output) == meant
