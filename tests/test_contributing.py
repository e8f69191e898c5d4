"""CONTRIBUTING is true: each of its five changes, carried out on a copy, touching only what the guide names."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.transforms.lexicon.test_made_up import CODE, PAGE, PARTS
from tests.waiting import LONG

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
DAY = "Published: 18 November 2026\n\n"
RULE = DAY + (
    "Harbour wall stands\n\nMayor Ana Ruiz said on Monday that the harbour had lost two cranes in the year just gone, "
    "and that the wall had held.\n"
)
DEED = DAY + (
    "Crew of the Marigold held\n\nThe crew of the Marigold keelhauled a stowaway on Monday, the harbour police wrote in "
    "a notice that hangs at the gate.\n"
)


class Copy:
    """A copy of the packages, to be changed as one section of the guide says."""

    def __init__(self, folder: Path, section: str) -> None:
        self.folder = folder
        found = re.search(rf"^## {re.escape(section)}\n(.*?)(?=^## |\Z)", GUIDE, re.M | re.S)
        assert found, f"the guide has no section {section!r}"
        self.named = re.findall(r"`((?:pipeline|transforms|tests)/[\w./]+)`", found[1])
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "pipeline/library", folder / "dateline", ignore=ignored)
        for package in ("pipeline", "transforms"):
            shutil.copytree(ROOT / package, folder / "dateline" / package, ignore=ignored)

    def add(self, path: str, text: str) -> None:
        """A new file, in a folder that the guide names."""
        assert any(Path(path).is_relative_to(name) for name in self.named), f"the guide does not name {path}"
        target = self.folder / "dateline" / path
        assert not target.exists()
        target.parent.mkdir(exist_ok=True)
        target.write_text(text, "utf-8")

    def edit(self, path: str, before: str, after: str) -> None:
        """One change of a file that the guide names."""
        assert path in self.named, f"the guide does not name {path}"
        text = (self.folder / "dateline" / path).read_text("utf-8")
        assert text.count(before) == 1, f"{path}: {before!r} stands there {text.count(before)} times"
        (self.folder / "dateline" / path).write_text(text.replace(before, after), "utf-8")

    def call(self, *arguments: object, code: int = 0) -> str:
        """Call the command of the copy, outside of the checkout; gives what it printed."""
        return call(self.folder, *arguments, code=code)


def call(packages: Path, *arguments: object, code: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "dateline", *map(str, arguments)],
        cwd=packages.parent, env={**os.environ, "PYTHONPATH": str(packages)},
        capture_output=True, text=True, check=False, timeout=LONG,
    )  # fmt: skip
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def page(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def events(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> str:
    """All that is stored of the pages of this module before any change."""
    folder = tmp_path_factory.mktemp("before")
    (folder / "in").mkdir()
    for name, text in (("rule.txt", RULE), ("deed.txt", DEED), ("language.txt", PAGE)):
        page(folder / "in", name, text)
    call(ROOT, "run", folder / "in", "--output", folder / "out.jsonl")
    return (folder / "out.jsonl").read_text("utf-8")


def test_add_a_date_rule(before: str, tmp_path: Path) -> None:
    copy = Copy(tmp_path / "copy", "Add a date rule")
    rules = "transforms/lexicon/en/dates.toml"
    first = '[[rule]]\nname = "month.step"'
    copy.edit(
        rules,
        first,
        '[[rule]]\nname = "year.just_gone"\nmake = "unit_step"\nwith = { unit = "year", step = -1 }\n'
        'forms = ["the? year just gone"]\n'
        'examples = [{ text = "It rose in the year just gone.", words = "the year just gone", value = "2025" }]\n\n'
        + first,
    )
    assert "year.just_gone" not in before
    copy.call("run", page(tmp_path, "rule.txt", RULE), "--output", tmp_path / "out.jsonl")
    about = [a for e in events(tmp_path / "out.jsonl") for a in e["about"]]
    assert [(a["edtf"], a["rule"]) for a in about] == [("2025", "year.just_gone")]


def test_add_a_language(before: str, tmp_path: Path) -> None:
    copy = Copy(tmp_path / "copy", "Add a language")
    for name, text in PARTS.items():
        copy.add(f"transforms/lexicon/{CODE}/{name}.toml", text)
    assert "sadu" not in [json.loads(line)["action"]["lemma"] for line in before.splitlines()]
    copy.call("run", page(tmp_path, "language.txt", PAGE), "--output", tmp_path / "out.jsonl")
    found = next(e for e in events(tmp_path / "out.jsonl") if e["action"]["span"]["exact"] == "sadu")
    assert [a["edtf"] for a in found["about"]] == ["2026-05-18"]


SOURCE = '''"""Notes: pages in one file, each after a line of dashes."""

from collections.abc import Iterator

from dateline.pipeline.sources.formats.opened import Opened
from dateline.transforms.model import RawArticle


def read(opened: Opened) -> Iterator[RawArticle]:
    """Every page of the file."""
    content, fault = opened.whole()
    for number, part in enumerate(content.split(b"-----\\n"), 1):
        yield opened.raw(part, f"#{number}", media_type="text/plain", fault=fault)
'''


def test_add_a_source(tmp_path: Path) -> None:
    copy = Copy(tmp_path / "copy", "Add a source")
    copy.add("pipeline/sources/formats/notes.py", SOURCE)
    row = '    Format("warc", '
    copy.edit(
        "pipeline/sources/registry.py",
        row,
        f'    Format("notes", (".notes",), "dateline.pipeline.sources.formats.notes:read", "pages between lines of dashes"),\n{row}',
    )
    file = page(tmp_path, "day.notes", f"{RULE}-----\n-----\n{DEED}")
    for _ in range(2):
        printed = copy.call("run", file, "--output", tmp_path / "out", "--format", "jsonl")
    counts = {row["count"]: row["n"] for row in map(json.loads, printed.splitlines()) if "count" in row}
    assert (counts["read"], counts["known"], counts["rejected.empty"]) == (3, 2, 1)
    assert ".notes" in copy.call("run", "--help").replace("\n", "")
    assert "ok" in copy.call("doctor", "--input", file)


SINK = '''"""Lines: one line an article in a folder of files, named by article and revision."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import apache_beam as beam

from dateline.pipeline.environment import EnvironmentDoFn
from dateline.pipeline.errors import OutputError
from dateline.pipeline.findings import Finding
from dateline.pipeline.sinks.sink import Output, Run, Sink
from dateline.transforms.model import DeadLetter, Envelope


class LinesOutput(Output):
    """``lines://FOLDER``."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.folder = Path(address.removeprefix("lines://"))

    @classmethod
    def parse(cls, address: str) -> Self:
        if address == "lines://":
            raise OutputError("lines:// needs a folder")
        return cls(address)

    def open(self, run: Run) -> Sink:
        self.folder.mkdir(parents=True, exist_ok=True)
        return LinesSink(self.folder)

    def check(self) -> Iterator[Finding]:
        yield Finding("output", "ok", self.address)


class LinesSink(Sink):
    """Writes each article and dead letter whole, under a name that it alone has."""

    name = "lines"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self) -> beam.PTransform:
        return beam.ParDo(_Write(self.folder))

    def write_dead_letters(self) -> beam.PTransform:
        return beam.ParDo(_Write(self.folder))


class _Write(EnvironmentDoFn):
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def process(self, one: Envelope | DeadLetter) -> Iterator[DeadLetter]:
        if isinstance(one, DeadLetter):
            name, text = one.dead_letter_id, one.message
        else:
            name, text = one.article.article_id, str(len(one.events))
        partial = self.folder / f".{name}"
        partial.write_text(text)
        os.replace(partial, self.folder / name)
        yield from ()
'''


def test_add_a_sink(tmp_path: Path) -> None:
    copy = Copy(tmp_path / "copy", "Add a sink")
    copy.add("pipeline/sinks/lines.py", SINK)
    row = '    OutputKind(\n        "bigquery",'
    registry = (copy.folder / "dateline/pipeline/sinks/registry.py").read_text("utf-8")
    if row not in registry:
        row = '    OutputKind("bigquery",'
    copy.edit(
        "pipeline/sinks/registry.py",
        row,
        f'    OutputKind("lines", ("lines",), (), "dateline.pipeline.sinks.lines:LinesOutput", "lines://FOLDER"),\n{row}',
    )
    file = page(tmp_path, "rule.txt", RULE)
    bad = page(tmp_path, "empty.txt", " ")
    for _ in range(2):
        copy.call("run", file, bad, "--output", f"lines://{tmp_path}/lines", "--output", tmp_path / "out")
    assert len(list((tmp_path / "lines").iterdir())) == 2
    assert "lines://FOLDER" in copy.call("run", "--help").replace("\n", " ")
    assert "needs a folder" in copy.call("run", file, "--output", "lines://", code=2)
    assert "ok" in copy.call("doctor", "--output", f"lines://{tmp_path}/lines")


def test_add_a_verb(before: str, tmp_path: Path) -> None:
    copy = Copy(tmp_path / "copy", "Add a verb of deeds")
    copy.edit(
        "transforms/lexicon/en/deeds.toml",
        "\nattack | bomb | shoot |",
        "\nattack | bomb | keelhaul | shoot |",
    )
    assert "keelhaul" not in [json.loads(line)["action"]["lemma"] for line in before.splitlines()]
    copy.call("run", page(tmp_path, "deed.txt", DEED), "--output", tmp_path / "out.jsonl")
    found = next(e for e in events(tmp_path / "out.jsonl") if e["action"]["lemma"] == "keelhaul")
    assert (found["kind"], found["action"]["plover"], found["when"]["edtf"]) == (
        "did",
        "ASSAULT",
        "2026-11-16",
    )


def test_what_the_guide_does_not_name_is_refused(tmp_path: Path) -> None:
    copy = Copy(tmp_path / "copy", "Add a source")
    with pytest.raises(AssertionError, match="does not name"):
        copy.edit("pipeline/graph.py", "x", "y")
    with pytest.raises(AssertionError, match="does not name"):
        copy.add("pipeline/runs/notes.py", "")
