"""Finds the node of the article in the linked data of a page (JSON-LD, schema.org).

Sites write it in ``@graph`` with ``@id`` references, in arrays, under several types, and with comments, CDATA
marks and trailing commas. From a script that no parser reads, the first fields are taken by pattern.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterable
from html import unescape
from typing import Any, NamedTuple

_ARTICLE = re.compile(r"Article\b|BlogPosting|Report\b|LiveBlogPosting|Posting\b|\bReview\b|OpinionPiece")
_NO_ARTICLE = re.compile(r"JobPosting|DiscussionForumPosting")
_WORK = re.compile(
    r"\b(?:HowTo|Recipe|CreativeWork|VideoObject|PodcastEpisode|RadioEpisode|Photograph|SpecialAnnouncement|Dataset|Course|QAPage|Question)\b"
)
"""Types that are not articles but have a publication date."""
_PAGE = re.compile(r"\bWebPage\b|\bItemPage\b|\bMedicalWebPage\b")
_JSON_LD_LIMIT = 400_000
_NODE_LIMIT = 2_000
_DEPTH = 6
_COMMENT = re.compile(
    r"/\*(?:[^*]|\*(?!/)){0,5000}\*/|<!--|-->|(?:^|\n)\s{0,20}//[^\n]{0,200}|<!\[CDATA\[|\]\]>"
)
_COMMA = re.compile(r",(\s{0,200}[}\]])")
_RAW_BREAK = re.compile(r"[\x00-\x1f]")
_KEYS = ("datePublished", "dateModified", "headline")
_SALVAGE = {key: re.compile(rf'"{key}"\s{{0,9}}:\s{{0,9}}"((?:[^"\\\n]|\\.){{1,500}})"') for key in _KEYS}
_AUTHOR = re.compile(
    r'"author"\s{0,9}:[\s\[{]{0,30}(?:"@type"\s{0,9}:\s{0,9}"\w{1,30}"\s{0,9},\s{0,30})?"name"\s{0,9}:\s{0,9}"((?:[^"\\\n]|\\.){1,200})"'
)
_PUBLISHER = re.compile(
    r'"publisher"\s{0,9}:[\s\[{]{0,30}(?:"@type"\s{0,9}:\s{0,9}"\w{1,30}"\s{0,9},\s{0,30})?"name"\s{0,9}:\s{0,9}"((?:[^"\\\n]|\\.){1,200})"'
)
# Lists of other articles, and data about parts of a page, are skipped.
_INTO = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "subjectOf")

Node = dict[str, Any]


class Linked(NamedTuple):
    """What linked data says about the page's article; ``None`` or empty if it says nothing."""

    published: str | None = None
    modified: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    language: str | None = None
    body: str | None = None


def read(scripts: Iterable[str], addresses: frozenset[str] = frozenset()) -> Linked:
    """Read the scripts of a page. ``addresses`` are the page's own URLs; they tell its article from others."""
    values: list[Any] = []
    broken: list[str] = []
    for script in scripts:
        found = _parse(script[:_JSON_LD_LIMIT])
        if found:
            values += found
        elif script.strip():
            broken.append(script[:_JSON_LD_LIMIT])
    by_id, nodes = _nodes(values)
    articles = [n for n in nodes if _ARTICLE.search(_type(n)) and not _NO_ARTICLE.search(_type(n))]
    best = max(articles, key=lambda n: (_is_here(n, addresses), bool(n.get("datePublished"))), default=None)
    if best is not None:
        return _article(best, by_id)
    for script in broken:
        if (salvaged := _salvage(script)) is not None:
            return salvaged
    for kind in (_PAGE, _WORK):
        dated = [n for n in nodes if kind.search(_type(n)) and _article(n, by_id).published]
        if len(dated) == 1:
            return _article(dated[0], by_id)
    return Linked()


def _parse(script: str) -> list[Any]:
    """The parsed values of a script, repaired where the repair is certain; empty if it cannot be parsed."""
    text = script.strip().rstrip(";")
    plain = _COMMA.sub(r"\1", _COMMENT.sub(" ", text)).strip().rstrip(";")
    return _values(text) or _values(plain) or _values(_COMMA.sub(r"\1", unescape(_RAW_BREAK.sub(" ", text))))


def _values(text: str) -> list[Any]:
    decoder = json.JSONDecoder(strict=False)
    found: list[Any] = []
    at = 0
    for _ in range(20):
        while at < len(text) and text[at] in " \t\r\n,;":
            at += 1
        if at >= len(text):
            return found
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return found if found else []
        found.append(value)
    return found


def _nodes(values: list[Any]) -> tuple[dict[str, Node], list[Node]]:
    """Every node by its id, and the nodes that may be the page's article, in document order."""
    by_id: dict[str, Node] = {}
    nodes: list[Node] = []
    queue: deque[tuple[Any, int, bool]] = deque((value, 0, True) for value in values)
    for _ in range(_NODE_LIMIT):
        if not queue:
            break
        item, depth, candidate = queue.popleft()
        if isinstance(item, list):
            queue.extend((one, depth, candidate) for one in item[:_NODE_LIMIT])
            continue
        if not isinstance(item, dict):
            continue
        if isinstance(key := item.get("@id"), str) and len(item) > 1:
            by_id.setdefault(key, item)
        if candidate:
            nodes.append(item)
        if depth < _DEPTH:
            queue.extend(
                (inner, depth + 1, candidate and name in _INTO)
                for name, inner in item.items()
                if isinstance(inner, dict | list)
                and (name in _INTO or name in ("author", "publisher", "creator"))
            )
    return by_id, nodes


def _type(node: Node) -> str:
    kind = node.get("@type")
    return " ".join(k for k in kind if isinstance(k, str)) if isinstance(kind, list) else str(kind)


def _is_here(node: Node, addresses: frozenset[str]) -> bool:
    named = (node.get("url"), node.get("@id"), node.get("mainEntityOfPage"))
    flat = [t.get("@id") if isinstance(t, dict) else t for t in named]
    return any(isinstance(t, str) and bare_address(t) in addresses for t in flat)


def bare_address(url: str) -> str:
    """An address without scheme, fragment and trailing slash, for comparison."""
    return url.partition("#")[0].partition("://")[2].rstrip("/").lower() or url


def _article(node: Node, by_id: dict[str, Node]) -> Linked:
    body = node.get("articleBody") or node.get("text")
    publisher = _names(node.get("publisher"), by_id) or _names(node.get("sourceOrganization"), by_id)
    return Linked(
        published=_text(node.get("datePublished")) or _text(node.get("dateCreated")),
        modified=_text(node.get("dateModified")),
        title=_text(node.get("headline")) or _text(node.get("alternativeHeadline")),
        authors=tuple(_names(node.get("author"), by_id) or _names(node.get("creator"), by_id)),
        publisher=", ".join(publisher) or None,
        language=_language(node.get("inLanguage")),
        body=body if isinstance(body, str) and body.strip() else None,
    )


def _language(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("alternateName") or value.get("name")
    return _text(value)


def _text(value: Any) -> str | None:
    if isinstance(value, list):
        value = next((v for v in value if isinstance(v, str)), None)
    if isinstance(value, dict):
        value = value.get("@value")
    if isinstance(value, int | float) and not isinstance(value, bool) and value > 10**9:
        value = str(int(value))
    if not isinstance(value, str):
        return None
    found = " ".join(unescape(value).split())
    return found if 0 < len(found) <= 500 else None


def _names(value: Any, by_id: dict[str, Node]) -> list[str]:
    """The names in a value, which may be a text, an object with a name or its parts, a reference, or a list
    of these."""
    found: list[str] = []
    for one in (value if isinstance(value, list) else [value])[:10]:
        if isinstance(one, dict) and "name" not in one and isinstance(key := one.get("@id"), str):
            one = by_id.get(key, one)
        if isinstance(one, dict):
            name = one.get("name")
            if not name and (one.get("givenName") or one.get("familyName")):
                name = " ".join(str(p) for p in (one.get("givenName"), one.get("familyName")) if p)
        else:
            name = one
        for text in name[:10] if isinstance(name, list) else [name]:
            if isinstance(text, str) and text.strip() and "://" not in text:
                found.append(" ".join(unescape(text).split())[:500])
    return list(dict.fromkeys(found))


def _salvage(script: str) -> Linked | None:
    """The first fields of a script that cannot be parsed, if it describes an article."""
    kind = re.search(r'"@type"\s{0,9}:\s{0,9}\[?\s{0,9}"([^"]{1,60})"', script)
    if not _ARTICLE.search(script) or kind is None:
        return None
    got = {key: _text(m[1]) if (m := pattern.search(script)) else None for key, pattern in _SALVAGE.items()}
    author, publisher = _AUTHOR.search(script), _PUBLISHER.search(script)
    if not any(got.values()):
        return None
    return Linked(
        published=got["datePublished"],
        modified=got["dateModified"],
        title=got["headline"],
        authors=(unescape(author[1]),) if author else (),
        publisher=unescape(publisher[1]) if publisher else None,
    )
