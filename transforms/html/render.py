"""HTML → text with a line for each block. The walk is iterative, so no depth of nesting exhausts the stack."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from dateline.transforms.errors import TooLarge
from dateline.transforms.html import markup, unrendered
from dateline.transforms.html.dated import role_of
from dateline.transforms.html.marks import KNOWN, PLAIN, Looks
from dateline.transforms.html.metadata import VALUE_LIMIT, metadata
from dateline.transforms.html.text_builder import TextBuilder
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
_ALWAYS_SEEN = frozenset(["html", "body", "main", "article"])
_LAYOUT = "p,div,table,ul,ol,h1,h2,h3,h4,form,img,article,section"
_CELLS = 30
_CELL_CHARS = 200
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
        if node.tag not in markup.BLOCKS and node.tag != "html":
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
    if not markup.read(markup.written(tree), _Walk(tree, builder).page()):
        markup.mend(tree)
        builder = TextBuilder(LINE_LIMIT)
        markup.read(markup.written(tree), _Walk(tree, builder).page())
    return builder


class _Walk:
    """What is asked and told while the markup of a page is read."""

    def __init__(self, tree: LexborHTMLParser, builder: TextBuilder) -> None:
        self._builder = builder
        self._rows, self._times = _elements(tree, "tr"), islice(_elements(tree, "time"), _TIME_LIMIT)

    def page(self) -> markup.Page:
        builder = self._builder
        return markup.Page(
            KNOWN, PLAIN, self.mark, self.row, self.time, builder.put, builder.above, builder.tags
        )

    def mark(self, looks: Looks, name: str, zone: str, box: int, blocks: tuple[int, ...]) -> markup.Zoned:
        """The zone and the blocks inside an element of these looks."""
        if looks.hidden and name not in _ALWAYS_SEEN:
            blocks = (*blocks, self._builder.block("", 0, hidden=True, box=box))
        mark = looks.mark(name)
        if mark is None:
            return zone, blocks
        if mark.kind == "nav":
            return "nav", blocks
        return zone, (*blocks, self._builder.block(mark.kind, mark.most, hidden=False, box=box))

    def row(self) -> bool:
        return _is_data(next(self._rows, None))

    def time(self) -> None:
        _time(next(self._times, None), self._builder)


def _elements(tree: LexborHTMLParser, tag: str) -> Iterator[LexborNode]:
    """The elements with a tag in document order, looked for when the first is asked for."""
    yield from tree.css(tag)


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
