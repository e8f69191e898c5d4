"""``dateline diff``: list the events and dates that differ between two outputs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from dateline.pipeline.commands import console, options
from dateline.pipeline.commands.options import errors_in_one_line

if TYPE_CHECKING:
    from dateline.pipeline.store.store import Store

IGNORED = ("pipeline", "trace")
"""Fields that change with a release even if nothing is read differently."""


class Change(NamedTuple):
    """One difference. ``what`` is added, removed or changed; ``fields`` are those that differ."""

    what: str
    kind: str
    article_id: str
    key: str
    fields: tuple[str, ...]
    old: str
    new: str


ON_SCREEN = ("what", "kind", "article", "fields", "reading")


def diff(
    old: Annotated[str, typer.Argument(help="An output folder or database.")],
    new: Annotated[str, typer.Argument(help="Another output, of the same inputs.")],
    form: options.Format = "table",
) -> None:
    """List the events and dates that differ between two outputs.

    Example: dateline diff old new
    """
    options.check_format(form)
    (a, _), (b, _) = options.existing_store(old), options.existing_store(new)
    with errors_in_one_line():
        found = changes(a, b)
        if form == "table":
            console.show(map(_on_screen, found), ON_SCREEN, form)
            return
        rows = (change._asdict() | {"fields": " ".join(change.fields)} for change in found)
        console.show(rows, Change._fields, form)


def _on_screen(change: Change) -> dict[str, str]:
    """A change in five columns. One column has both values, the old one first."""
    readings = [f"- {change.old}" if change.old else "", f"+ {change.new}" if change.new else ""]
    if change.old == change.new:
        readings = [f"  {change.old}"]
    return {
        "what": change.what,
        "kind": change.kind,
        "article": change.article_id[:8],
        "fields": " ".join(change.fields),
        "reading": "\n".join(filter(None, readings)),
    }


def changes(old: Store, new: Store) -> Iterator[Change]:
    """Every event and date that is in only one store or differs between them, in order of articles."""
    for kind, key in (
        ("event", ("article_id", "event_id", "revision")),
        ("date", ("article_id", "revision", "start", "end")),
    ):
        yield from _merge(kind, _rows(old, kind, key), _rows(new, kind, key), key)


def _rows(store: Store, kind: str, key: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """The rows of a store in the order of their keys, an article with all its revisions in memory at a time."""
    import sqlalchemy as sa

    from dateline.pipeline.store.packed import readings
    from dateline.pipeline.store.schema import tables as t

    a = t.articles.c
    every = readings.every(store, sa.select(a.article_id, a.revision).order_by(a.article_id, a.revision))
    for _, revisions in groupby(every, lambda one: one.article["article_id"]):
        rows = [row for one in revisions for row in (one.events if kind == "event" else one.dates)]
        yield from sorted(rows, key=lambda row: (*(row[k] for k in key), row["n"]))


def _merge(
    kind: str, left: Iterator[dict[str, Any]], right: Iterator[dict[str, Any]], key: tuple[str, ...]
) -> Iterator[Change]:
    a, b = next(left, None), next(right, None)
    while a is not None or b is not None:
        ka = tuple(a[k] for k in key) if a else None
        kb = tuple(b[k] for k in key) if b else None
        if ka is not None and (kb is None or ka < kb):
            assert a is not None
            yield _change("removed", kind, a, key, (), _short(a), "")
            a = next(left, None)
        elif kb is not None and (ka is None or kb < ka):
            assert b is not None
            yield _change("added", kind, b, key, (), "", _short(b))
            b = next(right, None)
        else:
            assert a is not None
            assert b is not None
            fields = tuple(_fields(json.loads(a["record"]), json.loads(b["record"])))
            if fields:
                yield _change("changed", kind, b, key, fields, _short(a), _short(b))
            a, b = next(left, None), next(right, None)


def _fields(a: dict[str, Any], b: dict[str, Any]) -> Iterator[str]:
    for name in sorted(a.keys() | b.keys()):
        if name not in IGNORED and a.get(name) != b.get(name):
            yield name


def _change(
    what: str,
    kind: str,
    row: dict[str, Any],
    key: tuple[str, ...],
    fields: tuple[str, ...],
    old: str,
    new: str,
) -> Change:
    return Change(what, kind, row["article_id"], ":".join(str(row[k]) for k in key[1:]), fields, old, new)


def _short(row: dict[str, Any]) -> str:
    if "event_id" in row:
        content = " … ".join(c["exact"] for c in json.loads(row["record"])["content"])
        return f"{row['actor'] or 'no one named'} {row['lemma']} [{row['when_edtf'] or 'undated'}] {content}"[
            :160
        ]
    return f"{row['text']} → {row['edtf'] or row['partial']} ({row['rule']})"
