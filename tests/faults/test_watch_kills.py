"""A watcher that is killed at each point of its cycle neither loses an article nor fetches all again."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from dateline.pipeline.store.location import parse
from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.store import open_store
from tests.faults.watch_child import POINTS
from tests.pipeline.articles import page
from tests.pipeline.site import Site
from tests.waiting import LONG

EACH = 4


def test_kills_of_a_watcher(site: Site, tmp_path: Path) -> None:
    output = tmp_path / "out"
    paths = [f"/{n}" for n in range(EACH)]
    items = "".join(f"<item><link>{site.url(path)}</link></item>" for path in paths)
    site.pages["/feed"] = site.tagged(f"<rss version='2.0'><channel>{items}</channel></rss>".encode())
    for n, path in enumerate(paths):
        site.pages[path] = site.tagged(page(n))

    # What was polled is not polled again; what was fetched and not noted is fetched once more.
    for times, point in enumerate(POINTS):
        assert _run(site, "/feed", output, point) == -signal.SIGKILL
        assert [site.asked(path) for path in paths] == [times] * EACH
    assert _run(site, "/feed", output, "none") == 0
    assert site.asked("/feed") == 1
    assert [site.asked(path) for path in paths] == [len(POINTS)] * EACH
    store = open_store(parse(str(output)).url)
    assert store.count(t.articles) == EACH
    store.close()


def _run(site: Site, feed: str, output: Path, point: str) -> int:
    command = [
        sys.executable,
        "-m",
        "tests.faults.watch_child",
        site.url(feed),
        str(site.address[1]),
        str(output),
        point,
    ]
    return subprocess.run(
        command, capture_output=True, timeout=LONG, start_new_session=True, check=False
    ).returncode
