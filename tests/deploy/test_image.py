"""The image: linted, of one Beam and one Python throughout, and built where its bases can be had."""

from __future__ import annotations

import fnmatch
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests import tools
from tests.waiting import LONG

ROOT = Path(__file__).parents[2]
DOCKERFILE = ROOT / "deploy" / "Dockerfile"
LINES = DOCKERFILE.read_text("utf-8").splitlines()


def images() -> dict[str, str]:
    pairs = (
        line.split("=", 1)
        for line in (ROOT / "deploy" / "images.env").read_text().splitlines()
        if line[:1] != "#"
    )
    return dict(pairs)


def test_hadolint_finds_nothing() -> None:
    try:
        program = tools.python_tool("hadolint")
    except tools.NoTool as reason:
        pytest.skip(str(reason))
    done = subprocess.run([program, str(DOCKERFILE)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_the_bases_are_those_of_images_env() -> None:
    arguments = dict(re.fullmatch(r"ARG (\w+)=(.+)", line).groups() for line in LINES if "_IMAGE=" in line)  # type: ignore[union-attr]
    assert arguments == {name: image.partition("@")[0] for name, image in images().items()}
    assert all(
        re.search(r":[\w.-]+$", image) and not image.endswith(":latest") for image in arguments.values()
    )


def test_boot_program_launcher_and_lock_are_of_one_beam_and_one_python() -> None:
    lock = (ROOT / "requirements-cloud.lock").read_text()
    beam = re.search(r"^apache-beam==([\d.]+)", lock, re.M)
    assert beam
    found = images()
    python = re.match(r"python:(3\.\d+)", found["PYTHON_IMAGE"])
    assert python
    assert found["BEAM_IMAGE"].startswith(f"apache/beam_python{python[1]}_sdk:{beam[1]}")
    assert f"/python{python[1].replace('.', '')}-template-launcher-base:" in found["LAUNCHER_IMAGE"]


def test_the_smoke_run_is_that_of_the_last_user() -> None:
    user = max(n for n, line in enumerate(LINES) if line.startswith("USER "))
    assert LINES[user] == "USER ${RUN_AS}"
    assert "ARG RUN_AS=root" in LINES  # Dataflow mounts its folders as root
    smoke = next(n for n, line in enumerate(LINES) if line.startswith("RUN dateline run"))
    assert smoke > user


def test_nothing_is_installed_but_from_the_lock() -> None:
    installs = [line for line in LINES if "pip install" in line]
    assert len(installs) == 2
    assert "--require-hashes -r /tmp/requirements.lock" in installs[0]
    assert "--no-deps" in installs[1] and installs[1].endswith("pip check")


def test_the_context_holds_what_is_copied_and_little_else() -> None:
    ignore = (ROOT / "deploy" / "Dockerfile.dockerignore").read_text().split()
    assert ignore[0] == "*"
    kept = [line[1:] for line in ignore if line.startswith("!")]
    copied = [
        source
        for line in LINES
        if line.startswith("COPY ") and "--from" not in line
        for source in line.split()[1:-1]
    ]
    for source in copied:
        assert (ROOT / source).exists(), source
        assert any(fnmatch.fnmatch(source, pattern) for pattern in kept), source
    assert set(kept) == set(copied)


@pytest.mark.timeout(3600)
def test_it_builds_where_its_bases_can_be_had() -> None:
    docker = shutil.which("docker")
    if docker is None:
        pytest.skip("docker is not installed")

    def succeeds(*words: str) -> bool:
        try:
            return not subprocess.run([docker, *words], capture_output=True, timeout=LONG).returncode
        except subprocess.TimeoutExpired:
            return False

    if not succeeds("info"):
        pytest.skip("no docker daemon answers")
    for image in images().values():
        if not succeeds("pull", "--quiet", image):
            pytest.skip(f"the base image {image} cannot be pulled from here")
    words = [docker, "build", "--quiet", "--file", str(DOCKERFILE)]
    for pair in images().items():
        words += ["--build-arg", "=".join(pair)]
    built = subprocess.run([*words, str(ROOT)], capture_output=True, text=True, timeout=1800)
    assert built.returncode == 0, built.stderr[-2000:]
    image = built.stdout.strip()
    shown = subprocess.run(
        [docker, "run", "--rm", "--entrypoint=id", image, "-u"], capture_output=True, text=True
    )
    assert shown.stdout.strip() == "10001"


@pytest.mark.parametrize("name", ["deploy/Dockerfile", "deploy/runtime/Dockerfile"])
def test_the_wheel_is_built_of_all_that_setup_names(name: str) -> None:
    """What setup.py maps to packages has to be copied into the stage that builds the wheel."""
    stage = re.search(r"^FROM \S+ AS wheel\n(.*?)(?=^FROM )", (ROOT / name).read_text("utf-8"), re.M | re.S)
    assert stage
    copied = [Path(word) for line in re.findall(r"^COPY (.+)$", stage[1], re.M) for word in line.split()[:-1]]
    mapped = re.search(r"^FOLDERS = \{\n(.*?)^\}", (ROOT / "setup.py").read_text("utf-8"), re.M | re.S)
    assert mapped
    folders = [Path(folder) for folder in re.findall(r': "([^"]+)"', mapped[1])]
    assert len(folders) >= 4
    for folder in folders:
        assert any(folder.is_relative_to(path) for path in copied), f"{name} copies no {folder}"
    for file in ("pyproject.toml", "setup.py", "README.md", "LICENSE"):
        assert Path(file) in copied
