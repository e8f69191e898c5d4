"""The tags and texts of a parsed page in their order, from the markup that its parser writes.

To ask the parser for each node of a page, its tag and its neighbours takes three times as long as to split what it writes,
which is regular: every tag is closed, and in texts and attributes the angle brackets are escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from selectolax.lexbor import LexborHTMLParser

_TAG = re.compile(r"<([^\s>!?][^\s>]*|)(!--(?:.*?-->|.*)|[^>]*)>?", re.DOTALL)
"""A tag with its attributes, or a comment."""
_FIELDS = 3
_ATTRIBUTE = re.compile(r' ([^\s][^\s=]*)="([^"]*)"')
_RAW = frozenset(["xmp", "noembed", "noframes", "plaintext"])
"""Elements whose text is written as it is, and may look like tags."""


def tags(tree: LexborHTMLParser) -> Iterator[tuple[str, str, str]]:
    """Each tag of the body of a page: the text before it, still escaped, its name, with a slash where it closes an element,
    and its attributes as they are written. A comment has no name.

    Elements of :data:`_RAW` are replaced in the tree by their text.
    """
    pieces = _split(tree)
    if not _RAW.isdisjoint(pieces[1::_FIELDS]):
        for node in tree.css(",".join(_RAW)):
            node.replace_with(node.text(deep=True) or "")
        pieces = _split(tree)
    return zip(pieces[::_FIELDS], pieces[1::_FIELDS], pieces[2::_FIELDS], strict=False)


def _split(tree: LexborHTMLParser) -> list[str]:
    body = tree.body
    return _TAG.split(body.html or "") if body is not None else []


def plain(text: str) -> str:
    """A text between tags as it is read."""
    if "&" not in text:
        return text
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", "\xa0").replace("&amp;", "&")


def attributes_of(written: str) -> dict[str, str]:
    """The attributes of a tag by name."""
    found = dict(_ATTRIBUTE.findall(written))
    return {name: unescape(value) for name, value in found.items()} if "&" in written else found
