"""The two paths of reading: without the compiled core and with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from dateline.transforms import core

T = TypeVar("T")
BUILT = core.built()


@contextmanager
def path(compiled: core.Core | None) -> Iterator[None]:
    """Read with this core, or with none."""
    before = core.compiled
    try:
        core.compiled = compiled
        yield
    finally:
        core.compiled = before


def both(read: Callable[[], T]) -> tuple[T, T]:
    """What is read without the compiled core and with it."""
    with path(None):
        pure = read()
    with path(BUILT):
        return pure, read()
