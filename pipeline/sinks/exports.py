"""The files that a run writes beside its store: events, dead letters and the report."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from dateline.pipeline.report import StoreReader, render
from dateline.pipeline.sinks import flat_files
from dateline.pipeline.sinks.replacing import replacing, sweep
from dateline.pipeline.store import exported
from dateline.pipeline.store.packed import readings
from dateline.pipeline.store.schema import flat
from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.store import Store

_CURRENT = sa.text("SELECT article_id, revision FROM current_articles ORDER BY article_id")


def export(store: Store, folder: Path) -> list[Path]:
    """Write ``events.jsonl``, ``events.parquet``, ``dead_letters.jsonl`` and ``report.html``; equal stores give equal JSON bytes.

    Files that this release wrote of what the store still holds are left as they are.
    """
    made = [folder / name for name in _WRITERS]
    if store.read(lambda c: exported.stands(c, folder, list(_WRITERS))):
        return made  # A second run that read nothing new spent 37 of 44 seconds on writing the same files.
    token = store.transact(exported.begin)
    sweep(folder)
    for name, write in _WRITERS.items():
        write(store, folder / name)
    sizes = {path.name: path.stat().st_size for path in made}
    store.transact(lambda c: exported.finish(c, token, sizes))
    return made


def export_file(store: Store, kind: str, path: Path) -> None:
    """Write one export (``events.jsonl``, ``events.parquet``, …) to a path of any name."""
    _WRITERS[kind](store, path)


def _events_jsonl(store: Store, path: Path) -> None:
    with replacing(path) as file:
        for records in readings.records_of(store, _CURRENT):
            file.writelines(record + "\n" for record in records)


def _dead_letters_jsonl(store: Store, path: Path) -> None:
    query = (
        sa.select(t.dead_letters)
        .where(t.dead_letters.c.resolved_at.is_(None))
        .order_by(t.dead_letters.c.dead_letter_id)
    )
    with replacing(path) as file:
        for row in store.rows(query):
            row["carrier"] = json.loads(row["carrier"])
            for name in ("run_id", "resolved_at"):
                row.pop(name)
            file.write(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n")


def _report(store: Store, path: Path) -> None:
    page = render(StoreReader(store), folder=path.parent)
    with replacing(path) as file:
        file.write(page)


def _events_parquet(store: Store, path: Path) -> None:
    # Records took more than half of the file, and events.jsonl beside it has them.
    flat_files.write(store, flat.EVENTS.without_records(), "parquet", path)


_WRITERS: dict[str, Callable[[Store, Path], None]] = {
    "events.jsonl": _events_jsonl,
    "events.parquet": _events_parquet,
    "dead_letters.jsonl": _dead_letters_jsonl,
    "report.html": _report,
}
