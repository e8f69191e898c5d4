"""``python -m tests.typed FOLDER`` links the packages as they are installed, for mypy, which reads no editable install."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def link(folder: Path) -> None:
    """Make ``folder/dateline``: a folder of links to the modules of the checkout. One that stands there is replaced."""
    package = folder / "dateline"
    shutil.rmtree(package, ignore_errors=True)
    package.mkdir(parents=True)
    for name in ("pipeline", "transforms"):
        (package / name).symlink_to(ROOT / name, target_is_directory=True)
    for module in (ROOT / "pipeline/library").iterdir():
        (package / module.name).symlink_to(module)


if __name__ == "__main__":
    link(Path(sys.argv[1]))
