"""Reads robots.txt with protego, as RFC 9309 says, within limits of size and lines.

The parser of the standard library takes the first match and knows no wildcards, so it misreads the robots.txt
of most large news sites.
"""

from __future__ import annotations

import math
from urllib.parse import urlsplit

from protego import Protego

SIZE = 512_000
"""RFC 9309 asks crawlers to read at least 500 KiB; the rest of a longer file is not read."""
_LINES = 20_000
_LONGEST_DELAY = 60.0


class Robots:
    """The rules of one host for one agent. An empty text allows everything."""

    def __init__(self, body: bytes = b"", agent: str = "") -> None:
        text = body[:SIZE].decode("utf-8", "replace").removeprefix("\ufeff")
        self._rules = Protego.parse("\n".join(text.splitlines()[:_LINES]))
        self._agent = agent

    def allows(self, url: str) -> bool:
        """Whether an address may be fetched."""
        return urlsplit(url).path == "/robots.txt" or bool(self._rules.can_fetch(url, self._agent))

    @property
    def delay(self) -> float:
        """The seconds between two requests that the host asks for, at most a minute."""
        wanted = self._rules.crawl_delay(self._agent) or 0.0
        return min(wanted, _LONGEST_DELAY) if math.isfinite(wanted) and wanted > 0 else 0.0


ALL = Robots()


def parse(body: bytes, agent: str) -> Robots:
    """The rules of a robots.txt for the product token ``agent``, or those of ``*`` if it has no group for it."""
    return Robots(body, agent)
