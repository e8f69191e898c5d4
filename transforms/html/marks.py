"""The kind of content that the class, id or label of an element names: comments, related stories, a
newsletter box … The words are in ``marks.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from selectolax.lexbor import LexborNode

_CUT = re.compile(r"[^a-z0-9]+")
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NAMES_LIMIT = 300
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


@lru_cache(maxsize=10_000)
def named(names: str) -> Mark | None:
    """The mark for the names of an element (class, id and label in one text)."""
    folded = _CUT.sub(" ", _CAPITAL.sub(" ", names).lower())
    return next((mark for mark, pattern in _table() if pattern.search(folded)), None)


def mark_of(node: LexborNode, tag: str) -> Mark | None:
    """The mark of a block element; ``None`` for most elements."""
    if tag in _NEVER:
        return None
    attributes = node.attributes
    if not attributes:
        return None
    role = _ROLES.get((attributes.get("role") or "").lower())
    if role is not None and tag != "article":
        return Mark(role, 0)
    names = " ".join(v for k in ("class", "id", "aria-label", "data-component") if (v := attributes.get(k)))
    return named(names[:_NAMES_LIMIT]) if names else None
