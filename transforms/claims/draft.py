"""Drafts of claims, in tokens instead of spans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple

from dateline.transforms.model import Run

__all__ = ["Draft", "Drafts", "Piece", "Role", "Run"]
Role = Literal["source", "cue", "content"]


class Piece(NamedTuple):
    """A run of tokens with one role."""

    role: Role
    first: int
    last: int

    @property
    def run(self) -> Run:
        return Run(self.first, self.last)


@dataclass(frozen=True, slots=True)
class Draft:
    """Who, how and what, as runs of tokens.

    ``key`` stays the same while passes change the rest (the first token of the cue); ``outer`` is the key of the
    draft that reports this one, ``lemma`` the verb that a cue without one stands for.
    """

    key: int
    block: int
    rule: str
    kind: Literal["said", "did"] = "said"
    source: tuple[Run, ...] = ()
    cue: tuple[Run, ...] = ()
    content: tuple[Run, ...] = ()
    recipient: Run | None = None
    outer: int | None = None
    lemma: str | None = None
    trace: tuple[str, ...] = ()

    def but(self, why: str | None = None, **changes: Any) -> Draft:
        """This draft with some fields changed; ``why`` is added to its trace."""
        return replace(self, trace=(*self.trace, why) if why else self.trace, **changes)

    @property
    def runs(self) -> tuple[Run, ...]:
        """The runs of source, cue and content."""
        return (*self.source, *self.cue, *self.content)

    @property
    def start(self) -> int:
        """The first token of any run, by which drafts are sorted."""
        return min(self.runs).first

    def quoted(self, quotes: Sequence[int]) -> bool:
        """Whether any of the content is in quotation marks."""
        return any(any(quotes[r.first : r.last]) for r in self.content)

    def opens(self, quotes: Sequence[int]) -> bool:
        """Whether a part of the content begins in quotation marks."""
        return any(quotes[r.first] for r in self.content)


Drafts = tuple[Draft, ...]
