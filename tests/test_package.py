"""What is installed is what stands in the checkout: no data file is left behind, and the wheel stays small."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests import tools
from tests.waiting import LONG

ROOT = Path(__file__).parents[1]
WHEEL_LIMIT = 15_000_000
UNREACHED = "connection|could not find a version|timed out|temporary failure|HTTP error|max retries"
"""What pip says where a package registry does not answer."""
MODEL_CARDS = "transforms"
"""The folder whose ``.md`` files may stay behind; the guides of the pipeline are read at run time."""


def built(folder: Path, source: Path = ROOT, **environment: str) -> Path:
    """A wheel of a checkout, built with these settings of the environment too."""
    if not tools.installed("pip"):
        pytest.skip("this environment has no pip to build a wheel with")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--wheel-dir",
        str(folder),
        str(source),
    ]
    done = subprocess.run(
        command, env=os.environ | environment, capture_output=True, text=True, check=False, timeout=LONG
    )
    if done.returncode and re.search(UNREACHED, done.stderr, re.I):
        pytest.skip("no package registry can be reached to build a wheel with")
    assert done.returncode == 0, done.stderr[-2000:]
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("wheel"))


@pytest.mark.skipif(sys.platform == "win32", reason="its compiler is not chosen by CC")
def test_it_installs_and_reads_without_a_compiler(tmp_path: Path) -> None:
    checkout = tmp_path / "checkout"
    for name in ("transforms", "pipeline", "seeds/pages"):
        shutil.copytree(ROOT / name, checkout / name, ignore=shutil.ignore_patterns("__pycache__", "*.so"))
    for name in ("pyproject.toml", "setup.py", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, checkout)
    wheel = built(tmp_path, checkout, CC=str(tmp_path / "no-compiler"))
    with zipfile.ZipFile(wheel) as archive:
        assert not [name for name in archive.namelist() if name.endswith((".so", ".pyd"))]
        archive.extractall(tmp_path / "installed")
    code = (
        "import dateline; from dateline.transforms import core; assert core.compiled is None;"
        "print(dateline.dates('The bridge reopened on 5 May 2026.')[0].value)"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "installed")}
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.stdout == "2026-05-05\n", done.stderr[-2000:]


def test_the_wheel_holds_every_file_of_the_packages(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    for package in ("pipeline", "transforms"):
        for path in (ROOT / package).rglob("*"):
            if package == MODEL_CARDS and path.suffix == ".md":
                continue
            if path.is_file() and "__pycache__" not in path.parts:
                name = path.relative_to(ROOT).as_posix().replace("pipeline/library/", "")
                assert f"dateline/{name}" in inside


def test_the_wheel_is_small(wheel: Path) -> None:
    assert wheel.stat().st_size < WHEEL_LIMIT


def test_the_wheel_claims_one_name_of_a_package(wheel: Path) -> None:
    """``pipeline`` and ``transforms`` are names that users and other packages have too."""
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"dateline"}


def test_a_pipeline_and_transforms_of_others_work_beside_it(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    (target / "transforms").mkdir()
    (target / "transforms/__init__.py").write_text("WHOSE = 'of the registry'\n", "utf-8")
    (tmp_path / "pipeline.py").write_text("WHOSE = 'of the user'\n", "utf-8")
    code = (
        "import pipeline, transforms, dateline.pipeline.cli, dateline.transforms.walk as walk;"
        f"assert walk.__file__.startswith({str(target)!r});"
        "print(pipeline.WHOSE, transforms.WHOSE)"
    )
    environment = {**os.environ, "PYTHONPATH": str(target)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.stdout == "of the user of the registry\n", done.stderr[-2000:]


def test_the_command_works_outside_of_the_checkout(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    page = tmp_path / "page.txt"
    page.write_text(
        "Published: 18 November 2026\n\nRiver falls back\n\n"
        "Mayor Ana Ruiz said on Monday that the bridge would reopen once engineers had checked every one of its piers.\n",
        "utf-8",
    )
    environment = {**os.environ, "PYTHONPATH": str(target)}
    command = [sys.executable, "-P", "-m", "dateline", "run", str(page), "--output", str(tmp_path / "out")]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=LONG
    )
    assert done.returncode == 0, done.stderr[-2000:]
    records = (tmp_path / "out" / "events.jsonl").read_text("utf-8")
    assert '"edtf":"2026-11-16"' in records
    assert (tmp_path / "out" / "report.html").is_file()


def test_the_sample_pages_come_along(wheel: Path, tmp_path: Path) -> None:
    """``dateline demo`` does what ``make run`` does, without make and without a checkout."""
    target = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    samples = {p.name for p in (ROOT / "seeds/pages").iterdir()}
    assert {p.name for p in (target / "dateline/samples").iterdir()} == samples
    environment = {**os.environ, "PYTHONPATH": str(target)}
    command = [sys.executable, "-P", "-m", "dateline", "demo", "--output", "out", "--format", "jsonl"]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=LONG
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert '{"count": "article", "n": 14}' in done.stdout
    assert "14 articles, 1 not an article" in done.stderr
    assert (tmp_path / "out/report.html").resolve().as_uri() in done.stderr.splitlines()[-1]
    assert {p.name for p in (tmp_path / "out/pages").iterdir()} == samples


def test_the_citation_names_this_version() -> None:
    from dateline.transforms.version import VERSION

    citation = (ROOT / "CITATION.cff").read_text("utf-8")
    assert f"version: {VERSION}\n" in citation and "cff-version: 1.2.0\n" in citation


def test_the_metadata_says_where_and_for_whom(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    [name] = [n for n in archive.namelist() if n.endswith(".dist-info/METADATA")]
    found = archive.read(name).decode()
    assert "Classifier: Typing :: Typed\n" in found
    assert "Project-URL: Repository, https://" in found and "Keywords: news,events" in found
    assert "dateline/py.typed" in archive.namelist()


def test_transforms_alone_do_not_import_beam() -> None:
    code = "import sys, dateline.transforms.walk; sys.exit(any(m.startswith('apache_beam') for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False, timeout=LONG).returncode == 0


def test_what_runs_on_windows_imports_nothing_of_posix() -> None:
    """Modules that the job on Windows imports, those of fixtures among them: one ``import fcntl`` ends it all."""
    posix = {"fcntl", "grp", "pwd", "pty", "resource", "termios"}
    words = (ROOT / ".ci" / "elsewhere").read_text("utf-8").split()
    named = [ROOT / word for word in words if word.startswith("tests/")]
    shared = [
        *ROOT.glob("tests/*.py"),
        *ROOT.glob("tests/pipeline/*.py"),
        *ROOT.glob("tests/pipeline/kafka/*.py"),
    ]
    product = [*(ROOT / "pipeline").rglob("*.py"), *(ROOT / "transforms").rglob("*.py")]
    files = (
        [f for path in named for f in (path.rglob("*.py") if path.is_dir() else [path])] + shared + product
    )
    found = []
    for file in files:
        for node in ast.parse(file.read_text("utf-8")).body:
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found += [f"{file.relative_to(ROOT)}: {name}" for name in names if name.split(".")[0] in posix]
    assert len(files) > 300 and not found
