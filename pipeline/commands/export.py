"""``dateline export``: write the flat tables of an output as files."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dateline.pipeline.commands import console, options
from dateline.pipeline.commands.options import USAGE, errors_in_one_line
from dateline.pipeline.store.schema.flat import TABLES


class FileFormat(StrEnum):
    """How the tables are written."""

    parquet = "parquet"
    csv = "csv"
    jsonl = "jsonl"


def export(
    output: options.Stored = options.OUT,
    to: Annotated[
        Path, typer.Option(help="The folder to write to; it is created if it does not exist.")
    ] = Path("tables"),
    form: Annotated[
        str, typer.Option("--format", help="The format of the files: parquet, csv or jsonl.")
    ] = FileFormat.parquet,
    tables: Annotated[
        list[str] | None,
        typer.Option("--table", help=f"Only this table: {', '.join(TABLES)}. May be given several times."),
    ] = None,
) -> None:
    """Write the articles, dates and events of an output as tables for pandas, R, DuckDB or a spreadsheet.

    Example: dateline export out --to tables --format csv
    """
    if form not in [*FileFormat]:
        hint = "; a spreadsheet opens csv" if form in ("xlsx", "xls", "excel", "ods") else ""
        raise typer.BadParameter(f"{form}: one of {', '.join(FileFormat)}{hint}", param_hint="--format")
    if wrong := [name for name in tables or () if name not in TABLES]:
        raise typer.BadParameter(f"{wrong[0]}: one of {', '.join(TABLES)}", param_hint="--table")
    store, folder = options.existing_store(output)
    if folder is not None and to.resolve() == folder.resolve():
        console.fail(f"{to}: holds the files of the run itself; give another folder")
        raise typer.Exit(USAGE)
    from dateline.pipeline.sinks import flat_files
    from dateline.pipeline.store.location import make

    with errors_in_one_line():
        make(to)
        for name in tables or TABLES:
            path = to / f"{name}.{form}"
            flat_files.write(store, TABLES[name], form, path)
            print(path)
