"""``make bench``: one run, one table. The whole pipeline, each room against its budget, and against its peers.

``python -m tests.benchmarks.table [--quick | --long] [--json FILE] [--readme FILE]`` prints Markdown;
``--readme`` writes it between the marks of a file (pipeline/guides/figures.md). Ends with 1 when a floor is missed.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tests import pages
from tests.benchmarks import bench, material, peers, ratios, rooms

BEGIN, END = "<!-- figures:begin -->", "<!-- figures:end -->"
TIMES = 6.0
"""By how much the faster glued stack is to be beaten, a core, at equal or better accuracy."""
GLUED = "whole pages"
OURS = "dateline"


class Sizes(NamedTuple):
    """How much is measured."""

    runs: tuple[int, ...]
    profiled: int
    peer_rows: int | None
    ratios: tuple[str, ...]
    """Names of :data:`tests.benchmarks.ratios.RATIOS`; memory stands in the runs."""


_FEW = ("rooms", "put", "store", "parquet")
_MOST = ("rooms", "command", "put", "second", "report", "workers", "store", "parquet")
QUICK = Sizes((200, 1_000), 60, 20, _FEW)
USUAL = Sizes((1_000, 10_000), 400, 100, _MOST)
LONG = Sizes((1_000, 10_000, 100_000), 1_000, None, (*_MOST, "time"))


class Figures(NamedTuple):
    """All that one run of ``make bench`` found."""

    machine: str
    runs: list[dict[str, float]]
    beam_ms: float
    profiles: dict[str, rooms.Profile]
    peers: list[peers.Result]
    ratios: dict[str, float]

    def missed(self) -> list[str]:
        """The floors that are missed, in words."""
        found = []
        if self.beam_ms > bench.FLOOR_MS:
            found.append(f"Beam and the store take {self.beam_ms:.1f} ms a page, over {bench.FLOOR_MS}")
        if (growth := self.growth) > bench.MEMORY_GROWTH:
            found.append(f"memory grows {growth:.2f} times, over {bench.MEMORY_GROWTH}")
        for name, profile in self.profiles.items():
            for room, ms in profile.rooms.items():
                if ms > rooms.BUDGET[room]:
                    found.append(f"{room} takes {ms:.2f} ms on {name}, over {rooms.BUDGET[room]}")
        if (times := self.times_faster) is not None and times < TIMES:
            found.append(f"{times:.1f} times as fast as the faster glued stack, under {TIMES}")
        found += [
            f"{ratios.RATIOS[name].what}: {value:.2f}, over {ratios.RATIOS[name].floor:g}"
            for name, value in self.ratios.items()
            if value > ratios.RATIOS[name].floor
        ]
        found += [f"{figure} of whole pages is worse than a glued stack's" for figure in self.worse()]
        return found

    @property
    def growth(self) -> float:
        """Peak of memory of the largest run to the smallest's."""
        return self.runs[-1]["peak_mb"] / self.runs[0]["peak_mb"]

    def _whole(self) -> tuple[peers.Result | None, list[peers.Result]]:
        every = [r for r in self.peers if r.task == GLUED]
        return next((r for r in every if r.program == OURS), None), [r for r in every if r.program != OURS]

    @property
    def times_faster(self) -> float | None:
        """How many times as fast as the faster glued stack, on one core."""
        ours, others = self._whole()
        return min(o.ms for o in others) / ours.ms if ours and others else None

    def worse(self) -> list[str]:
        """Figures of whole pages in which a glued stack is better."""
        ours, others = self._whole()
        if ours is None:
            return []
        lower = {"date_wrong", "guess_wrong"}
        return [
            name
            for name, value in ours.figures.items()
            if any((o.figures[name] < value) if name in lower else (o.figures[name] > value) for o in others)
        ]

    def plain(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "machine": self.machine,
            "runs": self.runs,
            "beam_ms": self.beam_ms,
            "rooms": {name: p.rooms | {"total": p.total} for name, p in self.profiles.items()},
            "slowest": {name: p.slowest._asdict() for name, p in self.profiles.items()},
            "peers": [r._asdict() for r in self.peers],
            "times_faster": self.times_faster,
            "ratios": self.ratios,
            "missed": self.missed(),
        }


def measure(sizes: Sizes) -> Figures:
    """The one run."""
    profiles = rooms.measure(sizes.profiled)
    compared = peers.measure(sizes.peer_rows)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "in.jsonl"
        path.write_bytes(pages.jsonl(pages.pages(sizes.runs[0])))
        beam_ms = bench.floor(path, folder)
        runs = [bench.in_child(count, folder) for count in sizes.runs]
    return Figures(material.machine(), runs, beam_ms, profiles, compared, ratios.measure(sizes.ratios))


def markdown(found: Figures) -> str:
    """The table, as the guide of figures holds it."""
    lines = [
        f"Machine: {found.machine}. Processor time of one core, unless it says otherwise; `make bench`.",
        "",
    ]
    lines += ["| whole pipeline, generated pages | pages/s, wall | peak memory |", "|---|---|---|"]
    for run in found.runs:
        lines.append(
            f"| {run['pages']:,.0f} | {run['pages'] / run['seconds']:.0f} | {run['peak_mb']:.0f} MB |"
        )
    lines += [
        "",
        f"Beam and the store take {found.beam_ms:.2f} ms of a page (bound {bench.FLOOR_MS}); memory grows "
        f"{found.growth:.2f} times from the first row to the last (bound {bench.MEMORY_GROWTH}).",
        "",
    ]
    names = list(found.profiles)
    lines += [
        "| room, ms a page | budget | " + " | ".join(names) + " |",
        "|---|---|" + "---|" * len(names),
    ]
    for room, budget in rooms.BUDGET.items():
        cells = [f"{found.profiles[n].rooms[room]:.2f}" for n in names]
        lines.append(f"| {room} | {budget} | " + " | ".join(cells) + " |")
    totals = [f"{found.profiles[n].total:.1f} ({1000 / found.profiles[n].total:.0f} pages/s)" for n in names]
    lines.append(f"| all | {sum(rooms.BUDGET.values()):.1f} | " + " | ".join(totals) + " |")
    for name in names:
        slow = found.profiles[name].slowest
        step = max(slow.steps, key=lambda s: slow.steps[s])
        lines += [
            "",
            f"Slowest of the {name}: {slow.chars:,} characters, {slow.total:.0f} ms, most of it in {step}.",
        ]
    lines += ["", *ratios.lines(found.ratios)]
    if found.peers:
        lines += ["", *_peers(found.peers)]
    if found.times_faster is not None:
        lines += [
            "",
            f"{found.times_faster:.1f} times as fast a core as the faster glued stack (floor {TIMES:.0f}).",
        ]
    return "\n".join(lines) + "\n"


def _peers(results: Sequence[peers.Result]) -> list[str]:
    lines = ["| task | program | rows | ms a row | accuracy |", "|---|---|---|---|---|"]
    task = ""
    for r in results:
        figures = ", ".join(f"{name.replace('_', ' ')} {value:.2f}" for name, value in r.figures.items())
        lines.append(
            f"| {r.task if r.task != task else ''} | {r.program} | {r.rows} | {r.ms:.1f} | {figures} |"
        )
        task = r.task
    return lines


def insert(readme: str, table: str) -> str:
    """The guide with the table between its marks. Raises ValueError where they are not there."""
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"no {BEGIN} and {END}")
    return f"{before}{BEGIN}\n{table}{END}{after}"


def main() -> int:
    """Measure, print, write, compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true", help="a minute, to see that it runs")
    size.add_argument("--long", action="store_true", help="100,000 pages and every row of the peers")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--readme", type=Path)
    told = parser.parse_args()
    found = measure(QUICK if told.quick else LONG if told.long else USUAL)
    table = markdown(found)
    print(table)
    if told.json:
        told.json.write_text(json.dumps(found.plain(), indent=1) + "\n", "utf-8")
    if told.readme:
        told.readme.write_text(insert(told.readme.read_text("utf-8"), table), "utf-8")
    missed = found.missed()
    for line in missed:
        print(f"missed: {line}", file=sys.stderr)
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
