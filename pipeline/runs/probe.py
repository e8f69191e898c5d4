"""A first job for an engine, which checks that its workers have the same Python, Beam and dateline as the
launcher.

Without it a missing package shows as a traceback from a worker, and an engine whose worker program does not
start waits forever. This job reports the problem before any page is read.
"""

from __future__ import annotations

import contextlib
import importlib.metadata
import platform
import re

import apache_beam as beam
from apache_beam.runners.runner import PipelineState

from dateline.pipeline.errors import EngineError
from dateline.pipeline.runs.engine import Engine, quiet, reason
from dateline.transforms.version import VERSION

_MARK = "dateline-worker:"
_SAID = re.compile(rf"{_MARK} ([^\n]{{1,400}}?) :{_MARK[:-1]}")
# The source is text, because another Python version cannot read byte code.
_SOURCE = """
import importlib.metadata, platform, sys
found = {{"Python": platform.python_version().rpartition(".")[0]}}
for name in ("apache-beam", "dateline-pipeline"):
    try:
        found[name] = importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        found[name] = "not installed"
wrong = []
for name, version in {expected!r}.items():
    if found[name] != version:
        wrong.append(f"{{name}} is {{found[name]}} and must be {{version}}")
if wrong:
    raise RuntimeError("{mark} " + sys.executable + ": " + "; ".join(wrong) + " :{end}")
"""


def expected() -> dict[str, str]:
    """What every worker must have, by name."""
    return {
        "Python": platform.python_version().rpartition(".")[0],
        "apache-beam": importlib.metadata.version("apache-beam"),
        "dateline-pipeline": VERSION,
    }


def check_workers(engine: Engine, seconds: float) -> None:
    """Run the job. Raises :class:`~dateline.pipeline.errors.EngineError` where it fails, or takes longer than ``seconds``."""
    pipeline = beam.Pipeline(options=engine.options)
    source = _SOURCE.format(expected=expected(), mark=_MARK, end=_MARK[:-1])
    _ = pipeline | "Ask" >> beam.Create([source]) | "Answer" >> beam.FlatMap(exec)
    try:
        with quiet(engine):
            result = pipeline.run()
            state = result.wait_until_finish(duration=int(seconds * 1000))
    except Exception as error:
        said = _SAID.search(str(error))
        raise EngineError(
            said[1] if said else f"the engine does not run a job of one step: {reason(error)}"
        ) from error
    if not PipelineState.is_terminal(state):
        with contextlib.suppress(Exception):  # It may not respond to this either.
            result.cancel()
        raise EngineError(
            f"no worker of {engine.name} answered within {seconds:.0f} s: either the engine has no free slot, or what it "
            f"starts as a worker is not a Python with dateline-pipeline {VERSION} and apache-beam "
            f"{expected()['apache-beam']}. Its logs say which (see deploy/engines/README.md)"
        )
