"""Files that are written under a temporary name and renamed, so that no half-written file is ever seen."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from dateline.pipeline.errors import StoreError

STALE_SECONDS = 86_400


@contextmanager
def replacing(path: Path, mode: str = "w") -> Iterator[IO[Any]]:
    """A file that gets its name when the block succeeds, and is removed when it fails."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.{time.monotonic_ns()}.part")
    try:
        with open(
            partial, mode, encoding=None if "b" in mode else "utf-8", newline=None if "b" in mode else ""
        ) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, path)
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror or error}") from error
    finally:
        partial.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove the temporary files of a killed export, once no running one can own them."""
    for path in folder.glob(".*.part"):
        try:
            if time.time() - path.stat().st_mtime > STALE_SECONDS or not _alive(
                int(path.name.split(".")[-3])
            ):
                path.unlink(missing_ok=True)
        except (OSError, ValueError):
            continue


def _alive(process: int) -> bool:
    if sys.platform == "win32":
        return True  # os.kill would end the process there, so files are removed by their age.
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return process != os.getpid()
