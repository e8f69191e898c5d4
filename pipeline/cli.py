"""The command ``dateline``, put together. Standard output is data, standard error is messages.

Exit codes: 0 done, 1 error, 2 usage, 3 done with too many rejects.
"""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.commands.diff import diff
from pipeline.commands.doctor import doctor
from pipeline.commands.explain import explain
from pipeline.commands.forget import forget
from pipeline.commands.link import link
from pipeline.commands.publish import publish
from pipeline.commands.replay import replay
from pipeline.commands.report import report
from pipeline.commands.run import run
from pipeline.commands.schema import schema
from pipeline.commands.stories import stories
from pipeline.commands.template import template
from pipeline.commands.watch import watch

COMMANDS = (
    run,
    watch,
    publish,
    link,
    stories,
    report,
    explain,
    diff,
    replay,
    forget,
    doctor,
    schema,
    template,
)

app = typer.Typer(
    name="dateline",
    help="News pages in, dated and attributed events out. Every date shows the words, the anchor and the rule that made it.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from transforms.version import VERSION

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
    app.command()(command)


def main() -> None:
    """The console script."""
    app()


if __name__ == "__main__":
    main()
