"""What the commands share: exit codes, options, settings, and faults told in one line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

DONE, ERROR, USAGE, REJECTS = 0, 1, 2, 3

Output = Annotated[
    str, typer.Option("--output", "-o", help="A folder, sqlite:///FILE, or postgresql://USER@HOST/DATABASE.")
]
Outputs = Annotated[
    list[str],
    typer.Option(
        "--output",
        "-o",
        help="A folder, sqlite:///FILE, postgresql://USER@HOST/DATABASE, bigquery://PROJECT/DATASET, or a file "
        "NAME.jsonl or NAME.parquet on any Beam file system. May be given several times.",
    ),
]
Format = Annotated[str, typer.Option("--format", help="How to print: table, jsonl or csv.")]
Archive = Annotated[
    str | None, typer.Option(help="A folder on any Beam file system that keeps the raw input of a stream.")
]
Config = Annotated[
    Path | None, typer.Option("--config", help="A TOML file; else dateline.toml where it exists.")
]


def settle(config: Path | None, **flags: Any) -> Any:
    """The settings, with these flags; ends with 2 where one can not be read."""
    from pipeline.commands import console
    from pipeline.settings import SettingsError, load

    console.configure_logging()
    try:
        return load(flags, file=config)
    except SettingsError as error:
        console.fail(str(error))
        raise typer.Exit(USAGE) from error


def told_fields(text: str | None) -> dict[str, str] | None:
    """``--map`` as a dictionary."""
    from pipeline.commands import console
    from pipeline.settings import SettingsError, parse_fields

    try:
        return parse_fields(text) if text is not None else None
    except SettingsError as error:
        console.fail(str(error))
        raise typer.Exit(USAGE) from error


def check_format(form: str) -> None:
    """End with 2 where ``--format`` names none."""
    from pipeline.commands.console import FORMATS

    if form not in FORMATS:
        raise typer.BadParameter(f"{form}: one of {', '.join(FORMATS)}", param_hint="--format")


def existing_store(output: str) -> tuple[Any, Path | None]:
    """An existing store. What is not there is an error, not a new empty store."""
    from pipeline.commands import console
    from pipeline.sinks import outputs
    from pipeline.store.store import open_store

    console.configure_logging()
    try:
        place = outputs.parse(output)
    except outputs.OutputError as error:
        console.fail(str(error))
        raise typer.Exit(USAGE) from error
    if place.store.startswith("sqlite:///") and not Path(place.store.removeprefix("sqlite:///")).is_file():
        console.fail(f"{output}: holds no events")
        raise typer.Exit(ERROR)
    return open_store(place.store), place.folder


def guard(work: Any, *others: type[Exception]) -> Any:
    """Run ``work``; what a user can mend is one line and a code, not a traceback."""
    from pipeline.commands import console
    from pipeline.sinks.outputs import OutputError
    from pipeline.sources.inputs import InputError
    from pipeline.store.connection import StoreError
    from pipeline.store.tables import SchemaTooNew

    try:
        return work()
    except (InputError, OutputError) as error:
        console.fail(str(error))
        raise typer.Exit(USAGE) from error
    except (StoreError, SchemaTooNew) as error:
        console.fail(str(error))
        raise typer.Exit(ERROR) from error
    except others as error:
        console.fail(str(error))
        raise typer.Exit(ERROR) from error
    except KeyboardInterrupt as error:
        console.fail("interrupted; run it again to go on where it stopped")
        raise typer.Exit(ERROR) from error
