"""The development data and the scorers that judge it: where they stand, and how they are read."""

from __future__ import annotations

import gzip
import importlib.util
import json
import os
from pathlib import Path
from types import ModuleType
from typing import Any


def evaluation_folder() -> Path | None:
    """Where the development data stands (``EVALUATION=``, else ``../shared``), or ``None``."""
    base = Path(os.environ.get("EVALUATION") or Path(__file__).parents[2].parent / "shared")
    for folder in (base / "evaluation", base):
        if (folder / "dates" / "score.py").is_file():
            return folder
    return None


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSONL file, gzip or not."""
    with (
        gzip.open(path, "rt", encoding="utf-8")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8") as lines
    ):
        return [json.loads(line) for line in lines if line.strip()]


def module(folder: Path, room: str) -> ModuleType:
    """The scorer of one kind of data, as a module. Raises FileNotFoundError where there is none."""
    path = folder / room / "score.py"
    spec = importlib.util.spec_from_file_location(f"scorer_{room}", path)
    assert spec and spec.loader
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found
