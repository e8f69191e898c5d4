"""Makes ``pipeline/store/packed/phrases.txt``, what zlib knows of packed readings beforehand: those of our own sample pages.

``python -m tests.phrases > FILE``. The file that is committed must stay as it is, because readings that were packed
with it cannot be unpacked with another; new phrases need a form of their own in ``pipeline/store/packed/codec.py``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from dateline.pipeline.store.packed import codec, compact, profiles
from dateline.pipeline.store.rows import article_rows
from dateline.transforms.model import RawArticle
from dateline.transforms.walk import walk
from tests import pages

SAMPLES = Path(__file__).parents[1] / "seeds" / "pages"
SIZE = 16_000
"""Bytes: zlib looks back over 32 KB, of which an article needs some itself."""

FIELDS = 400
"""Bytes of a profile that hold names and not numbers."""


def phrases() -> bytes:
    """The last pages are the nearest, so the sizes of numbers that come last matter most."""
    made = b"\n".join(line for raw in _raws() for line in _lines(raw))
    return made[-SIZE:] + b"\n"


def _raws() -> Iterator[RawArticle]:
    for path in sorted(SAMPLES.glob("*.txt")):
        yield RawArticle(content=path.read_text("utf-8"), origin=path.name)
    for page in (pages.page(1), pages.page(2)):
        yield RawArticle(content=page.text(), origin=page.name, media_type="text/plain", url=page.url)


def _lines(raw: RawArticle) -> Iterator[bytes]:
    """What is packed of an article, and the names of the fields of its profile."""
    article = compact.compact(article_rows(walk(raw), "", "")).article
    yield profiles.line_of(article["profile"])[:FIELDS]
    yield codec.decompress(article["readings"])


if __name__ == "__main__":
    sys.stdout.buffer.write(phrases())
