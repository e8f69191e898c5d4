"""Engines: what their options become, what is refused before a job exists, and what is said of a job that failed."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from apache_beam.options.pipeline_options import PortableOptions, StandardOptions
from typer.testing import CliRunner

from dateline.pipeline.cli import app
from dateline.pipeline.errors import EngineError, Refused, SettingsError
from dateline.pipeline.runs import engine
from dateline.pipeline.settings import Settings, load
from dateline.pipeline.sources.files import Files
from tests import pages


@pytest.fixture
def endpoint() -> Iterator[str]:
    """A port of this machine that somebody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"127.0.0.1:{listening.getsockname()[1]}"


def test_local_is_the_default_and_is_named_explicitly() -> None:
    made = engine.of(Settings(workers=2), Files)
    assert made.one_process and made.options.view_as(StandardOptions).runner == "FnApiRunner"
    assert made.options.get_all_options()["direct_num_workers"] == 2


def test_options_reach_beam_as_they_are(endpoint: str) -> None:
    made = engine.cluster(
        "flink",
        [f"job_endpoint={endpoint}", "environment_type=process", "environment_option=process_command=/x/worker",
         "--max-parallelism=8", "experiments=a", "experiments=b", "state_backend=rocksdb"],
    )  # fmt: skip
    portable = made.options.view_as(PortableOptions)
    assert portable.job_endpoint == endpoint and portable.environment_type == "PROCESS"
    assert portable.environment_options == ["process_command=/x/worker"]
    found = made.options.get_all_options(retain_unknown_options=True)
    assert found["max_parallelism"] == 8 and found["experiments"] == ["a", "b"]
    assert found["state_backend"] == "rocksdb"  # known to the job server alone
    assert not made.one_process and made.options.view_as(StandardOptions).runner == "PortableRunner"


def test_workers_are_threads_of_this_process_where_the_job_server_is_on_this_machine(endpoint: str) -> None:
    made = engine.cluster("spark", [f"job_endpoint={endpoint}"])
    assert made.one_process
    assert made.options.view_as(PortableOptions).environment_type == "LOOPBACK"


def test_a_job_server_elsewhere_needs_to_be_told_how_workers_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_reach", lambda _: None)
    with pytest.raises(Refused, match="environment_type=EXTERNAL, PROCESS or DOCKER"):
        engine.cluster("flink", ["job_endpoint=cluster.example:8099"])


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("parallelism", "is not K=V"),
        ("parallel ism=2", "is not K=V"),
        ("parallelism=many", "parallelism"),
        ("runner=FlinkRunner", "--engine names it"),
        ("streaming=true", "has an end"),
        ("environment_type=THREAD", "none of LOOPBACK"),
        ("flink_submit_uber_jar=maybe", "either true or false"),
        ("job_endpoint=nowhere", "is not HOST:PORT"),
    ],
)
def test_an_option_that_cannot_be_is_refused_in_words(option: str, said: str, endpoint: str) -> None:
    given = [option] if option.startswith("job_endpoint") else [f"job_endpoint={endpoint}", option]
    with pytest.raises((Refused, SettingsError), match=said):
        engine.cluster("flink", given)


def test_a_job_server_that_does_not_answer_is_said_within_seconds() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(EngineError, match=f"127.0.0.1:{port}: no job server answers"):
        engine.cluster("flink", [f"job_endpoint=127.0.0.1:{port}"])


def test_without_a_job_server_java_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine.shutil, "which", lambda _: None)
    with pytest.raises(EngineError, match="needs Java"):
        engine.cluster("flink", [])


def test_settings_come_from_file_and_environment(tmp_path: Path) -> None:
    file = tmp_path / "dateline.toml"
    file.write_text('engine = "flink"\nengine_options = ["job_endpoint=one:8099", "parallelism=4"]\n')
    assert load({}, {}, file).engine_options == ("job_endpoint=one:8099", "parallelism=4")
    environment = {"DATELINE_ENGINE": "spark", "DATELINE_ENGINE_OPTIONS": "job_endpoint=two:8099 'a=b c'"}
    found = load({}, environment, file)
    assert (found.engine, found.engine_options) == ("spark", ("job_endpoint=two:8099", "a=b c"))
    assert found.fingerprint == Settings().fingerprint
    with pytest.raises(SettingsError, match="--engine"):
        load({"engine": "storm"}, {})


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--engine-option", "parallelism=2"], "is for --engine flink, spark or dataflow"),
        (["--engine", "flink", "--workers", "2"], "--engine-option parallelism=4"),
        (["--engine", "storm"], "'local', 'flink', 'spark' or 'dataflow'"),
    ],
)
def test_the_command_refuses_what_does_not_go_together(
    arguments: list[str], said: str, tmp_path: Path
) -> None:
    pages.write_folder(tmp_path / "in", pages.pages(1))
    result = CliRunner().invoke(
        app, ["run", str(tmp_path / "in"), "--output", str(tmp_path / "out"), *arguments]
    )
    assert result.exit_code == 2 and said in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("output", ["out", "sqlite:///out.db", "events.jsonl"])
def test_sqlite_is_refused_where_workers_may_be_on_other_machines(
    output: str, endpoint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    pages.write_folder(tmp_path / "in", pages.pages(1))
    command = [
        "run",
        "in",
        "--output",
        output,
        "--engine",
        "flink",
        "--engine-option",
        f"job_endpoint={endpoint}",
    ]
    command += ["--engine-option", "environment_type=EXTERNAL"]
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 2 and "postgresql://USER@HOST/DATABASE" in result.stderr


@pytest.mark.parametrize(
    "source", ["pubsub://acme-news/pages", "kafka://127.0.0.1/pages", "https://news.example/1"]
)
def test_what_is_not_read_by_a_cluster_is_refused(source: str, endpoint: str, tmp_path: Path) -> None:
    command = ["run", source, "--output", str(tmp_path / "out"), "--engine", "flink"]
    result = CliRunner().invoke(app, [*command, "--engine-option", f"job_endpoint={endpoint}"])
    assert result.exit_code == 2 and "leave --engine out" in result.stderr
    assert not (tmp_path / "out").exists()


def test_the_reason_of_a_failed_job_is_its_last_exception() -> None:
    java = "org.apache.spark.SparkException: Job aborted\n\tat a.b.C(D.java:1)\nCaused by: java.net.ConnectException: refused\n\tat x"
    assert engine.reason(RuntimeError(java)) == "java.net.ConnectException: refused"
    python = "Traceback (most recent call last):\n  File x\ndateline.pipeline.errors.StoreError: disk is full [while running 'Write']\n"
    assert engine.reason(RuntimeError(python)) == "dateline.pipeline.errors.StoreError: disk is full"
    assert engine.reason(RuntimeError("")) == "RuntimeError"
