"""``python -m tests.pipeline.report.measure`` measures the report in a headless Chromium: size, first drawing, search, jump.

14 sample pages, 300 generated pages, and 5,000 articles (those 300 again under other ids and days, which measures
time well and size badly, so their size is left out). Prints Markdown. Needs a Chromium.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from dateline.pipeline.report import ArticleRecord, ArticleRecords, record_of, render
from dateline.transforms.model import Envelope, RawArticle
from dateline.transforms.walk import walk
from tests import pages
from tests.pipeline.browser import NAMES, Tab, browser, executable
from tests.seeds.pages import read_all

GENERATED, MANY = 300, 5_000
WIDTHS = ((1400, 1000), (390, 844))
READY = "document.documentElement?.dataset.ready !== undefined"
ROUNDS = 3
TYPE = """(() => {
  const field = document.getElementById('f-q'), began = performance.now();
  field.value = %s;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  document.body.getBoundingClientRect();
  return performance.now() - began;
})()"""
JUMP = """(async () => {
  const began = performance.now();
  location.hash = 'event=%s';
  while (!document.querySelector('.m.on, .target')) await new Promise((later) => setTimeout(later));
  const box = (document.querySelector('.m.on') ?? document.querySelector('.target')).getBoundingClientRect();
  return [performance.now() - began, box.bottom > 0 && box.top < innerHeight];
})()"""


def generated() -> list[ArticleRecord]:
    """Records of generated pages."""
    made = (
        walk(
            RawArticle(content=json.dumps(p.record()), origin=f"{p.name}.json", media_type="application/json")
        )
        for p in pages.pages(GENERATED)
    )
    return [record_of(e) for e in made if isinstance(e, Envelope)]


def again(some: Sequence[ArticleRecord], count: int) -> Iterable[ArticleRecord]:
    """The readings over and over, each time under ids of their own."""
    for n in range(count):
        one, turn = some[n % len(some)], n // len(some)
        events = tuple(
            e.model_copy(
                update={
                    "event_id": f"{e.event_id}-{turn}",
                    "within": f"{e.within}-{turn}" if e.within else None,
                }
            )
            for e in one.events
        )
        yield replace(one, article_id=f"{one.article_id}-{turn}", events=events)


def measure(tab: Tab, page: Path, records: Sequence[ArticleRecord], limit: int | None) -> list[str]:
    """A row of the table for each width."""
    html = render(ArticleRecords(records), limit)
    page.write_text(html, "utf-8")
    events = [e for r in records for e in r.events]
    rows = []
    for width, height in WIDTHS:
        tab.size(width, height)
        drawn = []
        for _ in range(ROUNDS):
            tab.open("about:blank")
            tab.open(page.as_uri())
            tab.wait(READY)
            drawn.append(tab.eval("performance.getEntriesByName('drawn')[0].startTime"))
        typed = min(tab.eval(TYPE % json.dumps(word)) for word in ("said", "bridge", ""))
        jump, hit = tab.eval(JUMP % events[-1].event_id)
        size = f"{len(html.encode()) / 1e6:.2f} MB" if len(records) <= GENERATED else "-"
        rows.append(
            f"| {len(records):,} | {len(events):,} | {width} | {size} | {min(drawn):.0f} ms | {typed:.0f} ms | "
            f"{jump:.0f} ms, {'in view' if hit else 'missed'} |"
        )
    return rows


def main() -> None:
    """Measure and print."""
    if executable() is None:
        sys.exit(f"no browser: none of {', '.join(NAMES)} found")
    sample = [record_of(e) for e in read_all().values() if isinstance(e, Envelope)]
    some = generated()
    print("| articles | events | width | file | drawn after | a search | a link to the last event |")
    print("|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder, browser() as tab:
        page = Path(folder) / "report.html"
        for records, limit in ((sample, None), (some, None), (list(again(some, MANY)), MANY)):
            for row in measure(tab, page, records, limit):
                print(row, flush=True)


if __name__ == "__main__":
    main()
