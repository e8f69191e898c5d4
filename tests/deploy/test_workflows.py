"""The workflows: linted, and every command in them exists and runs by hand too."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests import tools

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".github" / "workflows"
FILES = sorted(FOLDER.glob("*.yml"))
RUN = re.compile(r"^\s+(?:- )?run: (.+)$", re.M)


def test_actionlint_finds_nothing() -> None:
    try:
        program = tools.go_tool(tools.ACTIONLINT)
    except tools.NoTool as reason:
        pytest.skip(str(reason))
    done = subprocess.run([program, *map(str, FILES)], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stdout


def commands(path: Path) -> list[str]:
    return RUN.findall(path.read_text("utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_every_command_is_one_line_that_runs_by_hand(path: Path) -> None:
    found = commands(path)
    assert found
    script = (ROOT / "deploy" / "template.sh").read_text("utf-8")
    for command in found:
        assert "${{" not in command, (
            "an expression in a command can not be run by hand, and may be injected into"
        )
        program, *words = command.split()
        if program == "bash":
            assert (ROOT / words[0]).is_file()
        elif program == "deploy/template.sh":
            assert re.search(rf"^  (\w+ \| )*{words[0]}( \| \w+)*\)", script, re.M), words[0]
        else:
            assert program == "gcloud"


def test_ci_runs_the_verbs_on_every_promised_python() -> None:
    text = (FOLDER / "ci.yml").read_text("utf-8")
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    assert 'requires-python = ">=3.11"' in project
    assert 'python: ["3.11", "3.12", "3.13"]' in text
    assert commands(FOLDER / "ci.yml") == ["bash .ci/run", "bash .ci/elsewhere"]


def test_nothing_is_deployed_that_was_not_tested() -> None:
    text = (FOLDER / "deploy.yml").read_text("utf-8")
    first, second = re.findall(r"^  (\w+):\n(?:    .*\n)*?    runs-on", text, re.M)
    assert (first, second) == ("tests", "deploy")
    assert "needs: tests" in text
    assert "cancel-in-progress: false" in text


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_rights_are_few_and_no_key_is_stored(path: Path) -> None:
    text = path.read_text("utf-8")
    assert "permissions:\n  contents: read" in text
    assert "secrets." not in text and "credentials_json" not in text


def test_the_guide_names_every_variable_of_the_deployment() -> None:
    guide = (ROOT / "deploy" / "README.md").read_text("utf-8")
    for name in set(re.findall(r"vars\.(\w+)", (FOLDER / "deploy.yml").read_text("utf-8"))):
        assert f"`{name}`" in guide, name


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_every_action_is_pinned_to_a_commit_whose_release_is_named(path: Path) -> None:
    uses = re.findall(r"uses: (.+)", path.read_text("utf-8"))
    assert uses
    for action in uses:
        assert re.match(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+\b", action), action


def test_one_action_is_one_commit_in_all_workflows() -> None:
    text = "".join(path.read_text("utf-8") for path in FILES)
    pins = set(re.findall(r"uses: ([\w/-]+)@([0-9a-f]{40})", text))
    assert len(pins) == len({name for name, _ in pins})


def test_a_deployment_is_checked_and_brought_back() -> None:
    steps = commands(FOLDER / "deploy.yml")
    verbs = [step.split()[1] for step in steps if step.startswith("deploy/template.sh")]
    assert verbs == ["build", "deploy", "check", "rollback"]
    assert "if: failure() && " in (FOLDER / "deploy.yml").read_text("utf-8")
