"""Rounds of linking beside a stream: no batch waits for one, and one that fails or is killed harms nothing."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest

from dateline.pipeline.runs import link as linking
from dateline.pipeline.runs import microbatch
from dateline.pipeline.runs.linker import Linker
from dateline.pipeline.runs.microbatch import MicroBatchRun
from dateline.pipeline.settings import Settings
from dateline.pipeline.store.connection import sqlite_url
from dateline.transforms.model import RawArticle
from tests import stories
from tests.waiting import LONG, until

RAWS = [
    RawArticle(content=row["content"], origin=str(n), url=row["url"])
    for n, row in enumerate(stories.rows(2, 3))
]


NICED_SECONDS = 800.0
"""A round has a low priority: on a busy machine it waits for everybody else."""


@pytest.mark.timeout(2 * NICED_SECONDS)
def test_a_round_links_what_is_stored_while_batches_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(microbatch, "RETRY_SECONDS", LONG)  # a stream would put the batch again
    run = MicroBatchRun(str(tmp_path / "out"), Settings(link_every=0.001), "test")
    linker = run._linker
    assert linker is not None
    run.put(RAWS)
    assert linker.running
    run.put(RAWS)  # the process of the round is still starting

    def linked() -> bool:
        linker.tick()
        return run.store.link_counts()[1] > 0

    def ended() -> bool:
        process = linker._process
        return process is None or process.poll() is not None

    try:
        until(linked, seconds=NICED_SECONDS)
        until(ended, seconds=NICED_SECONDS)  # stories are written before their articles are marked as linked
        counts = run.store.link_counts()
        assert linking.link(run.store, Settings()).articles == 0  # nothing was left
        assert run.store.link_counts() == counts
    finally:
        run.close()
    assert not linker.running


@pytest.mark.timeout(2 * NICED_SECONDS)
def test_a_round_that_fails_is_logged_and_tried_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    now = [0.0]
    linker = Linker(
        [sqlite_url(tmp_path)], Settings(link_every=60.0, retry_seconds=0.0), clock=lambda: now[0]
    )
    for start in (61.0, 122.0):
        now[0] = start - 2.0
        linker.tick()
        assert not linker.running
        now[0] = start
        linker.tick()
        assert linker.running

        def ended() -> bool:
            linker.tick()
            return not linker.running

        until(ended, seconds=NICED_SECONDS)
    said = [record.getMessage() for record in caplog.records if record.name == "dateline"]
    assert len(said) == 2
    for line in said:
        assert line.startswith("stories could not be linked: ") and "unable to open database file" in line
        assert "Traceback" not in line


@pytest.mark.skipif(sys.platform == "win32", reason="it has no signals, and no shell to write a program in")
@pytest.mark.parametrize(
    ("first", "ended_by"), [("", signal.SIGTERM), ("trap '' TERM", signal.SIGKILL)], ids=["quiet", "stubborn"]
)
def test_stopping_ends_a_round_at_once(
    first: str, ended_by: signal.Signals, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the round does: here it is a program that would run for ever."""
    program, started = tmp_path / "python", tmp_path / "started"
    program.write_text(f"#!/bin/sh\n{first}\ntouch '{started}'\nexec sleep 100000\n")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    now = [0.0]
    linker = Linker([sqlite_url(tmp_path / "events.db")], Settings(link_every=60.0), clock=lambda: now[0])
    now[0] = 60.0
    linker.tick()
    process = linker._process
    assert process is not None
    until(started.exists)
    linker.stop()
    assert process.returncode == -ended_by and not linker.running
    linker.stop()  # nothing to end
