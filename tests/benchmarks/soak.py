"""A stream at half of its capacity for twenty minutes: does memory grow, how late are articles?

``python -m tests.benchmarks.soak [--minutes 20] [--rate N]``. Without a rate it is half of what a
first minute at full speed reached. Prints one JSON line: rate, slope of memory in MB a minute
(least squares, the first quarter left out), latency p50, p95 and p99 in seconds from publishing to
the commit, and lost messages.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import psutil

from tests.pipeline import servers
from tests.pipeline.articles import address, text
from tests.pipeline.topics import Topic

SAMPLE_SECONDS = 2.0
NEW_WORDS = 27
SYLLABLES = [c + v for c in "bdklmnprst" for v in "aeio"]
_CHILD = "import sys; from tests.benchmarks import soak; soak.child(*sys.argv[1:])"


class Sample(NamedTuple):
    """Memory of the stream's process at a time, in seconds and MB."""

    at: float
    megabytes: float


def child(url: str, output: str, log: str) -> None:
    """The stream itself; writes ``published committed`` of every message to ``log``."""
    from dateline.pipeline.runs import stream as serve
    from dateline.pipeline.settings import Settings
    from dateline.pipeline.sources.pubsub import Pull
    from dateline.pipeline.sources.source import Delivery

    true_add = serve.Meter.add
    true_take = Pull.take
    published: list[float] = []

    def take(self: Pull, most: int, seconds: float) -> list[Delivery]:
        found = true_take(self, most, seconds)
        published[:] = [delivery.published for delivery in found]
        return found

    with Path(log).open("a", buffering=1) as file:

        def add(self: serve.Meter, *arguments: object) -> None:
            file.write("".join(f"{time.time() - then:.3f}\n" for then in published))
            true_add(self, *arguments)  # type: ignore[arg-type]

        Pull.take = take  # type: ignore[method-assign]
        serve.Meter.add = add  # type: ignore[method-assign]
        serve.run(url, output, Settings())


def news(n: int) -> tuple[bytes, dict[str, str]]:
    """A message whose text has words of its own, as every article of real news has (27 new ones after 1,500
    articles of a wire), so that what the pipeline remembers of words is full within minutes."""
    chance = random.Random(n)
    names = ("".join(chance.choice(SYLLABLES) for _ in range(4)) for _ in range(NEW_WORDS))
    content = f"{text(n)}\n\nThe notice names the streets {' '.join(names)}.\n"
    known = {"media_type": "text/plain", "url": address(n), "source": "The Paper"}
    return content.encode(), known | {"published": f"2026-11-{n % 27 + 1:02}"}


def slope(samples: Sequence[Sample]) -> float:
    """Growth in MB a minute by least squares, without the first quarter, in which models load and caches fill."""
    kept = samples[len(samples) // 4 :]
    if len(kept) < 2:
        return 0.0
    mean_at = sum(s.at for s in kept) / len(kept)
    mean = sum(s.megabytes for s in kept) / len(kept)
    spread = sum((s.at - mean_at) ** 2 for s in kept)
    return 60 * sum((s.at - mean_at) * (s.megabytes - mean) for s in kept) / spread if spread else 0.0


def percentile(values: Sequence[float], share: float) -> float:
    """The value that ``share`` of the values do not pass."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] if values else 0.0


def run(minutes: float, rate: float, first: int = 0) -> dict[str, float]:
    """Publish ``rate`` messages a second (0: as fast as they go) for so long, and measure."""
    topic = Topic.create(uuid.uuid4().hex[:8])
    with tempfile.TemporaryDirectory(prefix="dateline-soak-") as folder:
        log = Path(folder) / "late"
        log.touch()
        command = [sys.executable, "-c", _CHILD, topic.url, f"{folder}/out", str(log)]
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        samples: list[Sample] = []
        done = threading.Event()
        began = time.monotonic()

        def watch() -> None:
            stream = psutil.Process(process.pid)
            while not done.wait(SAMPLE_SECONDS):
                samples.append(Sample(time.monotonic() - began, stream.memory_info().rss / 1e6))

        # A first article, so that imports and models are not counted as lateness.
        topic.publish([news(first)])
        _wait(log, 1, 120)
        threading.Thread(target=watch, daemon=True).start()
        began, sent = time.monotonic(), 1
        while (spent := time.monotonic() - began) < 60 * minutes:
            due = int(spent * rate) if rate else sent + 200
            if rate == 0 and sent - _lines(log) > 2000:
                due = sent
            if due >= sent:
                topic.publish([news(first + n) for n in range(sent, due + 1)])
                sent = due + 1
            time.sleep(0.05)
        busy = time.monotonic() - began
        reached = _lines(log) / busy
        _wait(log, sent, 300)
        done.set()
        process.terminate()
        code = process.wait(300)  # it stops within seconds, then links and exports all that came
        late = [float(line) for line in log.read_text().split()][1:]
    return {
        "messages": sent,
        "lost": max(0, sent - 1 - len(late)),
        "rate": round(reached, 1),
        "minutes": round(busy / 60, 2),
        "megabytes": round(samples[-1].megabytes) if samples else 0,
        "megabytes_a_minute": round(slope(samples), 3),
        "p50": round(percentile(late, 0.50), 3),
        "p95": round(percentile(late, 0.95), 3),
        "p99": round(percentile(late, 0.99), 3),
        "exit": code,
    }


def _lines(log: Path) -> int:
    return log.read_bytes().count(b"\n")


def _wait(log: Path, lines: int, seconds: float) -> None:
    until = time.monotonic() + seconds
    while _lines(log) < lines and time.monotonic() < until:
        time.sleep(0.1)


def main() -> None:
    """Measure capacity, then run at half of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--rate", type=float, default=0.0, help="messages a second; 0: half of capacity")
    chosen = parser.parse_args()
    with servers.pubsub(first=servers.PSTEST) as address:
        os.environ["PUBSUB_EMULATOR_HOST"] = address
        rate = chosen.rate
        if not rate:
            full = run(min(1.0, chosen.minutes / 4), 0)
            print(json.dumps({"capacity": full}), flush=True)
            rate = full["rate"] / 2
        print(json.dumps({"soak": run(chosen.minutes, rate, first=1_000_000)}), flush=True)


if __name__ == "__main__":
    main()
