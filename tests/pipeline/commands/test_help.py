"""The help of every command comes at once, ends its sentences, and shows an example that works."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from dateline.pipeline.cli import COMMANDS, app
from dateline.pipeline.commands import template
from dateline.pipeline.runs import parameters
from tests.waiting import LONG

ROOT = Path(__file__).parents[3]
NAMES = [command.__name__.rstrip("_") for command in COMMANDS]
NEEDS = {"watch": "hosts on the internet", "publish": "a topic"}
"""What an example needs that a test does not have; such an example is only parsed."""
_MODULES = "import sys, dateline.pipeline.cli; print(sorted({m.split('.')[0] for m in sys.modules}))"


def doc_of(name: str) -> str:
    return COMMANDS[NAMES.index(name)].__doc__ or ""


def example_of(name: str) -> list[str]:
    found = re.search(r"Example: dateline (.+)", doc_of(name))
    assert found, f"dateline {name} --help shows no example"
    return shlex.split(found[1])


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with sample pages and outputs, as the examples expect it."""
    folder = tmp_path_factory.mktemp("desk")
    pages = folder / "seeds" / "pages"
    pages.mkdir(parents=True)
    for name in ("08_wire_story.txt", "09_wire_copy.html", "10_no_date_at_all.txt", "13_front_page.html"):
        shutil.copy(ROOT / "seeds" / "pages" / name, pages / name)
    done = subprocess.run(
        [sys.executable, "-m", "dateline", "run", "seeds/pages", "--output", "out"],
        cwd=folder, capture_output=True, text=True, check=False, timeout=LONG,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-1000:]
    for name in ("old", "new"):
        shutil.copytree(folder / "out", folder / name)
    return folder


@pytest.fixture
def at_desk(desk: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(desk)
    yield desk


@pytest.mark.parametrize("name", NAMES)
def test_the_example_works(name: str, at_desk: Path) -> None:
    words = example_of(name)
    assert words[0] == name
    if name in NEEDS:
        group = typer.main.get_command(app)
        command = getattr(group, "commands")[name]  # noqa: B009  (a group; typer's stubs do not say so)
        command.make_context(name, words[1:])
        return
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, f"{words}\n{done.output[-800:]}"


@pytest.mark.parametrize("name", NAMES)
def test_help_is_in_sentences(name: str) -> None:
    done = CliRunner().invoke(app, [name, "--help"], env={"COLUMNS": "100", "TERM": "dumb", "NO_COLOR": "1"})
    assert done.exit_code == 0
    assert "Example: dateline " + name in done.output
    assert max(map(len, done.output.splitlines())) <= 100
    first = doc_of(name).strip().splitlines()[0]
    assert first[0].isupper() and len(first) <= 110
    command = getattr(typer.main.get_command(app), "commands")[name]  # noqa: B009
    for parameter in command.params:
        told = getattr(parameter, "help", None)
        assert told and told[0].isupper() and told.rstrip().endswith((".", "…")), (name, parameter.name, told)


def test_help_waits_for_no_heavy_library() -> None:
    """Under a second: 0.3 s of processor time, of which typer and rich take most. Models and Beam took 1.5 s more."""
    done = subprocess.run(
        [sys.executable, "-c", _MODULES], capture_output=True, text=True, check=True, timeout=LONG
    )
    heavy = {"apache_beam", "pyarrow", "pandas", "numpy", "sqlalchemy", "pydantic", "jinja2", "httpx"}
    assert not heavy & set(re.findall(r"'(\w+)'", done.stdout))


def test_the_modes_of_templates_are_those_of_jobs() -> None:
    assert template.MODES == parameters.MODES
