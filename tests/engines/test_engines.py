"""A thousand pages on a Flink cluster of processes, with a TaskManager killed half-way, and on Spark: equal to a local run.

Compared is :meth:`Store.content_hash`. Java and Maven are needed; without them the tests say so and skip.
``make engines`` runs these, and prints what each run took.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from dateline.pipeline.store.location import parse as location_of
from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.store import open_store
from tests import pages
from tests.engines import cluster
from tests.tools import NoTool
from tests.waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]
PAGES = 1000
KILL_AT = 300
WORKER = Path(sys.executable).with_name("dateline-worker")


@pytest.fixture(scope="module")
def thousand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("thousand")
    for part in range(8):
        some = pages.pages(PAGES // 8, seed=7, start=PAGES // 8 * part)
        (folder / f"part-{part}.jsonl").write_bytes(pages.jsonl(some))
    return folder


@pytest.fixture(scope="module")
def local_hash(thousand: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The content hash of a run without any engine."""
    output = str(tmp_path_factory.mktemp("local") / "out")
    began = time.monotonic()
    done = subprocess.run(command(thousand, output), check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return content(output, f"local, {time.monotonic() - began:.0f} s")


@pytest.fixture(scope="module")
def flink(tmp_path_factory: pytest.TempPathFactory) -> Iterator[cluster.Flink]:
    try:
        with cluster.flink(tmp_path_factory.mktemp("flink")) as started:
            yield started
    except NoTool as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="module")
def spark_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    try:
        with cluster.spark(tmp_path_factory.mktemp("spark")) as port:
            yield port
    except NoTool as reason:
        pytest.skip(str(reason))


def command(folder: Path, *outputs: str, options: Sequence[str] = ()) -> list[str]:
    """``dateline run`` of a folder, with options of an engine."""
    named = [part for output in outputs for part in ("--output", output)]
    given = [part for option in options for part in ("--engine-option", option)]
    return [sys.executable, "-m", "dateline", "run", str(folder), *named, "--format", "jsonl", *given]


def processes(job_port: int, worker: Path = WORKER) -> list[str]:
    """Options for a job server on this machine whose workers are processes of a program."""
    return [
        f"job_endpoint=127.0.0.1:{job_port}", "environment_type=PROCESS", f"environment_option=process_command={worker}",
        "parallelism=2",
    ]  # fmt: skip


def content(output: str, run: str) -> str:
    """The content hash of a store, once it is seen to hold every page and nothing else."""
    store = open_store(location_of(output).url)
    try:
        assert (store.count(t.articles), store.count(t.dead_letters)) == (PAGES, 0)
        found = store.content_hash()
    finally:
        store.close()
    print(f"\n{run}: {PAGES} pages, content hash {found[:16]}")
    return found


def test_a_flink_cluster_that_loses_a_task_manager_gives_equal_content(
    flink: cluster.Flink, postgres: str, thousand: Path, local_hash: str, tmp_path: Path
) -> None:
    exports = tmp_path / "events.jsonl"
    run = [*command(thousand, postgres, str(exports), options=processes(flink.job_port)), "--engine", "flink"]
    began = time.monotonic()
    with subprocess.Popen(run, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as job:
        store = open_store(location_of(postgres).url)

        def written() -> int:
            assert job.poll() is None, f"the run ended before the kill: {job.communicate()}"
            return store.count(t.articles)

        until(lambda: written() >= KILL_AT, f"{KILL_AT} articles", 900)
        flink.task_managers[0].kill()
        at = store.count(t.articles)
        _, messages = job.communicate(timeout=1200)
        store.close()
    assert job.returncode == 0, messages
    assert KILL_AT <= at < PAGES and flink.restarts() >= 1
    summary = f"Flink, a TaskManager killed at {at} pages, {time.monotonic() - began:.0f} s"
    assert content(postgres, summary) == local_hash
    assert len(exports.read_text().splitlines()) > PAGES


def test_spark_gives_equal_content(spark_port: int, postgres: str, thousand: Path, local_hash: str) -> None:
    run = [*command(thousand, postgres, options=processes(spark_port)), "--engine", "spark"]
    began = time.monotonic()
    done = subprocess.run(run, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert content(postgres, f"Spark, {time.monotonic() - began:.0f} s") == local_hash


def test_a_program_that_is_no_worker_of_ours_is_said_at_once(
    spark_port: int, postgres: str, thousand: Path, tmp_path: Path
) -> None:
    program = tmp_path / "worker"
    program.write_text("#!/bin/sh\nexit 3\n")
    program.chmod(0o755)
    run = [*command(thousand, postgres, options=processes(spark_port, program)), "--engine", "spark"]
    done = subprocess.run(run, check=False, capture_output=True, text=True, timeout=300)
    assert done.returncode == 1
    assert "exit code 3" in done.stderr and "Traceback" not in done.stderr


def test_a_worker_that_never_answers_is_not_waited_for_in_silence(
    spark_port: int, postgres: str, thousand: Path, tmp_path: Path
) -> None:
    """A worker pool starts whatever is called ``python``: here one that ends at once, which nobody hears of."""
    (tmp_path / "python").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "python").chmod(0o755)
    with cluster.worker_pool(tmp_path) as pool:
        options = [
            f"job_endpoint=127.0.0.1:{spark_port}", "environment_type=EXTERNAL", f"environment_config=127.0.0.1:{pool}",
        ]  # fmt: skip
        run = [*command(thousand, postgres, options=options), "--engine", "spark"]
        environment = os.environ | {"DATELINE_ENGINE_SECONDS": "15"}
        done = subprocess.run(run, check=False, capture_output=True, text=True, env=environment, timeout=300)
    assert done.returncode == 1
    assert "no worker of spark answered within 15 s" in done.stderr
