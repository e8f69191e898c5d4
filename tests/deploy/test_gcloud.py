"""Every gcloud command of the guide and of the script exists, with every flag: asked of gcloud's own help, offline."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.waiting import LONG

ROOT = Path(__file__).parents[2]
PLACES = (
    ROOT / "deploy" / "README.md",
    ROOT / "deploy" / "template.sh",
    ROOT / ".github" / "workflows" / "deploy.yml",
)
_CALL = re.compile(r"\bgcloud (?!dataflow`)[a-z][^\n`|;)]*")
EVERYWHERE = frozenset(("--project", "--format", "--quiet", "--help"))

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


def calls() -> list[tuple[tuple[str, ...], frozenset[str]]]:
    """Each command with all flags that it is given anywhere."""
    found: dict[tuple[str, ...], set[str]] = {}
    for place in PLACES:
        text = place.read_text("utf-8").replace("\\\n", " ")
        for call in _CALL.findall(text):
            try:
                words = shlex.split(call)[1:]
            except ValueError:
                words = call.split()[1:]
            verbs: list[str] = []
            for word in words:
                if not re.fullmatch(r"[a-z][a-z-]*", word) or len(verbs) == 4:
                    break
                verbs.append(word)
            flags = {w.partition("=")[0] for w in words if w.startswith("--")}
            found.setdefault(tuple(verbs), set()).update(flags - EVERYWHERE)
    return [(verbs, frozenset(flags)) for verbs, flags in sorted(found.items())]


@pytest.mark.parametrize(
    ("verbs", "flags"), calls(), ids=lambda v: " ".join(v) if isinstance(v, tuple) else ""
)
def test_a_command_and_its_flags_exist(verbs: tuple[str, ...], flags: frozenset[str]) -> None:
    gcloud = shutil.which("gcloud")
    if gcloud is None:
        pytest.skip("gcloud is not installed")
    done = subprocess.run([gcloud, *verbs, "--help"], capture_output=True, text=True, timeout=LONG)
    assert done.returncode == 0, done.stderr[-500:]
    known = re.sub(r"\x1b\[[0-9;]*m|.\x08", "", done.stdout)
    for flag in flags:
        assert re.search(rf"{re.escape(flag)}\b|--\[no-\]{flag[2:]}\b", known), flag
