"""What the head of a page and its linked data (JSON-LD, schema.org) say of it: metadata and dated evidence."""

from __future__ import annotations

import json
import re
from collections import deque
from html import unescape
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from transforms.model import Evidence, EvidenceRole

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
_ARTICLE = re.compile(r"Article\b|BlogPosting|Report\b|LiveBlogPosting|Posting\b")
_JSON_LD_LIMIT = 200_000
_NODE_LIMIT = 2_000
_SCRIPT_LIMIT = 20
VALUE_LIMIT = 500
"""Characters of a value; a longer one is no name and no date."""


def metadata(tree: LexborHTMLParser) -> tuple[dict[str, str], list[Evidence]]:
    """Names of the page by key (title, author, publisher, language, canonical …), and what dates it. Reads the tree, changes nothing."""
    told: dict[str, str] = {}
    evidence: list[Evidence] = []
    for node in tree.css('script[type="application/ld+json"]')[:_SCRIPT_LIMIT]:
        try:
            found = json.loads((node.text() or "")[:_JSON_LD_LIMIT], strict=False)
        except (ValueError, RecursionError):
            continue
        _linked_data(found, told, evidence)
    for node in tree.css("meta")[:_NODE_LIMIT]:
        attributes = node.attributes
        key = (
            attributes.get("property")
            or attributes.get("name")
            or attributes.get("itemprop")
            or attributes.get("http-equiv")
        )
        value = " ".join((attributes.get("content") or "").split())
        if not key or not value or len(value) > VALUE_LIMIT:
            continue
        key = key.lower()
        if (role := _META_DATES.get(key)) is not None:
            evidence.append(Evidence(source="opengraph" if ":" in key else "meta", role=role, value=value))
        elif (name := _META.get(key)) is not None and not (name == "author" and "://" in value):
            told.setdefault(name, value)
    for node in tree.css('link[rel="canonical"]')[:1]:
        if href := (node.attributes.get("href") or "").strip():
            told.setdefault("canonical", href)
    if (root := tree.root) is not None and (language := root.attributes.get("lang")):
        told["language"] = language
    if (language := told.get("language")) is not None:
        code = re.split(r"[-_,; ]", language.strip(), maxsplit=1)[0].lower()
        if code.isascii() and code.isalpha() and 2 <= len(code) <= 3:
            told["language"] = code
        else:
            del told["language"]
    heading = tree.css_first("head title")
    if heading is not None and (title := " ".join((heading.text() or "").split())[:VALUE_LIMIT]):
        told.setdefault("title", title)
    return told, evidence


def _linked_data(found: Any, told: dict[str, str], evidence: list[Evidence]) -> None:
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
                _article_data(item, told, evidence)


def _article_data(item: dict[str, Any], told: dict[str, str], evidence: list[Evidence]) -> None:
    dates: tuple[tuple[str, EvidenceRole], ...] = (
        ("datePublished", "published"),
        ("dateModified", "modified"),
    )
    for name, role in dates:
        value = item.get(name)
        if isinstance(value, str) and 0 < len(value.strip()) <= VALUE_LIMIT:
            evidence.append(Evidence(source="json-ld", role=role, value=value.strip()))
    for name, key in (
        ("headline", "title"),
        ("author", "author"),
        ("publisher", "publisher"),
        ("inLanguage", "language"),
    ):
        if text := ", ".join(_names(item.get(name))):
            told.setdefault(key, unescape(text)[:VALUE_LIMIT])


def _names(value: Any) -> list[str]:
    """The names in a value that is a string, an object with a name, or a list of these."""
    found: list[str] = []
    for one in (value if isinstance(value, list) else [value])[:10]:
        name = one.get("name") if isinstance(one, dict) else one
        if isinstance(name, list) and name:
            name = name[0]
        if isinstance(name, str) and name.strip() and "://" not in name:
            found.append(" ".join(name.split()))
    return found
