"""What is installed stays small, and the command answers at once."""

from __future__ import annotations

import re
import resource
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
BYTE_CODE = 1.2
"""Byte code beside the sources, which not every installer lists: 110 MB were measured on 652."""


def locked(name: str) -> list[Requirement]:
    """The packages of a lock file that this machine needs."""
    found = []
    for line in (ROOT / name).read_text("utf-8").splitlines():
        if match := re.match(r"([A-Za-z0-9][^\\#]*?)\s*(?:\\|$)", line):
            requirement = Requirement(match[1])
            if requirement.marker is None or requirement.marker.evaluate():
                found.append(requirement)
    return found


def installed_bytes(name: str) -> int:
    """Bytes on disk of the packages of a lock file. Skips where one of them is not installed here."""
    total = 0
    for requirement in locked(name):
        try:
            files = metadata.distribution(requirement.name).files or []
        except metadata.PackageNotFoundError:
            pytest.skip(f"{requirement.name} of {name} is not installed here")
        for file in files:
            if not str(file).endswith(".pyc"):
                path = Path(str(file.locate()))
                total += path.stat().st_size if path.is_file() else 0
    return total


@pytest.mark.parametrize(
    ("lock", "megabytes"), [("requirements.lock", 700), ("requirements-cloud.lock", 1000)], ids=["runtime", "cloud"]
)  # fmt: skip
def test_what_is_installed_is_small(lock: str, megabytes: int) -> None:
    assert len(locked(lock)) > 20
    found = installed_bytes(lock) / 1e6
    assert found * BYTE_CODE < megabytes, f"{found:.0f} MB without byte code"


def spent(*arguments: str) -> float:
    """Processor seconds of a Python process, whatever else the machine does: the least of three."""
    seconds = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(seconds)


def test_the_command_answers_at_once() -> None:
    """Within 3 times what its library for commands takes to load: 0.4 s of 0.3 s. With Beam it would be 13 times."""
    assert spent("-m", "dateline", "--help") < 3 * spent(
        "-c", "import typer.main, rich.console, rich.markdown"
    )
