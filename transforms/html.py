"""HTML → text with a line for each block, and what the markup says of the page.

Iterative, so that no depth of nesting can exhaust the stack.
"""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from transforms.errors import TooLarge
from transforms.model import Evidence, Line


class Rendered(NamedTuple):
    """Text, its lines, and what the markup said."""

    text: str
    lines: tuple[Line, ...]
    metadata: dict[str, str]
    evidence: tuple[Evidence, ...]


_SKIP = frozenset(
    ["script", "style", "noscript", "template", "svg", "iframe", "head", "select", "option", "button", "form"]
)
_BLOCK = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "aside",
        "header",
        "footer",
        "nav",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "table",
        "tr",
        "td",
        "th",
        "blockquote",
        "pre",
        "figure",
        "figcaption",
        "br",
        "hr",
        "body",
        "dl",
        "dt",
        "dd",
        "address",
        "details",
        "summary",
        "title",
        "time",
    ]
)
_SPACE = re.compile(r"\s+")
_META = {
    "og:title": "title", "og:site_name": "publisher", "og:url": "og_url", "og:type": "type", "author": "author",
    "article:published_time": "@published", "article:modified_time": "@modified",
}  # fmt: skip
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# Void elements, and those whose end tag is optional: left open, they do not nest.
_FLAT = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option"]
)
DEPTH_LIMIT = 5_000
"""Open elements at once. The parser's time is quadratic in depth: 0.04 s at 5,000, 100 s at 200,000."""
_JSON_LD_LIMIT = 200_000
_NODE_LIMIT = 2_000


def _check_depth(source: str) -> None:
    depth = 0
    for match in _TAG.finditer(source):
        if match[2].lower() in _FLAT:
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        if depth > DEPTH_LIMIT:
            raise TooLarge(f"over {DEPTH_LIMIT} elements open at once")


def render(source: str) -> Rendered:
    """Render decoded HTML. Raises :class:`TooLarge` on nesting without bound, never on bad markup."""
    _check_depth(source)
    tree = LexborHTMLParser(source)
    metadata, evidence = _metadata(tree)
    lines: list[Line] = []
    pieces: list[str] = []
    at = 0
    current: list[str] = []
    tag = ""

    def flush() -> None:
        nonlocal at
        text = _SPACE.sub(" ", "".join(current)).strip()
        current.clear()
        if text:
            lines.append(Line(start=at, end=at + len(text), tag=tag))
            pieces.append(text)
            at += len(text) + 1

    root = tree.body
    stack: list[tuple[LexborNode, bool]] = [(root, False)] if root is not None else []
    while stack:
        node, leaving = stack.pop()
        name = node.tag or ""
        if leaving:
            flush()
            continue
        if name == "-text":
            current.append(node.text_content or "")
            continue
        if name in _SKIP or name.startswith(("-", "!")):
            continue
        if name in _BLOCK:
            flush()
            tag = name
            stack.append((node, True))
        child = node.last_child
        while child is not None:
            stack.append((child, False))
            child = child.prev
    flush()
    return Rendered("\n".join(pieces), tuple(lines), metadata, evidence)


def _metadata(tree: LexborHTMLParser) -> tuple[dict[str, str], tuple[Evidence, ...]]:
    metadata: dict[str, str] = {}
    evidence: list[Evidence] = []
    for node in tree.css("meta")[:_NODE_LIMIT]:
        key = node.attributes.get("property") or node.attributes.get("name") or ""
        value = (node.attributes.get("content") or "").strip()
        name = _META.get(key.lower())
        if not name or not value:
            continue
        if name == "@published":
            evidence.append(Evidence(source="opengraph", role="published", value=value))
        elif name == "@modified":
            evidence.append(Evidence(source="opengraph", role="modified", value=value))
        else:
            metadata.setdefault(name, value)
    for node in tree.css('link[rel="canonical"]')[:1]:
        if href := node.attributes.get("href"):
            metadata.setdefault("canonical", href)
    if (root := tree.root) is not None and (language := root.attributes.get("lang")):
        metadata.setdefault("language", language.split("-")[0].lower())
    for node in tree.css('script[type="application/ld+json"]')[:20]:
        try:
            found = json.loads((node.text() or "")[:_JSON_LD_LIMIT])
        except (ValueError, RecursionError):
            continue
        _linked_data(found, metadata, evidence)
    return metadata, tuple(evidence)


def _linked_data(found: Any, metadata: dict[str, str], evidence: list[Evidence]) -> None:
    queue = [found]
    for _ in range(_NODE_LIMIT):
        if not queue:
            return
        item = queue.pop(0)
        if isinstance(item, list):
            queue.extend(item)
        elif isinstance(item, dict):
            queue.extend(item.get("@graph") or [])
            if "Article" not in str(item.get("@type")):
                continue
            if isinstance(value := item.get("datePublished"), str):
                evidence.append(Evidence(source="json-ld", role="published", value=value))
            if isinstance(value := item.get("dateModified"), str):
                evidence.append(Evidence(source="json-ld", role="modified", value=value))
            if isinstance(value := item.get("headline"), str):
                metadata.setdefault("title", value)
