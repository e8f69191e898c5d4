"""HTML → text with a line for each block.

Iterative, so that no depth of nesting can exhaust the stack.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from transforms import deadline
from transforms.errors import TooLarge
from transforms.html.metadata import VALUE_LIMIT, metadata
from transforms.model import Evidence, EvidenceRole, Line, Span


class Rendered(NamedTuple):
    """Text, its lines, and what the markup said."""

    text: str
    lines: tuple[Line, ...]
    metadata: dict[str, str]
    evidence: tuple[Evidence, ...]


_SKIP = (
    "script", "style", "noscript", "template", "svg", "iframe", "object", "canvas", "select", "option", "datalist", "button",
    "textarea", "input", "audio", "video", "map", "dialog",
)  # fmt: skip
_HIDDEN = '[hidden],[aria-hidden="true"],[style*="display:none"],[style*="display: none"],[style*="visibility:hidden"]'
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
"""Elements that say nothing of their own: unwrapped before the walk, which halves its steps."""
_BLOCK = frozenset([
    "p", "div", "section", "article", "main", "aside", "header", "footer", "nav", "h1", "h2", "h3", "h4", "h5", "h6", "ul",
    "ol", "li", "table", "thead", "tbody", "tr", "td", "th", "caption", "blockquote", "pre", "figure", "figcaption", "hr",
    "body", "dl", "dt", "dd", "address", "details", "summary", "form", "fieldset", "legend", "label", "center", "hgroup",
])  # fmt: skip
_LANDMARKS = frozenset(["article", "main", "nav", "aside", "header", "footer"])
_CONTROL = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
_SENTENCE_END = (".", "!", "?", ":", ";", "”", '"', "…", "。")
_ROLES: tuple[tuple[re.Pattern[str], EvidenceRole], ...] = (
    (re.compile(r"modif|updat|aktualisiert", re.IGNORECASE), "modified"),
    (re.compile(r"publish|pubdate|created|issued|posted|entry-date", re.IGNORECASE), "published"),
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# Void elements, and those whose end tag is optional: left open, they do not nest.
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
"""Open elements at once. The parser's time is quadratic in depth: 0.04 s at 5,000, 100 s at 200,000."""
TAG_LIMIT = 400_000
"""Angle brackets of one page: eight megabytes of real markup hold a third of that."""
LINE_LIMIT = 20_000
"""Lines of one page: the longest development page has 3,000, a megabyte of empty cells a million."""
_TIME_LIMIT = 200


def _check_depth(source: str) -> None:
    if source.count("<") - source.count("</") <= DEPTH_LIMIT:
        return  # fewer are opened on the whole page
    depth = 0
    for match in _TAG.finditer(source):
        if match[2].lower() in _FLAT:
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        if depth > DEPTH_LIMIT:
            raise TooLarge(f"over {DEPTH_LIMIT} elements open at once")


class _Walk:
    """The text of a page in the making: one line at a time."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.lines: list[Line] = []
        self.evidence: list[Evidence] = []
        self._at = 0
        self._current: list[str] = []
        self._linked = 0
        self._times: list[tuple[str, str, EvidenceRole]] = []
        self._tag = self._zone = ""

    def text(self, text: str, tag: str, zone: str, linked: bool) -> None:
        if not self._current:
            self._tag, self._zone = tag, zone
        self._current.append(text)
        if linked:
            self._linked += len(text.strip())

    def time(self, text: str, value: str, role: EvidenceRole) -> None:
        self._times.append((text, value, role))

    def flush(self) -> None:
        """End the line; one that a ``<br>`` broke within a sentence is put together again."""
        if self._current:
            raw = "".join(self._current)
            self._current.clear()
            share = min(1.0, self._linked / max(1, len(raw.strip())))
            self._linked = 0
            if _BREAK in raw:
                for part in _parts(raw):
                    self._line(part, share)
            else:
                self._line(raw, share)
        for _, value, role in self._times:
            self.evidence.append(Evidence(source="time", role=role, value=value))
        self._times.clear()

    def _line(self, raw: str, share: float) -> None:
        text = " ".join(raw.split())
        if not text.isascii():
            text = unicodedata.normalize("NFC", _CONTROL.sub("", text)).strip()
        if not text:
            return
        if len(self.lines) >= LINE_LIMIT:
            raise TooLarge(f"over {LINE_LIMIT} lines")
        at = self._at
        self.lines.append(
            Line(start=at, end=at + len(text), tag=self._tag, link_share=round(share, 3), zone=self._zone)
        )
        self.pieces.append(text)
        self._at += len(text) + 1
        for held in self._times[:]:
            shown = " ".join(held[0].split())
            if shown and (found := text.find(shown)) >= 0:
                span = Span(start=at + found, end=at + found + len(shown), exact=shown)
                self.evidence.append(Evidence(source="time", role=held[2], value=held[1], span=span))
                self._times.remove(held)


_BREAK = "\x1e"


def _parts(raw: str) -> list[str]:
    parts: list[str] = []
    for part in raw.split(_BREAK):
        text = part.strip()
        if not text:
            parts.append("")
        elif parts and parts[-1] and not parts[-1].rstrip().endswith(_SENTENCE_END) and text[0].islower():
            parts[-1] += " " + part
        else:
            parts.append(part)
    return parts


def render(source: str) -> Rendered:
    """Render decoded HTML. Raises :class:`TooLarge` on nesting without bound, never on bad markup."""
    if source.count("<") > TAG_LIMIT:
        raise TooLarge(f"over {TAG_LIMIT} tags")
    _check_depth(source)
    tree = LexborHTMLParser(source)
    told, evidence = metadata(tree)
    root = tree.body
    if root is None:
        return Rendered("", (), told, tuple(evidence))
    tree.strip_tags(list(_SKIP), recursive=True)
    for node in tree.css(_HIDDEN):
        if node.tag not in ("html", "body", "main", "article"):
            node.decompose()
    tree.unwrap_tags(list(_INLINE))
    walk = _walk(tree.body)
    return Rendered(
        "\n".join(walk.pieces), tuple(walk.lines), told, (*evidence, *walk.evidence[:_TIME_LIMIT])
    )


def _walk(root: LexborNode | None) -> _Walk:
    walk = _Walk()
    stack: list[tuple[LexborNode | None, str, str, bool]] = [(root, "", "", False)]
    times = 0
    while stack:
        deadline.check()
        node, tag, zone, linked = stack.pop()
        if node is None:
            walk.flush()
            continue
        name = node.tag or ""
        if name == "-text":
            walk.text(node.text_content or "", tag, zone, linked)
            continue
        if name == "br":
            walk.text(_BREAK, tag, zone, False)
            continue
        if name.startswith(("-", "!")):
            continue
        if name in _BLOCK:
            walk.flush()
            tag = name
            if name in _LANDMARKS:
                zone = name
            stack.append((None, "", "", False))
        elif name == "a":
            linked = True
        elif name == "time" and times < _TIME_LIMIT:
            times += 1
            _time(node, walk)
        child = node.last_child
        while child is not None:
            stack.append((child, tag, zone, linked))
            child = child.prev
    walk.flush()
    return walk


def _time(node: LexborNode, walk: _Walk) -> None:
    attributes = node.attributes
    value = (attributes.get("datetime") or "").strip()
    if not value or len(value) > VALUE_LIMIT:
        return
    about = " ".join(attributes.get(name) or "" for name in ("itemprop", "class", "id")) + (
        " pubdate" if "pubdate" in attributes else ""
    )
    role: EvidenceRole = next((role for pattern, role in _ROLES if pattern.search(about)), "unknown")
    walk.time(node.text(deep=True) or "", value, role)
