"""Reads the vocabulary: a folder for each language with a TOML file for each part, and common parts beside
them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TypeVar

from pydantic import ValidationError

from dateline.transforms.lexicon.parts import Part

P = TypeVar("P", bound=Part)
_CODE = re.compile(r"[a-z]{2,3}")
BUILT_IN = files("dateline.transforms.lexicon")


class LexiconError(ValueError):
    """A file of the vocabulary that cannot be used; the message names the file and the key."""


class Library:
    """The vocabulary in one or more folders. A part in a later folder replaces that of an earlier one.

    A language is found by its folder (an ISO 639 code). Each file is read when it is first used, and kept.
    """

    def __init__(self, *folders: Traversable) -> None:
        self._folders = folders or (BUILT_IN,)
        self._parts: dict[tuple[str | None, type[Part]], Part] = {}

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The codes of the languages that have a folder, sorted."""
        return tuple(
            sorted(
                {
                    entry.name
                    for folder in self._folders
                    for entry in folder.iterdir()
                    if _CODE.fullmatch(entry.name) and entry.is_dir()
                }
            )
        )

    def part(self, kind: type[P], language: str) -> P:
        """A part of a language (``de``, ``pt-BR``); empty if the language lacks it.

        Raises :class:`LexiconError` for a file that is not TOML, has an unknown key or a value of the wrong
        type.
        """
        known = self._parts.get((language, kind)) if language else None
        if isinstance(known, kind):
            return known
        code = code_of(language)
        return self._kept(kind, code if code in self.languages else None)

    def common(self, kind: type[P]) -> P:
        """A part that belongs to no language; empty if no folder has it."""
        return self._kept(kind, "")

    def every(self, kind: type[P]) -> dict[str, P]:
        """A part of all languages, by code."""
        return {code: self.part(kind, code) for code in self.languages}

    def union(self, kind: type[P], pick: Callable[[P], Iterable[str]]) -> tuple[str, ...]:
        """Some words of all languages, without repeats. A page in one language may have furniture in others."""
        return tuple(dict.fromkeys(word for part in self.every(kind).values() for word in pick(part)))

    def _kept(self, kind: type[P], folder: str | None) -> P:
        found = self._parts.get((folder, kind))
        if found is None:
            # Two threads may both read a file; both then keep the same record.
            found = self._parts.setdefault((folder, kind), self._read(kind, folder))
        assert isinstance(found, kind)
        return found

    def _read(self, kind: type[P], folder: str | None) -> P:
        for root in reversed(self._folders) if folder is not None else ():
            file = root.joinpath(*([folder] if folder else []), f"{kind.FILE}.toml")
            if file.is_file():
                return _parse(file, kind)
        return kind()


def code_of(language: str) -> str:
    """The ISO 639 code of a language tag: ``pt`` of ``pt-BR``."""
    return language.replace("_", "-").partition("-")[0].lower()


def _parse(file: Traversable, kind: type[P]) -> P:
    try:
        return kind.model_validate(tomllib.loads(file.read_text("utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{file}: not TOML: {error}") from error
    except ValidationError as error:
        fault = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(str(step) for step in fault["loc"])
        raise LexiconError(f"{file}: {where}: {fault['msg'].removeprefix('Value error, ')}") from error


_current = Library()


def library() -> Library:
    """The current vocabulary."""
    return _current


@contextmanager
def using(other: Library) -> Iterator[None]:
    """Make another vocabulary the current one, for this process and within the block."""
    global _current
    before, _current = _current, other
    try:
        yield
    finally:
        _current = before
