"""Runs of the pipeline in processes of their own, killed or starved at a chosen moment.

Started once (``python -m tests.faults.driver``), it imports the pipeline, then reads lines of JSON: a number
and a list of orders. It forks a child for each order (all at once), and answers with the number and how each
one ended. The faults are patched in here, in the child: production code has no hooks for them.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from dateline.pipeline import graph
from dateline.pipeline.runs import bounded as runs
from dateline.pipeline.settings import Settings
from dateline.pipeline.sinks import database
from dateline.pipeline.store import articles, connection
from dateline.pipeline.store.store import Store
from dateline.transforms.model import Envelope, RawArticle
from dateline.transforms.walk import Step, walk
from tests.pages import page

KILLS = (
    "after commit",
    "before ledger",
    "before outcome",
    "at commit",
    "before end",
    "in export",
    "before rename",
)


def main() -> None:
    """Serve orders until standard input ends."""
    walk(RawArticle(content=page(0).html(), origin="warm"))  # models load once, before any fork
    for line in sys.stdin:
        number, orders = json.loads(line)
        children = [_start(order) for order in orders]
        print(json.dumps([number, [_ended(*child) for child in children]]), flush=True)


def _start(order: dict[str, Any]) -> tuple[int, int]:
    reader, writer = os.pipe()
    process = os.fork()
    if process:
        os.close(writer)
        return process, reader
    code = 0
    try:
        answer = _work(order)
    except BaseException as error:
        code = 1
        answer = {"error": f"{type(error).__name__}: {error}", "trace": traceback.format_exc()}
    with open(writer, "w") as out:
        json.dump(answer, out)
    os._exit(code)


def _ended(process: int, reader: int) -> dict[str, Any]:
    with open(reader) as out:
        answer = out.read()
    _, status = os.waitpid(process, 0)
    how = {"signal": os.WTERMSIG(status)} if os.WIFSIGNALED(status) else {"code": os.WEXITSTATUS(status)}
    return how | (json.loads(answer) if answer else {})


def _work(order: dict[str, Any]) -> dict[str, Any]:
    os.environ["TZ"] = order.get("zone", "UTC")
    time.tzset()
    if "kill" in order:
        _kill_at(order["kill"], order["at"])
    if "log" in order:
        _log_pages(order["log"])
    if "poison" in order:
        _poison(order["poison"])
    if "busy_ms" in order:
        connection.BUSY_MS = order["busy_ms"]
    if "file_bytes" in order:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (order["file_bytes"], order["file_bytes"]))
    with contextlib.redirect_stdout(sys.stderr):
        summary = runs.run(order["inputs"], order["output"], Settings(**order.get("settings", {})))
    return {"counts": summary.counts}


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _kill_at(kind: str, at: int) -> None:
    """Patch the one function whose ``at``-th call is the moment, counted while articles are written."""
    left = [at]

    def countdown() -> None:
        left[0] -= 1
        if left[0] <= 0:
            _die()

    if kind == "after commit":
        _patch(Store, "write_articles", after=countdown)
    elif kind == "before ledger":
        _patch(articles, "_note_ledger", before=countdown)
    elif kind == "before outcome":
        _patch(articles, "_note_ledger", after=countdown)
    elif kind == "at commit":
        writing = [False]
        _patch(articles, "write", after=lambda: writing.__setitem__(0, True))

        @sa.event.listens_for(sa.Engine, "commit")
        def _commit(_: sa.Connection) -> None:
            if writing[0]:
                writing[0] = False
                countdown()
    elif kind == "before end":
        _patch(Store, "end_run", before=countdown)
    elif kind == "in export":
        _count_rows(countdown)
    elif kind == "before rename":
        _patch(os, "replace", before=countdown)
    else:
        raise ValueError(kind)


def _count_rows(countdown: Callable[[], None]) -> None:
    """Only exports read rows out of the store while a run goes on."""
    real = Store.rows

    def rows(self: Store, *args: Any, **kwargs: Any) -> Iterator[dict[str, Any]]:
        for row in real(self, *args, **kwargs):
            countdown()
            yield row

    Store.rows = rows


def _patch(
    owner: Any,
    name: str,
    before: Callable[[], object] | None = None,
    after: Callable[[], object] | None = None,
) -> None:
    real = getattr(owner, name)

    def patched(*args: Any, **kwargs: Any) -> Any:
        if before:
            before()
        done = real(*args, **kwargs)
        if after:
            after()
        return done

    setattr(owner, name, patched)


def _log_pages(path: str) -> None:
    """Append the origin of each page that went through all rooms: what was done, even where it was lost."""
    log = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    real = database.article_rows

    def logged(e: Envelope, *args: Any) -> Any:
        os.write(log, f"{e.raw.origin}\n".encode())
        return real(e, *args)

    database.article_rows = logged


def _poison(origin_ending: str) -> None:
    """Make a room raise on one page."""
    real = graph.read_steps

    def steps(*args: Any) -> tuple[Step, ...]:
        first, *rest = real(*args)

        def raising(e: Envelope) -> Envelope:
            if e.raw.origin.endswith(origin_ending):
                raise ZeroDivisionError("a bug on one page")
            return first.apply(e)

        return (Step(first.name, raising), *rest)

    graph.read_steps = steps


if __name__ == "__main__":
    assert Path("pipeline").is_dir()
    main()
