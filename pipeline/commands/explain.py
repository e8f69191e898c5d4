"""``dateline explain``: print how each date of an article was made."""

from __future__ import annotations

from typing import Annotated

import typer

from dateline.pipeline.commands import console, options
from dateline.pipeline.commands.options import ERROR, errors_in_one_line

NAME_HELP = "A file name, an address, an article id, or a part of one of these or of a title."


def explain(
    name: Annotated[str, typer.Argument(help=NAME_HELP, metavar="NAME")],
    output: options.Output = "out",
) -> None:
    """Print how each date of an article was made, and who said or did what, when.

    Example: dateline explain 08_wire_story.txt --output out
    """
    store, _ = options.existing_store(output)
    from rich.console import Console

    from dateline.pipeline.report import StoreReader
    from dateline.pipeline.report import explain as print_trace
    from dateline.pipeline.store import names

    with errors_in_one_line():
        if not names.is_clear(store, name):
            console.fail(names.advice(store, name))
            raise typer.Exit(ERROR)
        print_trace(StoreReader(store), name, Console())
