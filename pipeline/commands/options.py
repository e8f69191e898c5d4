"""Shared by the commands: exit codes, options, settings, and errors in one line."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline.pipeline.commands import console
from dateline.pipeline.errors import FAILED, USAGE, InputError, PipelineError
from dateline.pipeline.sinks import registry as sinks
from dateline.pipeline.sources import registry as sources

if TYPE_CHECKING:
    from dateline.pipeline.settings import Settings

DONE, ERROR, REJECTS = 0, FAILED, 3
_DURATION = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)\s?([smhd]?)", re.ASCII)
_SECONDS = {"": 1.0, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}

_SOURCES_HELP = "; ".join(s.help for s in (sources.FILES, *sources.SOURCES))
INPUTS_HELP = f"{_SOURCES_HELP[0].upper()}{_SOURCES_HELP[1:]}."
OUTPUTS_HELP = f"Where to write: {', '.join(sinks.forms())}. May be given several times."

OUT = "out"
"""The output of a command that names none."""
NAME_HELP = "A file name, an address, an article id, or a part of one of these or of a title; before it the output, if it is not out."
Named = Annotated[list[str], typer.Argument(help=NAME_HELP, metavar="[OUT] NAME", show_default=False)]
Stored = Annotated[
    str,
    typer.Argument(
        help="An output folder, sqlite:///FILE, or postgresql://USER@HOST/DATABASE.", metavar="OUT"
    ),
]
Outputs = Annotated[list[str], typer.Option("--output", "-o", help=OUTPUTS_HELP)]
Format = Annotated[str, typer.Option("--format", help="How to print: table, jsonl or csv.")]
Archive = Annotated[
    str | None, typer.Option(help="A folder on any Beam file system that keeps the raw input of a stream.")
]
Config = Annotated[
    Path | None,
    typer.Option("--config", help="A TOML file of settings; without it, dateline.toml is read if it exists."),
]
Feeds = Annotated[
    list[str],
    typer.Argument(
        help="Addresses of RSS, Atom or sitemaps, or files with one address a line.", metavar="FEEDS"
    ),
]
Every = Annotated[str, typer.Option(help="How often each feed is polled: 90s, 10m, 2h.")]
Once = Annotated[
    bool, typer.Option("--once", help="Poll every feed that is due once, read the new entries, and end.")
]

MetricsPort = Annotated[
    int | None,
    typer.Option(
        min=0,
        max=65_535,
        help="Answer /metrics (Prometheus) and /healthz on this port while a stream or a watch runs.",
    ),
]


Published = Annotated[
    str | None, typer.Option(help="Publication day of every input; it overrides what the input says.")
]
Url = Annotated[str | None, typer.Option(help="Address of every input; it overrides what the input says.")]
Zone = Annotated[str | None, typer.Option(help="Time zone of every input, such as Europe/Kyiv.")]
Language = Annotated[
    str | None,
    typer.Option(help="Language of every input, such as de; it overrides what the input says."),
]


@contextmanager
def errors_in_one_line() -> Iterator[None]:
    """End the command with the exit code and message of a :class:`PipelineError`, without a traceback."""
    try:
        yield
    except PipelineError as error:
        console.fail(str(error))
        raise typer.Exit(error.exit_code) from error
    except KeyboardInterrupt as error:
        console.fail("interrupted; run it again to go on where it stopped")
        raise typer.Exit(ERROR) from error


def load_settings(config: Path | None, **flags: Any) -> Settings:
    """The settings of a command with these flags (``None``: not given). Exits with 2 if one cannot be read."""
    console.configure_logging()
    from dateline.pipeline.settings import load

    with errors_in_one_line():
        return load(flags, file=config)


def existing_store(output: str) -> tuple[Any, Path | None]:
    """The store of an output, and its folder. An output without a store is an error; no new store is made."""
    console.configure_logging()
    from dateline.pipeline.store.location import open_existing

    with errors_in_one_line():
        return open_existing(output)


def output_and_name(words: list[str], output: str | None) -> tuple[str, str]:
    """The output and the name in ``[OUT] NAME --output OUT``; words that name no output are one name, such as a title."""
    if output is None and len(words) > 1:
        if _is_output(words[0]):
            return words[0], " ".join(words[1:])
        if _is_output(words[-1]):
            return words[-1], " ".join(words[:-1])
    return output or OUT, " ".join(words)


def _is_output(word: str) -> bool:
    scheme, mark, _ = word.partition("://")
    known = {name for kind in sinks.OUTPUTS for name in kind.schemes}
    return scheme.partition("+")[0].lower() in known if mark else os.path.isdir(word)


def check_format(form: str) -> None:
    """Exit with 2 if ``--format`` is unknown."""
    if form not in console.FORMATS:
        raise typer.BadParameter(f"{form}: one of {', '.join(console.FORMATS)}", param_hint="--format")


def seconds_of(text: str) -> float:
    """``90``, ``45s``, ``10m``, ``2h`` or ``1d`` in seconds. Raises :class:`~dateline.pipeline.errors.InputError`."""
    found = _DURATION.fullmatch(text.strip())
    if found is None or float(found[1]) == 0:
        raise InputError(f"{text}: not a duration such as 45s, 10m, 2h or 1d")
    return float(found[1]) * _SECONDS[found[2]]


def duration(text: str | None) -> float | None:
    """The seconds of an option. Exits with 2 if it is not a duration."""
    with errors_in_one_line():
        return seconds_of(text) if text is not None else None


__all__ = ["DONE", "ERROR", "REJECTS", "USAGE"]
