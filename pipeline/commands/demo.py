"""``dateline demo``: read the sample pages that come with the package."""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated

import typer

from dateline.pipeline.commands import console, options
from dateline.pipeline.commands.options import errors_in_one_line
from dateline.pipeline.commands.run import print_summary


def demo(
    output: Annotated[str, typer.Option("--output", "-o", help="The folder to write to.")] = "out",
    form: options.Format = "table",
) -> None:
    """Read the sample pages that come with dateline. They are copied into the output folder.

    Example: dateline demo --output out
    """
    options.check_format(form)
    settings = options.load_settings(None)
    from dateline.pipeline.runs import bounded

    with errors_in_one_line():
        folder = copy_samples(Path(output))
        with console.RunProgress() as progress:
            summary = bounded.run([str(folder)], output, settings, progress)
    print_summary(summary, form)


def _samples() -> Traversable:
    """The folder of the sample pages: in the installed package, or ``seeds/pages`` of a checkout."""
    installed = resources.files("dateline") / "samples"
    return installed if installed.is_dir() else Path(__file__).parents[2] / "seeds" / "pages"


def copy_samples(output: Path) -> Path:
    """Copy the sample pages into the folder ``pages`` of an output, and return that folder. Raises
    StoreError."""
    from dateline.pipeline.sinks.replacing import replacing
    from dateline.pipeline.store.location import make

    folder = output / "pages"
    make(folder)
    for sample in _samples().iterdir():
        if sample.is_file():
            with replacing(folder / sample.name, "wb") as file:
                file.write(sample.read_bytes())
    return folder
