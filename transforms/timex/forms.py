"""Forms: words and classes of words in order, compiled to a regular expression over tokens.

``the? (ORD | last) WEEKDAY (of | in) MONTH YEAR?``: capitals name a class of tokens,
anything else is the word itself, ``?`` makes optional, ``( | )`` chooses. A form holds no
repetition, so each match is bounded by the length of the form and runs in linear time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from dateline.transforms.timex.tokens import Token

if TYPE_CHECKING:
    from dateline.transforms.timex.rules import Rule

_ITEM = re.compile(r"[A-Z][A-Z_]*|[()|?]|[^\s()|?]+")


@dataclass(frozen=True, slots=True)
class Compiled:
    """A form of a rule as a pattern, with the class characters that it may begin with."""

    rule: Rule
    pattern: re.Pattern[str]
    first: frozenset[str]


class Matching(NamedTuple):
    """A form where it matches: its rule, how many tokens it takes, and which of these stand for each class."""

    rule: Rule
    size: int
    slots: tuple[tuple[str, tuple[int, ...]], ...]

    @classmethod
    def of(cls, compiled: Compiled, m: re.Match[str]) -> Matching:
        """A form by its match of class characters."""
        slots: dict[str, list[int]] = {}
        for group, index in compiled.pattern.groupindex.items():
            if m.start(index) >= 0:
                slots.setdefault(group.rstrip("0123456789"), []).append(m.start(index))
        return cls(
            compiled.rule, m.end(), tuple((name, tuple(sorted(spots))) for name, spots in slots.items())
        )

    def match(self, tokens: Sequence[Token]) -> Match:
        """The match at the start of these tokens."""
        return Match(
            tokens[: self.size], {name: tuple([tokens[n] for n in spots]) for name, spots in self.slots}
        )


@dataclass(slots=True)
class Match:
    """The tokens that a form matched, and those that stand for each class."""

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

    def meaning(self, name: str) -> Any:
        """The value of the first token that is of a class, whether or not the form names the class."""
        return next((t.values[name] for t in self.tokens if name in t.values), None)

    def all(self, name: str) -> list[Any]:
        """The values of all tokens of a class."""
        return [t.values[name] for t in self.slots.get(name, ())]

    def words(self) -> list[str]:
        return [t.text for t in self.tokens]

    def any(self, *names: str) -> bool:
        """Whether a token of one of the classes was matched."""
        return not self.slots.keys().isdisjoint(names)


def literals(form: str) -> set[str]:
    """The words that a form names."""
    return {item for item in _ITEM.findall(form) if not item[0].isupper() and item not in "()|?"}


def compile_form(rule: Rule, form: str, members: dict[str, str]) -> Compiled:
    """A form as a pattern. ``members`` gives the class characters of each class and word.

    A form that needs a class that the language does not have begins with nothing (``first`` is empty).
    """
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
    return Compiled(rule, re.compile("".join(out)), frozenset(_openings(form, members)))


def _openings(form: str, members: dict[str, str]) -> set[str]:
    found, _, _, _ = _first(_ITEM.findall(form), 0, members)
    return found


def _first(items: list[str], at: int, members: dict[str, str]) -> tuple[set[str], bool, bool, int]:
    """Openings of an alternation that begins at ``at``, whether it may be empty, whether it can match, its end."""
    total: set[str] = set()
    any_empty = any_possible = False
    current: set[str] = set()
    empty = possible = True
    while True:
        if at >= len(items) or items[at] in (")", "|"):
            if possible:
                total |= current
                any_empty |= empty
                any_possible = True
            if at >= len(items) or items[at] == ")":
                return total, any_empty, any_possible, at
            current, empty, possible = set(), True, True
            at += 1
            continue
        item = items[at]
        if item == "(":
            opens, void, able, at = _first(items, at + 1, members)
        else:
            opens, void, able = set(members.get(item, "")), False, bool(members.get(item))
        at += 1
        if at < len(items) and items[at] == "?":
            void = able = True
            at += 1
        possible &= able
        if empty:
            current |= opens
            empty = void
