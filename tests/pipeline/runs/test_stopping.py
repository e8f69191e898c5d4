"""How a run ends that was told to stop: in time, with everything that was committed, and complete by a later command."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline.pipeline.cli import app
from dateline.pipeline.runs import link as linking
from dateline.pipeline.runs.microbatch import MicroBatchRun
from dateline.pipeline.runs.stopping import CLOSE_SECONDS, STOP_SECONDS, at_most
from dateline.pipeline.settings import Settings
from dateline.pipeline.store.connection import sqlite_url
from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.store import Store
from dateline.transforms.model import RawArticle
from tests import stories

EXPORTS = ("events.jsonl", "events.parquet", "dead_letters.jsonl", "report.html")
RAWS = [
    RawArticle(content=row["content"], origin=str(n), url=row["url"])
    for n, row in enumerate(stories.rows(3, 3))
]
SLOW_SECONDS = 400.0
STOPPED = """
    import sys, time
    from dateline.pipeline.commands import console
    from dateline.pipeline.runs.microbatch import MicroBatchRun
    from dateline.pipeline.settings import Settings
    from dateline.pipeline.sinks import exports
    from tests.pipeline.runs.test_stopping import RAWS

    console.configure_logging()
    exports._WRITERS["events.parquet"] = lambda store, path: time.sleep(float(sys.argv[2]))
    run = MicroBatchRun(sys.argv[1], Settings(), "test")
    run.put(RAWS)
    print("closing", flush=True)
    run.close(seconds=2.0)
    print("closed", flush=True)
"""


def test_a_slow_close_ends_in_time_and_a_later_command_completes_it(tmp_path: Path) -> None:
    out = tmp_path / "out"
    child = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(STOPPED), str(out), str(SLOW_SECONDS)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None and child.stdout.readline() == "closing\n"
    printed, logged = child.communicate(timeout=SLOW_SECONDS / 2)
    assert (child.returncode, printed) == (0, "")
    assert f"'dateline link {out}'" in logged
    assert not (out / "report.html").exists()
    store = Store(sqlite_url(out / "events.db"))
    assert store.count(t.articles) == len(RAWS)
    store.close()
    done = CliRunner().invoke(app, ["link", str(out)])
    assert done.exit_code == 0, done.output
    assert all((out / name).stat().st_size for name in EXPORTS if name != "dead_letters.jsonl")
    assert len((out / "events.jsonl").read_text("utf-8").splitlines()) >= len(RAWS)
    assert not list(out.glob(".*.part"))


def test_only_a_few_articles_are_linked_while_stopping(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    counts = {}
    for name, small in (("few", 500), ("many", 4)):
        monkeypatch.setattr(linking, "SMALL", small)
        out = tmp_path / name
        run = MicroBatchRun(str(out), Settings(), "test")
        run.put(RAWS)
        caplog.clear()
        assert [path.name for path in run.close(seconds=SLOW_SECONDS)] == list(EXPORTS)
        assert (f"'dateline link {out}'" in caplog.text) is (name == "many")
        store = Store(sqlite_url(out / "events.db"))
        before = store.count(t.links)
        linking.link(store, Settings())
        counts[name] = (before, store.count(t.links))
        store.close()
    linked = counts["few"][0]
    assert linked > 0
    assert counts == {"few": (linked, linked), "many": (0, linked)}


def test_a_close_that_is_quick_is_not_cut_short() -> None:
    before = set(threading.enumerate())
    with at_most(SLOW_SECONDS, "never"):
        (watchdog,) = set(threading.enumerate()) - before
    watchdog.join(SLOW_SECONDS / 2)  # what would end the process has ended itself
    assert not watchdog.is_alive()


def test_all_of_a_stop_fits_in_what_kubernetes_grants() -> None:
    assert STOP_SECONDS + CLOSE_SECONDS <= 25
