"""A claim in the making: tokens, not yet spans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Role = Literal["source", "cue", "content"]


class Run(NamedTuple):
    """Tokens ``[first, last)``."""

    first: int
    last: int


class Piece(NamedTuple):
    """A run of tokens with one role."""

    role: Role
    first: int
    last: int

    @property
    def run(self) -> Run:
        return Run(self.first, self.last)


@dataclass(slots=True)
class Draft:
    """Who, how and what, as runs of tokens. ``outer`` is the draft that reports this one."""

    block: int
    rule: str
    kind: Literal["said", "did"] = "said"
    source: list[Run] = field(default_factory=list)
    cue: list[Run] = field(default_factory=list)
    content: list[Run] = field(default_factory=list)
    recipient: Run | None = None
    trace: list[str] = field(default_factory=list)

    @property
    def start(self) -> int:
        """The first token of any part: the order of drafts."""
        return min(r.first for part in (self.source, self.cue, self.content) for r in part)

    def quoted(self, quotes: Sequence[int]) -> bool:
        """Whether any of the content stands in quotation marks."""
        return any(quotes[k] for r in self.content for k in range(r.first, r.last))

    @property
    def end(self) -> int:
        """One past the last token of any part."""
        return max(r.last for part in (self.source, self.cue, self.content) for r in part)
