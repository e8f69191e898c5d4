"""Cue words of each language, read once from data."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Cues:
    """Cue verbs (base forms in English, printed forms elsewhere), openers of clauses, phrases around a source."""

    verbs: frozenset[str]
    that: frozenset[str]
    according: tuple[tuple[str, ...], ...]
    behind: frozenset[str]
    nouns: frozenset[str]


@cache
def _tables() -> dict[str, dict[str, str]]:
    held: dict[str, dict[str, str]] = tomllib.loads(
        files("transforms.claims").joinpath("data/cues.toml").read_text("utf-8")
    )
    return held


@cache
def cues(language: str) -> Cues | None:
    """The cue words of a language (``de``, ``pt-BR``), or none where it has no table."""
    table = _tables().get(language[:2].lower())
    if table is None:
        return None
    phrases = (tuple(p.split()) for p in table.get("according", "").split("|") if p)
    return Cues(
        verbs=frozenset(table["verbs"].split()),
        that=frozenset(table["that"].split()),
        according=tuple(sorted(phrases, key=lambda p: (-len(p), p))),
        behind=frozenset(table.get("behind", "").split()),
        nouns=frozenset(table.get("nouns", "").split()),
    )
