"""What runs the command elsewhere than on a laptop: its commands exist, its users are not root, its roles are those of the guide."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from dateline.pipeline.cli import app
from dateline.pipeline.sinks import registry as sinks
from dateline.pipeline.sources import registry as sources
from tests import tools

DEPLOY = Path(__file__).parents[2] / "deploy"
COMPOSE = DEPLOY / "runtime" / "compose.yaml"
PODS = sorted((DEPLOY / "kubernetes").glob("*.yaml"))
CLOUD_RUN = DEPLOY / "cloudrun" / "job.yaml"
TERRAFORM = DEPLOY / "terraform" / "main.tf"


def loaded(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


def pod_of(path: Path) -> Any:
    return loaded(path)["spec"]["template"]["spec"]


def commands() -> Iterator[tuple[str, list[str]]]:
    """Every call of ``dateline`` in a manifest."""
    for name, service in loaded(COMPOSE)["services"].items():
        if service.get("image") == "dateline:1" and "entrypoint" not in service:
            yield f"compose {name}", service["command"]
    for path in PODS:
        for container in pod_of(path)["containers"]:
            yield path.name, container["args"]
    for container in loaded(CLOUD_RUN)["spec"]["template"]["spec"]["template"]["spec"]["containers"]:
        yield CLOUD_RUN.name, container["args"]


@pytest.mark.parametrize(("name", "arguments"), list(commands()))
def test_each_command_is_one_that_the_program_takes(name: str, arguments: list[str]) -> None:
    group: Any = get_command(app)
    command = group.commands[arguments[0]]
    given = command.make_context(arguments[0], list(arguments[1:]), resilient_parsing=False).params
    if arguments[0] == "run":
        assert sources.source_of(given["inputs"])
        assert all(sinks.kind_of(output).name == "postgresql" for output in given["output"])


def test_there_are_commands_of_every_kind() -> None:
    assert {name.partition(" ")[0] for name, _ in commands()} == {
        "compose",
        "batch.yaml",
        "stream.yaml",
        "job.yaml",
    }


@pytest.mark.parametrize("path", PODS, ids=lambda path: path.stem)
def test_a_pod_has_no_more_rights_than_it_needs(path: Path) -> None:
    pod = pod_of(path)
    assert pod["securityContext"]["runAsNonRoot"] is True and pod["automountServiceAccountToken"] is False
    user = re.search(r"^USER (\d+)$", (DEPLOY / "runtime" / "Dockerfile").read_text(), re.M)
    assert user and pod["securityContext"]["runAsUser"] == int(user[1])
    for container in pod["containers"]:
        rights = container["securityContext"]
        assert rights["allowPrivilegeEscalation"] is False and rights["capabilities"]["drop"] == ["ALL"]
        assert rights["readOnlyRootFilesystem"] is True and "memory" in container["resources"]["limits"]
        mounted = {mount["name"] for mount in container["volumeMounts"]}
        assert mounted == {volume["name"] for volume in pod["volumes"]}
        assert not re.search(r":latest$|^[^:]+$", container["image"])


def test_a_stream_is_given_longer_to_stop_than_it_takes() -> None:
    from dateline.pipeline.runs.stopping import CLOSE_SECONDS, STOP_SECONDS

    grace = pod_of(DEPLOY / "kubernetes" / "stream.yaml")["terminationGracePeriodSeconds"]
    assert grace > STOP_SECONDS + CLOSE_SECONDS + 5
    assert loaded(COMPOSE)["services"]["stream"]["stop_grace_period"] == f"{grace}s"


def test_services_of_compose_depend_on_services_that_are_there() -> None:
    found = loaded(COMPOSE)
    services = found["services"]
    for service in services.values():
        for other, condition in service.get("depends_on", {}).items():
            assert other in services
            assert condition["condition"] != "service_healthy" or "healthcheck" in services[other]
        named = [v.partition(":")[0] for v in service.get("volumes", ()) if not v.startswith(".")]
        assert set(named) <= set(found["volumes"])
    assert (
        COMPOSE.parent / services["stream"]["build"]["context"] / services["stream"]["build"]["dockerfile"]
    ).is_file()


def test_the_runtime_image_is_linted_and_copies_what_its_context_holds() -> None:
    file = DEPLOY / "runtime" / "Dockerfile"
    kept = {
        line[1:]
        for line in file.with_name("Dockerfile.dockerignore").read_text().splitlines()
        if line[:1] == "!"
    }
    for line in file.read_text().splitlines():
        if line.startswith("COPY ") and "--from" not in line:
            assert set(line.split()[1:-1]) <= kept
            assert all((DEPLOY.parent / name).exists() for name in line.split()[1:-1])
    try:
        program = tools.python_tool("hadolint")
    except tools.NoTool as reason:
        pytest.skip(str(reason))
    done = subprocess.run([program, str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_terraform_gives_the_roles_of_the_guide() -> None:
    guide = set(
        re.findall(
            r"^\| (?:worker|deployer)(?:, to check[^|]*)? \| (.+?) \|",
            (DEPLOY / "README.md").read_text(),
            re.M,
        )
    )
    roles = {role for cell in guide for role in re.findall(r"roles/([\w.]+)", cell)}
    text = TERRAFORM.read_text()
    given = set(re.findall(r'"roles/([\w.]+)"', text))
    for names in re.findall(r"for_each\s+= toset\(\[([^\]]*)\]\)\n[^}]*?role\s", text):
        given |= set(re.findall(r'"([\w.]+)"', names))
    for name in (
        "artifactregistry.reader",
        "artifactregistry.writer",
        "bigquery.dataEditor",
        "bigquery.dataViewer",
    ):
        given |= {name} if f"{name.partition('.')[2]} =" in text else set()
    assert roles == given and len(roles) > 8


def test_terraform_is_formatted() -> None:
    program = shutil.which("terraform")
    if program is None:
        pytest.skip("terraform is not installed")
    command = [program, "fmt", "-check", "-diff", str(TERRAFORM)]
    environment = os.environ | {"TF_CLI_CONFIG_FILE": os.devnull}  # nobody's own settings
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
