"""Fixtures of the pipeline's tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.pipeline.site import Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    """A web site of our own."""
    with serving() as found:
        yield found
