"""Reads the markup that a parser writes of a page: lines of text between blocks, and what the blocks are.

To ask the parser for each node, its tag and its neighbours takes three times as long as to read what it writes, which is
regular: every tag is closed, attributes stand in double quotes, and in texts and attributes the angle brackets are escaped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import unescape
from typing import Any, NamedTuple

from selectolax.lexbor import LexborHTMLParser

from dateline.transforms import core, deadline

BREAK = "\x1e"
"""Marks a ``<br>`` within a line."""
CELL = " | "
"""Stands between the cells of a row of data."""
_BLOCK = (
    "p", "div", "section", "article", "main", "aside", "header", "footer", "nav", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol",
    "li", "table", "thead", "tbody", "tr", "td", "th", "caption", "blockquote", "pre", "figure", "figcaption", "body", "dl", "dt",
    "dd", "address", "details", "summary", "form", "fieldset", "legend", "label", "center", "hgroup",
)  # fmt: skip
_NO_BOXES = frozenset(
    ["p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "td", "th", "thead", "tbody", "dt", "dd", "pre"]
)
"""Blocks whose children form no group."""
_LANDMARKS = frozenset(["article", "main", "nav", "aside", "header", "footer"])
_CELLS = frozenset(["td", "th"])
BLOCKS = frozenset((*_BLOCK, "hr"))
"""Elements that end a line."""
RAW = ("xmp", "noembed", "noframes", "plaintext")
"""Elements whose text is written as it is, and may look like tags."""

_OPENS, _CLOSES, _LINK, _UNLINK, _BREAK, _RULE, _TIME, _IS_RAW = range(1, 9)
_BOX, _LANDMARK, _ROW, _CELL = 16, 32, 64, 128
"""Of a block: its children form a group, it is a landmark, it may be a row of data or a cell of one."""
DOES = {
    **{
        name: _OPENS
        | _BOX * (name not in _NO_BOXES)
        | _LANDMARK * (name in _LANDMARKS)
        | _ROW * (name == "tr")
        | _CELL * (name in _CELLS)
        for name in _BLOCK
    },
    **{f"/{name}": _CLOSES | _CELL * (name in _CELLS) for name in _BLOCK},
    "a": _LINK, "/a": _UNLINK, "br": _BREAK, "hr": _RULE, "time": _TIME,
    **dict.fromkeys(RAW, _IS_RAW),
}  # fmt: skip
"""What tags do to the lines; others stand within one."""
_TAG = re.compile(r"<([^\s>!?][^\s>]*|)(!--(?:.*?-->|.*)|[^>]*)>?", re.DOTALL)
"""A tag with its attributes, or a comment."""
_FIELDS = 3
_ATTRIBUTE = re.compile(r' ([^\s][^\s=]*)="([^"]*)"')

Zoned = tuple[str, tuple[int, ...]]
"""The landmark around a place of a page, and the blocks that are marked or hidden."""


class Page(NamedTuple):
    """What is told of a page while it is read.

    ``looks`` gives what attributes say, as they are written, which is ``plain`` for most. Of an element with other looks
    ``mark`` is told them, its name, and the zone, the box and the blocks around it, and gives the zone and the blocks inside.
    ``row`` says whether the next ``<tr>`` is a row of data, ``time`` is called for each ``<time>``. ``put`` is given each line
    with its blanks, how many characters of it are in links, and its place: tag, zone, box and blocks. ``above`` and
    ``tags`` are the boxes: the number of the one around each, and its tag.
    """

    looks: Mapping[str, Any]
    plain: object
    mark: Callable[[Any, str, str, int, tuple[int, ...]], Zoned]
    row: Callable[[], bool]
    time: Callable[[], None]
    put: Callable[[str, int, str, str, int, tuple[int, ...]], None]
    above: list[int]
    tags: list[str]


def written(tree: LexborHTMLParser) -> str:
    """The markup of the body of a page."""
    body = tree.body
    return (body.html or "") if body is not None else ""


def mend(tree: LexborHTMLParser) -> None:
    """Put the text of elements of :data:`RAW` in their places."""
    for node in tree.css(",".join(RAW)):
        node.replace_with(node.text(deep=True) or "")


def read(markup: str, page: Page) -> bool:
    """Read the markup of a page; ``False`` if it has an element of :data:`RAW`, before which it was read."""
    if core.compiled is not None:
        return core.compiled.read_markup(markup, DOES, deadline.check, *page)
    place = ("", "", 0, ())  # type: tuple[str, str, int, tuple[int, ...]]
    tag, zone, box, blocks = place
    data = False
    outer: list[tuple[str, str, int, tuple[int, ...], bool]] = []
    pieces: list[str] = []
    linked = links = 0
    timed = False
    found = _TAG.split(markup)
    for text, name, attributes in zip(
        found[::_FIELDS], [*found[1::_FIELDS], ""], [*found[2::_FIELDS], ""], strict=True
    ):
        # Blanks between blocks are nothing, but those before a cell make the line of its row begin.
        if text and (pieces or data or not text.isspace()):
            if "&" in text:
                text = _plain(text)
            pieces.append(text)
            if links:
                linked += len(text.strip())
        does = DOES.get(name)
        if does is None:
            continue
        what = does & 15
        if what <= _CLOSES:
            if data and does & _CELL:
                if what == _OPENS and pieces:
                    pieces.append(CELL)
                continue
            if pieces or timed:
                page.put("".join(pieces), linked, tag, zone, box, blocks)
                pieces.clear()
                linked, timed = 0, False
            if what == _CLOSES:
                tag, zone, box, blocks, data = outer.pop()
                continue
            deadline.check()
            outer.append((tag, zone, box, blocks, data))
            data = bool(does & _ROW) and page.row()
            tag, zone = name, name if does & _LANDMARK else zone
            if attributes and (looks := page.looks[attributes]) is not page.plain:
                zone, blocks = page.mark(looks, name, zone, box, blocks)
            if does & _BOX:
                page.above.append(box)
                page.tags.append(name)
                box = len(page.above) - 1
        elif what == _LINK:
            links += 1
        elif what == _UNLINK:
            links -= 1
        elif what == _BREAK:
            pieces.append(BREAK)
        elif what == _TIME:
            page.time()
            timed = True
        elif what == _IS_RAW:
            return False
        elif pieces or timed:
            page.put("".join(pieces), linked, tag, zone, box, blocks)
            pieces.clear()
            linked, timed = 0, False
    return True


def _plain(text: str) -> str:
    """A text between tags as it is read."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", "\xa0").replace("&amp;", "&")


def attributes_of(attributes: str) -> dict[str, str]:
    """The attributes of a tag by name."""
    found = dict(_ATTRIBUTE.findall(attributes))
    return {name: unescape(value) for name, value in found.items()} if "&" in attributes else found
