"""The recipes of the guide run as printed, and all give the same rows."""

from __future__ import annotations

import contextlib
import csv
import io
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from dateline.pipeline.commands.export import FileFormat, export
from dateline.pipeline.runs.bounded import run
from dateline.pipeline.settings import Settings
from tests.waiting import LONG

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "pipeline/guides/recipes.md").read_text("utf-8")
Rows = list[list[str]]


def recipes(fence: str) -> list[str]:
    found = re.findall(rf"^```{fence}\n(.*?)^```", GUIDE, re.M | re.S)
    assert found, fence
    return found


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("recipes")
    shutil.copytree(ROOT / "seeds/pages", folder / "seeds/pages")
    run([str(folder / "seeds/pages")], str(folder / "out"), Settings())
    for form in (FileFormat.parquet, FileFormat.csv):
        export(str(folder / "out"), folder / "tables", form)
    return folder


@pytest.fixture(scope="module")
def expected(desk: Path) -> Rows:
    """The answer of SQLite: days and kinds with their counts."""
    with contextlib.closing(sqlite3.connect(desk / "out/events.db")) as database:
        rows = database.execute(recipes("sql sqlite")[0]).fetchall()
    found = [[str(cell) for cell in row] for row in rows]
    assert len(found) > 5 and {kind for _, kind, _ in found} == {"said", "did"}
    return found


def rows_of(printed: str) -> Rows:
    head, *rows = csv.reader(io.StringIO(printed))
    assert head == ["when_start", "kind", "n"]
    return rows


def python(desk: Path, code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=desk, capture_output=True, text=True, check=False, timeout=LONG
    )
    assert done.returncode == 0, done.stderr[-1500:]
    return done.stdout


def test_pandas(desk: Path, expected: Rows) -> None:
    pytest.importorskip("pandas", reason="pandas is not installed")
    assert rows_of(python(desk, recipes("python pandas")[0])) == expected


def test_duckdb(desk: Path, expected: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed")
    monkeypatch.chdir(desk)
    found = duckdb.sql(recipes("sql duckdb")[0]).fetchall()
    assert [[str(cell) for cell in row] for row in found] == expected


def test_r(desk: Path, expected: Rows) -> None:
    program = shutil.which("Rscript")
    if program is None:
        pytest.skip("R is not installed")
    (desk / "recipe.R").write_text(recipes("r")[0], "utf-8")
    done = subprocess.run(
        [program, "recipe.R"], cwd=desk, capture_output=True, text=True, check=False, timeout=LONG
    )
    assert done.returncode == 0, done.stderr[-1500:]
    assert rows_of(done.stdout) == expected


def test_the_library(desk: Path, expected: Rows) -> None:
    assert rows_of(python(desk, recipes("python library")[0])) == expected
    page = python(desk, recipes("python page")[0])
    assert "Colin Abara say" in page and "<Date 'Monday': 2024-05-13" in page


def test_postgresql_takes_the_same_sql(desk: Path, expected: Rows, postgres: str) -> None:
    import dateline

    run([str(desk / "seeds/pages")], postgres, Settings())
    for query in recipes("sql sqlite"):
        with dateline.open(postgres) as store:
            assert len(store.sql(query.strip().rstrip(";"))) > 0
    with dateline.open(postgres) as store:
        found = [
            [str(v) for v in row.values()] for row in store.sql(recipes("sql sqlite")[0].strip().rstrip(";"))
        ]
    assert found == expected


def test_a_pipeline_of_beam_reads_pages(desk: Path) -> None:
    lines = python(desk, recipes("python beam")[0]).splitlines()
    rejected = [line for line in lines if line.startswith("rejected: ")]
    assert len(rejected) == 1 and "no running text" in rejected[0]
    ids = {line.split()[0] for line in lines if line not in rejected}
    with contextlib.closing(sqlite3.connect(desk / "out/events.db")) as database:
        query = "SELECT COUNT(*) FROM flat_events WHERE origin LIKE '%.html'"
        assert len(ids) == database.execute(query).fetchone()[0]


def test_what_was_told_first(desk: Path) -> None:
    with contextlib.closing(sqlite3.connect(desk / "out/events.db")) as database:
        rows = database.execute(recipes("sql sqlite")[2]).fetchall()
    assert rows and rows[0][-1] > 1


def test_each_event_with_a_time_finds_its_date(desk: Path) -> None:
    with contextlib.closing(sqlite3.connect(desk / "out/events.db")) as database:
        rows = database.execute(recipes("sql sqlite")[1]).fetchall()
        [(timed,)] = database.execute(
            "SELECT COUNT(*) FROM flat_events WHERE when_text IS NOT NULL"
        ).fetchall()
    assert len(rows) == timed > 20
    assert all(words in sentence for *_, words, _, _, _, sentence in rows)
