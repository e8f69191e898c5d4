"""One frozen settings object: flag > environment > file > default.

Environment variables are ``DATELINE_`` and the name in capitals (``DATELINE_MAX_REJECT=5``);
the file is TOML with the same names, ``--config FILE``, else ``dateline.toml`` where it
exists.
"""

from __future__ import annotations

import json
import os
import shlex
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import ConfigDict, Field, ValidationError

from dateline.pipeline.errors import SettingsError
from dateline.transforms.corrections import NONE, Corrections, CorrectionsError
from dateline.transforms.corrections import parse as parse_corrections
from dateline.transforms.identity import sha256
from dateline.transforms.options import Options
from dateline.transforms.version import VERSION

PREFIX = "DATELINE_"
EngineName = Literal["local", "flink", "spark", "dataflow"]
DEFAULT_FILE = Path("dateline.toml")
_FLAGS = {"fields": "--map", "store_text": "--no-text", "engine_options": "--engine-option"}
"""Flags that are not called like the setting."""


class Settings(Options):
    """Every setting of a run, beside the limits of a page. Sizes in bytes or characters, times in seconds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    published: str | None = None
    url: str | None = None
    zone: str | None = None
    language: str | None = None
    metadata: str | None = None
    """A CSV with a column ``file``: what flat text cannot say of each file."""
    corrections: Corrections = NONE
    """What people know better than the page: the entries of a ``corrections.toml``."""
    limit: int | None = Field(default=None, ge=0)
    force: bool = False
    max_reject: float | None = Field(default=None, ge=0)
    """Rejected inputs above which a run ends with 3: a count, or a share when below 1."""
    store_text: bool = True
    dead_letter_store: str | None = None
    archive: str | None = None
    """Where a stream keeps its raw input: a folder on any Beam file system."""
    link: bool = True
    """Whether a run ends with linking what it read."""
    link_every: float = Field(default=600.0, gt=0)
    """Seconds between two rounds of linking in a stream."""
    metrics_port: int | None = Field(default=None, ge=0, le=65_535)
    """Where a stream or a run over watched feeds answers ``/metrics`` and ``/healthz``."""
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

    @property
    def decode(self) -> Options:
        """The bounds and names that decoding needs."""
        return Options.model_validate({name: getattr(self, name) for name in Options.model_fields})

    @property
    def fingerprint(self) -> str:
        """Hash of version and of every setting that can change what is read in a page."""
        meaning = self.model_dump(include={*Options.model_fields, *_MEANING})
        return sha256(json.dumps([VERSION, meaning], sort_keys=True))[:16]


_MEANING = ("published", "url", "zone", "language", "store_text", "corrections")
"""Settings beside those of decoding that can change what is read in a page."""


def load(
    flags: Mapping[str, Any], environment: Mapping[str, str] | None = None, file: Path | None = None
) -> Settings:
    """The settings of a command. Flags that are ``None`` were not given. Raises :class:`~dateline.pipeline.errors.SettingsError`."""
    environment = os.environ if environment is None else environment
    values: dict[str, Any] = {}
    origin: dict[str, str] = {}
    if file is None and DEFAULT_FILE.is_file():
        file = DEFAULT_FILE
    if file is not None:
        try:
            table = tomllib.loads(file.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise SettingsError(f"{file}: {error}") from error
        for name, value in table.items():
            values[name], origin[name] = value, str(file)
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
        raise SettingsError(f"{origin.get(name, name)}: {name}: {first['msg']}") from error


def _corrections(path: Path) -> Corrections:
    try:
        return parse_corrections(path.read_text("utf-8"), str(path))
    except (OSError, UnicodeDecodeError, CorrectionsError) as error:
        raise SettingsError(
            str(error) if isinstance(error, CorrectionsError) else f"{path}: {error}"
        ) from error


def parse_fields(text: str, origin: str = "--map") -> dict[str, str]:
    """``url=link,content=body`` → ``{"url": "link", "content": "body"}``."""
    fields = {}
    for pair in filter(None, (p.strip() for p in text.split(","))):
        ours, sign, theirs = pair.partition("=")
        if not sign or not ours or not theirs:
            raise SettingsError(f"{origin}: {pair!r} is not OURS=THEIRS")
        fields[ours.strip()] = theirs.strip()
    return fields
