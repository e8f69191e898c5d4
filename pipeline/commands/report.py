"""``dateline report``: write the report of an output."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dateline.pipeline.commands import console, options
from dateline.pipeline.commands.options import USAGE, errors_in_one_line


def report(
    output: options.Stored = options.OUT,
    to: Annotated[
        Path | None, typer.Option(help="The file to write, else report.html in the folder.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="The title of the page.")] = None,
    limit: Annotated[
        int | None,
        typer.Option(min=1, help="Show the N newest articles; without it 500, up to 16 MB of data."),
    ] = None,
) -> None:
    """Write the report of an output: one HTML page that needs no network.

    Example: dateline report out
    """
    store, folder = options.existing_store(output)
    path = to or (folder / "report.html" if folder else None)
    if path is None:
        console.fail(f"{output}: a database has no folder; name the file with --to FILE")
        raise typer.Exit(USAGE)
    from dateline.pipeline.report import StoreReader, render
    from dateline.pipeline.sinks.replacing import replacing

    with errors_in_one_line():
        page = render(StoreReader(store), limit, title, path.parent)
        with replacing(path) as file:
            file.write(page)
    print(path)
    console.say(f"Open {path.resolve().as_uri()}")
