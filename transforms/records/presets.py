"""Loads ``presets.toml``: the field names of tools and services."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, Field

Paths = tuple[str, ...]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Preset(_Table):
    """The field names of one tool. ``fields``: our field → its dotted paths; ``join``: the fields that make
    up the text, in order."""

    name: str
    has: Paths
    lacks: Paths = ()
    fields: dict[str, Paths] = Field(default_factory=dict)
    join: Paths = ()
    month_first: bool = False
    no_text: str | None = None


class Containers(_Table):
    """Keys with many records, keys that wrap one record, and fields of a response that apply to all of its
    records."""

    names: Paths
    wrappers: Paths
    shared: dict[str, Paths]


class Presets(_Table):
    """All of ``presets.toml``."""

    any: dict[str, Paths]
    preset: tuple[Preset, ...]
    containers: Containers
    missing: frozenset[str]
    """What services write where a text is missing, in lower case."""
    languages: dict[str, str]


@cache
def presets() -> Presets:
    """The packaged presets, read once a process."""
    text = files(__package__).joinpath("presets.toml").read_text("utf-8")
    return Presets(**tomllib.loads(text))
