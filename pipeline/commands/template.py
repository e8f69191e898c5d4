"""``dateline template``: the metadata of the Flex Templates, generated from the table of parameters.

It is committed under ``deploy/batch`` and ``deploy/streaming``; a test fails if it drifts.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from dateline.pipeline.runs.parameters import Parameter

BATCH, STREAMING = "batch", "streaming"
MODES = (BATCH, STREAMING)


def template(
    mode: Annotated[str, typer.Argument(help=f"One of {', '.join(MODES)}.")] = BATCH,
    write: Annotated[
        Path | None, typer.Option(help="Write the metadata of both under this folder instead.")
    ] = None,
) -> None:
    """Print the metadata of a Dataflow Flex Template.

    Example: dateline template batch
    """
    if write is not None:
        for path in write_all(write):
            print(path)
        return
    if mode not in MODES:
        raise typer.BadParameter(f"{mode}: one of {', '.join(MODES)}")
    print(text_of(mode), end="")


def metadata(mode: str) -> dict[str, Any]:
    """The metadata of a template in Dataflow's format."""
    from dateline.pipeline.runs.parameters import of

    what = {
        BATCH: ("Dated events from files of news pages", "Reads files on Cloud Storage into BigQuery."),
        STREAMING: (
            "Dated events from a stream of news pages",
            "Reads a Pub/Sub subscription into BigQuery.",
        ),
    }[mode]
    found: dict[str, Any] = {
        "name": what[0],
        "description": f"{what[1]} Every page becomes an article with its dates and events, or a dead letter.",
    }
    if mode == STREAMING:
        # Every write is idempotent, so at-least-once delivery loses nothing and the views show nothing twice.
        found |= {
            "streaming": True,
            "supportsAtLeastOnce": True,
            "supportsExactlyOnce": True,
            "defaultStreamingMode": "AT_LEAST_ONCE",
        }
    return found | {"parameters": [_entry(p) for p in of(mode)]}


def _entry(p: Parameter) -> dict[str, Any]:
    entry: dict[str, Any] = {"name": p.name, "label": p.label, "helpText": p.help, "paramType": p.kind}
    if not p.required:
        entry["isOptional"] = True
    return entry | {"regexes": [f"^(?:{p.pattern})$"]}


def text_of(mode: str) -> str:
    """The metadata as the text of the committed file."""
    return json.dumps(metadata(mode), indent=2) + "\n"


def write_all(folder: Path) -> list[Path]:
    """Write the metadata of every mode under a folder."""
    made = []
    for mode in MODES:
        path = folder / mode / "metadata.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text_of(mode), "utf-8")
        made.append(path)
    return made
