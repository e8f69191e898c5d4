"""Beam's file systems by scheme: what each needs to be installed, and one way to match and write files.

``gs://`` and ``s3://`` find credentials as Google's and Amazon's own tools do. ``STORAGE_EMULATOR_HOST`` and
``AWS_ENDPOINT_URL_S3`` name another server with the same protocol.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import shutil
from collections.abc import Mapping
from typing import BinaryIO, NamedTuple

from apache_beam.io.filesystem import CompressionTypes
from apache_beam.io.filesystems import FileSystems
from apache_beam.options.pipeline_options import PipelineOptions

from dateline.pipeline.findings import Finding, how_to_install, one_line


class Kind(NamedTuple):
    """A file system: the module that it needs, the extra that installs it, and how its files appear.

    A file of an object store appears whole once it is closed; elsewhere a file is renamed to its final name
    last.
    """

    module: str
    extra: str
    whole: bool


KINDS: Mapping[str, Kind] = {
    "gs": Kind("google.cloud.storage", "cloud", True),
    "s3": Kind("boto3", "aws", True),
    "hdfs": Kind("hdfs", "hdfs", False),
}


def missing(name: str) -> str | None:
    """A message that says what must be installed or configured before a name can be opened; ``None`` if
    nothing is missing."""
    scheme = _scheme(name)
    kind = KINDS.get(scheme)
    if kind is None:
        return _unknown(name) if scheme else None
    if _installed(kind.module):
        return _no_credentials(name) if scheme == "s3" else None
    return f"{name}: {scheme}:// needs {kind.module}: {how_to_install(kind.extra)}"


def _unknown(name: str) -> str | None:
    """A message for a name on a file system that Beam does not know either."""
    try:
        FileSystems.get_filesystem(name)
    except ValueError:
        return f"{name}: no file system begins like this; give a local path, {', '.join(f'{k}://' for k in KINDS)}"
    return None


def match(pattern: str, most: int | None = None) -> dict[str, int]:
    """The files that match a pattern, with their sizes in bytes. Raises OSError."""
    _prepare()
    try:
        found = FileSystems.match([pattern], limits=None if most is None else [most])
    except Exception as error:  # each client has errors of its own
        raise OSError(words(error)) from error
    return {file.path: file.size_in_bytes for file in found[0].metadata_list}


def exists(name: str) -> bool:
    """Whether a file exists. Raises OSError."""
    _prepare()
    try:
        return bool(FileSystems.exists(name))
    except Exception as error:  # each client has errors of its own
        raise OSError(words(error)) from error


def write(name: str, content: BinaryIO) -> None:
    """Write a file atomically, so that nobody reads half of it. Raises OSError."""
    _prepare()
    kind = KINDS.get(_scheme(name))
    partial = name if kind is not None and kind.whole else f"{name}.part"
    try:
        folder, _ = FileSystems.split(name)
        if partial != name and folder and not FileSystems.exists(folder):
            FileSystems.mkdirs(folder)
        with FileSystems.create(partial, compression_type=CompressionTypes.UNCOMPRESSED) as target:
            shutil.copyfileobj(content, target)
        if partial != name:
            if FileSystems.exists(name):
                FileSystems.delete([name])
            FileSystems.rename([partial], [name])
    except Exception as error:  # each client has errors of its own
        raise OSError(words(error)) from error


def files_exist(check: str, name: str, must_match: bool = True) -> Finding:
    """Whether a folder or pattern on any Beam file system can be read and, with ``must_match``, matches a
    file."""
    if (lacks := missing(name)) is not None:
        return Finding(check, "fail", lacks, lacks.rpartition(": ")[2])
    folder = name.rstrip("/") + "/**"
    try:
        matched = bool(
            match(folder if os.path.isdir(name) or name.endswith("/") else name, 1)
            or ("://" in name and match(folder, 1))
        )
    except OSError as error:
        do = "check the name, and that you are logged in" if "://" in name else "check the name"
        return Finding(check, "fail", f"{name}: {one_line(error)}", do)
    if os.path.exists(name) and not os.access(name, os.R_OK):
        return Finding(check, "fail", f"{name}: cannot be read", f"chmod u+r {name}")
    if matched or not must_match:
        return Finding(check, "ok", name)
    return Finding(check, "fail", f"{name}: matches nothing", "check the name")


def words(error: BaseException) -> str:
    """The message of the innermost of the errors that Beam wraps in each other."""
    for _ in range(8):
        details = getattr(error, "exception_details", None)
        if not isinstance(details, dict) or not details:
            break
        inner = next(iter(details.values()))
        if not isinstance(inner, BaseException):
            break
        error = inner
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    # Amazon's client gives the message and the status as two arguments.
    return str(error.args[0] if error.args else error) or type(error).__name__


def _prepare() -> None:
    # A Beam pipeline sets the options. Without them S3 fails when files are matched before a pipeline is
    # built.
    if getattr(FileSystems, "_pipeline_options", None) is None:
        FileSystems.set_options(PipelineOptions([]))


def _scheme(name: str) -> str:
    scheme, mark, _ = name.partition("://")
    return scheme.lower() if mark else ""


def _no_credentials(name: str) -> str | None:
    """Whether credentials are missing. Amazon's client retries for minutes before it says so."""
    boto3 = importlib.import_module("boto3")
    if boto3.Session().get_credentials() is not None:
        return None
    return f"{name}: nobody is logged in: aws configure, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"


def _installed(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False
