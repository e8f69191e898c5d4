"""Forms: words and classes of words in order, as a rule writes them.

``the? (ORD | last) WEEKDAY (of | in) MONTH YEAR?``: capitals name a class of tokens,
anything else is the word itself, ``?`` makes optional, ``( | )`` chooses. A form holds no
repetition, so no match is longer than the form. All forms of a language are read together
(:mod:`dateline.transforms.timex.automaton`).
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


class Matching(NamedTuple):
    """A form where it matches: its rule, how many tokens it takes, and which of these stand for each class."""

    rule: Rule
    size: int
    slots: tuple[tuple[str, tuple[int, ...]], ...]

    @classmethod
    def of(cls, rule: Rule, taken: Sequence[str]) -> Matching:
        """A form where it matches, by what it takes each token for: a class or, as the form names it itself, a word."""
        slots: dict[str, tuple[int, ...]] = {}
        for at, item in enumerate(taken):
            if item[0].isupper():
                slots[item] = (*slots.get(item, ()), at)
        return cls(rule, len(taken), tuple(slots.items()))

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


def items(form: str) -> list[str]:
    """The words, classes and signs of a form."""
    return _ITEM.findall(form)


def literals(form: str) -> set[str]:
    """The words that a form names."""
    return {item for item in items(form) if not item[0].isupper() and item not in "()|?"}
