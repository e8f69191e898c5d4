"""``dateline verify``: check an output and print its content hash."""

from __future__ import annotations

import typer

from dateline.pipeline.commands import console, options
from dateline.pipeline.commands.options import ERROR, errors_in_one_line


def verify(output: options.Stored = options.OUT, form: options.Format = "table") -> None:
    """Check that an output is whole, and print its content hash. Nothing is changed.

    Two outputs of the same inputs, settings and version have the same hash, on any machine and in any
    order of reading.

    Example: dateline verify out
    """
    options.check_format(form)
    store, _ = options.existing_store(output)
    from dateline.pipeline.findings import Finding
    from dateline.pipeline.store import verify as checks

    with errors_in_one_line():
        found = list(checks.verify(store))
        digest = store.content_hash()
    on_screen = form == "table"
    rows = found if on_screen else [*found, Finding("content hash", "ok", digest)]
    console.show((f._asdict() for f in rows), Finding._fields, form)
    if on_screen:  # It has its own line, so that it can be copied.
        print(f"content hash {digest}")
    if any(f.state == "fail" for f in found):
        raise typer.Exit(ERROR)
