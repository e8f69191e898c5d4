"""The command: what it prints where, how it ends, and that an error is one line a person can act on."""

from __future__ import annotations

import contextlib
import csv
import datetime
import io
import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from dateline.pipeline.cli import app
from tests import pages
from tests.waiting import LONG

DONE, ERROR, USAGE, REJECTS = 0, 1, 2, 3


@pytest.fixture(autouse=True)
def _logging() -> Iterator[None]:
    """The command sets up logging for its own process; these tests share one."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def call(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False)


def counts(done: Result) -> dict[str, Any]:
    return {row["count"]: row["n"] for row in map(json.loads, done.stdout.splitlines())}


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("in")
    (folder / "a.jsonl").write_bytes(
        pages.jsonl(pages.page(n, sentences=4) for n in range(6)) + b'{broken\n{"content": ""}\n'
    )
    return folder


@pytest.fixture(scope="module")
def output(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished output that tests only read."""
    folder = tmp_path_factory.mktemp("out")
    assert call("run", inputs, "-o", folder).exit_code == DONE
    return folder


def test_summary_as_json_lines(inputs: Path, tmp_path: Path) -> None:
    done = call("run", inputs, "-o", tmp_path, "--format", "jsonl")
    found = counts(done)
    assert done.exit_code == DONE
    assert (found["read"], found["article"], found["dead_letter"]) == (8, 6, 2)
    assert (found["rejected.undecodable"], found["rejected.empty"]) == (1, 1)
    assert found["events"] > 0
    assert found["seconds"] >= 0
    again = counts(call("run", inputs, "-o", tmp_path, "--format", "jsonl"))
    assert (again["known"], again["dead_letter"]) == (6, 2)
    assert "known" not in counts(call("run", inputs, "-o", tmp_path, "--force", "--format", "jsonl"))


def test_summary_as_table_and_csv(inputs: Path, tmp_path: Path) -> None:
    table = call("run", inputs, "-o", tmp_path / "a")
    assert "read" in table.stdout
    assert "8" in table.stdout
    rows = list(csv.reader(io.StringIO(call("run", inputs, "-o", tmp_path / "b", "--format", "csv").stdout)))
    assert rows[0] == ["count", "n"]
    assert ["read", "8"] in rows


def test_messages_are_json_lines_on_standard_error(inputs: Path, tmp_path: Path) -> None:
    done = call("run", inputs, "-o", tmp_path, "--format", "jsonl")
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert {"time", "level", "message"} <= lines[0].keys()
    assert datetime.datetime.fromisoformat(lines[0]["time"]).tzinfo is not None
    assert any("events.jsonl" in line["message"] for line in lines)
    words = pages.page(0, sentences=4).paragraphs[0][20:60]
    assert words not in done.stderr


def test_messages_are_text_or_json_as_the_environment_says(
    inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_LOG", "text")
    done = call("run", inputs, "-o", tmp_path, "--format", "jsonl")
    assert f"Why inputs were rejected: dateline list {tmp_path} --dead" in done.stderr.splitlines()
    assert counts(done)["read"] == 8
    monkeypatch.setenv("DATELINE_LOG", "json")
    failed = call("run", tmp_path / "none.txt", "-o", tmp_path)
    [line] = map(json.loads, failed.stderr.splitlines())
    assert (failed.exit_code, line["level"]) == (USAGE, "error")
    assert "none.txt: matches no file" in line["message"]


def test_limit_reads_the_first_records(inputs: Path, tmp_path: Path) -> None:
    assert counts(call("run", inputs, "-o", tmp_path, "--limit", 3, "--format", "jsonl"))["read"] == 3
    assert counts(call("run", inputs, "-o", tmp_path, "--limit", 0, "--format", "jsonl"))["read"] == 0


@pytest.mark.parametrize(
    ("bound", "code"), [("1", REJECTS), ("2", DONE), ("0.2", REJECTS), ("0.3", DONE), ("0", REJECTS)]
)
def test_too_many_rejects_end_with_3_after_all_is_written(
    inputs: Path, tmp_path: Path, bound: str, code: int
) -> None:
    done = call("run", inputs, "-o", tmp_path, "--max-reject", bound, "--format", "jsonl")
    assert done.exit_code == code
    assert counts(done)["article"] == 6
    assert (tmp_path / "events.jsonl").stat().st_size > 0
    assert ("--max-reject" in done.stderr) is (code == REJECTS)
    assert f"dateline list {tmp_path} --dead" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["run", "{tmp}/none/*.txt", "-o", "{tmp}/out"], USAGE, "{tmp}/none/*.txt: matches no file"),
        (["run", "-o", "{tmp}/out"], USAGE, "Missing argument"),
        (["run", "{in}", "-o", "{in}/a.jsonl"], USAGE, "is a file"),
        (["run", "{in}", "-o", "nowhere://x"], USAGE, "nowhere"),
        (["run", "{in}", "-o", "postgresql://me:opensesame@host/db"], USAGE, "password"),
        (
            ["run", "ftp://a.example/x", "-o", "{tmp}/out"],
            USAGE,
            "ftp://a.example/x: no file system begins like this",
        ),
        (["export", "{out}", "--to", "{in}/a.jsonl"], ERROR, "is a file; give a folder"),
        (["run", "{in}", "-o", "{tmp}/out", "--map", "url"], USAGE, "--map: 'url' is not OURS=THEIRS"),
        (["run", "{in}", "-o", "{tmp}/out", "--limit", "-1"], USAGE, "--limit"),
        (["run", "{in}", "-o", "{tmp}/out", "--format", "xml"], USAGE, "table, jsonl, csv"),
        (["run", "{in}", "-o", "{tmp}/out", "--metadata", "{tmp}/none.csv"], USAGE, "none.csv"),
        (["run", "{in}", "-o", "{tmp}/out", "--config", "{tmp}/none.toml"], USAGE, "none.toml"),
        (["run", "{in}", "-o", "{in}/a.jsonl/out"], ERROR, "Not a directory"),
        (["forget", "https://a.example/none", "-o", "{out}"], ERROR, "no article has this id, address"),
        (["forget", "x", "-o", "{tmp}/none"], ERROR, "holds no events"),
        (["diff", "{out}", "{tmp}/none"], ERROR, "holds no events"),
        (["schema", "none"], USAGE, "news.event.v1"),
        (["nothing"], USAGE, "No such command"),
    ],
)
def test_errors_are_a_code_and_words(
    inputs: Path, output: Path, tmp_path: Path, arguments: list[str], code: int, words: str
) -> None:
    places = {"{tmp}": str(tmp_path), "{in}": str(inputs), "{out}": str(output)}

    def fill(text: str) -> str:
        for name, place in places.items():
            text = text.replace(name, place)
        return text

    done = call(*map(fill, arguments))
    assert done.exit_code == code
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    flat = "".join(done.stderr.replace("│", "").split())
    assert "".join(fill(words).split()) in flat
    assert "opensesame" not in done.stderr


def test_forget_prints_what_it_removed_and_exports_again(inputs: Path, tmp_path: Path) -> None:
    call("run", inputs, "-o", tmp_path)
    one = pages.page(2, sentences=4)
    before = (tmp_path / "events.jsonl").read_text()
    assert one.url in before
    done = call("forget", one.url, "-o", tmp_path)
    assert done.exit_code == DONE
    [article] = done.stdout.split()
    assert article in before
    assert article not in (tmp_path / "events.jsonl").read_text()
    again = counts(call("run", inputs, "-o", tmp_path, "--format", "jsonl"))
    assert (again["known"], again["forgotten"]) == (5, 1)


def test_diff_of_equal_and_other_outputs(inputs: Path, output: Path, tmp_path: Path) -> None:
    assert call("diff", output, output, "--format", "jsonl").stdout == ""
    call("run", inputs, "-o", tmp_path, "--limit", 5)
    rows = [json.loads(x) for x in call("diff", output, tmp_path, "--format", "jsonl").stdout.splitlines()]
    assert {row["what"] for row in rows} == {"removed"}
    assert {row["kind"] for row in rows} == {"event", "date"}
    assert len({row["article_id"] for row in rows}) == 1


def test_no_text_keeps_hashes_only(inputs: Path, tmp_path: Path) -> None:
    call("run", inputs, "-o", tmp_path, "--no-text")
    import sqlite3

    with contextlib.closing(sqlite3.connect(tmp_path / "events.db")) as db:
        rows = db.execute("SELECT text, text_sha256 FROM articles").fetchall()
    db.close()
    assert len(rows) == 6
    assert all(text is None and len(digest) == 64 for text, digest in rows)


def test_version_and_help_come_at_once() -> None:
    from dateline.transforms.version import VERSION

    assert call("--version").stdout.strip() == VERSION
    assert "Example:" in call("run", "--help").stdout


def test_process_keeps_data_and_messages_apart(inputs: Path, tmp_path: Path) -> None:
    """The real thing: another directory, standard input, a pipe at each end."""
    data = (inputs / "a.jsonl").read_bytes()
    done = subprocess.run(
        [sys.executable, "-m", "dateline", "run", "-", "--output", str(tmp_path / "out"), "--format", "jsonl"],
        input=data, capture_output=True, timeout=LONG, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert done.returncode == DONE, done.stderr
    found = {row["count"]: row["n"] for row in map(json.loads, done.stdout.splitlines())}
    assert (found["read"], found["article"]) == (8, 6)
    assert all(json.loads(line)["level"] == "info" for line in done.stderr.splitlines())
