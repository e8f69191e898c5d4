"""How the page looks in a real browser: it fits both widths, has contrast, prints, and paints in time."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.pipeline.report import ArticleRecords
from tests.pipeline.browser import Tab, browser
from tests.pipeline.report.browsing import WIDTHS, assert_quiet, needs_browser, show, texts
from tests.pipeline.report.sample import many, record, records

pytestmark = needs_browser

PAINT_SECONDS = 1.5
"""Of processor time: 0.3 to 0.4 were measured. On the clock it is 1 second on a quiet machine and 3 on a busy one."""


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("width", "height"), WIDTHS)
def test_it_is_quiet_and_fits(tab: Tab, tmp_path: Path, width: int, height: int, dark: bool) -> None:
    long = record(9, title="W" * 300, url="https://post.example/" + "x" * 400, origin="o/" + "y" * 400)
    show(tab, tmp_path, ArticleRecords([record(1), record(2), long]), width, height, dark)
    for view in ("chronology", "spoken", "articles", "letters"):
        tab.eval(f"location.hash = 'view={view}&article=article-9'")
        tab.wait("document.querySelector('.article .text')")
        tab.eval("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert tab.eval("document.documentElement.scrollWidth") <= width
        assert tab.eval("document.querySelector('.reader').scrollWidth") <= width
        smallest = tab.eval(
            "Math.min(...[...document.querySelectorAll('p, li, dd, summary, button, label')].map(e => parseFloat(getComputedStyle(e).fontSize)))"
        )
        assert smallest >= 11
    assert tab.eval("document.title") == "Dateline report"
    assert_quiet(tab)


@pytest.mark.parametrize("dark", [False, True])
def test_contrast(tab: Tab, tmp_path: Path, dark: bool) -> None:
    """Every text against what is painted behind it: at least 4.5 to 1 (WCAG 2 AA)."""
    show(tab, tmp_path, records(2), dark=dark, at="#article=article-1")
    assert tab.eval(CONTRAST) == []
    for view in ("spoken", "articles", "letters"):
        tab.eval(f"location.hash = 'view={view}'")
        tab.wait(f"document.querySelector('.tabs [aria-current]').href.includes('{view}')")
        assert tab.eval(CONTRAST) == []


def test_paper_gets_the_filter_with_its_articles(tab: Tab, tmp_path: Path) -> None:
    show(tab, tmp_path, many(120), at="#source=Paper+3")
    tab.eval("dispatchEvent(new Event('beforeprint'))")
    assert len(texts(tab, "#print .event, #print .row")) == 4 * 14
    assert len(texts(tab, "#print .article .text")) == 14
    assert "filter: Paper 3" in texts(tab, "#print")[0]
    tab.eval("dispatchEvent(new Event('afterprint'))")
    assert texts(tab, "#print .event") == []


@pytest.mark.parametrize(("width", "height"), WIDTHS)
def test_five_thousand_articles_paint_in_time(tab: Tab, tmp_path: Path, width: int, height: int) -> None:
    with browser() as fresh:  # its thread has done nothing else
        show(fresh, tmp_path, many(5_000), width, height, limit=5_000)
        assert 0.01 < fresh.spent() < PAINT_SECONDS
        assert "20,000 events" in fresh.eval("document.getElementById('count').value")
    show(tab, tmp_path, many(5_000), width, height)
    assert "newest 500 of 5,000 articles" in texts(tab, "#notice")[0]
    assert "--limit 5000" in texts(tab, "#notice code")[0]
    assert "500 of 5,000" in " ".join(texts(tab, "#figures dd"))
    assert_quiet(tab)


CONTRAST = r"""
(() => {
  const parse = (c) => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    canvas.canvas.width = canvas.canvas.height = 1;
    canvas.fillStyle = c; canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const cache = new Map();
  const colour = (c) => { if (!cache.has(c)) cache.set(c, parse(c)); return cache.get(c); };
  const behind = (element) => {
    const layers = [];
    for (let e = element; e; e = e.parentElement) layers.push(colour(getComputedStyle(e).backgroundColor));
    return layers.reverse().reduce(
      ([r, g, b], [x, y, z, a]) => [r + (x - r) * a, g + (y - g) * a, b + (z - b) * a], [255, 255, 255]);
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  document.querySelectorAll('details').forEach((d) => { d.open = true; });
  const poor = new Set();
  for (const element of document.querySelectorAll('body *')) {
    if (element.closest('script, style, svg, datalist, [hidden], .skip')) continue;
    if (![...element.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim())) continue;
    const [a, b] = [light(colour(getComputedStyle(element).color)), light(behind(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) poor.add(`${element.tagName}.${element.className} ${ratio.toFixed(2)}`);
  }
  return [...poor];
})()
"""
