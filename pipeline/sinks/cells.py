"""Cells of CSV that no spreadsheet runs."""

from __future__ import annotations

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: object) -> object:
    """A cell of CSV that no spreadsheet runs: one that starts like a formula gets a leading quote mark."""
    return "'" + value if isinstance(value, str) and value.startswith(_FORMULA) else value
