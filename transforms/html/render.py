"""HTML → text with a line for each block. The walk is iterative, so no depth of nesting exhausts the stack."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from dateline.transforms import deadline
from dateline.transforms.errors import TooLarge
from dateline.transforms.html import unrendered
from dateline.transforms.html.dated import role_of
from dateline.transforms.html.marks import PLAIN, looks_of
from dateline.transforms.html.metadata import VALUE_LIMIT, metadata
from dateline.transforms.html.tags import plain, tags
from dateline.transforms.html.text_builder import BREAK, TextBuilder
from dateline.transforms.model import Evidence, Line


class Rendered(NamedTuple):
    """The text of a page, its lines and boxes, and the metadata and evidence of its markup."""

    text: str
    lines: tuple[Line, ...]
    boxes: tuple[tuple[int, str], ...]
    metadata: dict[str, str]
    evidence: tuple[Evidence, ...]


_SKIP = (
    "script", "style", "noscript", "template", "svg", "iframe", "object", "canvas", "select", "option", "datalist", "button",
    "textarea", "input", "audio", "video", "map", "dialog",
)  # fmt: skip
_HIDDEN = '[hidden],[aria-hidden="true"],[style*="display:none"],[style*="display: none"],[style*="visibility:hidden"]'
_BLOCK = frozenset([
    "p", "div", "section", "article", "main", "aside", "header", "footer", "nav", "h1", "h2", "h3", "h4", "h5", "h6", "ul",
    "ol", "li", "table", "thead", "tbody", "tr", "td", "th", "caption", "blockquote", "pre", "figure", "figcaption", "hr",
    "body", "dl", "dt", "dd", "address", "details", "summary", "form", "fieldset", "legend", "label", "center", "hgroup",
])  # fmt: skip
_BOXES = _BLOCK - frozenset(
    ["p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "td", "th", "thead", "tbody", "dt", "dd", "pre"]
)
"""Elements whose children form one group."""
_OPENS, _CLOSES = "opens", "closes"
_TAGS = {
    **dict.fromkeys(_BLOCK, _OPENS),
    **dict.fromkeys((f"/{name}" for name in _BLOCK), _CLOSES),
    **dict.fromkeys(("a", "/a", "br", "hr", "time"), "itself"),
}
"""What tags do to the lines; others stand within one."""
_ALWAYS_SEEN = frozenset(["html", "body", "main", "article"])
_LAYOUT = "p,div,table,ul,ol,h1,h2,h3,h4,form,img,article,section"
_CELLS = 30
_CELL_CHARS = 200
_LANDMARKS = frozenset(["article", "main", "nav", "aside", "header", "footer"])
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# Void elements and elements with an optional end tag do not nest when they stay open.
_FLAT = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "tfoot",
        "option",
    ]
)
DEPTH_LIMIT = 5_000
"""Elements that may be open at once. The parser takes quadratic time in depth: 0.04 s at 5,000, 100 s at
200,000."""
TAG_LIMIT = 400_000
"""Angle brackets of one page; eight megabytes of real markup have a third of that."""
LINE_LIMIT = 20_000
"""Lines of one page: the longest development page has 3,000, a megabyte of empty cells a million."""
_TIME_LIMIT = 200


def _check_depth(source: str, tags: int) -> None:
    if tags <= DEPTH_LIMIT or tags - source.count("</") <= DEPTH_LIMIT:
        return  # The whole page opens fewer.
    depth = 0
    for match in _TAG.finditer(source):
        if match[2].lower() in _FLAT:
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        if depth > DEPTH_LIMIT:
            raise TooLarge(f"over {DEPTH_LIMIT} elements open at once")


class _Place(NamedTuple):
    """The position of the walk, which the next line inherits. ``row``: inside a row of data."""

    tag: str = ""
    zone: str = ""
    row: bool = False
    box: int = 0
    blocks: tuple[int, ...] = ()


def render(source: str) -> Rendered:
    """Render decoded HTML. Raises :class:`TooLarge` for nesting that is too deep, never for bad markup."""
    tags_in = source.count("<")
    if tags_in > TAG_LIMIT:
        raise TooLarge(f"over {TAG_LIMIT} tags")
    _check_depth(source, tags_in)
    source = unrendered.with_shadow_roots(source)
    tree = LexborHTMLParser(source)
    named, evidence, linked_text = metadata(tree)
    root = tree.body
    if root is None:
        return Rendered("", (), (), named, tuple(evidence))
    tree.strip_tags(list(_SKIP), recursive=True)
    for node in tree.css(_HIDDEN):
        if node.tag not in _BLOCK and node.tag != "html":
            node.decompose()  # Hidden text within a line is dropped; hidden blocks are decided at the end.
    builder = _walk(tree)
    if linked_text:
        builder.add_text(linked_text)
    elif builder.running() == 0 and (hidden := unrendered.text(source, named.get("title"))):
        builder.add_text(hidden)
    visible = builder.finish()
    return Rendered(
        visible.text, visible.lines, visible.boxes, named, (*evidence, *visible.times[:_TIME_LIMIT])
    )


def _walk(tree: LexborHTMLParser) -> TextBuilder:
    builder = TextBuilder(LINE_LIMIT)
    line = builder.line
    place = _Place()
    outer: list[_Place] = []
    links = 0
    rows, times = _elements(tree, "tr"), islice(_elements(tree, "time"), _TIME_LIMIT)
    for text, name, attributes in tags(tree):
        # Blanks between blocks are nothing, but those before a cell make the line of its row begin.
        if text and (line or place.row or not text.isspace()):
            builder.text(plain(text), place, links > 0)
        does = _TAGS.get(name)
        if does is None:
            continue
        if does is _OPENS:
            if place.row and name in ("td", "th"):
                builder.cell()
                continue
            deadline.check()
            builder.flush()
            row = name == "tr" and _is_data(next(rows, None))
            outer.append(place)
            place = _inside(name, attributes, row, place, builder)
        elif does is _CLOSES:
            if not (place.row and name in ("/td", "/th")):
                builder.flush()
                place = outer.pop()
        elif name == "a":
            links += 1
        elif name == "/a":
            links -= 1
        elif name == "br":
            builder.text(BREAK, place, False)
        elif name == "hr":
            builder.flush()
        else:
            _time(next(times, None), builder)
    builder.flush()
    return builder


def _elements(tree: LexborHTMLParser, tag: str) -> Iterator[LexborNode]:
    """The elements with a tag in document order, looked for when the first is asked for."""
    yield from tree.css(tag)


def _inside(name: str, attributes: str, row: bool, place: _Place, builder: TextBuilder) -> _Place:
    """The position inside a block element. ``row``: it is a row of data."""
    zone = name if name in _LANDMARKS else place.zone
    blocks = place.blocks
    if attributes and (looks := looks_of(attributes)) is not PLAIN:
        if looks.hidden and name not in _ALWAYS_SEEN:
            blocks = (*blocks, builder.block("", 0, hidden=True, box=place.box))
        mark = looks.mark(name)
        if mark is not None and mark.kind == "nav":
            zone = "nav"
        elif mark is not None:
            blocks = (*blocks, builder.block(mark.kind, mark.most, hidden=False, box=place.box))
    box = builder.box(place.box, name) if name in _BOXES else place.box
    return _Place(name, zone, row, box, blocks)


def _is_data(row: LexborNode | None) -> bool:
    """Whether a table row contains data: several cells of a few words, and no block of the page's layout."""
    cells = 0
    child = row.child if row is not None else None
    for _ in range(_CELLS):
        if child is None:
            break
        if child.tag in ("td", "th"):
            cells += 1
            if child.css_first(_LAYOUT) is not None or len(child.text(deep=True) or "") > _CELL_CHARS:
                return False
        child = child.next
    return cells > 1


def _time(node: LexborNode | None, builder: TextBuilder) -> None:
    if node is None:
        return
    attributes = node.attributes
    value = (attributes.get("datetime") or "").strip()
    if not value or len(value) > VALUE_LIMIT:
        return
    about = " ".join(attributes.get(name) or "" for name in ("itemprop", "class", "id")) + (
        " pubdate" if "pubdate" in attributes else ""
    )
    builder.time(node.text(deep=True) or "", value, role_of(about))
