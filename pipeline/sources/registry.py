"""The table of sources: the forms of an input, what reads each, and what it needs.

``dateline run`` and ``dateline doctor``, their help, their errors and the tests read this table. A new source
is one row here and the module that the row names (see CONTRIBUTING.md).
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from dateline.pipeline.errors import InputError
from dateline.pipeline.findings import how_to_install
from dateline.transforms import inflate

Splitting = Literal["never", "uncompressed", "always"]


class Format(NamedTuple):
    """How a file is read, by the ending of its name.

    ``reader`` is ``module:function``, a :data:`~dateline.pipeline.sources.files.Reader`. ``splits`` says when
    a large file may be read in pieces, each from a byte offset.
    """

    name: str
    endings: tuple[str, ...]
    reader: str
    help: str
    splits: Splitting = "never"


class Source(NamedTuple):
    """A kind of input, by the scheme of its name.

    ``opens`` is ``module:class``: a :class:`~dateline.pipeline.sources.source.BoundedSource` or, if
    ``endless``, a :class:`~dateline.pipeline.sources.source.StreamSource`. ``extra`` names the optional
    dependency group that it needs.
    """

    name: str
    schemes: tuple[str, ...]
    opens: str
    help: str
    endless: bool = False
    extra: str | None = None


FORMATS = (
    Format("page", (".txt", ".text", ".html", ".htm", ".xhtml"), "dateline.pipeline.sources.files:read_page", "one page, text or HTML"),
    Format("json", (".json",), "dateline.pipeline.sources.formats.json_files:read", "records, alone or in an array, or the answer of a service"),
    Format("jsonl", (".jsonl", ".ndjson"), "dateline.pipeline.sources.formats.json_files:read_lines", "one record a line", "uncompressed"),
    Format("warc", (".warc", ".wet"), "dateline.pipeline.sources.formats.warc:read", "a web archive", "always"),
    Format("table", (".csv", ".tsv"), "dateline.pipeline.sources.formats.tables:read_csv", "one record a row, names in the first"),
    Format("parquet", (".parquet",), "dateline.pipeline.sources.formats.tables:read_parquet", "one record a row", "always"),
    Format("xml", (".xml", ".rss", ".atom", ".nitf", ".newsml"), "dateline.pipeline.sources.formats.xml_files:read", "a saved feed, NITF or NewsML"),
    Format("mail", (".eml", ".mhtml", ".mht"), "dateline.pipeline.sources.formats.mail_files:read", "a letter, or a page saved with its parts"),
    Format("mailbox", (".mbox",), "dateline.pipeline.sources.formats.mail_files:read_mbox", "letters one after another"),
    Format("zip", (".zip",), "dateline.pipeline.sources.formats.archives:read_zip", "any of these"),
    Format("tar", (".tar", ".tgz", ".tbz2", ".txz", ".tzst"), "dateline.pipeline.sources.formats.archives:read_tar", "any of these"),
)  # fmt: skip
"""Each ending may be followed by ``.gz``, ``.bz2``, ``.xz`` or ``.zst``."""

SOURCES = (
    Source("web", ("http://", "https://"), "dateline.pipeline.sources.web:WebPages", "addresses of pages"),
    Source("pubsub", ("pubsub://",), "dateline.pipeline.sources.pubsub:Pull", "pubsub://PROJECT/SUBSCRIPTION, read until it is stopped", endless=True),
    Source("kafka", ("kafka://",), "dateline.pipeline.sources.kafka:KafkaTopic", "kafka://HOST/TOPIC, read until it is stopped", endless=True, extra="kafka"),
)  # fmt: skip

FILES = Source(
    "files", (), "dateline.pipeline.sources.files:Files",
    f"files ({', '.join(e for f in FORMATS for e in f.endings)}; also .gz, .bz2, .xz and .zst), folders, patterns, and - for standard input",
)  # fmt: skip
"""An input without one of these schemes names files, local or on a file system that Beam knows."""

WEB = SOURCES[0].schemes
PUBSUB = SOURCES[1].schemes[0]


def source_of(inputs: Sequence[str]) -> Source:
    """The source of a run. Raises :class:`~dateline.pipeline.errors.InputError` if the inputs belong to
    several."""
    sources = {source.name: source for source in map(_source, inputs)}
    if len(sources) > 1:
        kinds = ", ".join(sorted(sources))
        raise InputError(f"the inputs are of different kinds ({kinds}): start one command for each")
    source = next(iter(sources.values()), FILES)
    if source.endless and len(inputs) > 1:
        raise InputError(f"{inputs[1]}: one command reads one stream; start another command for the second")
    return source


def _source(name: str) -> Source:
    lower = name.lower()
    return next((s for s in SOURCES if lower.startswith(s.schemes)), FILES)


def class_of(source: Source) -> Any:
    """The class that opens a source. Raises :class:`~dateline.pipeline.errors.InputError` if its extra is not
    installed."""
    try:
        return load(source.opens)
    except ImportError as error:
        if source.extra is None:
            raise
        raise InputError(
            f"{source.schemes[0]}: needs {error.name}: {how_to_install(source.extra)}"
        ) from error


def stem_of(path: str) -> str:
    """The name of a file without the ending of its compression."""
    return path[: -len(found)] if (found := _packed(path)) else path


def _packed(path: str) -> str:
    lower = path.lower()
    return next((ending for ending in inflate.ENDINGS if lower.endswith(ending)), "")


def format_of(path: str) -> tuple[str | None, bool]:
    """The name of the format for a file's ending, and whether the file is compressed."""
    ending = os.path.splitext(stem_of(path).lower())[1]
    found = next((f.name for f in FORMATS if ending in f.endings), None)
    return found, bool(_packed(path))


_MEDIA_TYPES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    **dict.fromkeys((".py", ".js", ".mjs", ".ts", ".sh", ".bat", ".ps1", ".c", ".h", ".cpp", ".java", ".go", ".rs", ".rb", ".pl", ".r"), "text/x-source"),
    **dict.fromkeys((".sql",), "application/sql"),
    **dict.fromkeys((".css", ".scss", ".less"), "text/css"),
    **dict.fromkeys((".srt", ".vtt", ".sub"), "text/vtt"),
    **dict.fromkeys((".yaml", ".yml", ".toml", ".ini", ".cfg", ".conf"), "application/yaml"),
    **dict.fromkeys((".tex", ".bib", ".sty"), "application/x-tex"),
    ".ics": "text/calendar",
    ".vcf": "text/vcard",
    ".ipynb": "application/x-ipynb+json",
}  # fmt: skip
"""Endings of text, with those of texts that are never an article: these are refused by their type."""


def media_type_of(path: str) -> str | None:
    """The media type for the ending of a page's file."""
    return _MEDIA_TYPES.get(os.path.splitext(stem_of(path))[1].lower())


def format_named(name: str) -> Format:
    """The row of a format."""
    return next(f for f in FORMATS if f.name == name)


def load(target: str) -> Any:
    """Import the object that ``module:name`` names."""
    module, _, name = target.partition(":")
    return getattr(importlib.import_module(module), name)
