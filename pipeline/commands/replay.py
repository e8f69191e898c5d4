"""``dateline replay``: read dead letters again."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, get_args

import typer

from dateline.pipeline.commands import console, options
from dateline.pipeline.commands.options import ERROR, errors_in_one_line


def replay(
    dead_letters: Annotated[
        str,
        typer.Argument(
            help="An output folder or database, or its dead_letters.jsonl.", metavar="DEAD_LETTERS"
        ),
    ] = options.OUT,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", help="Where to write; without it, to the output that they came from."),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option("--type", help="Only those of one type, such as undecodable or not_an_article."),
    ] = None,
    since: Annotated[
        str | None, typer.Option(help="Only those that first failed within this time: 2d, 6h.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count them by type.")] = False,
    form: options.Format = "table",
    config: options.Config = None,
) -> None:
    """Read dead letters again. Their ids stay: nothing is stored twice, attempts are counted.

    Example: dateline replay out --type undecodable --since 2d --dry-run
    """
    settings = options.load_settings(config)
    options.check_format(form)
    from dateline.pipeline.runs import replay as runs
    from dateline.transforms.model import DeadLetterType

    if kind is not None and kind not in (kinds := get_args(DeadLetterType)):
        raise typer.BadParameter(f"{kind}: one of {', '.join(kinds)}", param_hint="--type")
    with errors_in_one_line():
        choice = runs.Choice(kind, runs.since(options.seconds_of(since)) if since else None)
        if dry_run:
            counts = Counter(row["type"] for row in runs.read(dead_letters, choice))
        else:
            counts = runs.replay(dead_letters, output, choice, settings)
    if not dry_run and not counts["replayed"]:
        console.fail(_nothing(dead_letters, kind, since, counts["missing"]))
        raise typer.Exit(ERROR)
    rows = [{"count": name, "n": n} for name, n in sorted(counts.items())]
    console.show(rows, ("count", "n"), form, title="would be replayed" if dry_run else "replayed")


def _nothing(source: str, kind: str | None, since: str | None, missing: int) -> str:
    """Why a replay had nothing to read."""
    if missing:
        return f"{source}: the payloads of {missing} dead letters are gone"
    which = "".join((f" of type {kind}" if kind else "", f" that failed within {since}" if since else ""))
    return f"{source}: holds no open dead letter{which}"
