"""``python -m tests.pipeline.report.picture [FOLDER]`` makes pictures of the report: first screen, filter, stories, phone.

Without a folder it makes the first alone, where README shows it.

The sample pages are read into a store and linked, as ``make run`` does, so the pictures show stories too.
Needs a Chromium.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from dateline.pipeline.report import StoreReader, render
from dateline.pipeline.runs.bounded import run
from dateline.pipeline.settings import Settings
from dateline.pipeline.store.connection import sqlite_url
from dateline.pipeline.store.store import Store
from tests.pipeline.browser import NAMES, browser, executable
from tests.seeds.pages import PAGES

DEFAULT = Path(__file__).parents[3] / ".github"
TITLE = "The Corran dam and other stories"
NESTED = """(() => {
  const cards = [...document.querySelectorAll('#list .event')];
  (cards.find((card) => card.textContent.includes('Piet Harlan')) ?? cards[0]).querySelector('a.source').click();
  window.scrollTo(0, 0);
  document.activeElement.blur();
})()"""


class Shot(NamedTuple):
    """A picture: its file, the window in CSS pixels, the filter in the address, and what is done before it is taken."""

    name: str
    width: int
    height: int
    address: str = ""
    script: str = ""
    dark: bool = False


SHOTS = (
    Shot("report.png", 1400, 1000, "#from=2025-09-10&to=2025-10-31", NESTED),
    Shot("report-filter.png", 1400, 900, "#q=ferry&view=chronology", dark=True),
    Shot("report-stories.png", 1400, 900, "#view=stories"),
    Shot("report-phone.png", 390, 844, "#from=2025-09-10&to=2025-10-31"),
)


def sample_report() -> str:
    """The report of the sample pages, read and linked."""
    with tempfile.TemporaryDirectory() as folder:
        run([str(PAGES)], folder, Settings())
        store = Store(sqlite_url(Path(folder) / "events.db"))
        try:
            return render(StoreReader(store), title=TITLE)
        finally:
            store.close()


def main() -> None:
    """Write the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    told: Path | None = parser.parse_args().folder
    folder, shots = (told, SHOTS) if told else (DEFAULT, SHOTS[:1])
    if executable() is None:
        sys.exit(f"no browser: none of {', '.join(NAMES)} found")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary, browser() as tab:
        page = Path(temporary) / "report.html"
        page.write_text(sample_report(), encoding="utf-8")
        for shot in shots:
            tab.size(shot.width, shot.height, shot.dark)
            tab.open("about:blank")
            tab.open(page.as_uri() + shot.address)
            tab.wait("document.documentElement?.dataset.ready !== undefined")
            if shot.script:
                tab.eval(shot.script)
            (folder / shot.name).write_bytes(tab.picture())
            print(folder / shot.name)


if __name__ == "__main__":
    main()
