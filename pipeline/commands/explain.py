"""``dateline explain``: print how each date of an article was made."""

from __future__ import annotations

from typing import Annotated

import typer

from dateline.pipeline.commands import console, options
from dateline.pipeline.commands.options import ERROR, errors_in_one_line


def explain(
    name: Annotated[
        str,
        typer.Argument(help="An article id, an address, or the end of a path.", metavar="PAGE|ARTICLE_ID"),
    ],
    output: options.Output = "out",
) -> None:
    """Print how each date of an article was made, and who said or did what, when.

    Example: dateline explain 08_wire_story.txt --output out
    """
    store, _ = options.existing_store(output)
    from rich.console import Console

    from dateline.pipeline.report import StoreReader
    from dateline.pipeline.report import explain as print_trace

    with errors_in_one_line():
        found = print_trace(StoreReader(store), name, Console())
    if not found:
        console.fail(f"{name}: {output} holds no article of this id, address or path")
        raise typer.Exit(ERROR)
