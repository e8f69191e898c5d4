"""What a page holds, unpacked as its script unpacks it: for tests that look at the data and not at what a browser draws."""

from __future__ import annotations

import base64
import json
import zlib
from typing import Any

from selectolax.lexbor import LexborHTMLParser


def _unpack(text: str) -> str:
    return zlib.decompress(base64.b64decode(text)).decode()


def data_of(html: str) -> dict[str, Any]:
    """The index of a page."""
    node = LexborHTMLParser(html).css_first("script#data")
    assert node
    found: dict[str, Any] = json.loads(_unpack(node.text()))
    return found


def views_of(html: str) -> list[dict[str, Any]]:
    """The full views of the articles of a page, in the order of the index."""
    packs = LexborHTMLParser(html).css("script.pack")
    return [json.loads(line) for pack in packs for line in _unpack(pack.text()).split("\n")]
