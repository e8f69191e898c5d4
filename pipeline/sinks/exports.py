"""Files made from a store after a run: written beside their final name and renamed, so none is ever half there."""

from __future__ import annotations

import datetime
import json
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq
import sqlalchemy as sa

from dateline.pipeline.errors import StoreError
from dateline.pipeline.report import StoreReader, render
from dateline.pipeline.store import tables as t
from dateline.pipeline.store.store import Store

STALE_SECONDS = 86_400
CHUNK = 1_000
_CURRENT = sa.text(
    "SELECT record, url, title, publisher, published, origin FROM current_events ORDER BY article_id, n, event_id"
)
PARQUET_FIELDS: tuple[tuple[str, str], ...] = (
    ("event_id", "string"), ("article_id", "string"), ("revision", "string"), ("kind", "string"), ("actor", "string"),
    ("role", "string"), ("lemma", "string"), ("plover", "string"), ("recipient", "string"), ("content", "string"),
    ("co_actors", "string"), ("place", "string"),
    ("quotation", "string"), ("modality", "string"), ("within", "string"), ("when_edtf", "string"),
    ("when_start", "date32"), ("when_end", "date32"), ("when_mod", "string"), ("when_text", "string"), ("certainty", "string"),
    ("about_edtf", "string"), ("about_start", "date32"), ("about_end", "date32"), ("reported", "date32"), ("reported_kind", "string"),
    ("rule", "string"), ("anchor_kind", "string"), ("anchor_value", "string"), ("anchor_text", "string"),
    ("url", "string"), ("publisher", "string"), ("agency", "string"), ("title", "string"), ("published", "string"),
    ("origin", "string"), ("pipeline", "string"), ("record", "string"),
)  # fmt: skip


@contextmanager
def replacing(path: Path, mode: str = "w") -> Iterator[IO[Any]]:
    """A file that takes its name when the block ends well, and leaves nothing behind when it does not."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.{time.monotonic_ns()}.part")
    try:
        with open(
            partial, mode, encoding=None if "b" in mode else "utf-8", newline=None if "b" in mode else ""
        ) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, path)
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror or error}") from error
    finally:
        partial.unlink(missing_ok=True)


def export(store: Store, folder: Path) -> list[Path]:
    """Write ``events.jsonl``, ``events.parquet``, ``dead_letters.jsonl`` and ``report.html``; equal stores give equal JSON bytes."""
    _sweep(folder)
    made = []
    for name, write in _WRITERS.items():
        write(store, folder / name)
        made.append(folder / name)
    return made


def export_file(store: Store, kind: str, path: Path) -> None:
    """Write one export (``events.jsonl``, ``events.parquet``, …) to a path of any name."""
    _WRITERS[kind](store, path)


def _sweep(folder: Path) -> None:
    """Remove what a killed export left, once no living one can own it."""
    for path in folder.glob(".*.part"):
        try:
            if time.time() - path.stat().st_mtime > STALE_SECONDS or not _alive(
                int(path.name.split(".")[-3])
            ):
                path.unlink(missing_ok=True)
        except (OSError, ValueError):
            continue


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return process != os.getpid()


def _events_jsonl(store: Store, path: Path) -> None:
    with replacing(path) as file:
        for row in store.rows(_CURRENT):
            file.write(row["record"] + "\n")


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
    page = render(StoreReader(store))
    with replacing(path) as file:
        file.write(page)


def _events_parquet(store: Store, path: Path) -> None:
    schema = pa.schema([(name, getattr(pa, kind)()) for name, kind in PARQUET_FIELDS])
    with replacing(path, "wb") as file, pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for chunk in _chunks(_flat_events(store)):
            writer.write_table(pa.Table.from_pylist(chunk, schema=schema))


def _chunks(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    chunk: list[dict[str, Any]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) >= CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _flat_events(store: Store) -> Iterator[dict[str, Any]]:
    """The current events as flat rows of :data:`PARQUET_FIELDS`."""
    for row in store.rows(_CURRENT):
        v = json.loads(row["record"])
        when, actor, reported = v["when"] or {}, v["actor"] or {}, v.get("reported") or {}
        about: dict[str, Any] = next(iter(v["about"]), {})
        anchor = when.get("anchor") or {}
        days = {
            name: datetime.date.fromisoformat(day) if day else None
            for name, day in (
                ("when_start", when.get("start")),
                ("when_end", when.get("end")),
                ("about_start", about.get("start")),
                ("about_end", about.get("end")),
                ("reported", reported.get("day")),
            )
        }
        yield {
            **{
                k: v[k]
                for k in (
                    "event_id",
                    "article_id",
                    "revision",
                    "kind",
                    "quotation",
                    "modality",
                    "within",
                    "pipeline",
                )
            },
            "actor": actor.get("name"),
            "role": actor.get("role"),
            "lemma": v["action"]["lemma"],
            "plover": v["action"]["plover"],
            "recipient": (v["recipient"] or {}).get("name"),
            "content": " … ".join(c["exact"] for c in v["content"]),
            "co_actors": "; ".join(a["name"] for a in v.get("co_actors") or ()) or None,
            "place": (v.get("place") or {}).get("exact"),
            "when_edtf": when.get("edtf"),
            **days,
            "when_mod": when.get("mod"),
            "when_text": (when.get("span") or {}).get("exact"),
            "certainty": when.get("certainty"),
            "about_edtf": about.get("edtf"),
            "reported_kind": reported.get("kind"),
            "rule": when.get("rule"),
            "anchor_kind": anchor.get("kind"),
            "anchor_value": anchor.get("value"),
            "anchor_text": anchor.get("text"),
            "agency": v["source"]["agency"],
            **{k: row[k] for k in ("url", "title", "publisher", "published", "origin", "record")},
        }


_WRITERS: dict[str, Callable[[Store, Path], None]] = {
    "events.jsonl": _events_jsonl,
    "events.parquet": _events_parquet,
    "dead_letters.jsonl": _dead_letters_jsonl,
    "report.html": _report,
}
