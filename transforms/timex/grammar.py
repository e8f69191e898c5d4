"""Rules as data: a form in words and classes becomes a regular expression over tokens.

``the? (ORD | last) WEEKDAY (of | in) MONTH YEAR?``: capitals name a class of tokens,
anything else is the word itself, ``?`` makes optional, ``( | )`` chooses. A form holds no
repetition, so each match is bounded by the length of the form and runs in linear time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from transforms.timex.tokens import Token

_ITEM = re.compile(r"[A-Z][A-Z_]*|[()|?]|[^\s()|?]+")


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule: forms, the production that makes its meaning, and options of that production."""

    name: str
    forms: tuple[str, ...]
    make: str
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Compiled:
    """A form, ready: its rule, pattern, and the class characters that it may begin with."""

    rule: Rule
    pattern: re.Pattern[str]
    first: frozenset[str]


@dataclass(frozen=True, slots=True)
class Match:
    """What a rule matched: its tokens, and those that stand for each class."""

    rule: Rule
    tokens: Sequence[Token]
    slots: dict[str, tuple[Token, ...]]

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end

    def get(self, name: str) -> Any:
        """The value of the first token of a class, ``None`` where there is none."""
        found = self.slots.get(name)
        return found[0].values[name] if found else None

    def all(self, name: str) -> list[Any]:
        """The values of all tokens of a class."""
        return [t.values[name] for t in self.slots.get(name, ())]

    def words(self) -> list[str]:
        return [t.text for t in self.tokens]


def literals(form: str) -> set[str]:
    """The words that a form names."""
    return {item for item in _ITEM.findall(form) if not item[0].isupper() and item not in "()|?"}


def classes_of(form: str) -> set[str]:
    """The classes that a form names."""
    return {item for item in _ITEM.findall(form) if item[0].isupper()}


def compile_form(rule: Rule, form: str, members: dict[str, str]) -> Compiled:
    """A form as a pattern. ``members`` gives the class characters of each class and word."""
    out: list[str] = []
    counts: dict[str, int] = {}
    for item in _ITEM.findall(form):
        if item == "(":
            out.append("(?:")
        elif item in ")|?":
            out.append(item)
        elif not members.get(item):
            out.append("(?!)")  # the common rules name classes that a language need not have
        elif item[0].isupper():
            counts[item] = counts.get(item, 0) + 1
            out.append(f"(?P<{item}{counts[item]}>[{re.escape(members[item])}])")
        else:
            out.append(f"[{re.escape(members[item])}]")
    pattern = re.compile("".join(out))
    return Compiled(rule, pattern, frozenset(_openings(form, members)))


def _openings(form: str, members: dict[str, str]) -> set[str]:
    items = _ITEM.findall(form)
    found, _, _ = _first(items, 0, members)
    return found


def _first(items: list[str], at: int, members: dict[str, str]) -> tuple[set[str], bool, int]:
    """Openings of an alternation that begins at ``at``, whether it may be empty, and where it ends."""
    total: set[str] = set()
    any_empty = False
    current: set[str] = set()
    empty = True
    while at < len(items) and items[at] != ")":
        item = items[at]
        if item == "|":
            total |= current
            any_empty |= empty
            current, empty = set(), True
            at += 1
            continue
        if item == "(":
            opens, void, at = _first(items, at + 1, members)
        else:
            opens, void = set(members.get(item, "")), False
        at += 1
        if at < len(items) and items[at] == "?":
            void = True
            at += 1
        if empty:
            current |= opens
            empty = void
    return total | current, any_empty or empty, at
