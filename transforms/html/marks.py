"""The kind of content that the class, id or label of an element names: comments, related stories, a
newsletter box … The words are in ``marks.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from dateline.transforms.html.markup import attributes_of
from dateline.transforms.lexicon.literals import alternatives

_CUT = re.compile(r"[^a-z0-9]+")
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_WORDS = re.compile(r"[A-Za-z][A-Za-z0-9]+")
_PLAIN = re.compile(r"[a-z0-9]+(?![?*])")
_NAMES_LIMIT = 300
_KEPT, _OFTEN = 10_000, 300
"""Attributes of which is kept what they say, and most characters of those that may occur again."""
_UNSEEN = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden")
_TOLD = frozenset(["hidden", "display", "visibility", "role"])
_ROLES = {
    "navigation": "nav", "menu": "nav", "menubar": "nav", "banner": "nav", "contentinfo": "nav", "search": "nav",
    "dialog": "cookie", "alertdialog": "cookie",
}  # fmt: skip
_NEVER = frozenset(["html", "body", "main"])


class Mark(NamedTuple):
    """A kind of block, and how many words of running text a block of that kind may have (0: any number)."""

    kind: str
    most: int


@cache
def _table() -> tuple[tuple[Mark, re.Pattern[str]], ...]:
    table = tomllib.loads(files(__package__).joinpath("marks.toml").read_text("utf-8"))
    return tuple(
        (Mark(kind, row["most"]), re.compile(rf"\b(?:{row['words']})\b")) for kind, row in table.items()
    )


@cache
def _openings() -> tuple[frozenset[str], tuple[str, ...]]:
    """The first words of the names of all kinds, and what the first word begins with where it is a pattern."""
    rows = tomllib.loads(files(__package__).joinpath("marks.toml").read_text("utf-8")).values()
    firsts = [branch.split(" ")[0] for row in rows for branch in alternatives(row["words"])]
    whole = frozenset(first for first in firsts if first.isalnum())
    begun = (_PLAIN.match(first) for first in firsts if not first.isalnum())
    return whole, tuple({letters[0] if letters is not None else "" for letters in begun})


@lru_cache(maxsize=20_000)
def _tells(word: str) -> bool:
    """Whether the name of a kind may begin at a word, or an element with it may be hidden or have a role."""
    whole, begun = _openings()
    parts = (word,) if word.islower() else _CAPITAL.sub(" ", word).lower().split()
    return any(part in _TOLD or part in whole or part.startswith(begun) for part in parts)


@lru_cache(maxsize=10_000)
def named(names: str) -> Mark | None:
    """The mark for the names of an element (class, id and label in one text)."""
    folded = _CUT.sub(" ", _CAPITAL.sub(" ", names).lower())
    return next((mark for mark, pattern in _table() if pattern.search(folded)), None)


class Looks(NamedTuple):
    """What the attributes of an element say of it: whether it is hidden, the mark of its role, and that of its names."""

    hidden: bool = False
    role: Mark | None = None
    names: Mark | None = None

    def mark(self, tag: str) -> Mark | None:
        """The mark of a block element with these attributes."""
        if tag in _NEVER:
            return None
        return self.names if self.role is None or tag == "article" else self.role


PLAIN = Looks()


class _Known(dict[str, Looks]):
    """The looks of elements by their attributes, as they are written. Two of three elements of a page have attributes that
    another has, and nine of ten have none that say anything."""

    def __missing__(self, written: str) -> Looks:
        found = looks(attributes_of(written)) if any(map(_tells, _WORDS.findall(written))) else PLAIN
        if len(written) <= _OFTEN:
            if len(self) >= _KEPT:
                self.clear()
            self[written] = found
        return found


KNOWN = _Known()


def looks(attributes: Mapping[str, str]) -> Looks:
    """The looks of an element with these attributes."""
    style = attributes.get("style")
    hidden = (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or (style is not None and _UNSEEN.search(style) is not None)
    )
    role = _ROLES.get(attributes.get("role", "").lower())
    names = " ".join(v for k in ("class", "id", "aria-label", "data-component") if (v := attributes.get(k)))
    return Looks(
        hidden, None if role is None else Mark(role, 0), named(names[:_NAMES_LIMIT]) if names else None
    )
