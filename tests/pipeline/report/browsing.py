"""What a reader does with a report in a browser: open it, click, choose, type, and read what is shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline.pipeline.report import ArticleRecords, render
from tests.pipeline.browser import NAMES, Tab, executable

needs_browser = pytest.mark.skipif(
    executable() is None, reason=f"no browser: none of {', '.join(NAMES)} found"
)

WIDTHS = [(390, 844), (1400, 900)]
CARDS = "[...document.querySelectorAll('#list .event, #list .row')]"
SEEN = "(e => { const r = e.getBoundingClientRect(); return r.bottom > 0 && r.top < innerHeight; })"
READY = "document.documentElement?.dataset.ready !== undefined"


def show(
    tab: Tab, path: Path, reader: ArticleRecords, width: int = 1400, height: int = 900, dark: bool = False, at: str = "",
    limit: int | None = None,
) -> None:  # fmt: skip
    file = path / "report.html"
    file.write_text(render(reader, limit), encoding="utf-8")
    tab.size(width, height, dark)
    tab.open("about:blank")
    tab.requests.clear()
    tab.complaints.clear()
    tab.open(file.as_uri() + at)
    tab.wait(READY)


def texts(tab: Tab, selector: str) -> list[str]:
    found: list[str] = tab.eval(
        f"[...document.querySelectorAll({json.dumps(selector)})].map(e => e.textContent)"
    )
    return found


def click(tab: Tab, selector: str) -> None:
    tab.eval(f"document.querySelector({json.dumps(selector)}).click()")


def choose(tab: Tab, facet: str, value: str) -> None:
    tab.eval(f"[...document.querySelectorAll('[data-facet={facet}]')].find(e => e.value === {json.dumps(value)}).click()")  # fmt: skip


def put(tab: Tab, field: str, value: str, kind: str = "change") -> None:
    tab.eval(
        f"(e => {{ e.value = {json.dumps(value)}; e.dispatchEvent(new Event({json.dumps(kind)}, {{bubbles: true}})); }})"
        f"(document.getElementById({json.dumps(field)}))"
    )


def assert_quiet(tab: Tab) -> None:
    assert tab.complaints == []
    assert [r for r in tab.requests if not r.startswith(("file:", "data:", "about:", "blob:"))] == []
