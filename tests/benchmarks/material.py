"""What is measured: generated pages, and where the evaluation folder is there, real ones with their gold."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

from dateline.transforms.model import RawArticle
from tests import pages
from tests.quality import peers, scorers

Row = dict[str, Any]
T = TypeVar("T")


def machine() -> str:
    """The processor, its cores, memory, system and Python: what a figure is worth nothing without."""
    model = platform.processor() or platform.machine()
    information = Path("/proc/cpuinfo")
    if information.is_file():
        lines = (line.partition(":") for line in information.read_text().splitlines())
        model = next((value.strip() for name, _, value in lines if name.strip() == "model name"), model)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{model}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}, "
        f"Python {platform.python_version()}"
    )


def busy() -> float | None:
    """Seconds of processor time that all programs took since the machine started, where the system tells."""
    told = Path("/proc/stat")
    if not told.is_file():
        return None
    user, nice, system, _, _, *others = map(int, told.read_text().split("\n", 1)[0].split()[1:9])
    return (user + nice + system + sum(others)) / os.sysconf("SC_CLK_TCK")


def spread(rows: Sequence[T], count: int | None) -> list[T]:
    """``count`` rows, evenly spread over all; all of them where ``count`` is None."""
    if count is None or count >= len(rows):
        return list(rows)
    return [rows[n * len(rows) // count] for n in range(count)]


def generated(count: int) -> list[RawArticle]:
    """Generated pages, every other one HTML."""
    raws = []
    for page in pages.pages(count):
        html = page.number % 2 == 0
        raws.append(
            RawArticle(
                content=page.html() if html else page.text(),
                origin=page.name,
                media_type="text/html" if html else "text/plain",
                url=page.url,
            )
        )
    return raws


def evaluation(*parts: str) -> Path | None:
    """A file of the evaluation folder, or None where there is none."""
    base = scorers.evaluation_folder()
    path = base.joinpath(*parts) if base else None
    return path if path is not None and path.is_file() else None


def rows(*parts: str) -> list[Row]:
    """The rows of a file of the evaluation folder; none where it is absent."""
    path = evaluation(*parts)
    return scorers.rows_of(path) if path else []


def scorer(room: str) -> ModuleType:
    """A scorer of the evaluation folder, as a module."""
    folder = scorers.evaluation_folder()
    if folder is None:
        raise FileNotFoundError(f"evaluation/{room}/score.py")
    return scorers.module(folder, room)


def real_pages(count: int | None) -> list[RawArticle]:
    """Real pages as flat text, by name of the row."""
    found = spread(rows("clean", "pages_dev.jsonl.gz"), count)
    return [
        RawArticle(content=r["flat_text"], origin=str(r["id"]), media_type="text/plain", url=r.get("url"))
        for r in found
        if r.get("flat_text")
    ]


def html_rows(count: int | None, wanted: Callable[[Row], Any]) -> list[Row]:
    """Rows of real pages that are ``wanted``, with their HTML under ``html`` and their gold."""
    folder = scorers.evaluation_folder()
    return spread(peers.html_rows(folder, wanted), count) if folder else []
