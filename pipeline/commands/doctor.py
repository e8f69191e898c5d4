"""``dateline doctor``: check what a run needs, and say what to do.

Nothing is changed: no table is made, no message taken. The checks are those of the sources and outputs
themselves.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Annotated

import typer

from dateline.pipeline.commands import console, options
from dateline.pipeline.commands.options import ERROR, errors_in_one_line
from dateline.pipeline.errors import OutputError
from dateline.pipeline.findings import Finding
from dateline.pipeline.sinks import registry as sinks
from dateline.pipeline.sources import registry as sources
from dateline.transforms import core

_RELEASED = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


def doctor(
    inputs: Annotated[list[str] | None, typer.Option("--input", "-i", help="What a run would read.")] = None,
    to: Annotated[
        list[str] | None,
        typer.Option("--output", "-o", help="Where it would write: an output, or a topic."),
    ] = None,
    archive: Annotated[str | None, typer.Option(help="Where it would keep raw input.")] = None,
    form: options.Format = "table",
    config: options.Config = None,
) -> None:
    """Check what a run needs, and say what to do. Nothing is changed.

    Example: dateline doctor --input seeds/pages --output out
    """
    options.load_settings(config)
    options.check_format(form)
    with errors_in_one_line():
        found = examine(inputs or [], to or [], archive)
    console.show((f._asdict() for f in found), Finding._fields, form)
    if any(f.state == "fail" for f in found):
        raise typer.Exit(ERROR)


def examine(inputs: Sequence[str], to: Sequence[str], archive: str | None = None) -> list[Finding]:
    """Every check of these inputs, outputs (or topics) and archive."""
    found = [_clock(), _core()]
    for name in inputs:
        found += sources.class_of(sources.source_of([name])).check(name)
    for name in to:
        try:
            found += (sinks.topic_of(name) if sinks.is_topic(name) else sinks.output_of(name)).check()
        except OutputError as error:
            found.append(
                Finding("output", "fail", str(error), "see dateline run --help for what --output takes")
            )
    if archive is not None:
        from dateline.pipeline.filesystems import files_exist

        found.append(files_exist("archive", archive, must_match=False))
    return found


def _clock() -> Finding:
    now = datetime.datetime.now(datetime.UTC)
    if now < _RELEASED:
        return Finding("clock", "fail", f"it says {now:%Y-%m-%d}", "set the clock of this machine (NTP)")
    return Finding("clock", "ok", f"{now:%Y-%m-%d %H:%M:%S} UTC")


def _core() -> Finding:
    """Which path reads: the compiled core, or Python alone."""
    if core.compiled is not None:
        return Finding("core", "ok", "the compiled core reads")
    if core.built() is not None:
        return Finding(
            "core", "note", f"{core.PURE} is set: Python alone reads, with the same records and more slowly",
            f"unset {core.PURE}",
        )  # fmt: skip
    return Finding(
        "core", "note", "the compiled core was not built of this source: Python alone reads, with the same records and more slowly",
        "install a C compiler, then the package again: pip install --force-reinstall --no-deps",
    )  # fmt: skip
