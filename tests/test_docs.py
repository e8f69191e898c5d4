"""What the guides tell people to type exists: commands and their flags, verbs of make, paths, parameters."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
import typer

from dateline.pipeline.cli import app

ROOT = Path(__file__).parents[1]
GUIDES = (
    "README.md", "CONTRIBUTING.md", "deploy/README.md",
    *(p.relative_to(ROOT).as_posix() for p in sorted((ROOT / "pipeline" / "guides").glob("*.md"))),
)  # fmt: skip
FOLDERS = ("pipeline/", "transforms/", "tests/", "deploy/", "seeds/", ".github/", ".ci/")
_FENCE = re.compile(r"^```[a-z]*(?: [\w.]+)?\n(.*?)^```", re.M | re.S)
_TICKS = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")


def text_of(guide: str) -> str:
    path = ROOT / guide
    if not path.is_file():
        pytest.skip(f"{guide} is not written yet")
    return path.read_text("utf-8")


def lines_of(guide: str) -> list[str]:
    """Every line that a reader may type: of code blocks, continued lines joined, and between single ticks."""
    text = text_of(guide)
    blocks = "\n".join(_FENCE.findall(text)).replace("\\\n", " ")
    typed = [*blocks.splitlines(), *_TICKS.findall(_FENCE.sub("", text))]
    return [line.strip().removeprefix("$ ").removeprefix(".venv/bin/") for line in typed]


def words_of(line: str) -> list[str]:
    """A line as a shell would split it, its comment and what it is piped into left off."""
    try:
        words = shlex.split(line, comments=True)
    except ValueError:
        return []
    ends = [n for n, w in enumerate(words) if w in ("|", ">", ">>", "&&", ";", "<")]
    return words[: ends[0]] if ends else words


def commands(guide: str, program: str) -> list[list[str]]:
    return [w for line in lines_of(guide) if (w := words_of(line)) and w[0] == program]


@pytest.mark.parametrize("guide", GUIDES)
def test_every_command_and_flag_exists(guide: str) -> None:
    known = typer.main.get_command(app)
    verbs = getattr(known, "commands")  # noqa: B009  (a group; typer's stubs do not say so)
    for words in commands(guide, "dateline"):
        rest = words[1:]
        flags = {option for p in known.params for option in (*p.opts, *p.secondary_opts)} | {"-h", "--help"}
        if rest and not rest[0].startswith("-") and rest[0] != "…":
            assert rest[0] in verbs, f"{guide}: dateline {rest[0]}"
            command = verbs[rest[0]]
            flags = {o for p in command.params for o in (*p.opts, *p.secondary_opts)} | {"-h", "--help"}
        for word in rest:
            if re.match(r"--?[a-z]", word):
                assert word.partition("=")[0] in flags, f"{guide}: {' '.join(words)}"


@pytest.mark.parametrize("guide", GUIDES)
def test_every_verb_of_make_exists(guide: str) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.M))
    for words in commands(guide, "make"):
        for word in words[1:]:
            if re.fullmatch(r"[a-z]+", word):
                assert word in targets, f"{guide}: make {word}"


@pytest.mark.parametrize("guide", GUIDES)
def test_every_path_exists(guide: str) -> None:
    text = text_of(guide)
    named = _TICKS.findall(_FENCE.sub("", text)) + re.findall(r"\[[^\]]*\]\(([^)#:]+)(?:#[^)]*)?\)", text)
    here = (ROOT / guide).parent
    for name in named:
        if re.fullmatch(r"\.?[\w./-]+", name) and (name.startswith(FOLDERS) or name.endswith(".md")):
            assert (ROOT / name).exists() or (here / name).exists(), f"{guide}: {name}"


@pytest.mark.parametrize("guide", GUIDES)
def test_every_call_of_the_script_and_every_module_exists(guide: str) -> None:
    script = (ROOT / "deploy" / "template.sh").read_text("utf-8")
    for words in commands(guide, "deploy/template.sh"):
        rest = [w for w in words[1:] if w != "--dry-run"]
        if not rest:
            continue
        assert re.search(rf"^  (?:\w+ \| )*{re.escape(rest[0])}(?: \| [\w-]+)*\)", script, re.M), words
        parameters = {p["name"] for mode in ("batch", "streaming") for p in _metadata(mode)}
        for word in rest[2:]:
            if re.match(r"[a-z_]+=", word):
                assert word.partition("=")[0] in parameters, f"{guide}: {word}"
    for line in lines_of(guide):
        for module in re.findall(r"python3? -m ((?:pipeline|transforms|tests)[\w.]*)", line):
            path = ROOT / module.replace(".", "/")
            assert path.with_suffix(".py").is_file() or path.is_dir(), f"{guide}: {module}"


def _metadata(mode: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads((ROOT / "deploy" / mode / "metadata.json").read_text("utf-8"))[
        "parameters"
    ]
    return found


@pytest.mark.parametrize("guide", GUIDES)
def test_every_json_block_is_json_or_json_lines(guide: str) -> None:
    for block in re.findall(r"^```json\n(.*?)^```", text_of(guide), re.M | re.S):
        try:
            json.loads(block)
        except ValueError:
            for line in filter(None, block.splitlines()):
                json.loads(line)


def test_the_check_sees_a_flag_that_does_not_exist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.test_docs.ROOT", tmp_path)
    (tmp_path / "README.md").write_text("```\ndateline run seeds/pages --output out --no-such-flag 3\n```\n")
    with pytest.raises(AssertionError, match="no-such-flag"):
        test_every_command_and_flag_exists("README.md")
    (tmp_path / "README.md").write_text("See `pipeline/nothing.py`.\n")
    with pytest.raises(AssertionError, match="nothing"):
        test_every_path_exists("README.md")


def test_the_event_that_is_shown_is_the_one_that_is_made() -> None:
    """README's event is that of the golden records, field for field."""
    block = re.search(r"<!-- event:begin -->\n```json\n(.*?)```", text_of("README.md"), re.S)
    assert block
    shown = json.loads(block[1])
    golden = json.loads((ROOT / "tests" / "golden" / "08_wire_story.json").read_text("utf-8"))
    made = next(e for e in golden["events"] if e["event_id"] == shown["event_id"])
    assert shown == {name: value for name, value in made.items() if name in shown}
