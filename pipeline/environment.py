"""Keeps the type of environment errors on their way through Beam.

A runner reports a failed worker to the launching process as one text, its traceback. A DoFn that reads or
writes something outside of the process derives from :class:`EnvironmentDoFn`: the errors that it raises are
noted, with their type, in a file that the launching process reads when the run has failed. Workers on other
machines cannot reach that file; then the message of their runner is used.
"""

from __future__ import annotations

import functools
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from apache_beam.io.filesystem import BeamIOError

from dateline.pipeline.errors import PipelineError, StoreError
from dateline.transforms.steps import InspectedDoFn

_VARIABLE = "DATELINE_FAULTS"
_MOST = 1_000_000
"""Bytes of noted errors that are read; a run may fail on many workers."""


class EnvironmentDoFn(InspectedDoFn):
    """A DoFn whose environment errors reach :func:`noted_faults`."""

    def __init_subclass__(cls) -> None:
        for name in ("setup", "start_bundle", "process", "finish_bundle"):
            if name in vars(cls):
                setattr(cls, name, _noting(vars(cls)[name]))
        super().__init_subclass__()


def _noting(method: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(method)
    def noting(*args: Any, **kwargs: Any) -> Any:
        with _noted():
            found = method(*args, **kwargs)
        return _iterate(found) if isinstance(found, Iterator) else found

    return noting


def _iterate(found: Iterator[Any]) -> Iterator[Any]:
    with _noted():
        yield from found


@contextmanager
def _noted() -> Iterator[None]:
    try:
        yield
    except (PipelineError, OSError, BeamIOError) as error:
        _note(error)
        raise


def _note(error: Exception) -> None:
    path = os.environ.get(_VARIABLE)
    if path is None:
        return
    kind = type(error).__name__ if isinstance(error, PipelineError) else StoreError.__name__
    line = json.dumps([kind, str(error) or type(error).__name__]) + "\n"
    try:
        with open(path, "a", encoding="utf-8") as file:
            file.write(line)
    except OSError:
        return  # The runner's own message remains.


@contextmanager
def noted_faults() -> Iterator[Callable[[BaseException], BaseException]]:
    """Note environment errors within the block, and return a function that maps the exception of a runner to
    the error that caused it.

    Worker processes inherit the path of the file by an environment variable, so one process starts one run at
    a time.
    """
    descriptor, name = tempfile.mkstemp(prefix="dateline-faults-")
    os.close(descriptor)
    before = os.environ.get(_VARIABLE)
    os.environ[_VARIABLE] = name
    try:
        yield lambda error: _original(Path(name), error)
    finally:
        if before is None:
            os.environ.pop(_VARIABLE, None)
        else:
            os.environ[_VARIABLE] = before
        Path(name).unlink(missing_ok=True)


def _original(path: Path, error: BaseException) -> BaseException:
    try:
        with path.open(encoding="utf-8") as file:
            lines = file.read(_MOST).splitlines()
        noted = [json.loads(line) for line in lines if line.endswith("]")]
    except (OSError, ValueError):
        return error
    types = {t.__name__: t for t in _types(PipelineError)}
    found = [types[kind](message) for kind, message in noted if kind in types]
    # A run may continue after an error that was retried. The error that ended it is part of the runner's
    # text, which adds the name of the step.
    ended = [fault for fault in found if str(fault) in str(error)]
    return ended[0] if ended else error


def _types(base: type[PipelineError]) -> Iterator[type[PipelineError]]:
    yield base
    for derived in base.__subclasses__():
        yield from _types(derived)
