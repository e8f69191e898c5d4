"""The metadata of a record outside of its content: from settings, a metadata table, and a ``.meta.json`` file
beside it."""

from __future__ import annotations

import csv
import logging
import os
from collections.abc import Collection
from pathlib import Path
from typing import Any

from apache_beam.io.filesystems import FileSystems

from dateline.pipeline import hints
from dateline.pipeline.errors import InputError
from dateline.pipeline.findings import reason
from dateline.pipeline.settings import Settings
from dateline.transforms import records
from dateline.transforms.charset import to_text
from dateline.transforms.errors import Rejection
from dateline.transforms.model import Fault
from dateline.transforms.options import Options

FIELDS = ("url", "source", "published", "modified", "zone", "language")
"""The fields of a raw article that a carrier may give."""
FOR_ALL = ("url", "published", "zone", "language")
"""The fields that a setting may give for every input."""
SIDECAR = ".meta.json"
_ROWS = 1_000_000
_log = logging.getLogger("dateline")


def clean_name(name: str) -> str:
    """A file name as valid text: bytes that are not UTF-8 become escapes, and Windows paths get slashes."""
    if os.sep == "\\" and "://" not in name:
        name = name.replace(os.sep, "/")
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def read_sidecar(
    path: str, fields: dict[str, str], options: Options
) -> tuple[dict[str, str], dict[str, Any], Fault | None]:
    """Fields, other data and a fault of a ``.meta.json`` file. They override the ``fields`` of the settings."""
    name = clean_name(path)
    with FileSystems.open(path) as file:
        data = file.read(options.raw_bytes)
    try:
        text = to_text(data, "application/json")
        found = records.load(text, options)
    except Rejection as error:
        return fields, {}, Fault(type=error.type, message=f"{name}: {error.message}")
    if not isinstance(found, dict):
        return fields, {}, Fault(type="schema_violation", message=f"{name}: a JSON object was expected")
    known = records.clean(found, text)
    fields = fields | {k: v for k, v in known.items() if k in FIELDS and isinstance(v, str)}
    return fields, {k: v for k, v in known.items() if k not in fields}, None


def fields_for_all(settings: Settings) -> dict[str, str]:
    """The fields that settings give for every input."""
    return {name: value for name in FOR_ALL if (value := getattr(settings, name))}


def read_table(path: str) -> dict[str, dict[str, str]]:
    """Fields by file name, from a CSV with a column ``file`` and any of :data:`FIELDS`.

    Raises :class:`~dateline.pipeline.errors.InputError`.
    """
    try:
        with Path(path).open(newline="", encoding="utf-8-sig") as file:
            reader = csv.DictReader(file)
            columns = set(reader.fieldnames or ())
            if "file" not in columns:
                raise InputError(f"{path}: has no column 'file'")
            if unknown := columns - {"file", *FIELDS}:
                raise InputError(f"{path}: unknown columns: {', '.join(sorted(unknown))}")
            rows: dict[str, dict[str, str]] = {}
            for number, row in enumerate(reader, 2):
                if number > _ROWS:
                    raise InputError(f"{path}: over {_ROWS} rows")
                name, known = _row(row, f"{path}:{number}")
                if name in rows:
                    raise InputError(f"{path}:{number}: {name} has a row already")
                rows[name] = known
            return rows
    except (OSError, csv.Error, UnicodeDecodeError) as error:
        raise InputError(f"{path}: {reason(error)}") from error


def _row(row: dict[str, Any], place: str) -> tuple[str, dict[str, str]]:
    """The file of a row and its metadata, with each value checked. Raises InputError."""
    if None in row:
        raise InputError(f"{place}: has more cells than columns; quote a cell that holds a comma")
    name = (row["file"] or "").strip()
    if not name:
        raise InputError(f"{place}: names no file")
    known = {}
    for field in FIELDS:
        if value := (row.get(field) or "").strip():
            try:
                known[field] = hints.check(field, value)
            except hints.HintError as error:
                raise InputError(f"{place}: {field}: {error}") from error
    return name, known


def rows_of_files(
    table: dict[str, dict[str, str]], files: Collection[str], path: str
) -> dict[str, dict[str, str]]:
    """The metadata of each of ``files`` from a table, by its path, or by its name if only one file has that
    name.

    Raises :class:`~dateline.pipeline.errors.InputError` if a row names several files, or if no row names any.
    Single rows that name none are logged.
    """
    by_name: dict[str, list[str]] = {}
    by_path = {os.path.normpath(file): file for file in files}
    for file in files:
        by_name.setdefault(os.path.basename(file), []).append(file)
    found: dict[str, dict[str, str]] = {}
    unused = []
    for name, known in table.items():
        one = by_path.get(os.path.normpath(name))
        named = [one] if one is not None else by_name.get(name, [])
        if len(named) > 1:
            raise InputError(
                f"{path}: {name} may be any of {len(named)} files ({', '.join(sorted(named)[:3])}); give its path"
            )
        if not named:
            unused.append(name)
            continue
        # A row with the path overrides a row with only the name.
        found[named[0]] = (
            found.get(named[0], {}) | known if one is not None else known | found.get(named[0], {})
        )
    if unused and len(unused) == len(table):
        raise InputError(f"{path}: names no file of this run; its first row is for {unused[0]}")
    if unused:
        shown = ", ".join(unused[:3]) + (", …" if len(unused) > 3 else "")
        _log.warning("%s: %d rows name no file of this run: %s", path, len(unused), shown)
    return found
