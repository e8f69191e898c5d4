"""Where the time of a page goes: milliseconds by room beside its budget, and the slowest page.

``python -m tests.benchmarks.rooms [PAGES]`` prints the profile of generated pages, and of
real ones where the evaluation folder is there.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from dateline.pipeline.settings import Settings
from dateline.pipeline.store.connection import sqlite_url
from dateline.pipeline.store.rows import article_rows
from dateline.pipeline.store.store import Store
from dateline.transforms.errors import Rejection
from dateline.transforms.model import Envelope, RawArticle
from dateline.transforms.walk import decode_step, read_steps
from tests.benchmarks import material

BUDGET = {
    "decode": 0.1,
    "clean": 4.0,
    "anchor": 0.5,
    "dates": 0.8,
    "claims": 6.0,
    "profile": 1.0,
    "write": 0.3,
}
"""Milliseconds a page on one core."""
ROOM_OF = {
    "Decode": "decode", "Clean": "clean", "Anchor": "anchor", "Correct": "anchor", "Dates": "dates",
    "Parse": "claims", "Claims": "claims", "Normalize": "claims", "Profile": "profile",
    "Write": "write",
}  # fmt: skip
"""Which budget a step is counted under: the parse is made for claims first, dates share it."""
WARM_UP = 5
COMMIT = 50


class Slowest(NamedTuple):
    """The page that took longest, its characters, and what each step took of it (ms)."""

    origin: str
    chars: int
    total: float
    steps: dict[str, float]


class Profile(NamedTuple):
    """Means by step (ms a page), the slowest page, pages that were read and refused."""

    steps: dict[str, float]
    slowest: Slowest
    read: int
    refused: int

    @property
    def rooms(self) -> dict[str, float]:
        """Milliseconds a page by budget."""
        found = dict.fromkeys(BUDGET, 0.0)
        for step, ms in self.steps.items():
            found[ROOM_OF[step]] += ms
        return found

    @property
    def total(self) -> float:
        """Milliseconds a page in all rooms and the write."""
        return sum(self.steps.values())


def profile(raws: Sequence[RawArticle]) -> Profile:
    """Walk every page by hand, a clock at each step; then write what came out, a commit for 50 pages."""
    settings = Settings()
    steps = (decode_step(settings.decode), *read_steps(settings.corrections))
    spent: dict[str, float] = defaultdict(float)
    slowest = Slowest("", 0, 0.0, {})
    done: list[Envelope] = []
    refused = 0
    for number, raw in enumerate((*raws[:WARM_UP], *raws)):
        envelope, took = Envelope(raw=raw), {}
        try:
            for step in steps:
                began = time.process_time_ns()
                try:
                    envelope = step.apply(envelope)
                finally:
                    took[step.name] = (time.process_time_ns() - began) / 1e6
        except Rejection:
            refused += number >= WARM_UP
        else:
            if number >= WARM_UP:
                done.append(envelope)
        if number < WARM_UP:
            continue
        for name, ms in took.items():
            spent[name] += ms
        if (total := sum(took.values())) > slowest.total:
            slowest = Slowest(raw.origin, len(raw.content), total, took)
    means = {step.name: spent[step.name] / max(1, len(raws)) for step in steps}
    means["Write"] = _write(done, settings) / max(1, len(raws))
    return Profile(means, slowest, len(raws), refused)


def _write(done: Sequence[Envelope], settings: Settings) -> float:
    """Milliseconds to make rows of pages and commit them to a new SQLite store."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(sqlite_url(Path(folder) / "events.db"), 5.0)
        run_id = store.begin_run(settings.fingerprint, [])
        began = time.process_time_ns()
        for at in range(0, len(done), COMMIT):
            batch = [article_rows(e, settings.fingerprint, run_id, True) for e in done[at : at + COMMIT]]
            store.write_articles(run_id, batch)
        spent = (time.process_time_ns() - began) / 1e6
        store.close()
    return spent


def lines(name: str, found: Profile) -> list[str]:
    """A profile as Markdown."""
    table = [
        f"{name}: {found.read} pages, {found.refused} refused, {found.total:.2f} ms a page "
        f"({1000 / found.total:.0f} pages/s/core)",
        "",
        "| room | ms a page | budget | |",
        "|---|---|---|---|",
    ]
    for room, ms in found.rooms.items():
        steps = " + ".join(f"{s} {t:.2f}" for s, t in found.steps.items() if ROOM_OF[s] == room)
        verdict = "" if ms <= BUDGET[room] else f"over {ms / BUDGET[room]:.1f} times"
        table.append(f"| {room} ({steps}) | {ms:.2f} | {BUDGET[room]} | {verdict} |")
    worst = max(found.slowest.steps.items(), key=lambda s: s[1], default=("", 0.0))
    return [
        *table,
        "",
        f"Slowest page: {found.slowest.origin}, {found.slowest.chars} characters, {found.slowest.total:.0f} ms, "
        f"of which {worst[0]} {worst[1]:.0f} ms",
    ]


def measure(count: int) -> dict[str, Profile]:
    """Profiles by material."""
    found = {"generated pages": profile(material.generated(count))}
    if real := material.real_pages(count):
        found["real pages, flat text"] = profile(real)
    return found


if __name__ == "__main__":
    print(material.machine())
    for kind, result in measure(int(sys.argv[1]) if len(sys.argv) > 1 else 400).items():
        print("\n" + "\n".join(lines(kind, result)))
