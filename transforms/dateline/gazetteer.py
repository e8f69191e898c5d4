"""Time zones of towns and countries: one sorted table, searched as bytes.

The file is unpacked once a process (three megabytes, twenty milliseconds) and is not turned into
objects: a look-up is a binary search over its lines. ``build_gazetteer.py`` makes the file;
``GAZETTEER.md`` is its data card.

Format, UTF-8 under gzip: the first line holds the names of the zones, each other line
``KEY<tab>NUMBER OF ZONE``. Keys are ``TOWN``, ``TOWN|STATE`` and ``|COUNTRY``, in order of their bytes.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

FILE = "gazetteer.tsv.gz"


class Gazetteer:
    """The table as bytes. Raises :class:`ValueError` for a table without zones."""

    def __init__(self, table: bytes) -> None:
        head, _, self._rows = table.partition(b"\n")
        self._zones = tuple(head.decode("utf-8").split())
        if not self._zones:
            raise ValueError("the table names no zones: run build_gazetteer.py")

    def zone(self, key: str) -> str | None:
        """The zone of a key; ``None`` where the table lacks it."""
        wanted = key.encode("utf-8", "replace")
        rows = self._rows
        low, high = 0, len(rows)
        while low < high:
            start = rows.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = rows.find(b"\n", start)
            found, _, number = rows[start:end].partition(b"\t")
            if found == wanted:
                return self._zones[int(number)]
            if found < wanted:
                low = end + 1
            else:
                high = start
        return None


def town(name: str) -> str:
    """The key of a folded town name."""
    return name


def town_in(name: str, state: str) -> str:
    """The key of a folded town name in a state of the United States."""
    return f"{name}|{state}"


def country(name: str) -> str:
    """The key of a country."""
    return f"|{name}"


def pack(zones: Mapping[str, str]) -> bytes:
    """The file for a table of key → zone. The same table gives the same bytes."""
    names = sorted(set(zones.values()))
    number = {name: n for n, name in enumerate(names)}
    rows = sorted((key.encode("utf-8"), number[zone]) for key, zone in zones.items())
    table = b"".join(b"%s\t%d\n" % row for row in rows)
    return gzip.compress(" ".join(names).encode("utf-8") + b"\n" + table, compresslevel=9, mtime=0)


@lru_cache(maxsize=1)
def load() -> Gazetteer:
    """The packaged table, read once a process."""
    return Gazetteer(gzip.decompress(files(__package__).joinpath(FILE).read_bytes()))
