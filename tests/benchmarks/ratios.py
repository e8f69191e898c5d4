"""Costs as ratios of two things measured in one run, so that a busy or another machine changes both.

``python -m tests.benchmarks.ratios [NAME ...] [--pages N]`` prints those named, or all, each beside its floor;
``time memory --pages 100000`` measures the longest run, in half an hour.
Processor time, but for ``workers``. ``make bench`` prints them too. Ends with 1 where a floor is missed.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path
from statistics import median
from typing import NamedTuple

from dateline.pipeline.report import StoreReader, render
from dateline.pipeline.runs.microbatch import MicroBatchRun
from dateline.pipeline.settings import Settings
from dateline.pipeline.store.connection import sqlite_url
from dateline.pipeline.store.rows import ArticleRows, article_rows
from dateline.pipeline.store.store import Store
from dateline.transforms.errors import Rejection
from dateline.transforms.garbage import sweep_rarely
from dateline.transforms.model import Envelope, RawArticle
from dateline.transforms.walk import decode_step, read_steps, walk
from tests import pages
from tests.benchmarks import bench, material

_WORD = re.compile(r"\w+|[^\w\s]")
_WARM_UP = 10
BATCH = 50
FEW = 1_000
"""Pages of the run with which ``time`` and ``memory`` compare a long one: 10,000 pages, or as many as ``--pages`` says."""
MANY = 50
"""How many times as many articles the larger store of ``report`` has."""
Measure = Callable[[int, Path], float]


class Ratio(NamedTuple):
    """``measure`` is given pages and an empty folder; ``pages`` is how many where nobody says."""

    what: str
    floor: float
    pages: int
    measure: Measure


def rooms(count: int, _: Path) -> float:
    """All rooms to one lower and one search for words, on the same pages.

    As many other pages come first: what a process loads for the first page of each language is no cost of a page.
    Cyclic garbage is looked for as rarely as in a worker of a run.
    """
    sweep_rarely()
    both = material.real_pages(2 * count) or material.generated(2 * count)
    warm, raws = both[::2], both[1::2]
    steps = (decode_step(), *read_steps())
    spent = yard = 0.0
    for n, raw in enumerate((*warm, *raws)):
        text = raw.content if isinstance(raw.content, str) else raw.content.decode("utf-8", "replace")
        began = time.process_time()
        envelope = Envelope(raw=raw)
        try:
            for step in steps:
                envelope = step.apply(envelope)
        except Rejection:
            pass
        between = time.process_time()
        _WORD.findall(text.lower())
        if n >= len(warm):
            spent, yard = spent + between - began, yard + time.process_time() - between
    return spent / yard


def command(count: int, folder: Path) -> float:
    """A whole run with its links, exports and report, without its start, to its rooms: real pages where there are some."""
    one, path = (_real(n, folder) or _generated(n, folder) for n in (1, count))
    start = _cpu(_run(one, folder / "start"))
    whole = _cpu(_run(path, folder / "out")) - start
    return 1000 * whole / count / sum(bench.rooms(path).values())


def workers(count: int, folder: Path) -> float:
    """Two workers to one on one file of lines: seconds on the wall, so the machine must have two cores to itself.

    Standard error says how much other programs took meanwhile: with them the ratio goes towards one.
    """
    path = _generated(count, folder)
    spent = []
    for number in (1, 2):
        before, began = material.busy(), time.monotonic()
        ours = _cpu([*_run(path, folder / f"out{number}"), "--no-link", "--workers", str(number)])
        spent.append(time.monotonic() - began)
        after = material.busy()
        others = "" if before is None or after is None else f", others took {after - before - ours:.0f} s"
        line = f"workers {number}: {spent[-1]:.1f} s, {ours:.1f} s of processor time{others}"
        print(line, file=sys.stderr)
    return spent[1] / spent[0]


def put(count: int, folder: Path) -> float:
    """A batch of one article in a stream to an article of fifty."""
    raws = material.generated(count)
    run = MicroBatchRun(str(folder / "out"), Settings(link=False), "benchmark")
    try:
        run.put(raws[:_WARM_UP])
        cut = _WARM_UP + len(raws[_WARM_UP:]) // 10
        ones = [_spent(run, [raw]) for raw in raws[_WARM_UP:cut]]
        many = [_spent(run, raws[n : n + BATCH]) / BATCH for n in range(cut, len(raws) - BATCH + 1, BATCH)]
    finally:
        run.close("failed")
    return median(ones) / median(many)


def second(count: int, folder: Path) -> float:
    """A run that finds everything known to the run that read it, both without their start."""
    one = _run(_generated(1, folder), folder / "start")
    _cpu(one)
    start = _cpu(one)
    command = _run(_generated(count, folder), folder / "out")
    first, again = _cpu(command), _cpu(command)
    return (again - start) / (first - start)


def report(count: int, folder: Path) -> float:
    """The report of a store to that of one a fiftieth as large: both show the same number of articles."""
    spent = []
    for name, many in (("few", count), ("many", count * MANY)):
        with closing(_store(many, folder / f"{name}.db")) as store:
            began = time.process_time()
            render(StoreReader(store), limit=count)
            spent.append(time.process_time() - began)
    return spent[1] / spent[0]


def time_growth(count: int, _: Path) -> float:
    """Processor time of a page in a run of ``count`` pages to one of a page among :data:`FEW`."""
    few, many = whole_run(FEW), whole_run(count)
    return (many["cpu"] / many["pages"]) / (few["cpu"] / few["pages"])


def memory_growth(count: int, _: Path) -> float:
    """Peak of memory of a run of ``count`` pages to one of :data:`FEW`."""
    return whole_run(count)["peak_mb"] / whole_run(FEW)["peak_mb"]


@cache
def whole_run(count: int) -> dict[str, float]:
    """What a run of generated pages costs, its links and exports included; measured once for time and memory.

    Standard error says it of each run.
    """
    with tempfile.TemporaryDirectory() as folder:
        found = bench.in_child(count, Path(folder))
    ms = 1000 * found["cpu"] / found["pages"]
    print(
        f"{count} pages: {ms:.1f} ms of processor time a page, peak {found['peak_mb']:.0f} MB",
        file=sys.stderr,
    )
    return found


def store_bytes(count: int, folder: Path) -> float:
    """Kilobytes of a store a page, links included; printed by table with their indexes."""
    size = _file_of_run("events.db", count, folder)
    for name, share in bytes_by_table(folder / "out" / "events.db").items():
        print(f"{share / count:8.0f} bytes a page: {name}", file=sys.stderr)
    return size


def bytes_by_table(path: Path) -> dict[str, int]:
    """Bytes of each table of an SQLite file with its indexes, the largest first."""
    query = """
        SELECT s.tbl_name, SUM(d.pgsize) FROM dbstat d JOIN sqlite_schema s ON s.name = d.name
        GROUP BY s.tbl_name ORDER BY SUM(d.pgsize) DESC
    """
    with closing(sqlite3.connect(path)) as connection:
        try:
            return dict(connection.execute(query))
        except sqlite3.OperationalError:  # a build without dbstat
            return {}


def parquet_bytes(count: int, folder: Path) -> float:
    """Kilobytes of ``events.parquet`` a page."""
    return _file_of_run("events.parquet", count, folder)


RATIOS = {
    "rooms": Ratio("rooms / one search for words", 30, 200, rooms),
    "command": Ratio("whole command / rooms", 1.2, 1_000, command),
    "workers": Ratio("wall, 2 workers / 1, one file of 18 MB", 0.65, 10_000, workers),
    "put": Ratio("a put of one page / a page of fifty", 2.5, 700, put),
    "second": Ratio("second run / first", 0.04, 10_000, second),
    "report": Ratio("report, store of 50,000 / of 1,000 articles", 2.0, 1_000, report),
    "time": Ratio("processor time a page, a long run / one of 1,000 pages", 1.05, 10_000, time_growth),
    "memory": Ratio("peak of memory, a long run / one of 1,000 pages", 1.2, 10_000, memory_growth),
    "store": Ratio("KB of store a generated page", 14, 500, store_bytes),
    "parquet": Ratio("KB of events.parquet a generated page", 1.9, 500, parquet_bytes),
}


def measure(names: Sequence[str] = (), count: int | None = None) -> dict[str, float]:
    """The ratios of these names, or all."""
    found = {}
    for name in names or RATIOS:
        ratio = RATIOS[name]
        with tempfile.TemporaryDirectory() as folder:
            found[name] = ratio.measure(count or ratio.pages, Path(folder))
    return found


def lines(found: dict[str, float]) -> list[str]:
    """What was measured as Markdown."""
    table = ["| ratio | measured | floor | |", "|---|---|---|---|"]
    for name, value in found.items():
        ratio = RATIOS[name]
        verdict = "" if value <= ratio.floor else "missed"
        table.append(f"| {ratio.what} | {value:.2f} | {ratio.floor:g} | {verdict} |")
    return table


def _generated(count: int, folder: Path) -> Path:
    path = folder / f"{count}.jsonl"
    with path.open("wb") as file:
        for page in pages.pages(count):
            file.write(pages.jsonl([page]))
    return path


def _real(count: int, folder: Path) -> Path | None:
    raws = material.real_pages(count)
    if not raws:
        return None
    path = folder / f"real-{count}.jsonl"
    rows = ({"url": raw.url, "content": raw.content} for raw in raws)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def _run(path: Path, output: Path) -> list[str]:
    return [sys.executable, "-m", "dateline", "run", str(path), "--output", str(output)]


def _cpu(command: Sequence[str]) -> float:
    """Seconds of processor time of a command and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _spent(run: MicroBatchRun, raws: Sequence[RawArticle]) -> float:
    began = time.process_time()
    run.put(raws)
    return time.process_time() - began


def _file_of_run(name: str, count: int, folder: Path) -> float:
    _cpu(_run(_generated(count, folder), folder / "out"))
    return (folder / "out" / name).stat().st_size / count / 1000


def _store(count: int, path: Path) -> Store:
    """A store of copies of a few articles under ids of their own."""
    store = Store(sqlite_url(path))
    store.begin_run("benchmark", [], "benchmark")
    read = [article_rows(walk(raw), "benchmark", "benchmark") for raw in material.generated(20)]
    copies = (_copy(read[n % len(read)], n) for n in range(count))
    while batch := [rows for rows, _ in zip(copies, range(BATCH), strict=False)]:
        store.write_articles("benchmark", batch)
    return store


def _copy(rows: ArticleRows, n: int) -> ArticleRows:
    key = {"article_id": f"{n:036d}"}
    ids = (str(uuid.UUID(int=n << 32 | k)) for k in range(len(rows.events)))
    events = [e | key | {"event_id": event_id} for e, event_id in zip(rows.events, ids, strict=True)]
    return ArticleRows(
        rows.article | key | {"origin": f"copy#{n}"}, [d | key for d in rows.dates], events, rows.fingerprint
    )


def main() -> int:
    """Measure, print, compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *RATIOS], metavar="NAME", help=", ".join(RATIOS))
    parser.add_argument("--pages", type=int)
    told = parser.parse_args()
    print(material.machine() + "\n")
    found = measure(told.names, told.pages)
    print("\n".join(lines(found)))
    return int(any(value > RATIOS[name].floor for name, value in found.items()))


if __name__ == "__main__":
    sys.exit(main())
