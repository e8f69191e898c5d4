"""What can end a command: every error here is one line for the person who can mend it, and an exit code."""

from __future__ import annotations

from typing import ClassVar

FAILED, USAGE = 1, 2


class PipelineError(Exception):
    """An error with a message for people. ``exit_code`` is how the command ends."""

    exit_code: ClassVar[int] = FAILED


class InputError(PipelineError):
    """An input that names nothing, or that cannot be read."""

    exit_code = USAGE


class OutputError(PipelineError):
    """An ``--output`` that names no place to write to."""

    exit_code = USAGE


class SettingsError(PipelineError):
    """A setting that cannot be read. The message names it and where it came from."""

    exit_code = USAGE


class Refused(PipelineError):
    """A run that could not keep the promise where it was told to run. The message says why, and what to do instead."""

    exit_code: ClassVar[int] = USAGE


class EngineError(PipelineError):
    """An engine that cannot be reached, that has no worker for us, or that gave a job up."""


class StoreError(PipelineError):
    """A fault of the environment: disk, lock, network, permission, a service that does not answer."""


class NothingRead(PipelineError):
    """A command that was to read something and could read nothing of it. The message says why."""


class NotConserved(PipelineError):
    """Inputs that ended neither as an article nor as a dead letter."""
