"""HTML → text with a line for each block. The walk is iterative, so no depth of nesting exhausts the stack."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from dateline.transforms import deadline
from dateline.transforms.errors import TooLarge
from dateline.transforms.html import unrendered
from dateline.transforms.html.dated import role_of
from dateline.transforms.html.marks import mark_of
from dateline.transforms.html.metadata import VALUE_LIMIT, metadata
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
_UNSEEN = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden")
_INLINE = (
    "span",
    "b",
    "strong",
    "i",
    "em",
    "u",
    "font",
    "small",
    "sup",
    "sub",
    "mark",
    "abbr",
    "cite",
    "q",
    "wbr",
    "picture",
)
"""Elements without a meaning of their own. They are unwrapped before the walk, which halves its steps."""
_BLOCK = frozenset([
    "p", "div", "section", "article", "main", "aside", "header", "footer", "nav", "h1", "h2", "h3", "h4", "h5", "h6", "ul",
    "ol", "li", "table", "thead", "tbody", "tr", "td", "th", "caption", "blockquote", "pre", "figure", "figcaption", "hr",
    "body", "dl", "dt", "dd", "address", "details", "summary", "form", "fieldset", "legend", "label", "center", "hgroup",
])  # fmt: skip
_BOXES = _BLOCK - frozenset(
    ["p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "td", "th", "thead", "tbody", "dt", "dd", "pre"]
)
"""Elements whose children form one group."""
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


def _check_depth(source: str) -> None:
    if source.count("<") - source.count("</") <= DEPTH_LIMIT:
        return  # The whole page opens fewer.
    depth = 0
    for match in _TAG.finditer(source):
        if match[2].lower() in _FLAT:
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        if depth > DEPTH_LIMIT:
            raise TooLarge(f"over {DEPTH_LIMIT} elements open at once")


class _Place(NamedTuple):
    """The position of the walk, which the next line inherits. ``linked``: inside a link; ``row``: inside a
    row of data."""

    tag: str = ""
    zone: str = ""
    linked: bool = False
    row: bool = False
    box: int = 0
    blocks: tuple[int, ...] = ()


def render(source: str) -> Rendered:
    """Render decoded HTML. Raises :class:`TooLarge` for nesting that is too deep, never for bad markup."""
    if source.count("<") > TAG_LIMIT:
        raise TooLarge(f"over {TAG_LIMIT} tags")
    _check_depth(source)
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
    tree.unwrap_tags(list(_INLINE))
    builder = _walk(tree.body)
    if linked_text:
        builder.add_text(linked_text)
    elif builder.running() == 0 and (hidden := unrendered.text(source, named.get("title"))):
        builder.add_text(hidden)
    visible = builder.finish()
    return Rendered(
        visible.text, visible.lines, visible.boxes, named, (*evidence, *visible.times[:_TIME_LIMIT])
    )


def _walk(root: LexborNode | None) -> TextBuilder:
    builder = TextBuilder(LINE_LIMIT)
    stack: list[tuple[LexborNode | None, _Place]] = [(root, _Place())]
    times = 0
    while stack:
        deadline.check()
        node, place = stack.pop()
        if node is None:
            builder.flush()
            continue
        name = node.tag or ""
        if name == "-text":
            builder.text(node.text_content or "", place)
            continue
        if name == "br":
            builder.text(BREAK, place)
            continue
        if name.startswith(("-", "!")):
            continue
        if name in _BLOCK:
            if place.row and name in ("td", "th"):
                builder.cell()
            else:
                builder.flush()
                place = _inside(node, name, place, builder)
                stack.append((None, place))
        elif name == "a":
            place = place._replace(linked=True)
        elif name == "time" and times < _TIME_LIMIT:
            times += 1
            _time(node, builder)
        child = node.last_child
        while child is not None:
            stack.append((child, place))
            child = child.prev
    builder.flush()
    return builder


def _inside(node: LexborNode, name: str, place: _Place, builder: TextBuilder) -> _Place:
    """The position inside a block element."""
    zone = name if name in _LANDMARKS else place.zone
    blocks = place.blocks
    attributes = node.attributes
    if attributes:
        if _unseen(attributes) and name not in ("html", "body", "main", "article"):
            blocks = (*blocks, builder.block("", 0, hidden=True, box=place.box))
        mark = mark_of(node, name)
        if mark is not None and mark.kind == "nav":
            zone = "nav"
        elif mark is not None:
            blocks = (*blocks, builder.block(mark.kind, mark.most, hidden=False, box=place.box))
    row = name == "tr" and _is_data(node)
    box = builder.box(place.box, name) if name in _BOXES else place.box
    return _Place(name, zone, place.linked, row, box, blocks)


def _unseen(attributes: Mapping[str, str | None]) -> bool:
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style")
    return bool(style) and _UNSEEN.search(style or "") is not None


def _is_data(row: LexborNode) -> bool:
    """Whether a table row contains data: several cells of a few words, and no block of the page's layout."""
    cells = 0
    child = row.child
    for _ in range(_CELLS):
        if child is None:
            break
        if child.tag in ("td", "th"):
            cells += 1
            if child.css_first(_LAYOUT) is not None or len(child.text(deep=True) or "") > _CELL_CHARS:
                return False
        child = child.next
    return cells > 1


def _time(node: LexborNode, builder: TextBuilder) -> None:
    attributes = node.attributes
    value = (attributes.get("datetime") or "").strip()
    if not value or len(value) > VALUE_LIMIT:
        return
    about = " ".join(attributes.get(name) or "" for name in ("itemprop", "class", "id")) + (
        " pubdate" if "pubdate" in attributes else ""
    )
    builder.time(node.text(deep=True) or "", value, role_of(about))
