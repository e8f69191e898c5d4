"""What ``dateline doctor`` finds: the record of one check, and how to word it."""

from __future__ import annotations

from typing import Literal, NamedTuple

State = Literal["ok", "note", "fail"]


class Finding(NamedTuple):
    """One check: what was looked at, its state, and what to do where it is not well."""

    check: str
    state: State
    message: str
    do: str = ""


def how_to_install(extra: str) -> str:
    """The command that installs an optional dependency group of ours."""
    return f"pip install 'dateline-pipeline[{extra}]'"


def reason(error: Exception) -> str:
    """Why a file could not be read, without the name of the file, which the message around it gives."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def one_line(error: Exception) -> str:
    """The message of an error on one line of at most 300 characters."""
    return " ".join(str(error).split())[:300]
