"""One number tells whether an extension was built of the C source that stands beside it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dateline.transforms import core
from dateline.transforms.core import source

FOLDER = Path(core.__file__).parent
FILES = sorted(path.name for path in FOLDER.iterdir() if path.suffix in (".c", ".h"))


@pytest.mark.parametrize("name", FILES)
def test_a_change_of_any_file_changes_it(name: str, tmp_path: Path) -> None:
    for file in FILES:
        shutil.copy(FOLDER / file, tmp_path)
    assert source.number(tmp_path) == source.number(FOLDER)
    with (tmp_path / name).open("a", encoding="utf-8") as changed:
        changed.write("\n")
    assert source.number(tmp_path) != source.number(FOLDER)


def test_it_is_nought_where_no_source_stands(tmp_path: Path) -> None:
    assert "core.h" in FILES and "module.c" in FILES
    assert source.number(tmp_path) == 0
