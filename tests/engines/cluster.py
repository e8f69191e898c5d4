"""Flink and Spark as processes of this machine: what ``mvn -f deploy/engines -P ENGINE package`` has fetched.

Java 17 and Maven are needed. Each process writes its own log file, and ends with the block that started it.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests import java
from tests.tools import free_port, wait_for_port
from tests.waiting import until

POM = Path(__file__).parents[2] / "deploy" / "engines" / "pom.xml"
SLOTS = 2
"""Task slots of one TaskManager: when one of two is killed, the other can hold a job of parallelism 2."""

_FLINK = """\
jobmanager.rpc.address: 127.0.0.1
jobmanager.rpc.port: {rpc}
jobmanager.bind-host: 127.0.0.1
rest.address: 127.0.0.1
rest.bind-address: 127.0.0.1
rest.port: {rest}
taskmanager.host: 127.0.0.1
taskmanager.bind-host: 127.0.0.1
taskmanager.numberOfTaskSlots: {slots}
taskmanager.cpu.cores: 1.0
taskmanager.memory.framework.heap.size: 128m
taskmanager.memory.framework.off-heap.size: 128m
taskmanager.memory.task.heap.size: 512m
taskmanager.memory.task.off-heap.size: 64m
taskmanager.memory.network.min: 64m
taskmanager.memory.network.max: 64m
taskmanager.memory.managed.size: 128m
taskmanager.memory.jvm-metaspace.size: 128m
taskmanager.memory.jvm-overhead.min: 128m
taskmanager.memory.jvm-overhead.max: 128m
parallelism.default: 2
taskmanager.load-balance.mode: SLOTS
restart-strategy.type: fixed-delay
restart-strategy.fixed-delay.attempts: 10
restart-strategy.fixed-delay.delay: 1 s
heartbeat.interval: 1000
heartbeat.timeout: 30000
classloader.resolve-order: parent-first
io.tmp.dirs: {folder}
"""


@contextmanager
def running(
    command: list[str], log: Path, env: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A process until the end of the block."""
    with log.open("ab") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, stdin=subprocess.DEVNULL, env=env)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class Flink:
    """A standalone cluster: a JobManager, TaskManagers that can be killed, and a job server that takes Beam's jobs."""

    def __init__(self, folder: Path, stack: contextlib.ExitStack, task_managers: int = 2) -> None:
        self._stack = stack
        self._folder = folder
        self._classpath = java.jars(POM, "flink", "flink")
        self._rest = free_port()
        self.job_port = free_port()
        (folder / "flink-conf.yaml").write_text(
            _FLINK.format(rpc=free_port(), rest=self._rest, slots=SLOTS, folder=folder)
        )
        self._start("org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint", "jobmanager")
        self.task_managers = [
            self._start("org.apache.flink.runtime.taskexecutor.TaskManagerRunner", f"taskmanager-{n}")
            for n in range(task_managers)
        ]
        until(lambda: f'"slots-total":{SLOTS * task_managers}' in self.ask("overview"), "task slots")
        server = self._stack.enter_context(
            running(
                java.command(
                    self._classpath, "org.apache.beam.runners.flink.FlinkJobServerDriver", "--job-host=127.0.0.1",
                    f"--job-port={self.job_port}", f"--artifact-port={free_port()}", f"--expansion-port={free_port()}",
                    f"--artifacts-dir={folder / 'artifacts'}", f"--flink-master=127.0.0.1:{self._rest}",
                    f"--flink-conf-dir={folder}",
                ),
                folder / "jobserver.log",
            )
        )  # fmt: skip
        wait_for_port(self.job_port, server)

    def _start(self, main: str, name: str) -> subprocess.Popen[bytes]:
        command = java.command(self._classpath, main, "--configDir", str(self._folder), memory="768m")
        return self._stack.enter_context(running(command, self._folder / f"{name}.log"))

    def restarts(self) -> int:
        """How often a job of this cluster began anew."""
        return (
            (self._folder / "jobmanager.log").read_text().count("switched from state RUNNING to RESTARTING")
        )

    def ask(self, path: str) -> str:
        """An answer of the JobManager's REST interface, empty while it does not listen."""
        with (
            contextlib.suppress(OSError),
            urllib.request.urlopen(f"http://127.0.0.1:{self._rest}/{path}", timeout=60) as answer,
        ):
            return str(answer.read().decode())
        return ""


@contextmanager
def flink(folder: Path) -> Iterator[Flink]:
    """A Flink cluster for the length of the block. Raises :class:`~tests.tools.NoTool`."""
    folder.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        yield Flink(folder, stack)


@contextmanager
def spark(folder: Path) -> Iterator[int]:
    """The port of a Spark job server that runs its jobs within itself, on two threads. Raises :class:`~tests.tools.NoTool`."""
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    command = java.command(
        java.jars(POM, "spark", "spark"), "org.apache.beam.runners.spark.SparkJobServerDriver", "--job-host=127.0.0.1",
        f"--job-port={port}", f"--artifact-port={free_port()}", f"--expansion-port={free_port()}",
        f"--artifacts-dir={folder / 'artifacts'}", "--spark-master-url=local[2]", memory="2g",
    )  # fmt: skip
    with running(command, folder / "spark.log") as server:
        wait_for_port(port, server)
        yield port


@contextmanager
def worker_pool(folder: Path) -> Iterator[int]:
    """The port of Beam's worker pool, whose workers are the program ``python`` of a folder."""
    port = free_port()
    command = [sys.executable, "-m", "apache_beam.runners.worker.worker_pool_main", f"--service_port={port}"]
    env = os.environ | {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}
    with running(command, folder / "workers.log", env) as server:
        wait_for_port(port, server)
        yield port
