"""Arrows between the folders run one way, and the rooms alone import no Beam."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.waiting import LONG

ROOT = Path(__file__).parents[2]


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports anywhere, also within functions and for types alone."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def folder_of(module: str, folders: Iterable[str]) -> str | None:
    """``dateline.pipeline.sinks.files`` → ``sinks``; a module of the top level is a place of its own."""
    parts = module.removeprefix("dateline.").split(".")
    if parts[0] != "pipeline" or len(parts) < 2:
        return None
    return parts[1] if parts[1] in folders or (ROOT / "pipeline" / f"{parts[1]}.py").is_file() else None


def arrows() -> dict[str, set[str]]:
    """Which folder (or module of the top level) of the pipeline imports which."""
    package = ROOT / "pipeline"
    folders = {p.name for p in package.iterdir() if p.is_dir()}
    found: defaultdict[str, set[str]] = defaultdict(set)
    for path in package.rglob("*.py"):
        here = path.relative_to(package).parts[0].removesuffix(".py")
        for module in imports(path):
            there = folder_of(module, folders)
            if there is not None and there != here:
                found[here].add(there)
    return found


def circle(graph: dict[str, set[str]]) -> list[str]:
    """The names of one circle, or none."""
    done: set[str] = set()

    def visit(name: str, trail: list[str]) -> list[str]:
        if name in trail:
            return [*trail[trail.index(name) :], name]
        if name in done:
            return []
        for following in sorted(graph.get(name, ())):
            if found := visit(following, [*trail, name]):
                return found
        done.add(name)
        return []

    return next((found for name in sorted(graph) if (found := visit(name, []))), [])


def test_no_circle_between_the_folders_of_the_pipeline() -> None:
    assert circle(arrows()) == []


def test_the_order_that_the_guide_gives() -> None:
    graph = arrows()
    order = ["sources", "store", "report", "sinks", "runs", "commands"]
    for number, name in enumerate(order):
        assert not graph[name] & set(order[number + 1 :]), f"{name} imports what stands above it"
    assert all(
        not m.startswith("dateline.pipeline") for p in (ROOT / "transforms").rglob("*.py") for m in imports(p)
    )


def test_nothing_is_imported_by_the_name_of_its_folder() -> None:
    """From the top of a checkout ``import transforms`` would find the folder, as a second copy of every module."""
    paths = [
        p for folder in ("pipeline", "transforms", "tests", "deploy") for p in (ROOT / folder).rglob("*.py")
    ]
    wrong = {m for p in paths for m in imports(p) if m.split(".")[0] in ("pipeline", "transforms")}
    assert not wrong


def test_a_circle_would_be_seen() -> None:
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == ["a", "b", "c", "a"]
    assert circle({"a": {"b", "c"}, "b": {"c"}}) == []


@pytest.mark.parametrize(
    "module",
    [
        "dateline.transforms.walk",
        "dateline.transforms.decode",
        "dateline.transforms.events",
        "dateline.pipeline.cli",
    ],
)
def test_what_imports_no_beam(module: str) -> None:
    """Rooms are for use without Beam, and ``dateline --help`` must not wait for it."""
    code = f"import sys, {module}; sys.exit(any(m.startswith('apache_beam') for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False, timeout=LONG).returncode == 0
