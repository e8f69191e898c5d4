"""The settings of a run in one frozen object: flag > environment > file > default.

Environment variables are ``DATELINE_`` and the name in capitals (``DATELINE_MAX_REJECT=5``). The file is TOML
with the same names: ``--config FILE``, else ``dateline.toml`` if it exists.
"""

from __future__ import annotations

import difflib
import json
import os
import shlex
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import ConfigDict, Field, PrivateAttr, ValidationError, ValidationInfo, field_validator

from dateline.pipeline import hints
from dateline.pipeline.errors import SettingsError
from dateline.pipeline.findings import reason
from dateline.transforms.corrections import NONE, Corrections, CorrectionsError, entry_of
from dateline.transforms.corrections import parse as parse_corrections
from dateline.transforms.identity import sha256
from dateline.transforms.model import Page, RawArticle
from dateline.transforms.options import Options
from dateline.transforms.version import VERSION

PREFIX = "DATELINE_"
EngineName = Literal["local", "flink", "spark", "dataflow"]
DEFAULT_FILE = Path("dateline.toml")
_FLAGS = {"fields": "--map", "store_text": "--no-text", "engine_options": "--engine-option"}
"""Flags with another name than their setting."""


class Settings(Options):
    """Every setting of a run beside the limits of a page. Sizes are in bytes or characters, times in seconds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    published: str | None = None
    url: str | None = None
    zone: str | None = None
    language: str | None = None
    metadata: str | None = None
    """A CSV with a column ``file`` and metadata for each file that its text does not contain."""
    corrections: Corrections = NONE
    """The entries of a ``corrections.toml``: corrections of pages by hand."""
    limit: int | None = Field(default=None, ge=0)
    force: bool = False
    max_reject: float | None = Field(default=None, ge=0)
    """Rejected inputs above which a run ends with exit code 3: a count, or a share if below 1."""
    store_text: bool = True
    dead_letter_store: str | None = None
    archive: str | None = None
    """The folder, on any Beam file system, in which a stream keeps its raw input."""
    link: bool = True
    """Whether a run ends with linking its articles."""
    link_every: float = Field(default=600.0, gt=0)
    """Seconds between two rounds of linking in a stream."""
    metrics_port: int | None = Field(default=None, ge=0, le=65_535)
    """The port on which a stream or a run over watched feeds serves ``/metrics`` and ``/healthz``."""
    workers: int = Field(default=1, ge=1, le=64)
    engine: EngineName = "local"
    """What executes the graph: this machine, or a cluster."""
    engine_options: tuple[str, ...] = ()
    """Options of Beam for a cluster, each ``K=V``."""
    engine_seconds: float = Field(default=180.0, gt=0)
    """How long the first worker of a cluster may take to answer."""
    page_seconds: float = Field(default=20.0, gt=0)
    split_bytes: int = Field(default=32_000_000, gt=0)
    commit_every: int = Field(default=50, ge=1, le=50)
    retry_seconds: float = Field(default=30.0, ge=0)
    _fingerprints: dict[str, str] = PrivateAttr(default_factory=dict)
    """By the name of a correction, for :meth:`fingerprint_of`."""

    @field_validator("published", "zone", "language", "url")
    @classmethod
    def _checked_hint(cls, value: str | None, field: ValidationInfo) -> str | None:
        return None if value is None else hints.check(field.field_name or "", value)

    @property
    def decode(self) -> Options:
        """The limits and the field mapping that decoding needs."""
        return Options.model_validate({name: getattr(self, name) for name in Options.model_fields})

    @property
    def fingerprint(self) -> str:
        """A hash of the version and of every setting that can change the reading of a page."""
        meaning = self.model_dump(include={*Options.model_fields, *_MEANING})
        return sha256(json.dumps([VERSION, meaning], sort_keys=True))[:16]

    def fingerprint_of(self, page: Page, raw: RawArticle) -> str:
        """The fingerprint for one page: of the corrections it counts the one that corrects this page alone, so that a new
        correction does not have every page read again."""
        entry = entry_of(self.corrections, page, raw)
        name = entry.name if entry else ""
        if name not in self._fingerprints:
            own = Corrections(entries=(entry,)) if entry else NONE
            self._fingerprints[name] = self.model_copy(update={"corrections": own}).fingerprint
        return self._fingerprints[name]


_MEANING = ("published", "url", "zone", "language", "store_text", "corrections")
"""Settings beside those of decoding that can change the reading of a page."""


def load(
    flags: Mapping[str, Any],
    environment: Mapping[str, str] | None = None,
    file: Path | None = None,
    default: Path | None = DEFAULT_FILE,
) -> Settings:
    """The settings of a command. Flags that are ``None`` were not given.

    Raises :class:`~dateline.pipeline.errors.SettingsError`.
    """
    environment = os.environ if environment is None else environment
    values: dict[str, Any] = {}
    origin: dict[str, str] = {}
    if file is None and default is not None and default.is_file():
        file = default
    if file is not None:
        try:
            table = tomllib.loads(file.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise SettingsError(f"{file}: {reason(error)}") from error
        for name, value in table.items():
            values[name], origin[name] = value, str(file)
    _refuse_misspelt(environment)
    for name in Settings.model_fields:
        key = PREFIX + name.upper()
        if key in environment:
            raw = environment[key]
            values[name], origin[name] = raw, key
    for name, value in flags.items():
        if value is not None:
            values[name], origin[name] = value, _FLAGS.get(name, "--" + name.replace("_", "-"))
    if isinstance(pairs := values.get("fields"), str):
        values["fields"] = parse_fields(pairs, origin["fields"])
    if isinstance(options := values.get("engine_options"), str):
        values["engine_options"] = tuple(shlex.split(options))
    if isinstance(path := values.get("corrections"), str):
        values["corrections"] = _corrections(Path(path))
    try:
        return Settings(**values)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        raise SettingsError(_words(first, name, origin.get(name, name))) from error


def _refuse_misspelt(environment: Mapping[str, str]) -> None:
    """Refuse a variable whose name is close to a setting, which would otherwise be ignored. Other names may
    belong to somebody else."""
    known = [name.upper() for name in Settings.model_fields]
    for key in environment:
        name = key.removeprefix(PREFIX)
        near = difflib.get_close_matches(name, known, 1, 0.85) if name != key and name not in known else None
        if near:
            raise SettingsError(f"{key}: no setting has this name; did you mean {PREFIX}{near[0]}?")


def _words(fault: Mapping[str, Any], name: str, origin: str) -> str:
    """One line: the source of the value, its name unless the source names it, and what is wrong."""
    named = "" if origin.lstrip("-").replace("-", "_") == name else f"{name}: "
    if fault["type"] == "extra_forbidden":
        near = difflib.get_close_matches(name, Settings.model_fields, 1)
        return f"{origin}: {named}no setting has this name" + (f"; did you mean {near[0]}?" if near else "")
    message = str(fault["msg"]).removeprefix("Value error, ")
    given = "" if message.startswith(repr(fault["input"])) else f"{fault['input']!r}: "
    return f"{origin}: {named}{given}{message}"


def _corrections(path: Path) -> Corrections:
    try:
        return parse_corrections(path.read_text("utf-8"), str(path))
    except (OSError, UnicodeDecodeError, CorrectionsError) as error:
        raise SettingsError(
            str(error) if isinstance(error, CorrectionsError) else f"{path}: {reason(error)}"
        ) from error


FIELD_NAMES = (
    "url", "source", "published", "modified", "fetched_at", "zone", "language", "media_type", "content", "html", "summary",
    "title", "byline",
)  # fmt: skip
"""The fields of a record that ``--map`` can name."""


def parse_fields(text: str, origin: str = "--map") -> dict[str, str]:
    """``url=link,content=body`` → ``{"url": "link", "content": "body"}``."""
    fields = {}
    for pair in filter(None, (p.strip() for p in text.split(","))):
        ours, sign, theirs = pair.partition("=")
        if not sign or not ours or not theirs:
            raise SettingsError(f"{origin}: {pair!r} is not OURS=THEIRS")
        if (name := ours.strip()) not in FIELD_NAMES:
            near = difflib.get_close_matches(name, FIELD_NAMES, 1)
            hint = f"did you mean {near[0]}?" if near else f"ours are {', '.join(FIELD_NAMES)}"
            raise SettingsError(f"{origin}: {name!r} is no field of ours; {hint}")
        fields[name] = theirs.strip()
    return fields
