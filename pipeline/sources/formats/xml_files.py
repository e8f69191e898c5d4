"""Files of XML → raw articles: saved feeds (RSS, Atom), NITF, NewsML 1 and NewsML-G2; pages of XHTML are read as pages."""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Callable, Iterator
from html.entities import name2codepoint
from typing import Any
from xml.etree import ElementTree

import feedparser

from dateline.pipeline.sources.feeds import ENTRIES, iso
from dateline.pipeline.sources.formats.opened import Opened
from dateline.pipeline.sources.xmltext import FeedError, safe
from dateline.transforms.decode import inflated
from dateline.transforms.errors import Rejection
from dateline.transforms.model import RawArticle

MEDIA_TYPE = "application/json"
_ELEMENTS = 400_000
_ROOT = re.compile(r"<([A-Za-z_][\w.:-]{0,60})")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30});")
_OWN = frozenset(["amp", "lt", "gt", "quot", "apos"])
"""The entities that XML knows itself."""
_BLOCKS = {
    "p": "p",
    "hl2": "h2",
    "hl3": "h3",
    "li": "li",
    "blockquote": "blockquote",
    "bq": "blockquote",
    "h2": "h2",
    "h3": "h3",
    "h4": "h4",
    "pre": "p",
}
_HEADS = frozenset(["head", "body.head", "body.end", "title", "style", "script"])
_CANCELED = ("canceled", "withheld")

Record = dict[str, Any]


def read(opened: Opened) -> Iterator[RawArticle]:
    """The articles of one document, by its root element. Documents with an unknown root are refused by name."""
    data, fault = opened.whole()
    if fault is not None:
        yield opened.raw(data, fault=fault)
        return
    try:
        plain = inflated(data, opened.options)
        text = safe(plain)
    except Rejection as error:
        yield opened.refused(error.message, head=data, kind=error.type)
        return
    except FeedError as error:
        # No prolog of XML: a page that somebody named .xml, or an attack.
        yield opened.refused(str(error), head=data) if error.fault == "hostile" else opened.raw(data)
        return
    root = _ROOT.match(text)
    name = (root[1] if root else "").rpartition(":")[2].lower()
    if name in ("html", "body", "div", "article", "p"):
        yield opened.raw(data, media_type="text/html")
        return
    reader = _READERS.get(name)
    if reader is None:
        known = ", ".join(sorted(_READERS))
        yield opened.refused(f"an XML document of <{name}>, which is not read; read are: {known}", head=data)
        return
    if text.count("<") > 2 * _ELEMENTS:
        yield opened.refused(f"over {_ELEMENTS} elements", head=data, kind="too_large")
        return
    try:
        found = list(reader(text))
    except ElementTree.ParseError as error:
        yield opened.refused(f"broken XML: {error}", head=data)
        return
    if not found:
        yield opened.refused(f"a <{name}> without an article", head=data, kind="empty")
    for number, record in enumerate(found, 1):
        if reason := record.pop("refused", None):
            yield opened.refused(reason, f"#{number}", json.dumps(record), "not_an_article")
        else:
            yield opened.raw(json.dumps(record), f"#{number}", media_type=MEDIA_TYPE)


def _feed(text: str) -> Iterator[Record]:
    """The entries of a feed: whole texts if it has them, else summaries. Dates are kept as written."""
    found = feedparser.parse(
        io.BytesIO(text.encode("utf-8")),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    for item in found.entries[:ENTRIES]:
        whole = max((c.get("value") or "" for c in item.get("content") or ()), key=len, default="")
        author = item.get("author")
        yield _filled(
            content_html=whole,
            summary=item.get("summary"),
            title=item.get("title"),
            url=item.get("feedburner_origlink") or item.get("link"),
            published=iso(item.get("published")),
            # feedparser's own ``get`` returns the publication date if there is no update.
            modified=iso(dict.get(item, "updated")),
            author=author if isinstance(author, str) else None,
            source=found.feed.get("title"),
            language=found.feed.get("language"),
            id=item.get("id"),
        )


def _sitemap(text: str) -> Iterator[Record]:
    yield {"refused": "a sitemap holds addresses and no text: give it to dateline watch"}


def _opml(text: str) -> Iterator[Record]:
    yield {"refused": "a list of feeds holds addresses and no text: give it to dateline watch"}


def _filled(**fields: str | None) -> Record:
    return {name: value for name, value in fields.items() if value}


def _tree(text: str) -> ElementTree.Element:
    """The document, with named entities of HTML and news DTDs replaced by numeric ones."""

    def number(found: re.Match[str]) -> str:
        code = name2codepoint.get(found[1])
        return found[0] if found[1] in _OWN else f"&#{code};" if code else " "

    return ElementTree.fromstring(_ENTITY.sub(number, text))


def _local(element: ElementTree.Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _find(element: ElementTree.Element, *names: str) -> ElementTree.Element | None:
    return next((e for e in element.iter() if _local(e) in names), None)


def _words(element: ElementTree.Element | None) -> str | None:
    if element is None:
        return None
    return " ".join("".join(element.itertext()).split()) or None


def _nitf(text: str) -> Iterator[Record]:
    """One NITF document (IPTC): head, ``body.head`` and ``body.content``."""
    yield _of_nitf(_tree(text))


def _of_nitf(root: ElementTree.Element) -> Record:
    head = _find(root, "body.head")
    issued = next(
        (e for e in root.iter() if _local(e) in ("date.issue", "date.release") and e.get("norm")), None
    )
    paper = _find(root, "pubdata")
    distributor = _find(root, "distributor")
    content = _find(root, "body.content")
    return _filled(
        content_html=_markup(
            content if content is not None else root,
            _words(_find(head, "dateline")) if head is not None else None,
        ),
        title=_words(_find(head, "hl1", "hedline")) if head is not None else _words(_find(root, "title")),
        byline=_words(_find(head, "byline")) if head is not None else None,
        source=(paper.get("name") if paper is not None else None) or _words(distributor),
        published=(issued.get("norm") if issued is not None else None)
        or (paper.get("date.publication") if paper is not None else None),
        id=next((e.get("id-string") for e in root.iter() if _local(e) == "doc-id"), None),
    )


def _markup(element: ElementTree.Element, dateline: str | None = None) -> str:
    """The blocks of a body as simple HTML. A separate dateline is put before the first block."""
    parts: list[str] = []
    taken: set[int] = set()
    for one in element.iter():
        name = _local(one)
        if id(one) in taken or name in _HEADS:
            taken.update(id(inner) for inner in one.iter())
            continue
        if (tag := _BLOCKS.get(name)) is None and name not in ("caption", "media-caption", "figcaption"):
            continue
        taken.update(id(inner) for inner in one.iter())
        if words := _words(one):
            if dateline and tag == "p" and not parts:
                words = words if words.startswith(dateline[:12]) else f"{dateline.rstrip(' -–—')} — {words}"
            parts.append(f"<{tag or 'figcaption'}>{html.escape(words, quote=False)}</{tag or 'figcaption'}>")
    if not parts and (words := _words(element)):
        parts.append(f"<p>{html.escape(words, quote=False)}</p>")
    return "".join(parts)


def _newsml(text: str) -> Iterator[Record]:
    """The news items of a NewsML-G2 item or message (IPTC)."""
    root = _tree(text)
    items = [e for e in root.iter() if _local(e) == "newsitem"]
    for item in items:
        yield _of_newsml(item)


def _of_newsml(item: ElementTree.Element) -> Record:
    status = _find(item, "pubstatus")
    record = _filled(
        title=_words(_find(item, "headline")),
        byline=_words(_find(item, "by")),
        source=_name(_find(item, "copyrightholder")) or _name(_find(item, "provider")),
        language=next((e.get("tag") for e in item.iter() if _local(e) == "language" and e.get("tag")), None),
        published=_words(_find(item, "contentcreated"))
        or _words(_find(item, "firstcreated"))
        or _words(_find(item, "versioncreated")),
        modified=_words(_find(item, "contentmodified")) or _words(_find(item, "versioncreated")),
        id=item.get("guid"),
    )
    if status is not None and (status.get("qcode") or "").rpartition(":")[2] in _CANCELED:
        return record | {"refused": "withdrawn by its publisher"}
    dateline = _words(_find(item, "dateline"))
    body = _find(item, "inlinexml", "inlinedata")
    if body is None:
        return record
    nitf = _find(body, "nitf")
    if nitf is not None:
        return _of_nitf(nitf) | record
    if _local(body) == "inlinexml":
        return record | {"content_html": _markup(body, dateline)}
    text = "".join(body.itertext())
    kind = (body.get("contenttype") or "").lower()
    if dateline and "html" not in kind and not text.lstrip().startswith(dateline[:12]):
        text = f"{dateline.rstrip(' -–—')} — {text.lstrip()}"
    return record | {"content_html" if "html" in kind else "content": text}


def _newsml_1(text: str) -> Iterator[Record]:
    """The news items of NewsML 1 (IPTC): each with the first of its components that holds a text."""
    for item in (e for e in _tree(text).iter() if _local(e) == "newsitem"):
        yield _of_newsml_1(item)


def _of_newsml_1(item: ElementTree.Element) -> Record:
    lines = _find(item, "newslines")
    language = _find(item, "language")
    provider = _find(item, "provider")
    party = _find(provider, "party") if provider is not None else None
    record = _filled(
        title=_words(_find(lines, "headline")) if lines is not None else None,
        byline=_words(_find(lines, "byline")) if lines is not None else None,
        source=(party.get("FormalName") if party is not None else None)
        or _words(_find(item, "copyrightholder")),
        language=language.get("FormalName") if language is not None else None,
        published=_words(_find(item, "firstcreated")),
        modified=_words(_find(item, "thisrevisioncreated")),
        id=_words(_find(item, "publicidentifier")),
    )
    status = _find(item, "status")
    if status is not None and (status.get("FormalName") or "").lower() in _CANCELED:
        return record | {"refused": "withdrawn by its publisher"}
    dateline = _words(_find(lines, "dateline")) if lines is not None else None
    for body in (e for e in item.iter() if _local(e) == "datacontent"):
        nitf = _find(body, "nitf")
        if nitf is not None:
            return _of_nitf(nitf) | record
        if _words(body):
            return record | {"content_html": _markup(body, dateline)}
    return record


def _name(element: ElementTree.Element | None) -> str | None:
    """A party's name: in a child, in a literal, or the last part of its code."""
    if element is None:
        return None
    code = (element.get("qcode") or element.get("uri") or "").rpartition(":")[2]
    return _words(_find(element, "name")) or element.get("literal") or code or None


_READERS: dict[str, Callable[[str], Iterator[Record]]] = {
    "rss": _feed,
    "feed": _feed,
    "rdf": _feed,
    "urlset": _sitemap,
    "sitemapindex": _sitemap,
    "opml": _opml,
    "nitf": _nitf,
    "newsitem": _newsml,
    "newsmessage": _newsml,
    "newsml": _newsml_1,
}
