"""``dateline forget``: take an article down."""

from __future__ import annotations

from typing import Annotated

import typer

from dateline.pipeline.commands import console, options
from dateline.pipeline.commands.options import ERROR, errors_in_one_line


def forget(
    name: Annotated[str, typer.Argument(help="An address or an article id.", metavar="URL|ARTICLE_ID")],
    output: options.Output,
) -> None:
    """Take an article down: its text, dates and events are removed, and it is never read again."""
    store, folder = options.existing_store(output)
    from dateline.pipeline.sinks.exports import export

    with errors_in_one_line():
        ids = store.forget(name)
        if ids and folder is not None:
            export(store, folder)
    if not ids:
        console.fail(f"{name}: no article of this id or address")
        raise typer.Exit(ERROR)
    for article_id in ids:
        print(article_id)
