"""``dateline schema``: the JSON Schemas of the pipeline's records, generated from the model.

They are committed under ``deploy/schema``; a test fails if they drift. Within a major version only nullable
additions are allowed.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

SCHEMAS = {
    "news.event.v1": "Event",
    "news.date.v1": "TimeExpression",
    "news.dead_letter.v1": "DeadLetter",
    "news.raw_article.v1": "RawArticle",
}
"""The records by schema name. They are imported only when needed, so that --help is fast."""


def schema_of(name: str) -> dict[str, Any]:
    """The schema of one record: in its serialized form for output records, in its input form for raw
    articles."""
    from dateline.transforms import model

    record = getattr(model, SCHEMAS[name])
    mode: Any = "validation" if record is model.RawArticle else "serialization"
    found = record.model_json_schema(mode=mode, by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"urn:dateline:{name}", **found}


def text_of(name: str) -> str:
    """The schema as the text of the committed file."""
    return json.dumps(schema_of(name), indent=1, sort_keys=True) + "\n"


def write_all(folder: Path) -> list[Path]:
    """Write every schema to a folder."""
    from dateline.pipeline.sinks.bigquery import tables as bigquery_tables

    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for name in SCHEMAS:
        path = folder / f"{name}.json"
        path.write_text(text_of(name), "utf-8")
        made.append(path)
    for name, text in bigquery_tables.files().items():
        path = folder / name
        path.write_text(text, "utf-8")
        made.append(path)
    return made


def schema(
    name: Annotated[str, typer.Argument(help=f"One of {', '.join(SCHEMAS)}.")] = "news.event.v1",
    write: Annotated[Path | None, typer.Option(help="Write every schema to this folder instead.")] = None,
) -> None:
    """Print the JSON Schema of a record.

    Example: dateline schema news.event.v1
    """
    if write is not None:
        for path in write_all(write):
            print(path)
        return
    if name not in SCHEMAS:
        raise typer.BadParameter(f"{name}: one of {', '.join(SCHEMAS)}")
    print(text_of(name), end="")
