"""What ``dateline doctor`` finds: the record of one check, and the checks that sources and sinks share."""

from __future__ import annotations

import os
from typing import Literal, NamedTuple

State = Literal["ok", "note", "fail"]

FILE_SYSTEMS = {"gs": "cloud", "s3": "apache-beam[aws]", "hdfs": "hdfs"}
"""What a file system of Beam needs to be installed, by its scheme."""


class Finding(NamedTuple):
    """One check: what was looked at, its state, and what to do where it is not well."""

    check: str
    state: State
    message: str
    do: str = ""


def how_to_install(extra: str) -> str:
    """The command that installs an optional dependency group of ours, or a package."""
    group = f"dateline-pipeline[{extra}]"
    return f"pip install '{extra if '[' in extra or extra == 'hdfs' else group}'"


def files_exist(check: str, name: str, must_match: bool = True) -> Finding:
    """Whether a folder or pattern on any Beam file system can be read, and matches a file where it must."""
    from apache_beam.io.filesystem import BeamIOError
    from apache_beam.io.filesystems import FileSystems

    pattern = name.rstrip("/") + "/**" if os.path.isdir(name) else name
    try:
        matched = bool(FileSystems.match([pattern], limits=[1])[0].metadata_list)
    except (BeamIOError, OSError, ValueError) as error:
        scheme, mark, _ = name.partition("://")
        extra = FILE_SYSTEMS.get(scheme.lower())
        do = f"{how_to_install(extra)} and log in" if mark and extra else "check the name"
        return Finding(check, "fail", f"{name}: {one_line(error)}", do)
    if matched or not must_match:
        return Finding(check, "ok", name)
    return Finding(check, "fail", f"{name}: matches nothing", "check the name")


def one_line(error: Exception) -> str:
    """The message of an error on one line of at most 300 characters."""
    return " ".join(str(error).split())[:300]
