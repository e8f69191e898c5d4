"""The command ``dateline``, put together. Standard output is data, standard error is messages.

Exit codes: 0 done, 1 error, 2 usage, 3 done with too many rejects.
"""

from __future__ import annotations

import io
import sys
from typing import Annotated

import typer

from dateline.pipeline.commands.demo import demo
from dateline.pipeline.commands.diff import diff
from dateline.pipeline.commands.doctor import doctor
from dateline.pipeline.commands.explain import explain
from dateline.pipeline.commands.export import export
from dateline.pipeline.commands.forget import forget
from dateline.pipeline.commands.guesses import Commands
from dateline.pipeline.commands.guide import guide
from dateline.pipeline.commands.link import link
from dateline.pipeline.commands.list import list_
from dateline.pipeline.commands.publish import publish
from dateline.pipeline.commands.read import read
from dateline.pipeline.commands.replay import replay
from dateline.pipeline.commands.report import report
from dateline.pipeline.commands.run import run
from dateline.pipeline.commands.schema import schema
from dateline.pipeline.commands.stories import stories
from dateline.pipeline.commands.template import template
from dateline.pipeline.commands.verify import verify
from dateline.pipeline.commands.watch import watch
from dateline.transforms.garbage import sweep_rarely

COMMANDS = (
    demo,
    read,
    run,
    watch,
    publish,
    link,
    stories,
    report,
    list_,
    explain,
    export,
    verify,
    diff,
    replay,
    forget,
    doctor,
    guide,
    schema,
    template,
)

app = typer.Typer(
    name="dateline",
    cls=Commands,
    help="News pages in, dated and attributed events out. Every date shows the words, the anchor and the rule that made it.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from dateline.transforms.version import VERSION

        print(VERSION)
        raise typer.Exit


@app.callback()
def _start(
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version.", is_eager=True, callback=_print_version),
    ] = False,
) -> None:
    """Options that stand before any command."""


for command in COMMANDS:
    app.command(command.__name__.rstrip("_"))(command)


def main() -> None:
    """The console script."""
    for stream in (sys.stdout, sys.stderr):
        # Windows gives a pipe the letters of its region, in which a page's words may not be written.
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower().replace("-", "") != "utf8":
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sweep_rarely()  # With several workers the launching process spent a third of the exports on it.
    app()


if __name__ == "__main__":
    main()
