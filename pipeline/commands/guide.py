"""``dateline guide``: print a guide, or list the topics."""

from __future__ import annotations

import difflib
from typing import Annotated

import typer

from dateline.pipeline.commands import console
from dateline.pipeline.commands.options import USAGE


def guide(
    topic: Annotated[str | None, typer.Argument(help="The topic; without it, the topics are listed.")] = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Print the Markdown source, even on a terminal.")
    ] = False,
) -> None:
    """Print a guide: walks of ten minutes, the tables, a glossary, answers and figures.

    Example: dateline guide analyst
    """
    from dateline.pipeline import guides

    if topic is None:
        rows = [{"topic": g.topic, "what it is": g.purpose} for g in map(guides.guide_of, guides.topics())]
        console.show(rows, ("topic", "what it is"), "table")
        return
    try:
        text = guides.guide_of(topic.lower()).text
    except KeyError:
        near = difflib.get_close_matches(topic.lower(), guides.topics(), 3)
        hint = f"; did you mean {' or '.join(near)}?" if near else f": one of {', '.join(guides.topics())}"
        console.fail(f"no guide named {topic!r}{hint}")
        raise typer.Exit(USAGE) from None
    from rich.console import Console
    from rich.markdown import Markdown

    screen = Console()
    if screen.is_terminal and not plain:
        screen.print(Markdown(text, hyperlinks=False))
    else:
        print(text, end="")
