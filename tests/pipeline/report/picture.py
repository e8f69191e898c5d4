"""``python -m tests.pipeline.report.picture [FILE]`` makes the picture of the report that the README shows.

The report of the sample pages, an event of a report within a report chosen, as PNG.
Needs a Chromium.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from dateline.pipeline.report import Letters, Readings, reading_of, render
from dateline.transforms.errors import Rejection
from dateline.transforms.model import Envelope
from tests.pipeline.browser import NAMES, Tab, browser, executable
from tests.seeds.pages import read_all

DEFAULT = Path(__file__).parents[3] / ".github" / "report.png"
WIDTH, HEIGHT = 1400, 1050


def sample_report() -> str:
    """The report of the sample pages."""
    found = read_all()
    letters = [
        Letters(e.type, "Clean", 1, name, e.message) for name, e in found.items() if isinstance(e, Rejection)
    ]
    return render(
        Readings([reading_of(e) for e in found.values() if isinstance(e, Envelope)], tuple(letters))
    )


def choose(tab: Tab) -> None:
    """Light up the first event that another one reports, and go back to the top of the page."""
    nested = "[...document.querySelectorAll('#timeline .event')].find(e => e.querySelector('.chain'))"
    tab.eval(f"(({nested}) || document.querySelector('#timeline .event')).querySelector('a.source').click()")
    tab.wait("document.querySelector('.m.on')")
    tab.eval("window.scrollTo({top: 0, behavior: 'instant'}); document.activeElement.blur()")
    tab.wait("window.scrollY === 0")


def main() -> None:
    """Write the picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", default=DEFAULT)
    file: Path = parser.parse_args().file
    if executable() is None:
        sys.exit(f"no browser: none of {', '.join(NAMES)} found")
    with tempfile.TemporaryDirectory() as folder, browser() as tab:
        page = Path(folder) / "report.html"
        page.write_text(sample_report(), encoding="utf-8")
        tab.size(WIDTH, HEIGHT)
        tab.open(page.as_uri())
        choose(tab)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(tab.picture())
    print(file)


if __name__ == "__main__":
    main()
