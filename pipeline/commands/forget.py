"""``dateline forget``: take an article down."""

from __future__ import annotations

from typing import Annotated

import typer

from dateline.pipeline.commands import console, options
from dateline.pipeline.commands.explain import NAME_HELP
from dateline.pipeline.commands.options import ERROR, errors_in_one_line


def forget(
    name: Annotated[str, typer.Argument(help=NAME_HELP, metavar="NAME")],
    output: options.Output = "out",
    every: Annotated[
        bool,
        typer.Option("--all", help="Take down every article that the name means, where it means several."),
    ] = False,
) -> None:
    """Take an article down: its text, dates and events are removed, and it is never read again.

    Example: dateline forget 10_no_date_at_all.txt --output out
    """
    store, folder = options.existing_store(output)
    from dateline.pipeline.sinks.exports import export
    from dateline.pipeline.store import names

    with errors_in_one_line():
        ids = store.forget(name)
        if not ids:
            found = names.ids_of(store, name)
            if not found or len(found) > names.MATCHES or (len(found) > 1 and not every):
                console.fail(names.advice(store, name))
                raise typer.Exit(ERROR)
            for one in found:
                ids += store.forget(one)
        if folder is not None:
            export(store, folder)
    for article_id in ids:
        print(article_id)
