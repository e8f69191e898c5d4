"""Pauses between retries, each twice as long as the one before."""

from __future__ import annotations


class Backoff:
    """Pauses in seconds, from ``first`` up to ``longest``. ``pause`` is the current one, 0 after a success."""

    def __init__(self, first: float, longest: float) -> None:
        self.first = first
        self.longest = longest
        self.pause = 0.0

    def failed(self) -> float:
        """Note a failure, and return how long to wait before the next try."""
        self.pause = min(self.pause * 2 or self.first, self.longest)
        return self.pause

    def succeeded(self) -> None:
        """Note a success: the next pause is the shortest again."""
        self.pause = 0.0
