"""Finds the text of a page that only a script would show: in ``<noscript>``, in templates, in the script's own data."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from dateline.transforms import deadline, records
from dateline.transforms.errors import Rejection

_TEMPLATE = re.compile(r"<(/?)template\b([^>]{0,500})>", re.IGNORECASE)
_SCRIPTS = 60
_SCRIPT_CHARS = 2_000_000
"""Characters of data that are looked through on one page."""
_ASSIGNED = re.compile(
    r"(?:window|self|globalThis)(?:\.[\w$]{1,60}|\[[\"'][\w$-]{1,60}[\"']\])\s{0,9}=\s{0,9}(?=[{\[])"
)
_VALUES = 20_000
"""Values of one page's data that are looked at."""
LEAST = 30
"""The least number of words of a text."""
_WORD = re.compile(r"\w+")
_PARAGRAPHS = "p,li,h2,h3,blockquote,pre"
_BREAK = re.compile(r"<(?:br|p|/p|/div|/li|/h[1-6])\b[^>]{0,200}>", re.IGNORECASE)


def with_shadow_roots(source: str) -> str:
    """The page with its declarative shadow roots as plain blocks: browsers show them, and parsers keep them apart."""
    if "shadowroot" not in source:
        return source
    open_: list[bool] = []

    def block(found: re.Match[str]) -> str:
        if found[1]:
            return "</div>" if open_ and open_.pop() else found[0]
        open_.append("shadowroot" in found[2].lower())
        return "<div>" if open_[-1] else found[0]

    return _TEMPLATE.sub(block, source)


def text(source: str, title: str | None) -> str | None:
    """The text that the page holds without showing it, a paragraph a line; ``None`` if there is none.

    ``title``: the page's own. Of several records in its data the one with this title is meant; without one there is none.
    """
    tree = LexborHTMLParser(source)
    shown = max((_paragraphs(node) for node in tree.css("noscript")[:_SCRIPTS]), key=len, default="")
    if len(shown.split()) >= LEAST:
        return shown
    held = {text: name for name, text in _data(tree) if len(text.split()) >= LEAST}
    texts = list(held)
    if title is not None and len(held) > 1:
        texts = [text for text, name in held.items() if name and _same(name, title)]
    return texts[0] if len(texts) == 1 else None


def _same(name: str, title: str) -> bool:
    one, other = (_WORD.findall(text.lower()) for text in (name, title))
    return len(one) > 1 and one == other[: len(one)]


def _paragraphs(node: LexborNode) -> str:
    parts = [" ".join((one.text() or "").split()) for one in node.css(_PARAGRAPHS)]
    return "\n".join(part for part in parts if part)


def _data(tree: LexborHTMLParser) -> Iterator[tuple[str | None, str]]:
    """The title and the text of each record in the page's data."""
    left = _SCRIPT_CHARS
    for node in tree.css("script")[:_SCRIPTS]:
        kind = (node.attributes.get("type") or "").lower()
        script = (node.text() or "")[:left]
        left -= len(script)
        if "ld+json" in kind:
            continue  # Linked data is read with the metadata.
        for value in _values(script, json_alone="json" in kind):
            for title, content in _contents(value):
                yield title, _plain(content)


def _values(script: str, json_alone: bool) -> Iterator[Any]:
    starts = (
        [len(script) - len(script.lstrip())] if json_alone else [m.end() for m in _ASSIGNED.finditer(script)]
    )
    for start in starts[:20]:
        try:
            yield json.JSONDecoder(strict=False).raw_decode(script, start)[0]
        except (ValueError, RecursionError):
            continue


def _contents(value: Any) -> Iterator[tuple[str | None, str]]:
    queue = deque([value])
    for _ in range(_VALUES):
        if not queue:
            return
        deadline.check()
        one = queue.popleft()
        if isinstance(one, list):
            queue.extend(item for item in one if isinstance(item, dict | list))
        elif isinstance(one, dict):
            queue.extend(item for item in one.values() if isinstance(item, dict | list))
            if any(isinstance(item, str | list) for item in one.values()):
                try:
                    found = records.read(one, {})
                except Rejection:
                    continue
                if isinstance(found.content, str):
                    yield found.title, found.content


def _plain(content: str) -> str:
    if "<" not in content:
        return content
    body = LexborHTMLParser(_BREAK.sub(r"\n\g<0>", content)).body
    return (body.text() or "") if body is not None else ""
