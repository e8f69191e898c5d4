"""Types of columns that store ids, hashes and fixed words in fewer bytes, and the SQL that reads them as
text."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import Column, Dialect, LargeBinary, SmallInteger, TypeDecorator


class Code(TypeDecorator[str]):
    """One word of a fixed list, stored as its number. New words go at the end of the list, so that numbers
    stay the same."""

    impl = SmallInteger
    cache_ok = True

    def __init__(self, *words: str) -> None:
        super().__init__()
        self.words = words
        self._numbers = {word: n for n, word in enumerate(words)}

    def process_bind_param(self, value: str | None, dialect: Dialect) -> int | None:
        """The number of a word. Raises :class:`ValueError` for a word that is not in the list."""
        if value is None:
            return None
        try:
            return self._numbers[value]
        except KeyError:
            raise ValueError(f"{value!r} is none of {', '.join(self.words)}") from None

    def process_result_value(self, value: int | None, dialect: Dialect) -> str | None:
        """The word of a number."""
        return None if value is None else self.words[value]


class Hex(TypeDecorator[str]):
    """Hexadecimal digits, stored as bytes."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """The bytes. Raises :class:`ValueError` for other characters."""
        return None if value is None else bytes.fromhex(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        """The digits."""
        return None if value is None else bytes(value).hex()


class Id(TypeDecorator[str]):
    """A UUID as 16 bytes."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """The bytes. Raises :class:`ValueError` for anything but a UUID."""
        return None if value is None else uuid.UUID(value).bytes

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        """The UUID as text."""
        return None if value is None else str(uuid.UUID(bytes=bytes(value)))


def words_of(column: Column[Any], alias: str, dialect: str) -> str:
    """SQL that reads a column of a table as text."""
    name = f"{alias}.{column.name}"
    kind = column.type
    if isinstance(kind, Code):
        cases = " ".join(f"WHEN {n} THEN '{word}'" for n, word in enumerate(kind.words))
        return f"CASE {name} {cases} END"
    digits = f"ENCODE({name}, 'hex')" if dialect == "postgresql" else f"LOWER(HEX({name}))"
    if isinstance(kind, Hex):
        return f"CASE WHEN {name} IS NOT NULL THEN {digits} END"  # HEX(NULL) is an empty text in SQLite
    if isinstance(kind, Id):
        if dialect == "postgresql":
            return f"CAST(CAST({digits} AS UUID) AS TEXT)"
        parts = (
            f"SUBSTR({digits}, {first}, {size})"
            for first, size in ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
        )
        return " || '-' || ".join(parts)
    return name
