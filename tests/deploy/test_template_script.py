"""deploy/template.sh against a gcloud and a docker of our own, which note what they are told."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from dateline.pipeline.runs import parameters
from tests import tools
from tests.waiting import LONG

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "deploy" / "template.sh"
PLACE = {
    "PROJECT": "acme-news",
    "REGION": "europe-west1",
    "REPOSITORY": "europe-west1-docker.pkg.dev/acme-news/dateline",
    "BUCKET": "gs://acme-dateline",
    "TAG": "v1.0.0",
    "WAIT_SECONDS": "1",
}
STREAM = ("subscription=projects/acme-news/subscriptions/pages", "output=bigquery://acme-news/news")

GCLOUD = """#!/bin/sh
echo "gcloud $*" >> "$NOTES"
case "$*" in
  *"flex-template run"*--update*) [ -z "$UPDATE_FAILS" ] || exit 1; echo new-job ;;
  *"flex-template run"*) echo fresh-job ;;
  *"jobs list"*) echo "$OLD_JOB" ;;
  *"jobs describe new-job"*) echo "$NEW_STATE" ;;
  *"jobs describe stuck-job"*) if grep -q "jobs cancel" "$NOTES"; then echo JOB_STATE_CANCELLED; else echo JOB_STATE_PENDING; fi ;;
  *"jobs describe running-job"*) echo JOB_STATE_RUNNING ;;
  *"jobs describe"*) echo JOB_STATE_DRAINED ;;
  *"logs list"*) echo "$LOGS" ;;
esac
"""
BQ = """#!/bin/sh
echo "bq $*" >> "$NOTES"
printf 'f0_\n%s\n' "${ROWS:-0}"
"""
DOCKER = """#!/bin/sh
echo "docker $*" >> "$NOTES"
case "$*" in *imagetools*) echo sha256:%s ;; esac
""".replace("%s", "ab" * 32)


class Ended:
    """How a call of the script ended, and the commands that it gave."""

    def __init__(self, done: subprocess.CompletedProcess[str], notes: Path) -> None:
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr
        self.commands = notes.read_text().splitlines() if notes.exists() else []

    def verbs(self) -> list[str]:
        """The commands by what they do."""
        known = (
            "flex-template run",
            "jobs list",
            "jobs describe",
            "jobs drain",
            "jobs cancel",
            "topics publish",
            "bq query",
            "logs list",
            "build",
            "push",
        )
        return [next((k for k in known if k in line), line) for line in self.commands]


def call(tmp_path: Path, *words: str, script: Path = SCRIPT, **environment: str) -> Ended:
    bin_ = tmp_path / "bin"
    bin_.mkdir(exist_ok=True)
    for name, text in (("gcloud", GCLOUD), ("docker", DOCKER), ("bq", BQ)):
        (bin_ / name).write_text(text)
        (bin_ / name).chmod(0o755)
    notes = tmp_path / "notes"
    clean = {"PATH": f"{bin_}:{os.environ['PATH']}", "HOME": str(tmp_path), "NOTES": str(notes)}
    done = subprocess.run(
        ["bash", str(script), *words], env=clean | PLACE | environment, capture_output=True, text=True, timeout=LONG
    )  # fmt: skip
    return Ended(done, notes)


def test_build_makes_one_image_and_both_templates(tmp_path: Path) -> None:
    ended = call(tmp_path, "build")
    assert ended.code == 0, ended.err
    image = f"{PLACE['REPOSITORY']}/dateline:v1.0.0"
    build, push, batch, streaming = ended.commands
    assert build.startswith("docker build") and image in build
    for line in (ROOT / "deploy" / "images.env").read_text().splitlines():
        if "_IMAGE=" in line:
            assert f"--build-arg {line}" in build
    assert push == f"docker push {image}"
    for mode, command in ((parameters.BATCH, batch), (parameters.STREAMING, streaming)):
        assert f"gs://acme-dateline/templates/dateline-{mode}-v1.0.0.json" in command
        assert f"--image={image}" in command
        assert f"--metadata-file=deploy/{mode}/metadata.json" in command


def test_build_says_which_base_is_not_pinned(tmp_path: Path) -> None:
    pinned = "@sha256:" in (ROOT / "deploy" / "images.env").read_text()
    assert ("is not pinned by digest" in call(tmp_path, "build").err) is not pinned


def test_pin_writes_digests_and_writes_them_anew(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "deploy", tmp_path / "deploy", ignore=shutil.ignore_patterns("target"))
    script, images = tmp_path / "deploy" / "template.sh", tmp_path / "deploy" / "images.env"
    before = images.read_text()
    assert call(tmp_path, "pin", script=script).code == 0
    pinned = images.read_text()
    assert pinned.count("@sha256:" + "ab" * 32) == 3
    assert len(pinned.splitlines()) == len(before.splitlines())
    assert call(tmp_path, "pin", script=script).code == 0
    assert images.read_text() == pinned
    assert "not pinned" not in call(tmp_path, "build", script=script).err


def test_launch_gives_parameters_bounds_and_at_least_once(tmp_path: Path) -> None:
    ended = call(
        tmp_path, "launch", "streaming", "pages", *STREAM, SERVICE_ACCOUNT="w@acme.example", MAX_WORKERS="9",
        NUM_WORKERS="3",
    )  # fmt: skip
    assert ended.code == 0, ended.err
    assert ended.out == "fresh-job\n"
    (command,) = ended.commands
    assert (
        f"--parameters=^~~^sdk_container_image={PLACE['REPOSITORY']}/dateline:v1.0.0~~{STREAM[0]}~~{STREAM[1]}"
        in command
    )
    assert "--additional-experiments=streaming_mode_at_least_once" in command
    assert "--max-workers=9" in command and "--num-workers=3" in command
    assert "--service-account-email=w@acme.example" in command
    assert "--update" not in command


def test_exactly_once_is_one_word_away(tmp_path: Path) -> None:
    ended = call(tmp_path, "launch", "streaming", "pages", *STREAM, GUARANTEE="exactly-once")
    assert "at_least_once" not in ended.commands[0]
    assert call(tmp_path, "launch", "streaming", "pages", *STREAM, GUARANTEE="twice").code == 1


def test_batch_gets_no_option_of_a_stream(tmp_path: Path) -> None:
    ended = call(
        tmp_path, "launch", "batch", "day", "input=gs://acme-pages/a.jsonl,gs://acme-pages/b/", STREAM[1]
    )
    assert "~~input=gs://acme-pages/a.jsonl,gs://acme-pages/b/~~" in ended.commands[0]
    assert "streaming" not in ended.commands[0]


def test_update_gives_the_mapping(tmp_path: Path) -> None:
    ended = call(tmp_path, "update", "pages", *STREAM, MAPPING="Old=New", NEW_STATE="JOB_STATE_RUNNING")
    assert ended.code == 0, ended.err
    assert "--update --transform-name-mappings=Old=New" in ended.commands[0]


def test_deploy_launches_where_nothing_runs(tmp_path: Path) -> None:
    ended = call(tmp_path, "deploy", "pages", *STREAM)
    assert ended.verbs() == ["jobs list", "flex-template run"]
    assert "--update" not in ended.commands[1]


def test_deploy_updates_what_runs(tmp_path: Path) -> None:
    ended = call(tmp_path, "deploy", "pages", *STREAM, OLD_JOB="old-job", NEW_STATE="JOB_STATE_RUNNING")
    assert ended.code == 0, ended.err
    assert ended.verbs() == ["jobs list", "flex-template run", "jobs describe"]
    assert "--update" in ended.commands[1]


def test_deploy_drains_and_launches_what_is_not_compatible(tmp_path: Path) -> None:
    refused = "Workflow failed. Causes: The new job is not compatible with old-job. The original job has not been aborted."
    ended = call(
        tmp_path, "deploy", "pages", *STREAM, OLD_JOB="old-job", NEW_STATE="JOB_STATE_FAILED", LOGS=refused
    )
    assert ended.code == 0, ended.err
    assert ended.verbs() == [
        "jobs list", "flex-template run", "jobs describe", "logs list", "jobs list", "jobs drain", "jobs describe",
        "flex-template run",
    ]  # fmt: skip
    assert "jobs drain old-job" in ended.commands[5]
    assert "--update" not in ended.commands[-1]


@pytest.mark.parametrize(
    "fault",
    [
        {"NEW_STATE": "JOB_STATE_FAILED", "LOGS": "Image could not be pulled"},
        {"UPDATE_FAILS": "1"},
    ],
    ids=["launcher-failed", "not-accepted"],
)
def test_deploy_leaves_the_stream_alone_on_any_other_fault(tmp_path: Path, fault: dict[str, str]) -> None:
    ended = call(tmp_path, "deploy", "pages", *STREAM, OLD_JOB="old-job", **fault)
    assert ended.code == 1
    assert "the old job runs on" in ended.err
    assert "jobs drain" not in ended.verbs()


def test_drain_of_nothing_is_an_error(tmp_path: Path) -> None:
    ended = call(tmp_path, "drain", "pages")
    assert ended.code == 1 and "no running job is named pages" in ended.err


def test_a_check_waits_until_the_job_runs(tmp_path: Path) -> None:
    assert call(tmp_path, "check", "pages", OLD_JOB="running-job").verbs() == ["jobs list", "jobs describe"]
    failed = call(tmp_path, "check", "pages", OLD_JOB="new-job", NEW_STATE="JOB_STATE_FAILED")
    assert failed.code == 1 and "new-job does not run" in failed.err
    assert "no job is named pages" in call(tmp_path, "check", "pages").err


def test_a_check_publishes_a_page_and_looks_for_its_row(tmp_path: Path) -> None:
    place = {"TOPIC": "pages", "OUTPUT": "bigquery://acme-news/news", "OLD_JOB": "running-job"}
    ended = call(tmp_path, "check", "pages", **place, ROWS="1")
    assert ended.code == 0, ended.err
    assert ended.verbs() == ["jobs list", "jobs describe", "topics publish", "bq query"]
    url = "https://check.dateline.invalid/running-job"
    assert f"url={url},source=dateline" in ended.commands[2]
    assert "`acme-news.news.articles`" in ended.commands[3] and f"url = '{url}'" in ended.commands[3]


def test_a_check_that_cannot_read_rows_says_so(tmp_path: Path) -> None:
    place = {"TOPIC": "pages", "OLD_JOB": "running-job"}
    ended = call(tmp_path, "check", "pages", **place, OUTPUT="bigquery://acme-news/news", ROWS="denied")
    assert ended.code == 1 and "acme-news.news.articles cannot be read: denied" in ended.err
    ended = call(tmp_path, "check", "pages", **place, OUTPUT="postgresql://host/news")
    assert ended.code == 1 and "rows of BigQuery alone" in ended.err


def test_a_rollback_brings_the_release_before_back(tmp_path: Path) -> None:
    ended = call(
        tmp_path, "rollback", "pages", *STREAM, PREVIOUS="v0.9.0", OLD_JOB="running-job",
        NEW_STATE="JOB_STATE_RUNNING",
    )  # fmt: skip
    assert ended.code == 0, ended.err
    assert ended.verbs() == ["jobs list", "jobs describe", "jobs list", "flex-template run", "jobs describe"]
    assert "--update" in ended.commands[3] and "dateline-streaming-v0.9.0.json" in ended.commands[3]
    assert "dateline:v0.9.0" in ended.commands[3]


def test_a_rollback_cancels_a_job_that_never_ran(tmp_path: Path) -> None:
    ended = call(tmp_path, "rollback", "pages", *STREAM, PREVIOUS="v0.9.0", OLD_JOB="stuck-job")
    assert ended.verbs()[:4] == ["jobs list", "jobs describe", "jobs cancel", "jobs describe"]


def test_a_rollback_without_an_earlier_release_is_an_error(tmp_path: Path) -> None:
    ended = call(tmp_path, "rollback", "pages", *STREAM, TAG="no-such-tag", OLD_JOB="running-job")
    assert ended.code == 1 and "no release is before no-such-tag" in ended.err
    assert ended.commands == []


@pytest.mark.parametrize(
    "words",
    [
        ["build"],
        ["launch", "batch", "day", *STREAM],
        ["deploy", "pages", *STREAM],
        ["drain", "pages"],
        ["rollback", "pages", *STREAM],
    ],
)
def test_a_dry_run_prints_and_does_nothing(tmp_path: Path, words: list[str]) -> None:
    ended = call(tmp_path, "--dry-run", *words, OLD_JOB="old-job", PREVIOUS="v0.9.0")
    assert ended.code == 0, ended.err
    assert "gcloud dataflow" in ended.out
    assert ended.commands == []


@pytest.mark.parametrize(
    ("words", "environment", "message"),
    [
        (["launch", "batch", "Day", *STREAM], {}, "small letters"),
        (["launch", "hourly", "day"], {}, "batch or streaming"),
        (["launch", "batch", "day", "input"], {}, "not NAME=VALUE"),
        (["launch", "batch", "day", "x=1"], {"BUCKET": ""}, "BUCKET is not set"),
        (["update"], {}, "update JOB"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(
    tmp_path: Path, words: list[str], environment: dict[str, str], message: str
) -> None:
    ended = call(tmp_path, *words, **environment)
    assert ended.code == 1
    assert message in ended.err
    assert ended.commands == []


def test_no_verb_prints_the_usage(tmp_path: Path) -> None:
    assert call(tmp_path).code == 2
    assert "Usage:" in call(tmp_path, "--help").out


def test_shellcheck_finds_nothing() -> None:
    try:
        program = tools.python_tool("shellcheck")
    except tools.NoTool as reason:
        pytest.skip(str(reason))
    done = subprocess.run([program, str(SCRIPT)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
