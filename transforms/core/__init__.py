"""The compiled core: in C what costs most for each token, where it was built. ``core.h`` says what it mirrors.

``compiled`` is the extension module, or None where it was not built or ``DATELINE_PURE`` is set to anything but 0.
Every caller has the same in Python, and both give the same bytes.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, cast

from dateline.transforms.core import source

if TYPE_CHECKING:
    from dateline.transforms.core._core import Core as Core

PURE = "DATELINE_PURE"
"""The environment variable that turns the compiled core off."""


def built() -> Core | None:
    """The extension module, or None where it was not built of the source that stands here."""
    try:
        from dateline.transforms.core import _core
    except ImportError:
        return None
    # In a checkout the source may be newer than what was built of it.
    if (number := source.number(Path(__file__).parent)) and number != getattr(_core, "SOURCE", None):
        return None
    return cast("Core", _core)


def asked_for() -> bool:
    """Whether the environment lets the compiled core be used."""
    return os.environ.get(PURE, "0") in ("", "0")


compiled = built() if asked_for() else None
