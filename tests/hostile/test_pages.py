"""Pages that mean harm: bounded in time and memory, and nothing written but where it belongs."""

from __future__ import annotations

import base64
import contextlib
import csv
import io
import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.pipeline.commands.console import show
from dateline.pipeline.runs.bounded import run
from dateline.pipeline.settings import Settings
from dateline.pipeline.sinks.cells import safe_cell
from dateline.transforms import charset, decode, errors, html
from dateline.transforms.model import RawArticle
from tests import pages
from tests.timing import spent
from tests.waiting import LONG

MEASURE = """
import json, sys, time
from dateline.transforms import decode, errors
from dateline.transforms.model import RawArticle
unit, times, head, tail = json.load(sys.stdin)
content = (head + unit * times + tail).encode()
began = time.process_time()
try:
    done = len(decode.decode(RawArticle(content=content, origin="x", media_type="text/html")).text)
except errors.Rejection as error:
    done = error.type
# getrusage would count what the parent of this process held when it forked.
with open("/proc/self/status") as status:
    peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024
print(json.dumps({"done": done, "seconds": time.process_time() - began, "peak_mb": peak}))
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is read from /proc")
@pytest.mark.parametrize(
    ("unit", "times", "head", "tail"),
    [
        ("<p>words and words</p>", 950_000, "<html><body>", ""),  # 20 MB
        ("<div>", 200_000, "<html><body>", ""),
        ("<span>", 200_000, "<html><body>", "</span>" * 200_000),
        ("<table><tr><td>", 60_000, "<html><body>", ""),
        ("<b><i>", 50_000, "<html><body>", "text"),
        ("<a href=x>", 190_000, "<html><body>", ""),
        ("<p>a", 190_000, "<html><body>", ""),
        ("a=b ", 1_900_000, "<html><body><p ", ">x</p>"),
        ("<!--", 190_000, "<html><body>", "-->x"),
        ("&amp;", 390_000, "<html><body><p>", ""),
        ("<", 190_000, "<html>", ""),
        ('<script type="application/ld+json">{"@graph":[', 20_000, "<html>", ""),
        ('<meta property="og:title" content="x">', 150_000, "<html>", "<p>x"),
        ("<title>", 150_000, "<html>", "x"),
    ],
    ids=lambda v: v[:12] if isinstance(v, str) else str(v),
)
def test_hostile_markup_is_bounded(unit: str, times: int, head: str, tail: str) -> None:
    order = json.dumps([unit, times, head, tail])
    done = subprocess.run(
        [sys.executable, "-c", MEASURE],
        input=order,
        capture_output=True,
        text=True,
        timeout=2 * LONG,
        check=True,
    )
    found = json.loads(done.stdout)
    assert found["seconds"] < 10, found
    assert found["peak_mb"] < 600, found


PUMPS = (
    "<",
    "<a",
    "</",
    "charset=",
    "encoding='",
    "<html ",
    "lang=",
    " ",
    "\n",
    "\r",
    "\u0301",
    "\u202e",
    "\x00",
    "&",
    "%",
    "a",
    '"',
)


@pytest.mark.parametrize("pump", PUMPS, ids=repr)
def test_patterns_of_decoding_run_in_linear_time(pump: str) -> None:
    """Twice the text takes about twice the time: what is quadratic would take four times."""

    def decoded(size: int) -> None:
        text = pump * (size // len(pump)) + "!"
        decode.tidy(text)
        for pattern in (charset._DECLARED, charset._LANGUAGE):
            pattern.search(text.encode("utf-8", "replace")[:2048] * 50)
        decode._HTML.search(text[:2048])
        with contextlib.suppress(errors.TooLarge):
            html.render(text[:100_000])

    small = max(spent(lambda: decoded(250_000), tries=3), 0.02)
    large = spent(lambda: decoded(1_000_000), tries=3)
    assert large < 12 * small, (pump, small, large)


# ---------------------------------------------------------------- names


NAMES = [
    "../../../outside",
    "..\\..\\outside",
    "/etc/passwd",
    "nul\x00name",
    "x" * 4096,
    "📰🧨 новини",
    "=cmd|' /C calc'!A0",
    "a\nb\rc",
    "%2e%2e%2f",
    "CON",
    "~root/x",
    "${HOME}",
    "half \ud800",
]


def tree(folder: Path) -> set[str]:
    return {str(p.relative_to(folder)) for p in folder.rglob("*")}


def test_names_in_records_write_nothing_outside_of_the_output(tmp_path: Path) -> None:
    lines = []
    for n, name in enumerate(NAMES):
        one = pages.page(n, sentences=4)
        lines.append(
            json.dumps({**one.record(), "url": f"https://a.example/{name}", "source": name, "file": name})
        )
        lines.append(json.dumps({"content": "", "url": name, "origin": name}))
    big = base64.b64encode(random.Random(0).randbytes(6_100_000)).decode()
    lines.append(json.dumps({"content_base64": big, "url": "../../big"}))
    inside = tmp_path / "home"
    inside.mkdir()
    (inside / "in.jsonl").write_text("\n".join(lines))
    before = tree(tmp_path)
    counts = run([str(inside / "in.jsonl")], str(inside / "out"), Settings(raw_bytes=20_000_000)).counts
    assert counts["read"] == len(lines)
    assert counts["article"] + counts.get("dead_letter", 0) == len(lines)
    assert counts["article"] >= len(NAMES)
    new = tree(tmp_path) - before
    assert all(name == "home/out" or name.startswith("home/out/") for name in new), new
    aside = [name for name in new if name.startswith("home/out/dead_letters/")]
    assert len(aside) == 1
    assert aside[0].rpartition("/")[2].rpartition(".")[0].isalnum()


@pytest.mark.parametrize(
    "name", ["..hidden.txt", "📰🧨.txt", "new\nline.txt", "x" * 240 + ".txt", "=1+1.txt", "a'b\"c.txt"]
)
def test_file_names_are_only_names(tmp_path: Path, name: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_text(pages.page(1, sentences=4).text())
    before = tree(tmp_path)
    counts = run([str(tmp_path / "in" / name)], str(tmp_path / "out"), Settings()).counts
    assert counts["article"] == 1
    assert all(new == "out" or new.startswith("out/") for new in tree(tmp_path) - before)


# ---------------------------------------------------------------- spreadsheets


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://a")'])
def test_cells_that_a_spreadsheet_would_run_are_made_safe(
    cell: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert safe_cell(cell) == "'" + cell
    show([{"actor": cell, "n": 1}], ("actor", "n"), "csv")
    assert list(csv.reader(io.StringIO(capsys.readouterr().out, newline="")))[1][0].startswith("'")


@given(st.one_of(st.none(), st.integers(), st.text(max_size=20)))
def test_other_cells_stay_as_they_are(cell: Any) -> None:
    if not (isinstance(cell, str) and cell[:1] in "=+-@\t\r" and cell):
        assert safe_cell(cell) == cell


# ---------------------------------------------------------------- odd bytes


@pytest.mark.parametrize("count", [1, 20])
def test_odd_bytes_among_good_pages_are_one_outcome_each(tmp_path: Path, count: int) -> None:
    words = pages.page(7, sentences=4).text()
    odd = [
        words.encode("utf-16"), words.encode("utf-16-le"), words.encode() + b"\xff\xfe", b"\x00" * 999, b"\xff" * 999,
        words.replace(" ", "\x00 ").encode(), b"\x1f\x8b\x08", b"\xef\xbb\xbf" + words.encode(), words.encode()[:-1] + b"\xe2",
        words.encode("utf-8") + "\ud800".encode("utf-8", "surrogatepass"), random.Random(0).randbytes(4000), b"{", b"<", b"\n" * 9999,
    ]  # fmt: skip
    (tmp_path / "in").mkdir()
    for n, data in enumerate(odd):
        (tmp_path / "in" / f"odd-{n:02}.txt").write_bytes(data)
    pages.write_folder(tmp_path / "in", (pages.page(n, sentences=4) for n in range(100, 100 + count)))
    counts = run([str(tmp_path / "in")], str(tmp_path / "out"), Settings()).counts
    assert counts["read"] == len(odd) + count
    assert counts["article"] + counts.get("duplicate", 0) + counts["dead_letter"] == counts["read"]
    assert counts["article"] >= count + 1
    assert "rejected.internal" not in counts


def test_date_out_of_the_calendar_does_not_end_a_run(tmp_path: Path) -> None:
    lines = [
        {**pages.page(n, sentences=4).record(), "published": told, "modified": told}
        for n, told in enumerate(
            ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2024-13-45", "", "9" * 400]
        )
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, lines)))
    counts = run([str(tmp_path / "in.jsonl")], str(tmp_path / "out"), Settings()).counts
    assert counts["read"] == 5
    assert counts["article"] == 5, counts


def test_decoding_does_not_touch_the_network_or_files(monkeypatch: pytest.MonkeyPatch) -> None:
    def no(*_: Any, **__: Any) -> Any:
        raise AssertionError("decode opened something")

    raw = RawArticle(content=pages.page(1).html(), origin="../x", url="file:///etc/passwd")
    decode.decode(raw)
    monkeypatch.setattr("socket.socket", no)
    monkeypatch.setattr("builtins.open", no)
    assert decode.decode(raw).url == "file:///etc/passwd"
