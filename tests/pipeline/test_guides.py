"""The guides are true: their commands run as printed, their tables are those of the code, their links lead somewhere."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline.pipeline import guides
from dateline.pipeline.cli import app
from dateline.pipeline.store.schema import derived, tables, views
from dateline.transforms import model
from tests.waiting import LONG

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "pipeline" / "guides"
README_WORDS = 1_200
TOPICS = guides.topics()
NEEDED = {
    "analyst", "researcher", "operator", "tables", "glossary", "faq", "peers", "figures", "cite", "inputs", "pipeline",
}  # fmt: skip
BLOCK = re.compile(r"(?:^<!-- skip: (?P<skip>.+) -->\n)?^```(?P<kind>console|toml \S+|python)\n(?P<body>.*?)^```", re.M | re.S)  # fmt: skip


def blocks(topic: str) -> Iterator[tuple[str, str, str | None]]:
    """Kind, body and reason to skip of each block of a guide that a reader would run or write to a file."""
    for found in BLOCK.finditer(guides.guide_of(topic).text):
        yield found["kind"], found["body"], found["skip"]


def steps(body: str) -> list[tuple[str, list[str]]]:
    """The commands of a console block, each with the lines that it is said to print."""
    found: list[tuple[str, list[str]]] = []
    for line in body.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif line:
            found[-1][1].append(line)
    return found


def assert_printed(wanted: list[str], printed: str, command: str) -> None:
    """Each wanted line is printed, in this order; ``…`` stands for anything."""
    lines = iter(printed.splitlines())
    for line in wanted:
        pattern = ".*".join(re.escape(part.strip()) for part in line.split("…"))
        if pattern.replace(".*", ""):
            assert any(re.search(pattern, found) for found in lines), (
                f"{command}: no line {line!r}\n{printed}"
            )


@pytest.mark.parametrize("topic", [t for t in TOPICS if any(blocks(t))])
def test_a_walk_works_as_printed(topic: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "seeds" / "pages", tmp_path / "seeds" / "pages")
    for kind, body, skip in blocks(topic):
        if skip:
            continue
        if kind == "python":
            run(tmp_path, sys.executable, "-c", body)
        elif kind == "console":
            for command, wanted in steps(body):
                assert_printed(wanted, run(tmp_path, "bash", "-c", command), command)
        else:
            (tmp_path / kind.split()[1]).write_text(body, "utf-8")


def test_the_commands_of_readme_work_as_printed(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "seeds" / "pages", tmp_path / "seeds" / "pages")
    typed = re.findall(r"^\$ (dateline .*)$", (ROOT / "README.md").read_text("utf-8"), re.M)
    assert len(typed) >= 5
    for command in typed:
        run(tmp_path, "bash", "-c", command)
    assert (tmp_path / "out" / "report.html").is_file()


def run(folder: Path, *arguments: str) -> str:
    """Standard output of a command that must end well."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    done = subprocess.run(
        arguments, cwd=folder, env={**os.environ, "PATH": path, "COLUMNS": "100"},
        capture_output=True, text=True, check=False, timeout=LONG,
    )  # fmt: skip
    assert done.returncode == 0, f"{arguments[-1]}\n{done.stdout[-800:]}{done.stderr[-2000:]}"
    return done.stdout


def test_the_walk_sees_a_line_that_is_not_printed() -> None:
    (step,) = steps("$ dateline --version\n9.9.9\n")
    with pytest.raises(AssertionError, match=r"9\.9\.9"):
        assert_printed(step[1], "0.1.0\n", step[0])
    assert_printed(["a … c", "…", "d"], "x\na b c\nd\n", "x")


def test_the_topics_that_users_need_are_there() -> None:
    assert set(TOPICS) >= NEEDED
    for topic in TOPICS:
        guide = guides.guide_of(topic)
        assert guide.text.startswith(f"# {guide.title}\n\n")
        assert 20 < len(guide.purpose) < 250 and guide.purpose.endswith((".", "?")), topic


@pytest.mark.parametrize("topic", TOPICS)
def test_links_between_guides_lead_somewhere(topic: str) -> None:
    for name in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", guides.guide_of(topic).text):
        assert (FOLDER / name).exists(), name


def test_the_command_prints_a_guide_and_lists_the_topics() -> None:
    invoke = CliRunner().invoke
    listed = invoke(app, ["guide"], env={"COLUMNS": "200"})
    assert listed.exit_code == 0 and all(topic in listed.stdout for topic in TOPICS)
    assert invoke(app, ["guide", "Glossary"]).stdout == guides.guide_of("glossary").text
    wrong = invoke(app, ["guide", "analist"])
    assert wrong.exit_code == 2 and "analyst" in wrong.output
    assert invoke(app, ["guide", "../tables"]).exit_code == 2


def rows_after(mark: str) -> set[str]:
    """The names in the first column of the table that stands under a mark."""
    text = guides.guide_of("tables").text
    assert f"<!-- {mark} -->" in text, mark
    table = text.partition(f"<!-- {mark} -->\n")[2].partition("\n\n")[0]
    cells = [line.split("|")[1] for line in table.splitlines()[2:]]
    return {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}


@pytest.mark.parametrize("record", [model.Event, model.When])
def test_the_fields_of_records_are_those_of_the_code(record: type[model.Record]) -> None:
    assert rows_after(f"fields: {record.__name__}") == {f.alias or name for name, f in record.model_fields.items()}  # fmt: skip


TABLES = {**tables.metadata.tables, **tables.read.tables}


@pytest.mark.parametrize("table", sorted(TABLES))
def test_the_columns_of_tables_are_those_of_the_code(table: str) -> None:
    columns = {c.name for c in TABLES[table].columns} | set(derived.EXTRA.get(table, ()))
    assert rows_after(f"table: {table}") == columns


def test_the_views_are_those_of_the_code() -> None:
    assert rows_after("views") == set(views.VIEWS)


def test_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").split()) < README_WORDS
