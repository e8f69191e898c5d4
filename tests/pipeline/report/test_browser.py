"""The page in a real browser: silent, sealed, readable at both widths, and its filters filter."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.pipeline.report import Readings, render
from tests.pipeline.browser import NAMES, Tab, browser, executable
from tests.pipeline.report.sample import hostile, reading, readings

pytestmark = pytest.mark.skipif(executable() is None, reason=f"no browser: none of {', '.join(NAMES)} found")

WIDTHS = [(390, 844), (1400, 900)]
SHOWN = "[...document.querySelectorAll('#timeline .event')].filter(e => e.checkVisibility()).length"


@pytest.fixture(scope="module")
def tab() -> Iterator[Tab]:
    with browser() as tab:
        yield tab


def show(
    tab: Tab, path: Path, reader: Readings, width: int = 1400, height: int = 900, dark: bool = False
) -> None:
    file = path / "report.html"
    file.write_text(render(reader), encoding="utf-8")
    tab.requests.clear()
    tab.complaints.clear()
    tab.size(width, height, dark)
    tab.open(file.as_uri())


def assert_quiet(tab: Tab) -> None:
    assert tab.complaints == []
    assert [r for r in tab.requests if not r.startswith(("file:", "data:", "about:"))] == []


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("width", "height"), WIDTHS)
def test_it_is_quiet_and_fits(tab: Tab, tmp_path: Path, width: int, height: int, dark: bool) -> None:
    long = reading(9, title="W" * 300, url="https://post.example/" + "x" * 400, origin="o/" + "y" * 400)
    show(tab, tmp_path, Readings([reading(1), reading(2), long]), width, height, dark)
    tab.eval("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert tab.eval("document.documentElement.scrollWidth") <= width
    assert tab.eval("document.title") == "Dateline report"
    smallest = tab.eval(
        "Math.min(...[...document.querySelectorAll('p, li, dd, summary')].map(e => parseFloat(getComputedStyle(e).fontSize)))"
    )
    assert smallest >= 11
    assert_quiet(tab)


@pytest.mark.parametrize("dark", [False, True])
def test_contrast(tab: Tab, tmp_path: Path, dark: bool) -> None:
    """Every text against what is painted behind it: at least 4.5 to 1 (WCAG 2 AA)."""
    show(tab, tmp_path, readings(2), dark=dark)
    poor = tab.eval(CONTRAST)
    assert poor == []


def test_filters(tab: Tab, tmp_path: Path) -> None:
    show(tab, tmp_path, readings(2))
    assert tab.eval(SHOWN) == 8

    def put(field: str, value: str) -> None:
        tab.eval(
            f"(e => {{ e.value = '{value}'; e.dispatchEvent(new Event('input', {{bubbles: true}})); }})(document.getElementById('{field}'))"
        )

    put("f-actor", "rourke")
    assert tab.eval(SHOWN) == 4
    assert tab.eval("document.getElementById('f-count').value") == "4 of 8 events"
    put("f-actor", "radio")
    assert tab.eval(SHOWN) == 2
    assert tab.eval("document.getElementById('undated').hidden")
    put("f-actor", "")
    put("f-from", "2025-11-03")
    put("f-to", "2025-11-03")
    assert tab.eval(SHOWN) == 2
    put("f-from", "2025-11-04")
    put("f-to", "2025-11-30")
    assert tab.eval(SHOWN) == 0
    assert tab.eval("document.getElementById('f-none').checkVisibility()")
    assert tab.eval("document.querySelectorAll('#timeline .aboutline:not([hidden])').length") == 4
    tab.eval("document.getElementById('f-about').click()")
    assert tab.eval("document.querySelectorAll('#timeline .aboutline:not([hidden])').length") == 0
    tab.eval("document.querySelector('#filters button').click()")
    tab.wait(f"{SHOWN} === 8")
    assert_quiet(tab)


def test_keys_lead_from_an_event_to_its_words(tab: Tab, tmp_path: Path) -> None:
    show(tab, tmp_path, readings(2))
    assert not tab.eval("document.getElementById('a1').open")
    tab.eval("document.querySelector('#timeline a.source[href^=\"#a1\"]').focus()")
    tab.press("Enter", 13)
    tab.wait("document.querySelector('.m.on')")
    assert tab.eval("document.getElementById('a1').open")
    assert tab.eval("[...document.querySelectorAll('.m.on')].every(m => m.closest('#a1'))")
    lit = tab.eval("[...document.querySelectorAll('.m.on')].map(m => m.textContent).join('|')")
    assert "Radio Sable" in lit and "the ferry would sail" in lit and "pilots" not in lit
    tab.eval("document.querySelector('#a1 a.date').focus()")
    tab.press("Enter", 13)
    tab.wait("document.querySelector('.dates > li:target')")
    assert "on Monday" in tab.eval("document.activeElement.textContent")
    tab.eval("document.body.focus(); document.activeElement.blur()")
    tab.press("Tab", 9)
    assert tab.eval("document.activeElement.matches('a, input, button, summary, [tabindex]')")
    assert_quiet(tab)


def test_hostile_text_does_nothing(tab: Tab, tmp_path: Path) -> None:
    show(tab, tmp_path, hostile())
    assert tab.eval("document.title") == "Dateline report"
    assert tab.eval("typeof owned") == "undefined"
    assert tab.eval("document.querySelectorAll('script').length") == 1
    assert "<script>" in tab.eval("document.querySelector('.article .text').textContent")
    assert_quiet(tab)


def test_the_policy_holds_even_if_markup_came_in(tab: Tab, tmp_path: Path) -> None:
    """Were escaping ever to fail, the browser would still run and fetch nothing."""
    file = tmp_path / "broken.html"
    broken = "<script>document.title='owned'</script><img src='https://evil.example/x.png'>"
    file.write_text(render(readings()).replace("<footer>", f"{broken}<footer>"), encoding="utf-8")
    tab.complaints.clear()
    tab.open(file.as_uri())
    assert tab.eval("document.title") == "Dateline report"
    tab.wait("document.images[0].complete")
    assert tab.eval("document.images[0].naturalWidth") == 0
    refused = [line for line in tab.complaints if "Content Security Policy" in line]
    assert any("script" in line for line in refused) and any("image" in line for line in refused)


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
