"""One driver process for all faults, so that the pipeline is imported once; pages for it, and what a run left."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from itertools import count, islice
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dateline.pipeline.store.connection import sqlite_url
from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.store import Store
from tests import pages
from tests.waiting import LONG

Order = dict[str, Any]
Drive = Callable[..., list[dict[str, Any]]]

SHORT = 3
"""Sentences a page: the floor is tested here, not the rooms."""
EXPORTS = {"events.jsonl", "events.parquet", "dead_letters.jsonl", "report.html"}


@pytest.fixture(scope="session")
def drive() -> Iterator[Drive]:
    """Send orders that run at once; get how each ended."""
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.driver"],
        cwd=root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        stdin, stdout = process.stdin, process.stdout
        assert stdin and stdout

        numbers = count()

        def send(*orders: Order) -> list[dict[str, Any]]:
            number, answered = next(numbers), None
            stdin.write(json.dumps([number, orders]) + "\n")
            stdin.flush()
            # A test that took too long left its answers unread, and the test behind it must not take them for its own.
            while answered != number:
                line = stdout.readline()
                assert line, f"the driver ended with {process.poll()}"
                answered, answers = json.loads(line)
            found: list[dict[str, Any]] = answers
            return found

        yield send
        stdin.close()
        process.wait(LONG)


def some(count: int, start: int = 0) -> list[pages.NewsPage]:
    return [pages.page(n, sentences=SHORT) for n in range(start, start + count)]


def mixed(folder: Path, count: int) -> Path:
    """Pages in every format, copies among them, and some that can not be read."""
    made = some(count)
    third = count // 3
    pages.write_folder(folder / "html", made[:third])
    (folder / "b.jsonl").write_bytes(
        pages.jsonl(made[third : 2 * third]) + b"{broken\n" + pages.jsonl(made[third : third + 3])
    )
    (folder / "c.warc.gz").write_bytes(pages.warc(made[2 * third :], gzip=True))
    (folder / "d.txt").write_text(made[0].text())
    (folder / "e.txt").write_text("  ")
    (folder / "f.html").write_bytes(b"\x1f\x8b\x08broken gzip")
    return folder


def every_format(folder: Path, count: int) -> Path:
    """Pages in each format that files have, a few of each, with a broken, a cut and an empty file among them."""
    folder.mkdir(parents=True)
    made = iter(some(12 * count))

    def few() -> list[pages.NewsPage]:
        return list(islice(made, count))

    def zipped(files: list[pages.NewsPage]) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for page in files:
                archive.writestr(f"{page.number}.html", page.html())
            archive.writestr("photo.png", b"\x89PNG\r\n\x1a\n")
        return out.getvalue()

    def table(rows: list[pages.NewsPage], mark: str) -> bytes:
        out = io.StringIO()
        writer = csv.DictWriter(out, list(rows[0].record()), delimiter=mark)
        writer.writeheader()
        writer.writerows(page.record() for page in rows)
        return out.getvalue().encode()

    def mail(page: pages.NewsPage) -> bytes:
        return f"Subject: {page.title}\nFrom: Desk <desk@h.example>\nDate: {page.published:%d %b %Y} 09:30:00 +0000\n\n{page.text()}\n".encode()

    def feed(entries: list[pages.NewsPage]) -> bytes:
        items = "".join(
            f"<item><title>{escape(p.title)}</title><link>{p.url}</link><pubDate>{p.published.isoformat()}</pubDate>"
            f"<description>{escape(p.text())}</description></item>"
            for p in entries
        )
        return f"<?xml version='1.0'?><rss version='2.0'><channel><title>Desk</title>{items}</channel></rss>".encode()

    parquet = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([page.record() for page in few()]), parquet, row_group_size=2)
    mhtml = (
        "Snapshot-Content-Location: https://h.example/saved\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n'
    )
    files = {
        "a.csv": table(few(), ","),
        "b.tsv.gz": gzip.compress(table(few(), "\t")),
        "c.parquet": parquet.getvalue(),
        "d.json": json.dumps({"articles": [page.record() for page in few()]}).encode(),
        "e.jsonl.bz2": bz2.compress(pages.jsonl(few())),
        "f.warc.gz": pages.warc(few(), gzip=True),
        "g.xml": feed(few()),
        "h.mbox": b"".join(b"From a Tue May 14 09:30:00 2024\n" + mail(page) + b"\n" for page in few()),
        "i.eml": mail(next(made)),
        "j.mhtml": f"{mhtml}{next(made).html()}\r\n--b--\r\n".encode(),
        "k.zip": zipped(few()),
        "l.html.xz": lzma.compress(next(made).html().encode()),
        "m.txt": next(made).text().encode(),
        "n.csv": b"",
        "o.parquet": parquet.getvalue()[:-40],
        "p.jsonl.gz": gzip.compress(pages.jsonl(few()))[:-30],
        "q.pdf": b"%PDF-1.7",
        "r.html": b"%PDF-1.7 of another name",
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def opened(output: Path) -> Store:
    return Store(sqlite_url(output / "events.db"))


def content(output: Path, places: bool = True) -> str:
    store = opened(output)
    try:
        return store.content_hash(places)
    finally:
        store.close()


def counted(output: Path) -> tuple[int, int]:
    store = opened(output)
    try:
        return store.count(t.articles), store.count(t.dead_letters)
    finally:
        store.close()


def done(answers: list[dict[str, Any]]) -> dict[str, Any]:
    [answer] = answers
    assert answer.get("code") == 0, answer
    return answer


def wal(output: Path) -> set[str]:
    return {p.name for p in output.glob("events.db-*")}


@pytest.fixture(scope="session")
def base(drive: Drive, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of inputs (``in``) and what one run makes of it (``out``)."""
    folder = tmp_path_factory.mktemp("base")
    mixed(folder / "in", 30)
    done(drive({"inputs": [str(folder / "in")], "output": str(folder / "out")}))
    assert counted(folder / "out") == (31, 3)
    return folder


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 1 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place], capture_output=True)
    if mounted.returncode:
        pytest.skip("a full disk needs the right to mount one")
    yield place
    # Lazily: a test that failed may have left a file open.
    subprocess.run(["umount", "--lazy", place], check=True)
