"""Metadata and dated evidence from the head of a page and its linked data (JSON-LD, schema.org)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from dateline.transforms.html import linked_data
from dateline.transforms.html.dated import dated, scripted
from dateline.transforms.model import Evidence, EvidenceRole

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
_NODE_LIMIT = 2_000
_SCRIPT_LIMIT = 20
_NAMES, _NAME_CHARS = 5, 80
"""Most elements that name a writer, and most characters of a name."""
_TELLING = (
    'meta,link[rel="canonical"],script[type*="ld+json" i],a[rel~="author"],'
    '[itemtype*="Article"],[itemtype*="BlogPosting"]'
)
"""What is asked for at once, because a search of the tree takes as long for one as for all."""
VALUE_LIMIT = 500
"""Characters of a value; a longer one is neither a name nor a date."""


class _Telling(NamedTuple):
    """The elements of a page that tell of it, in document order; ``article`` is the first with the type of one."""

    metas: list[LexborNode]
    canonical: list[LexborNode]
    scripts: list[LexborNode]
    authors: list[LexborNode]
    article: LexborNode | None


def _telling(tree: LexborHTMLParser) -> _Telling:
    metas: list[LexborNode] = []
    canonical: list[LexborNode] = []
    scripts: list[LexborNode] = []
    authors: list[LexborNode] = []
    article, previous = None, None
    for node in tree.css(_TELLING):
        if node.mem_id == previous:
            continue  # it is found once for each selector that it fits
        previous = node.mem_id
        attributes = node.attributes
        kind = attributes.get("itemtype") or ""
        if article is None and ("Article" in kind or "BlogPosting" in kind):
            article = node
        tag, rel = node.tag, (attributes.get("rel") or "").lower()
        if tag == "meta":
            metas.append(node)
        elif tag == "link" and rel == "canonical":
            canonical.append(node)
        elif tag == "script" and "ld+json" in (attributes.get("type") or "").lower():
            scripts.append(node)
        elif tag == "a" and "author" in rel.split():
            authors.append(node)
    return _Telling(metas, canonical, scripts, authors, article)


def metadata(tree: LexborHTMLParser) -> tuple[dict[str, str], list[Evidence], str | None]:
    """The metadata of a page by key (title, author, publisher, language, canonical …), its dated evidence,
    and the text in its linked data. Does not change the tree."""
    named: dict[str, str] = {}
    evidence: list[Evidence] = []
    telling = _telling(tree)
    linked = _linked(telling)
    if linked.published:
        evidence.append(Evidence(source="json-ld", role="published", value=linked.published))
    if linked.modified:
        evidence.append(Evidence(source="json-ld", role="modified", value=linked.modified))
    for key, text in (
        ("title", linked.title), ("author", ", ".join(linked.authors)), ("publisher", linked.publisher),
        ("language", linked.language),
    ):  # fmt: skip
        if text:
            named[key] = text[:VALUE_LIMIT]
    for node in telling.metas[:_NODE_LIMIT]:
        attributes = node.attributes
        name_of = (
            attributes.get("property")
            or attributes.get("name")
            or attributes.get("itemprop")
            or attributes.get("http-equiv")
        )
        value = " ".join((attributes.get("content") or "").split())
        if not name_of or not value or len(value) > VALUE_LIMIT:
            continue
        key = name_of.lower()
        if (role := _META_DATES.get(key)) is not None:
            evidence.append(Evidence(source="opengraph" if ":" in key else "meta", role=role, value=value))
        elif (name := _META.get(key)) is not None and not (name == "author" and "://" in value):
            named.setdefault(name, value)
    for node in telling.canonical[:1]:
        if href := (node.attributes.get("href") or "").strip():
            named.setdefault("canonical", href)
    if (root := tree.root) is not None and (language := root.attributes.get("lang")):
        named["language"] = language
    if (language := named.get("language")) is not None:
        code, *rest = re.split(r"[-_,; ]", language.strip(), maxsplit=2)
        code = code.lower()
        if rest and len(rest[0]) == 2 and rest[0].isascii() and rest[0].isalpha():
            named["region"] = rest[0].upper()
        if code.isascii() and code.isalpha() and 2 <= len(code) <= 3:
            named["language"] = code
        else:
            del named["language"]
    for name, value in _microdata(telling):
        named.setdefault(name, value)
    heading = tree.css_first("head title")
    if heading is not None and (title := " ".join((heading.text() or "").split())[:VALUE_LIMIT]):
        named.setdefault("title", title)
    evidence += dated(tree)
    if not any(one.role == "published" for one in evidence):
        evidence += scripted(tree)
    return named, evidence, linked.body


def _microdata(telling: _Telling) -> Iterator[tuple[str, str]]:
    """The writers and the publisher in the attributes of an article's elements (schema.org microdata), or the one
    writer that the page links as such."""
    linked = {" ".join((node.text() or "").split()) for node in telling.authors[:_NAMES]} - {""}
    article = telling.article
    if article is None:
        if len(linked) == 1 and len(name := linked.pop()) <= _NAME_CHARS:
            yield "author", name
        return
    for prop, name in (("author", "author"), ("publisher", "publisher")):
        found: dict[str, None] = {}
        for node in article.css(f'[itemprop~="{prop}"]')[:_NAMES]:
            inner = node.css_first('[itemprop~="name"]') or node
            if inner is node and "itemscope" in node.attributes:
                continue
            text = " ".join((inner.attributes.get("content") or inner.text() or "").split())
            if 0 < len(text) <= _NAME_CHARS and "://" not in text:
                found[text] = None
        if found:
            yield name, ", ".join(found)


def _linked(telling: _Telling) -> linked_data.Linked:
    scripts = [node.text() or "" for node in telling.scripts[:_SCRIPT_LIMIT]]
    if not scripts:
        return linked_data.Linked()
    own = [node.attributes.get("href") for node in telling.canonical[:1]]
    urls = (node.attributes for node in telling.metas)
    own += [next((found.get("content") for found in urls if found.get("property") == "og:url"), None)]
    return linked_data.read(scripts, frozenset(linked_data.bare_address(a) for a in own if a))
