"""Output of the commands: data on standard output, messages on standard error."""

from __future__ import annotations

import csv
import datetime
import json
import logging
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table

from dateline.pipeline.sinks.cells import safe_cell

FORMATS = ("table", "jsonl", "csv")
LOG = "DATELINE_LOG"
"""The variable that chooses how messages are written: ``json`` or ``text``."""
LOG_SECONDS = 10.0
NARROW = 16
"""Cells of a table with at most this many characters are not wrapped."""
messages = Console(stderr=True)


class JsonLines(logging.Formatter):
    """A log line as one JSON object; its time is RFC 3339 in UTC. Article text is never part of it."""

    def format(self, record: logging.LogRecord) -> str:
        """Format a record as a line."""
        fields = {
            "time": datetime.datetime.fromtimestamp(record.created, datetime.UTC).isoformat(
                timespec="milliseconds"
            ),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
        }
        return json.dumps(fields | getattr(record, "fields", {}), ensure_ascii=False)


def _as_text() -> bool:
    """Whether messages are text for a person: on a terminal, unless ``DATELINE_LOG`` says ``json`` or ``text``."""
    told = os.environ.get(LOG, "").lower()
    return told == "text" or (messages.is_terminal and told != "json")


def configure_logging() -> None:
    """Log JSON lines to standard error; as text only warnings."""
    handler = logging.StreamHandler(sys.stderr)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    if _as_text():
        handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    else:
        handler.setFormatter(JsonLines())
    # Beam uses the root logger to warn of each cloud library that is not installed.
    root.setLevel(logging.ERROR)
    logging.getLogger("dateline").setLevel(logging.INFO)


def _has_bar() -> bool:
    return messages.is_terminal and _as_text()


class RunProgress:
    """Shows progress: a bar on a terminal, else a log line every ten seconds."""

    def __init__(self) -> None:
        self._next = LOG_SECONDS
        self._bar = Progress(
            SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
            console=messages, transient=True,
        )  # fmt: skip
        self._task = self._bar.add_task("reading", total=None)

    def __enter__(self) -> RunProgress:
        if _has_bar():
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if _has_bar():  # Without a terminal it would print an empty line between the JSON lines.
            self._bar.stop()

    def __call__(self, counts: dict[str, int], seconds: float) -> None:
        done = counts["read"] - counts.get("open", 0)
        if _has_bar():
            self._bar.update(self._task, completed=done, total=counts["read"] or None)
        elif seconds >= self._next:
            self._next = seconds + LOG_SECONDS
            log("progress", **counts, seconds=round(seconds, 1))


def log(message: str, **fields: Any) -> None:
    """Write one structured log line."""
    logging.getLogger("dateline").info(message, extra={"fields": fields})


def say(message: str) -> None:
    """Write a message for the user to standard error."""
    if _as_text():
        messages.print(message, highlight=False, markup=False, soft_wrap=True)
    else:
        log(message)


def say_open(files: Iterable[Path]) -> None:
    """Print the address of the report among ``files``, so that a terminal can open it."""
    for path in files:
        if path.name == "report.html":
            say(f"Open {path.resolve().as_uri()}")


def fail(message: str) -> None:
    """Write why a command failed, in one line; with ``DATELINE_LOG=json`` as JSON."""
    if os.environ.get(LOG, "").lower() == "json":
        configure_logging()
        logging.getLogger("dateline").error(message)
    else:
        print(f"dateline: {message}", file=sys.stderr)


def show(rows: Iterable[dict[str, Any]], columns: Sequence[str], form: str, title: str = "") -> None:
    """Write rows to standard output as a table, JSON lines or safe CSV."""
    if form == "jsonl":
        for row in rows:
            print(json.dumps({c: row.get(c) for c in columns}, ensure_ascii=False))
    elif form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow([safe_cell(row.get(c)) for c in columns])
    else:
        Console().print(_table(rows, columns, title))


def _table(rows: Iterable[dict[str, Any]], columns: Sequence[str], title: str) -> Table:
    """A table in which only wide columns are wrapped."""
    cells = [["" if (v := row.get(c)) is None else _plain(v) for c in columns] for row in rows]
    table = Table(title=title or None, title_justify="left")
    for n, column in enumerate(columns):
        widest = max((len(line) for row in cells for line in row[n].splitlines()), default=0)
        narrow = widest <= NARROW
        table.add_column(column, overflow="fold", no_wrap=narrow, ratio=None if narrow else 1)
    for row in cells:
        table.add_row(*row)
    return table


def _plain(value: Any) -> str:
    return str(value).replace("[", "\\[")
