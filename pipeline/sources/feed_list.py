"""The feeds of a watcher: addresses, and files with one address a line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dateline.pipeline.errors import InputError
from dateline.pipeline.findings import reason
from dateline.pipeline.sources.registry import WEB

MAX_FEEDS = 10_000


def read_feeds(names: Sequence[str]) -> list[str]:
    """The addresses of feeds without repeats. In a file, ``#`` begins a comment.

    Raises :class:`~dateline.pipeline.errors.InputError`.
    """
    found: dict[str, None] = {}
    for name in names:
        if name.lower().startswith(WEB):
            found[name] = None
            continue
        try:
            lines = Path(name).read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"{name}: {reason(error)}") from error
        for number, line in enumerate(lines, 1):
            address = line.partition(" #")[0].strip()
            if not address or address.startswith("#"):
                continue
            if not address.lower().startswith(WEB):
                raise InputError(f"{name}:{number}: {address[:100]!r} is not an http(s) address")
            found[address] = None
    if not found:
        raise InputError("no feed is named")
    if len(found) > MAX_FEEDS:
        raise InputError(f"over {MAX_FEEDS} feeds: divide them among several watchers")
    return list(found)
