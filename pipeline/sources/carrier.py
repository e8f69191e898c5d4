"""What is known of a record beside its content: from settings, a metadata table, and a ``.meta.json`` file beside it."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from apache_beam.io.filesystems import FileSystems

from dateline.pipeline.errors import InputError
from dateline.pipeline.settings import Settings
from dateline.transforms import records
from dateline.transforms.charset import to_text
from dateline.transforms.errors import Rejection
from dateline.transforms.model import Fault
from dateline.transforms.options import Options

FIELDS = ("url", "source", "published", "modified", "zone", "language")
"""The fields of a raw article that a carrier may know."""
FOR_ALL = ("url", "published", "zone", "language")
"""Those that a setting may give for every input."""
SIDECAR = ".meta.json"
_ROWS = 1_000_000


def clean_name(name: str) -> str:
    """A file name as valid text: bytes that are not UTF-8 become escapes."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def read_sidecar(
    path: str, fields: dict[str, str], options: Options
) -> tuple[dict[str, str], dict[str, Any], Fault | None]:
    """Fields, other data and a fault of a ``.meta.json`` file. It goes before the ``fields`` that settings give."""
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
            rows = {}
            for number, row in enumerate(reader, 2):
                if number > _ROWS:
                    raise InputError(f"{path}: over {_ROWS} rows")
                rows[row["file"]] = {k: v for k in FIELDS if (v := row.get(k))}
            return rows
    except (OSError, csv.Error, UnicodeDecodeError) as error:
        raise InputError(f"{path}: {error}") from error
