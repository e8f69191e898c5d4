"""``dateline explain``: print how each date of an article was made."""

from __future__ import annotations

from typing import Annotated

import typer

from dateline.pipeline.commands import console, options
from dateline.pipeline.commands.options import ERROR, errors_in_one_line


def explain(
    words: options.Named,
    output: Annotated[
        str | None, typer.Option("--output", "-o", help="The output, if it does not stand before the name.")
    ] = None,
) -> None:
    """Print how each date of an article was made, and who said or did what, when.

    Example: dateline explain out 08_wire_story.txt
    """
    output, name = options.output_and_name(words, output)
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
