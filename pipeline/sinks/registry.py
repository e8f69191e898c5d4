"""The table of outputs: the forms of ``--output``, what writes each, and what it needs.

``dateline run``, ``watch``, ``publish`` and ``doctor``, their help, their errors and the tests read this
table. A new sink is one row here and the module that the row names (see CONTRIBUTING.md).
"""

from __future__ import annotations

import importlib
import os
from typing import TYPE_CHECKING, Any, NamedTuple

from dateline.pipeline.errors import OutputError
from dateline.pipeline.findings import how_to_install

if TYPE_CHECKING:
    from dateline.pipeline.sinks.sink import Output, Topic


class OutputKind(NamedTuple):
    """A kind of output, by the scheme or the ending of its name.

    ``opens`` is ``module:class``, an :class:`~dateline.pipeline.sinks.sink.Output`. ``extra`` names the
    optional dependency group that it needs.
    """

    name: str
    schemes: tuple[str, ...]
    endings: tuple[str, ...]
    opens: str
    help: str
    extra: str | None = None


OUTPUTS = (
    OutputKind("sqlite", ("sqlite",), (), "dateline.pipeline.sinks.database:DatabaseOutput", "sqlite:///FILE"),
    OutputKind(
        "postgresql", ("postgresql",), (), "dateline.pipeline.sinks.database:DatabaseOutput", "postgresql://USER@HOST/DATABASE"
    ),
    OutputKind("bigquery", ("bigquery",), (), "dateline.pipeline.sinks.bigquery.output:BigQueryOutput", "bigquery://PROJECT/DATASET", "cloud"),
    OutputKind("kafka", ("kafka",), (), "dateline.pipeline.sinks.kafka:KafkaOutput", "kafka://HOST/TOPIC", "kafka"),
    OutputKind(
        "files", (), (".jsonl", ".parquet"), "dateline.pipeline.sinks.files:FilesOutput",
        "NAME.jsonl or NAME.parquet, here or on any file system that Beam knows (gs://…, s3://…)",
    ),
)  # fmt: skip
TOPICS = (
    OutputKind(
        "pubsub", ("pubsub",), (), "dateline.pipeline.sinks.topic:PubSubTopic", "pubsub://PROJECT/TOPIC"
    ),
    OutputKind(
        "kafka", ("kafka",), (), "dateline.pipeline.sinks.kafka:KafkaTopic", "kafka://HOST/TOPIC", "kafka"
    ),
)
"""Where ``dateline publish`` sends raw articles: each opens a :class:`~dateline.pipeline.sinks.sink.Topic`."""
FOLDER = OutputKind("folder", (), (), "dateline.pipeline.sinks.database:DatabaseOutput", "a folder")
"""The kind of a name without a known scheme or ending."""
_FILES = OUTPUTS[-1]


def kind_of(output: str) -> OutputKind:
    """The kind of an output. Raises :class:`~dateline.pipeline.errors.OutputError` for a scheme that nothing writes to."""
    if output in ("", "-"):
        raise OutputError(
            "standard output is no output: dateline read prints events, and NAME.jsonl is a file of them"
        )
    scheme, mark, _ = output.partition("://")
    if mark:
        name = scheme.lower().partition("+")[0]
        for kind in OUTPUTS:
            if name in kind.schemes:
                return kind
    for kind in OUTPUTS:
        if output.endswith(kind.endings):
            return kind
    if mark and output.endswith("/"):
        return _FILES
    if not mark and (ending := _file_ending(output)):
        hint = _INSTEAD.get(ending, f"give {', '.join(forms())}")
        raise OutputError(f"{output}: no output ends in {ending}; {hint}")
    if mark:
        raise OutputError(f"{scheme}://: no output begins like this; give {', '.join(forms())}")
    return FOLDER


_NO_FOLDER = frozenset(
    [
        ".csv",
        ".tsv",
        ".xlsx",
        ".xls",
        ".ods",
        ".json",
        ".ndjson",
        ".xml",
        ".html",
        ".htm",
        ".txt",
        ".md",
        ".pdf",
        ".doc",
        ".docx",
        ".zip",
        ".gz",
        ".tar",
        ".tgz",
        ".warc",
        ".arrow",
        ".feather",
        ".avro",
        ".orc",
        ".db",
        ".sqlite",
        ".sqlite3",
        ".duckdb",
        ".log",
        ".toml",
        ".yaml",
        ".yml",
    ]
)
"""Endings of names that are meant as files. Names with other endings are folders: ``news.2026``."""
_INSTEAD = {
    **dict.fromkeys((".csv", ".tsv", ".xlsx", ".xls", ".ods"), "tables are made by dateline export OUT --to FOLDER --format csv"),
    **dict.fromkeys((".json", ".ndjson"), "a file of events is NAME.jsonl"),
    **dict.fromkeys((".db", ".sqlite", ".sqlite3"), "a database file is sqlite:///FILE"),
    **dict.fromkeys((".html", ".htm"), "a page is made by dateline report OUT --to FILE"),
}  # fmt: skip


def _file_ending(output: str) -> str | None:
    """The file ending of a name that does not exist as a folder or database."""
    ending = os.path.splitext(output.rstrip("/\\"))[1].lower()
    return ending if ending in _NO_FOLDER and not os.path.exists(output) else None


def output_of(output: str) -> Output:
    """Parse an ``--output``. Creates nothing. Raises :class:`~dateline.pipeline.errors.OutputError`."""
    opened: Output = _class_of(kind_of(output), output).parse(output)
    return opened


def topic_of(name: str) -> Topic:
    """Parse a ``--to``. Connects to nothing. Raises :class:`~dateline.pipeline.errors.OutputError`."""
    kind = next((k for k in TOPICS if name.partition("://")[0].lower() in k.schemes), None)
    if kind is None:
        raise OutputError(f"{name}: not of the form {' or '.join(k.help for k in TOPICS)}")
    opened: Topic = _class_of(kind, name).parse(name)
    return opened


def is_topic(name: str) -> bool:
    """Whether a name is that of a topic."""
    return any(name.lower().startswith(f"{scheme}://") for kind in TOPICS for scheme in kind.schemes)


def _class_of(kind: OutputKind, name: str) -> Any:
    module, _, attribute = kind.opens.partition(":")
    try:
        return getattr(importlib.import_module(module), attribute)
    except ImportError as error:  # ``from google.cloud import bigquery`` finds the package of another client.
        if kind.extra is None:
            raise
        raise OutputError(f"{name}: needs {error.name}: {how_to_install(kind.extra)}") from error


def forms() -> list[str]:
    """The forms of outputs, for help and errors."""
    return [kind.help for kind in (FOLDER, *OUTPUTS)]
