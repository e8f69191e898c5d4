"""HTML → text with a line for each block, and what the markup says of the page.

Iterative, so that no depth of nesting can exhaust the stack.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import deque
from html import unescape
from typing import Any, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from transforms.errors import TooLarge
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
_SPACE = re.compile(r"\s+")
_CONTROL = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
_SENTENCE_END = (".", "!", "?", ":", ";", "”", '"', "…", "。")
_META = {
    "og:title": "title", "twitter:title": "title", "headline": "title", "dc.title": "title", "og:site_name": "publisher",
    "application-name": "publisher", "dc.publisher": "publisher", "og:url": "og_url", "og:type": "type", "author": "author",
    "byl": "author", "dc.creator": "author", "parsely-author": "author", "sailthru.author": "author",
    "og:locale": "language", "content-language": "language", "dc.language": "language",
}  # fmt: skip
_META_DATES: dict[str, EvidenceRole] = {
    "article:published_time": "published", "og:published_time": "published", "article:published": "published",
    "datepublished": "published", "date": "published", "pubdate": "published", "publishdate": "published", "publish-date": "published",
    "publish_date": "published", "dc.date": "published", "dc.date.issued": "published", "dcterms.created": "published",
    "dcterms.date": "published", "sailthru.date": "published", "parsely-pub-date": "published", "cxenseparse:recs:publishtime": "published",
    "article:modified_time": "modified", "og:updated_time": "modified", "datemodified": "modified", "lastmod": "modified",
    "last-modified": "modified", "dcterms.modified": "modified", "revised": "modified",
}  # fmt: skip
_ROLES: tuple[tuple[re.Pattern[str], EvidenceRole], ...] = (
    (re.compile(r"modif|updat|aktualisiert", re.IGNORECASE), "modified"),
    (re.compile(r"publish|pubdate|created|issued|posted|entry-date", re.IGNORECASE), "published"),
)
_ARTICLE = re.compile(r"Article\b|BlogPosting|Report\b|LiveBlogPosting|Posting\b")
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
_JSON_LD_LIMIT = 200_000
TAG_LIMIT = 400_000
"""Angle brackets of one page: eight megabytes of real markup hold a third of that."""
LINE_LIMIT = 20_000
"""Lines of one page: the longest development page has 3,000, a megabyte of empty cells a million."""
_NODE_LIMIT = 2_000
_SCRIPT_LIMIT = 20
_TIME_LIMIT = 200
_VALUE_LIMIT = 500


def _check_depth(source: str) -> None:
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
        text = _SPACE.sub(" ", raw).strip()
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
            shown = _SPACE.sub(" ", held[0]).strip()
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
    metadata, evidence = _metadata(tree)
    root = tree.body
    if root is None:
        return Rendered("", (), metadata, tuple(evidence))
    tree.strip_tags(list(_SKIP), recursive=True)
    for node in tree.css(_HIDDEN):
        if node.tag not in ("html", "body", "main", "article"):
            node.decompose()
    tree.unwrap_tags(list(_INLINE))
    walk = _walk(tree.body)
    return Rendered(
        "\n".join(walk.pieces), tuple(walk.lines), metadata, (*evidence, *walk.evidence[:_TIME_LIMIT])
    )


def _walk(root: LexborNode | None) -> _Walk:
    walk = _Walk()
    stack: list[tuple[LexborNode | None, str, str, bool]] = [(root, "", "", False)]
    times = 0
    while stack:
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
    if not value or len(value) > _VALUE_LIMIT:
        return
    about = " ".join(attributes.get(name) or "" for name in ("itemprop", "class", "id")) + (
        " pubdate" if "pubdate" in attributes else ""
    )
    role: EvidenceRole = next((role for pattern, role in _ROLES if pattern.search(about)), "unknown")
    walk.time(node.text(deep=True) or "", value, role)


def _metadata(tree: LexborHTMLParser) -> tuple[dict[str, str], list[Evidence]]:
    metadata: dict[str, str] = {}
    evidence: list[Evidence] = []
    for node in tree.css('script[type="application/ld+json"]')[:_SCRIPT_LIMIT]:
        try:
            found = json.loads((node.text() or "")[:_JSON_LD_LIMIT], strict=False)
        except (ValueError, RecursionError):
            continue
        _linked_data(found, metadata, evidence)
    for node in tree.css("meta")[:_NODE_LIMIT]:
        attributes = node.attributes
        key = (
            attributes.get("property")
            or attributes.get("name")
            or attributes.get("itemprop")
            or attributes.get("http-equiv")
        )
        value = _SPACE.sub(" ", attributes.get("content") or "").strip()
        if not key or not value or len(value) > _VALUE_LIMIT:
            continue
        key = key.lower()
        if (role := _META_DATES.get(key)) is not None:
            evidence.append(Evidence(source="opengraph" if ":" in key else "meta", role=role, value=value))
        elif (name := _META.get(key)) is not None and not (name == "author" and "://" in value):
            metadata.setdefault(name, value)
    for node in tree.css('link[rel="canonical"]')[:1]:
        if href := (node.attributes.get("href") or "").strip():
            metadata.setdefault("canonical", href)
    if (root := tree.root) is not None and (language := root.attributes.get("lang")):
        metadata["language"] = language
    if (language := metadata.get("language")) is not None:
        code = re.split(r"[-_,; ]", language.strip(), maxsplit=1)[0].lower()
        if code.isascii() and code.isalpha() and 2 <= len(code) <= 3:
            metadata["language"] = code
        else:
            del metadata["language"]
    heading = tree.css_first("head title")
    if heading is not None and (title := _SPACE.sub(" ", heading.text() or "").strip()[:_VALUE_LIMIT]):
        metadata.setdefault("title", title)
    return metadata, evidence


def _linked_data(found: Any, metadata: dict[str, str], evidence: list[Evidence]) -> None:
    """What schema.org says of the article; lists of other articles are not looked into."""
    queue = deque([found])
    for _ in range(_NODE_LIMIT):
        if not queue:
            return
        item = queue.popleft()
        if isinstance(item, list):
            queue.extend(item[:_NODE_LIMIT])
        elif isinstance(item, dict):
            queue.extend(
                item[name]
                for name in ("@graph", "mainEntity", "mainEntityOfPage")
                if isinstance(item.get(name), list | dict)
            )
            if _ARTICLE.search(str(item.get("@type"))):
                _article_data(item, metadata, evidence)


def _article_data(item: dict[str, Any], metadata: dict[str, str], evidence: list[Evidence]) -> None:
    dates: tuple[tuple[str, EvidenceRole], ...] = (
        ("datePublished", "published"),
        ("dateModified", "modified"),
    )
    for name, role in dates:
        value = item.get(name)
        if isinstance(value, str) and 0 < len(value.strip()) <= _VALUE_LIMIT:
            evidence.append(Evidence(source="json-ld", role=role, value=value.strip()))
    for name, key in (
        ("headline", "title"),
        ("author", "author"),
        ("publisher", "publisher"),
        ("inLanguage", "language"),
    ):
        if text := ", ".join(_names(item.get(name))):
            metadata.setdefault(key, unescape(text)[:_VALUE_LIMIT])


def _names(value: Any) -> list[str]:
    """The names in a value that is a string, an object with a name, or a list of these."""
    found: list[str] = []
    for one in (value if isinstance(value, list) else [value])[:10]:
        name = one.get("name") if isinstance(one, dict) else one
        if isinstance(name, list) and name:
            name = name[0]
        if isinstance(name, str) and name.strip() and "://" not in name:
            found.append(_SPACE.sub(" ", name).strip())
    return found
