"""The commands that look into an output: list, explain, forget, export, verify; and how those that read nothing end."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from dateline.pipeline.cli import app
from dateline.pipeline.commands.options import DONE, ERROR, USAGE
from tests.pipeline.commands.test_cli import _logging  # noqa: F401  (a fixture)

PAGES = Path(__file__).parents[3] / "seeds" / "pages"
WIDE = {"COLUMNS": "100"}


def call(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False, env=WIDE)


def rows(*arguments: object) -> list[dict[str, Any]]:
    done = call(*arguments, "--format", "jsonl")
    assert done.exit_code == DONE, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("outputs")
    (folder / "in").mkdir()
    for name in (
        "08_wire_story.txt",
        "09_wire_copy.html",
        "10_no_date_at_all.txt",
        "12_three_records.jsonl",
        "13_front_page.html",
    ):
        shutil.copy(PAGES / name, folder / "in" / name)
    (folder / "in/notes.pdf").write_bytes(b"%PDF")
    done = call("run", folder / "in", "-o", folder / "out")
    assert done.exit_code == DONE
    assert "6 files, 7 records: 6 articles, 1 not an article, 1 not read: .pdf" in done.stderr
    assert (folder / "out/report.html").resolve().as_uri() in done.stderr.strip().splitlines()[-1]
    return folder


def test_a_second_run_says_that_nothing_is_new(made: Path) -> None:
    done = call("run", made / "in", "-o", made / "out")
    assert "6 known, 1 not an article, nothing new, 1 not read: .pdf" in done.stderr


def test_list(made: Path) -> None:
    every = rows("list", made / "out")
    assert len(every) == 6
    days = [row["published"] for row in every if row["published"]]
    assert days == sorted(days, reverse=True) and every[-1]["published"] is None
    [undated] = rows("list", made / "out", "--undated")
    assert undated["origin"].endswith("10_no_date_at_all.txt")
    [dead] = rows("list", made / "out", "--dead")
    assert (dead["type"], dead["message"]) == ("not_an_article", "no running text")
    table = call("list", made / "out").stdout
    assert "08_wire_story.txt" in table and max(map(len, table.splitlines())) <= 100
    assert call("list", made / "out", "--dead", "--undated").exit_code == USAGE


def test_explain_by_parts_and_with_suggestions(made: Path) -> None:
    assert "weekday.past" in call("explain", "froze a harbour", "-o", made / "out").stdout
    assert call("explain", "12_three_records.jsonl", "-o", made / "out").stdout.count("revision ") == 3
    several = call("explain", "wire", "-o", made / "out")
    assert several.exit_code == ERROR and "means 2 articles" in several.stderr
    none = call("explain", "08_wire_stroy", "-o", made / "out")
    assert none.exit_code == ERROR and "did you mean" in none.stderr and "08_wire_story.txt" in none.stderr


def test_forget_by_file_name_and_not_by_one_that_means_several(made: Path, tmp_path: Path) -> None:
    shutil.copytree(made / "out", tmp_path / "out")
    several = call("forget", "wire", "-o", tmp_path / "out")
    assert several.exit_code == ERROR and "means 2 articles" in several.stderr
    assert len(rows("list", tmp_path / "out")) == 6
    one = call("forget", "10_no_date_at_all", "-o", tmp_path / "out")
    assert one.exit_code == DONE and len(one.stdout.split()) == 1
    assert len(call("forget", "wire", "--all", "-o", tmp_path / "out").stdout.split()) == 2
    assert {row["origin"].rpartition("/")[2] for row in rows("list", tmp_path / "out")} == {
        f"12_three_records.jsonl#{n}" for n in (1, 2, 3)
    }


def test_export_and_verify(made: Path, tmp_path: Path) -> None:
    done = call("export", made / "out", "--to", tmp_path / "tables", "--format", "csv", "--table", "dates")
    assert done.stdout.split() == [str(tmp_path / "tables/dates.csv")]
    assert call("export", made / "out", "--to", made / "out").exit_code == USAGE
    assert call("export", made / "out", "--to", tmp_path, "--table", "words").exit_code == USAGE
    checks = {row["check"]: row for row in rows("verify", made / "out")}
    assert {row["state"] for row in checks.values()} == {"ok"}
    digest = checks["content hash"]["message"]
    assert f"content hash {digest}" in call("verify", made / "out").stdout


def test_diff_is_readable_at_a_hundred_columns(made: Path, tmp_path: Path) -> None:
    call("run", made / "in/08_wire_story.txt", "-o", tmp_path / "out", "--no-link")
    table = call("diff", made / "out", tmp_path / "out").stdout
    assert max(map(len, table.splitlines())) <= 100
    assert "│ removed │ event │" in table


@pytest.mark.parametrize(
    "arguments, code, words",
    [
        (["replay", "{out}", "--type", "too_large"], ERROR, "holds no open dead letter of type too_large"),
        (["replay", "{out}", "--type", "large"], USAGE, "one of too_large"),
        (
            ["watch", "http://localhost:1/feed", "--once", "-o", "{tmp}/live"],
            ERROR,
            "the feed failed: http://localhost:1/feed",
        ),
        (["run", "{in}", "-o", "{tmp}/out.csv"], USAGE, "dateline export OUT --to FOLDER --format csv"),
        (
            ["run", "{in}", "-o", "{tmp}/out", "--published", "yesterday"],
            USAGE,
            "--published: 'yesterday' is not a day",
        ),
        (["run", "{in}", "-o", "{tmp}/out", "--map", "urls=link"], USAGE, "did you mean url?"),
        (["run", "{tmp}/none", "-o", "{tmp}/out"], USAGE, "there is no such file or folder"),
        (["list", "{tmp}/none"], ERROR, "holds no events"),
    ],
)
def test_what_can_not_be_done_ends_in_words(
    made: Path, tmp_path: Path, arguments: list[str], code: int, words: str
) -> None:
    told = [a.format(tmp=tmp_path, out=made / "out", **{"in": made / "in"}) for a in arguments]
    done = call(*told)
    assert done.exit_code == code, done.output
    assert "".join(words.split()) in "".join(done.stderr.replace("│", "").split())
    assert not (tmp_path / "out.csv").exists()
