"""What ``dateline doctor`` finds: the record of one check, and the checks that sources and sinks share."""

from __future__ import annotations

import os
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


def files_exist(check: str, name: str, must_match: bool = True) -> Finding:
    """Whether a folder or pattern on any Beam file system can be read, and matches a file where it must."""
    from pipeline import filesystems

    if (lacks := filesystems.missing(name)) is not None:
        return Finding(check, "fail", lacks, lacks.rpartition(": ")[2])
    folder = name.rstrip("/") + "/**"
    try:
        matched = bool(
            filesystems.match(folder if os.path.isdir(name) or name.endswith("/") else name, 1)
            or ("://" in name and filesystems.match(folder, 1))
        )
    except OSError as error:
        do = "check the name, and that you are logged in" if "://" in name else "check the name"
        return Finding(check, "fail", f"{name}: {one_line(error)}", do)
    if matched or not must_match:
        return Finding(check, "ok", name)
    return Finding(check, "fail", f"{name}: matches nothing", "check the name")


def one_line(error: Exception) -> str:
    """The message of an error on one line of at most 300 characters."""
    return " ".join(str(error).split())[:300]
