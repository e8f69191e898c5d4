"""Errors that end a command, each with a one-line message for the user and an exit code."""

from __future__ import annotations

from typing import ClassVar

FAILED, USAGE = 1, 2


class PipelineError(Exception):
    """An error with a message for the user. ``exit_code`` is that of the command."""

    exit_code: ClassVar[int] = FAILED


class InputError(PipelineError):
    """An input that does not exist or cannot be read."""

    exit_code = USAGE


class OutputError(PipelineError):
    """An ``--output`` that cannot be written to."""

    exit_code = USAGE


class SettingsError(PipelineError):
    """A setting that cannot be read. The message names it and its source."""

    exit_code = USAGE


class Refused(PipelineError):
    """A run that could not keep its guarantees in the requested place. The message says why, and what to do
    instead."""

    exit_code: ClassVar[int] = USAGE


class EngineError(PipelineError):
    """An engine that cannot be reached, has no worker for the job, or gave it up."""


class StoreError(PipelineError):
    """An error of the environment: disk, lock, network, permission, a service that does not answer."""


class NothingRead(PipelineError):
    """A command that could read none of its inputs. The message says why."""


class NotConserved(PipelineError):
    """Inputs that became neither an article nor a dead letter."""
