"""The result of one check of ``dateline doctor``, and its wording."""

from __future__ import annotations

from typing import Literal, NamedTuple

State = Literal["ok", "note", "fail"]


class Finding(NamedTuple):
    """The result of one check: its subject, its state, and what to do if it failed."""

    check: str
    state: State
    message: str
    do: str = ""


def how_to_install(extra: str) -> str:
    """The command that installs an optional dependency group of this package."""
    return f"pip install 'dateline-pipeline[{extra}]'"


def reason(error: Exception) -> str:
    """Why a file could not be read, without its name, which the surrounding message contains."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def no_right(error: OSError) -> str:
    """Why a local file or folder could not be opened, and what to do where a right is missing."""
    do = "; give yourself the right to read it, or move it away" if isinstance(error, PermissionError) else ""
    return f"{reason(error)}{do}"


def one_line(error: Exception) -> str:
    """The message of an error on one line of at most 300 characters."""
    return " ".join(str(error).split())[:300]
