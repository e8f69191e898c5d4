"""What a page costs, by room, by the floor (Beam and store), and in memory: ``make bench``.

Ends with 1 where a figure is over its bound. ``--pages`` and ``--many`` scale it.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from dateline.pipeline import graph
from dateline.pipeline.runs.bounded import run
from dateline.pipeline.settings import Settings
from dateline.pipeline.sources.files import read
from dateline.pipeline.sources.inputs import match
from dateline.transforms.errors import Rejection
from dateline.transforms.model import Envelope
from dateline.transforms.walk import decode_step, read_steps
from tests import pages
from tests.benchmarks import replay

FLOOR_MS = 2.0
MEMORY_GROWTH = 1.2


def rooms(path: Path) -> dict[str, float]:
    """Milliseconds of processor time a page, by step, after one page to warm up."""
    raws = [raw for shard in match([str(path)], Settings()) for raw in read(shard)]
    steps = (decode_step(), *read_steps())
    spent = dict.fromkeys((step.name for step in steps), 0.0)
    for n, raw in enumerate([raws[0], *raws]):
        envelope = Envelope(raw=raw)
        for step in steps:
            began = time.process_time()
            try:
                envelope = step.apply(envelope)
            except Rejection:
                break
            finally:
                if n:
                    spent[step.name] += time.process_time() - began
    return {name: 1000 * seconds / len(raws) for name, seconds in spent.items()}


def floor(path: Path, output: Path) -> float:
    """Milliseconds of processor time a page that Beam and the store take together.

    The rooms' answers come from a table; the start of a run is taken off by a run of no page.
    A database by its address has no folder, so nothing is exported.
    """
    shards = match([str(path)], Settings())
    raws = [raw for shard in shards for raw in read(shard)]
    replay.read_once(raws)
    real = graph.decode_step, graph.read_steps
    graph.decode_step, graph.read_steps = replay.decode, replay.rest
    try:
        spent = []
        for name, settings in (("warm", Settings(limit=1)), ("none", Settings(limit=0)), ("all", Settings())):
            began = time.process_time()
            run([str(path)], f"sqlite:///{output / name}.db", settings)
            spent.append(time.process_time() - began)
    finally:
        graph.decode_step, graph.read_steps = real
    return 1000 * (spent[2] - spent[1]) / len(raws)


def peak_mb() -> float:
    """The most memory that this process ever had, in MB.

    Of the program that it runs now: ``ru_maxrss`` of a child begins at what its parent had when
    it was made (376 MB for 200 pages as for 1,000, out of a parent that had loaded the peers).
    """
    status = Path("/proc/self/status")
    if status.is_file():
        return (
            next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM"))
            / 1024
        )
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(path: Path, output: Path) -> dict[str, float]:
    """A whole run in this process: seconds on the wall, of processor time, and its peak of memory in MB."""
    began, start = time.monotonic(), time.process_time()
    counts = run([str(path)], str(output), Settings()).counts
    spent = time.process_time() - start
    return {
        "pages": counts["read"],
        "seconds": time.monotonic() - began,
        "cpu": spent,
        "peak_mb": peak_mb(),
    }


def in_child(count: int, folder: Path) -> dict[str, float]:
    """:func:`measured` in a process of its own, so that nothing else is in its memory."""
    path = folder / f"{count}.jsonl"
    with path.open("wb") as file:
        for page in pages.pages(count):
            file.write(pages.jsonl([page]))
    command = [
        sys.executable,
        "-m",
        "tests.benchmarks.bench",
        "--child",
        str(path),
        str(folder / f"out-{count}"),
    ]
    found: dict[str, float] = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    return found


def main() -> int:
    """Measure, print, compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1_000)
    parser.add_argument("--many", type=int, default=10_000)
    parser.add_argument("--child", nargs=2, type=Path)
    told = parser.parse_args()
    if told.child:
        print(json.dumps(measured(*told.child)))
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "in.jsonl"
        path.write_bytes(pages.jsonl(pages.pages(told.pages)))
        by_room = rooms(path)
        floor_ms = floor(path, folder)
        few, many = in_child(told.pages, folder), in_child(told.many, folder)
    for step, ms in by_room.items():
        print(f"{step:<28}{ms:8.2f} ms a page")
    print(f"{'all rooms':<28}{sum(by_room.values()):8.2f} ms a page")
    print(f"{'Beam, store and exports':<28}{floor_ms:8.2f} ms a page (bound {FLOOR_MS})")
    for one in (few, many):
        print(
            f"{one['pages']:>6.0f} pages: {one['pages'] / one['seconds']:.1f} a second, peak {one['peak_mb']:.0f} MB"
        )
    growth = many["peak_mb"] / few["peak_mb"]
    print(f"{'memory growth':<28}{growth:8.2f} (bound {MEMORY_GROWTH})")
    return int(floor_ms > FLOOR_MS or growth > MEMORY_GROWTH)


if __name__ == "__main__":
    sys.exit(main())
