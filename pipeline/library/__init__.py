"""News pages in, dated and attributed events out.

>>> import dateline
>>> article = dateline.read("Published: 18 November 2026\\n\\nRiver falls back\\n\\nMayor Ana Ruiz said on Monday …")

``read`` reads one page, ``read_folder`` a folder of them, ``dates`` the dates of a sentence, and ``open`` what a
run of the command ``dateline`` has stored. All use the steps of the pipeline, so they give what it would
store. Errors are in :mod:`dateline.errors`. What is read and shown is immutable.

:mod:`dateline.transforms` holds the steps, :mod:`dateline.pipeline` how articles travel through them. Importing
this package alone imports neither.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dateline import errors
    from dateline.article import Article, Date, Event
    from dateline.reading import dates, read, read_folder
    from dateline.stored import Store, Table, open
    from dateline.transforms.version import VERSION as __version__

_PLACES = {
    "Article": "dateline.article:Article",
    "Date": "dateline.article:Date",
    "Event": "dateline.article:Event",
    "Store": "dateline.stored:Store",
    "Table": "dateline.stored:Table",
    "dates": "dateline.reading:dates",
    "errors": "dateline.errors",
    "open": "dateline.stored:open",
    "read": "dateline.reading:read",
    "read_folder": "dateline.reading:read_folder",
    "__version__": "dateline.transforms.version:VERSION",
}
"""Where each name is defined: the modules are imported when a name is first used."""

__all__ = [
    "Article",
    "Date",
    "Event",
    "Store",
    "Table",
    "__version__",
    "dates",
    "errors",
    "open",
    "read",
    "read_folder",
]


def __getattr__(name: str) -> Any:
    place = _PLACES.get(name)
    if place is None:
        raise AttributeError(f"module 'dateline' has no attribute {name!r}")
    module, _, attribute = place.partition(":")
    found = importlib.import_module(module)
    value = getattr(found, attribute) if attribute else found
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
