"""Engines, which execute the graph of a run, and the options that Beam needs for them.

``local`` is this machine, with Beam's FnApiRunner. ``flink`` and ``spark`` are clusters behind one of Beam's
job servers, and ``dataflow`` is Google's service (:mod:`dateline.pipeline.runs.dataflow`). The graph is the
same on all.
"""

from __future__ import annotations

import contextlib
import io
import logging
import re
import shutil
import socket
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, get_args

import apache_beam as beam
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.portability.api import beam_runner_api_pb2
from apache_beam.runners.portability.fn_api_runner.fn_runner import FnApiRunner
from apache_beam.runners.runner import PipelineResult
from apache_beam.transforms.environments import EmbeddedPythonEnvironment

from dateline.pipeline.errors import EngineError, PipelineError, Refused, SettingsError
from dateline.pipeline.settings import EngineName, Settings
from dateline.pipeline.sinks.outputs import Outputs
from dateline.pipeline.sources.source import BoundedSource

LOCAL, FLINK, SPARK, DATAFLOW = get_args(EngineName)
CLUSTERS: Mapping[str, str] = {FLINK: "FlinkRunner", SPARK: "SparkRunner"}
"""Beam's runner that starts its own job server, by engine."""

LOOPBACK = "LOOPBACK"
"""Workers are threads of the launching process."""
ENVIRONMENTS = (LOOPBACK, "PROCESS", "EXTERNAL", "DOCKER")
_OWN_HOSTS = ("localhost", "127.0.0.1", "[::1]")
_OURS: Mapping[str, str] = {
    "runner": "--engine names it",
    "streaming": "a run on a cluster has an end",
    "save_main_session": "nothing of this program lives in its main module, and its pickle is large",
}
"""Options of Beam that a user may not set, and why."""
_CONNECT_SECONDS = 5.0
STDIN = "-"
_RAISED = re.compile(r"(?:[A-Za-z_]\w*\.){0,8}[A-Za-z_]\w*(?:Error|Exception|Interrupt)\b")
_log = logging.getLogger("dateline")


class Engine(NamedTuple):
    """An engine with its Beam options."""

    name: str
    options: PipelineOptions
    one_process: bool = True
    """Whether every worker shares the memory and the disk of the launching process."""


def of(settings: Settings, source: type[BoundedSource]) -> Engine:
    """The engine of a bounded run of a source. Raises a :class:`~dateline.pipeline.errors.PipelineError`."""
    if settings.engine == LOCAL:
        if settings.engine_options:
            raise Refused("--engine-option: is for --engine flink, spark or dataflow")
        return local(1 if source.one_process else settings.workers)
    if source.one_process:
        raise Refused(
            f"--engine {settings.engine}: these inputs are read by the launching process; leave --engine out"
        )
    if settings.workers > 1:
        raise Refused(
            f"--workers with --engine {settings.engine}: its own options say how many, such as "
            "--engine-option parallelism=4 and --engine-option sdk_worker_parallelism=2"
        )
    return cluster(settings.engine, settings.engine_options)


def local(workers: int = 1) -> Engine:
    """This machine. FnApiRunner is named because Beam's default first probes the network for another runner."""
    flags = ["--runner=FnApiRunner", "--no_save_main_session", "--default_sdk_harness_log_level=ERROR"]
    if workers > 1:
        flags += ["--direct_running_mode=multi_processing", f"--direct_num_workers={workers}"]
    return Engine(LOCAL, PipelineOptions(flags))


class Built:
    """A pipeline that runs repeatedly in this process.

    ``Pipeline.run`` builds its description anew each time, twice: 65 ms, as much as five articles take.
    """

    def __init__(self, pipeline: beam.Pipeline) -> None:
        self._options = pipeline.options
        self._runner = FnApiRunner()
        self._graph = pipeline.to_runner_api(default_environment=EmbeddedPythonEnvironment.default())

    def run(self) -> PipelineResult:
        """Run it once and wait for its end. Raises what its steps raise."""
        graph = beam_runner_api_pb2.Pipeline()
        graph.CopyFrom(self._graph)
        result: PipelineResult = self._runner.run_via_runner_api(graph, self._options)
        return result


def cluster(name: str, options: Iterable[str]) -> Engine:
    """Flink or Spark, with ``K=V`` options of Beam.

    With ``job_endpoint=HOST:PORT`` the job goes to a running job server; without it Beam starts one, which
    needs Java and downloads a jar. Raises :class:`~dateline.pipeline.errors.Refused`,
    :class:`~dateline.pipeline.errors.SettingsError`, or :class:`~dateline.pipeline.errors.EngineError` if
    nothing listens there.
    """
    pairs = parse(options)
    endpoint = str(pairs.get("job_endpoint", ""))
    if endpoint:
        _reach(endpoint)
    elif shutil.which(str(pairs.get("job_server_java_launcher", "java"))) is None:
        raise EngineError(
            f"--engine {name}: without --engine-option job_endpoint=HOST:PORT Beam starts a job server here, "
            "which needs Java"
        )
    environment = _environment(name, pairs, endpoint)
    pairs |= {"runner": "PortableRunner" if endpoint else CLUSTERS[name], "environment_type": environment}
    made = PipelineOptions.from_dictionary(pairs | {"save_main_session": False})
    words = io.StringIO()
    try:
        with contextlib.redirect_stderr(words):  # argparse prints the usage of all of Beam
            made.get_all_options()
    except SystemExit as error:
        raise SettingsError(
            f"--engine-option: {words.getvalue().strip().rpartition('error: ')[2]}"
        ) from error
    return Engine(name, made, environment == LOOPBACK)


def _environment(name: str, pairs: Mapping[str, Any], endpoint: str) -> str:
    environment = str(pairs.get("environment_type", "")).upper()
    if environment and environment not in ENVIRONMENTS:
        raise SettingsError(
            f"--engine-option environment_type={environment}: is none of {', '.join(ENVIRONMENTS)}"
        )
    if environment:
        return environment
    if endpoint and endpoint.rpartition(":")[0] not in _OWN_HOSTS:
        raise Refused(
            f"--engine {name}: {endpoint} is another machine; say how its workers start Python with "
            f"--engine-option environment_type=EXTERNAL, PROCESS or DOCKER (see deploy/engines/README.md)"
        )
    return LOOPBACK


def check_run(engine: Engine, inputs: Sequence[str], outputs: Outputs) -> None:
    """Raises :class:`~dateline.pipeline.errors.Refused` for inputs and outputs that the workers of an engine cannot share."""
    if engine.one_process or engine.name == LOCAL:
        return
    if STDIN in inputs:
        raise Refused(
            f"{STDIN}: standard input is a file of this machine, which workers cannot open; name files that they share"
        )
    if alone := outputs.one_machine:
        raise Refused(
            f"--output {alone}: is kept in an SQLite file of one machine, and the workers of {engine.name} may be on "
            "others; give postgresql://USER@HOST/DATABASE"
        )


def parse(options: Iterable[str]) -> dict[str, Any]:
    """Parse ``K=V`` options for Beam. An option that is given several times becomes a list.

    Raises :class:`~dateline.pipeline.errors.SettingsError`, or :class:`~dateline.pipeline.errors.Refused` for
    an option that this program sets.
    """
    known = PipelineOptions([]).get_all_options()
    pairs: dict[str, Any] = {}
    for option in options:
        key, sign, text = option.partition("=")
        key = key.strip().removeprefix("--").replace("-", "_")
        if not sign or not key.isidentifier():
            raise SettingsError(f"--engine-option {option}: is not K=V, such as parallelism=4")
        if key in _OURS:
            raise Refused(f"--engine-option {key}: cannot be set: {_OURS[key]}")
        if key not in known and f"{key}s" not in known:
            _log.warning("Beam's Python SDK knows no option %s; it is passed to the engine as it is", key)
        value: Any = _boolean(key, text) if isinstance(known.get(key), bool) else text
        if key not in pairs:
            pairs[key] = value
        elif isinstance(value, str):
            earlier = pairs[key]
            pairs[key] = [*earlier, value] if isinstance(earlier, list) else [earlier, value]
        else:
            raise SettingsError(f"--engine-option {key}: is given twice")
    return pairs


def _boolean(key: str, text: str) -> bool:
    if text.lower() not in ("true", "false"):
        raise SettingsError(f"--engine-option {key}={text}: is either true or false")
    return text.lower() == "true"


def _reach(endpoint: str) -> None:
    """Check that a job server answers. Beam itself waits five minutes before it reports an error."""
    host, _, port = endpoint.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise SettingsError(f"--engine-option job_endpoint={endpoint}: is not HOST:PORT")
    try:
        socket.create_connection((host.strip("[]"), int(port)), _CONNECT_SECONDS).close()
    except OSError as error:
        raise EngineError(f"{endpoint}: no job server answers there: {error.strerror or error}") from error


@contextlib.contextmanager
def quiet(engine: Engine) -> Iterator[None]:
    """Hide the tracebacks of a cluster's workers, which Beam logs; :func:`error_of` gives the reason."""
    root = logging.getLogger()
    level = root.level
    if engine.name != LOCAL:
        root.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        root.setLevel(level)


def error_of(engine: Engine, error: BaseException) -> BaseException:
    """The error of a failed job, in words."""
    if engine.name == LOCAL or isinstance(error, PipelineError):
        return error
    return EngineError(f"{engine.name} gave the job up: {reason(error)}")


def reason(error: BaseException) -> str:
    """Why a job failed: the last line of the form ``Type: message`` in the traceback of an engine."""
    lines = [line.strip().removeprefix("Caused by: ") for line in str(error).splitlines()]
    raised = [line for line in lines if _RAISED.match(line)] or [line for line in lines if line]
    found = raised[-1] if raised else type(error).__name__
    return found.partition(" [while running")[0][:400]
