"""RSS, Atom and sitemaps → entries. The dates of a feed are evidence for the fetched pages, not facts.

feedparser reads feeds, even broken ones; expat reads sitemaps, with entities disabled. Both only see text
that :func:`dateline.pipeline.sources.xmltext.safe` accepted.
"""

from __future__ import annotations

import datetime
import email.utils
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urljoin
from xml.parsers import expat

import feedparser
from selectolax.lexbor import LexborHTMLParser

from dateline.pipeline.sources.xmltext import FeedError, decode, safe
from dateline.transforms import inflate
from dateline.transforms.identity import sha256

ENTRIES = 5_000
"""Entries that are read from one feed, in its order; news feeds have tens, news sitemaps at most 1,000."""
SIZE = 4_000_000
"""Bytes of one feed: the largest news sitemaps seen are near 1 MB, and parsing costs up to 1 s a megabyte."""
RATIO = 200
"""How many times its compressed size a feed may have, beyond the first megabyte."""
ALTERNATES = 5
"""Feeds of a page that are read."""
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
_HEAD = 300_000
"""Characters of a page in which links to its feeds are looked for."""
_PAGE = re.compile(
    rb"(?:\s|<!--(?:[^-]|-(?!->)){0,5000}-->|<\?[^>]{0,200}>){0,20}<(?:!doctype\s{1,9}html|html)[\s>]",
    re.IGNORECASE,
)
TEXT = 200_000
"""Characters of an article in a feed."""
TEASER = 120
"""A shorter text in a feed is a teaser, not an article."""
_TAGS = 200_000
_DEPTH = 64
_FIELD = 4_096
_SITEMAP_FIELDS = frozenset(("loc", "lastmod", "publication_date", "title", "name", "language"))

FeedKind = Literal["feed", "sitemap", "index"]


@dataclass(frozen=True)
class Entry:
    """One entry of a feed. Dates are ISO 8601 with the offset as written, or unchanged."""

    url: str
    id: str
    title: str | None = None
    published: str | None = None
    modified: str | None = None
    source: str | None = None
    language: str | None = None
    text: str | None = None
    """The article's text or markup in the feed, which is read if its page is not available."""

    @property
    def fingerprint(self) -> str:
        """16 hex digits that change when the feed says that the article changed."""
        said = (self.url, self.id, self.title or "", self.published or "", self.modified or "")
        return sha256("\x1f".join(said))[:16]


@dataclass(frozen=True)
class Feed:
    """The content of a feed. ``skipped`` counts entries without an address or beyond the limit."""

    kind: FeedKind
    title: str | None
    entries: tuple[Entry, ...]
    children: tuple[str, ...] = ()
    skipped: int = 0


def parse(body: bytes, url: str, content_type: str | None = None) -> Feed:
    """The entries of a feed or sitemap that was fetched from ``url``, each address once.

    Either may be compressed (``.xml.gz``). An HTML page with links to feeds of its site is an index of these.
    Raises :class:`~dateline.pipeline.sources.xmltext.FeedError`.
    """
    try:
        body = inflate.inflate(body, SIZE, RATIO)
    except inflate.Broken as error:
        raise FeedError("no_feed", str(error)) from None
    except inflate.TooMuch as error:
        raise FeedError("too_large", str(error)) from None
    if len(body) > SIZE:
        raise FeedError("too_large", f"a feed over {SIZE} bytes")
    if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _json_feed(body, url)
    if (named := _alternates(body, url, content_type)) is not None:
        return named
    text = safe(body, content_type)
    if text.count("<") > 2 * _TAGS:
        raise FeedError("too_large", f"a feed of more than {_TAGS} elements")
    root = text[1:40].split(">")[0].split()[0].rpartition(":")[2].lower() if text[1:2].strip() else ""
    return _sitemap(text, url) if root in ("urlset", "sitemapindex") else _feed(text, url)


def _alternates(body: bytes, url: str, content_type: str | None) -> Feed | None:
    """The feeds that an HTML page links to (``rel=alternate``), the feed of all stories first; ``None`` if it
    is not a page."""
    if not _PAGE.match(body[:_HEAD]):
        return None
    tree = LexborHTMLParser(decode(body[:_HEAD], content_type))
    found: dict[str, int] = {}
    for node in tree.css("link[rel~=alternate i][href]")[:200]:
        attributes = node.attributes
        kind = (attributes.get("type") or "").partition(";")[0].strip().lower()
        address = _address(attributes.get("href"), url)
        if kind in _FEED_TYPES and address is not None:
            # Many sites link to a feed of comments beside that of the stories.
            about = f"{attributes.get('title') or ''} {address}".lower()
            found.setdefault(address, int("comment" in about or "kommentar" in about))
    if not found:
        raise FeedError("no_feed", "a page of HTML that names no feed")
    stories = [address for address, comments in found.items() if not comments] or list(found)
    return Feed("index", None, (), children=tuple(stories[:ALTERNATES]))


def _json_feed(body: bytes, url: str) -> Feed:
    """A JSON Feed (jsonfeed.org, 1.1)."""
    try:
        found = json.loads(decode(body))
    except (ValueError, RecursionError) as error:
        raise FeedError("no_feed", f"broken JSON: {error}") from None
    items = found.get("items") if isinstance(found, dict) else None
    if not isinstance(items, list) or "jsonfeed.org" not in str(found.get("version")):
        raise FeedError("no_feed", "a JSON document that is no feed")
    named, language = _short(found.get("title")), _short(found.get("language"))
    entries: dict[str, Entry] = {}
    for item in items[:ENTRIES]:
        link = _address(item.get("url") or item.get("external_url"), url) if isinstance(item, dict) else None
        if link is None:
            continue
        entry = Entry(
            url=link,
            id=str(item.get("id") or link)[:_FIELD],
            title=_short(item.get("title")),
            published=iso(_short(item.get("date_published"))),
            modified=iso(_short(item.get("date_modified"))),
            source=named,
            language=_short(item.get("language")) or language,
            text=_text(item.get("content_html"), item.get("content_text")),
        )
        entries.setdefault(link, entry)
    return Feed("feed", named, tuple(entries.values()), skipped=len(items) - len(entries))


def _text(*told: Any) -> str | None:
    """The longest text of an article in a feed, if it is more than a teaser."""
    texts = [t.strip() for t in told if isinstance(t, str)]
    longest = max(texts, key=len, default="")
    return longest[:TEXT] if len(longest) >= TEASER else None


def iso(value: str | None) -> str | None:
    """A feed's date as ISO 8601 with the offset as written; unchanged if it has another form.

    feedparser's own result is not used: it read ``2024/5/14`` as 1 November.
    """
    if not value:
        return None
    value = value.strip()[:100]
    try:
        return datetime.datetime.fromisoformat(value).isoformat() if len(value) > 10 else _day(value)
    except ValueError:
        pass
    try:
        return email.utils.parsedate_to_datetime(value).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return value


def _day(value: str) -> str:
    return datetime.date.fromisoformat(value).isoformat()


def _address(link: str | None, base: str) -> str | None:
    """An absolute http(s) address without fragment, or ``None``."""
    if not link or len(link) > _FIELD:
        return None
    try:
        full = urljoin(base, link.strip()).partition("#")[0]
    except ValueError:
        return None
    return full if full.lower().startswith(("http://", "https://")) else None


def _feed(text: str, url: str) -> Feed:
    # A stream instead of the bytes, which feedparser would first try as a file name.
    found = feedparser.parse(
        io.BytesIO(text.encode("utf-8")),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    if not found.get("version") and not found.entries:
        raise FeedError("no_feed", "neither RSS, Atom nor a sitemap")
    named = found.feed.get("title")
    language = found.feed.get("language")
    entries: dict[str, Entry] = {}
    for item in found.entries[:ENTRIES]:
        link = _address(item.get("feedburner_origlink") or item.get("link"), url)
        if link is None:
            continue
        entry = Entry(
            url=link,
            id=str(item.get("id") or link)[:_FIELD],
            title=_short(item.get("title")),
            published=iso(item.get("published")),
            # feedparser's own ``get`` returns the publication date if there is no update.
            modified=iso(dict.get(item, "updated")),
            source=_short(named),
            language=_short(language),
            text=_text(*(c.get("value") for c in item.get("content") or ()), item.get("summary")),
        )
        entries.setdefault(link, entry)
    return Feed("feed", _short(named), tuple(entries.values()), skipped=len(found.entries) - len(entries))


def _short(value: Any) -> str | None:
    return value.strip()[:_FIELD] or None if isinstance(value, str) else None


class _Sitemap:
    """expat handlers: a flat list of ``url`` or ``sitemap`` records of the fields that we know."""

    def __init__(self) -> None:
        self.records: list[dict[str, str]] = []
        self.index = False
        self._path: list[str] = []
        self._text: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = name.rpartition(" ")[2]
        self._path.append(local)
        if len(self._path) > _DEPTH:
            raise FeedError("hostile", f"elements nested deeper than {_DEPTH}")
        if len(self._path) == 1:
            self.index = local == "sitemapindex"
        elif len(self._path) == 2:
            self.records.append({})
        self._text = []

    def characters(self, data: str) -> None:
        if self._path and self._path[-1] in _SITEMAP_FIELDS:
            self._text.append(data)

    def end(self, name: str) -> None:
        local = self._path.pop()
        # An image or video inside a record has its own title and address.
        inside = self._path[2:]
        if local in _SITEMAP_FIELDS and self._path[1:] and all(p in ("news", "publication") for p in inside):
            self.records[-1].setdefault(local, "".join(self._text).strip()[:_FIELD])
        self._text = []

    def refuse(self, *_: object) -> int:
        raise FeedError("hostile", "the sitemap declares entities")


def _sitemap(text: str, url: str) -> Feed:
    found = _Sitemap()
    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    parser.StartElementHandler = found.start
    parser.EndElementHandler = found.end
    parser.CharacterDataHandler = found.characters
    parser.StartDoctypeDeclHandler = found.refuse
    parser.EntityDeclHandler = found.refuse
    parser.ExternalEntityRefHandler = found.refuse
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    try:
        parser.Parse(text.encode("utf-8"), True)
    except expat.ExpatError as error:
        # The records before the fault are good; usually the file was cut off.
        if not found.records:
            raise FeedError("no_feed", f"a broken sitemap: {error}") from None
    entries: dict[str, Entry] = {}
    for record in found.records[:ENTRIES]:
        address = _address(record.get("loc"), url)
        if address is None:
            continue
        entry = Entry(
            url=address,
            id=address,
            title=record.get("title"),
            published=iso(record.get("publication_date")),
            modified=iso(record.get("lastmod")),
            source=record.get("name"),
            language=record.get("language"),
        )
        entries.setdefault(address, entry)
    skipped = len(found.records) - len(entries)
    if found.index:
        newest = sorted(entries.values(), key=lambda e: (e.modified or "", e.url), reverse=True)
        return Feed("index", None, (), children=tuple(e.url for e in newest), skipped=skipped)
    return Feed("sitemap", None, tuple(entries.values()), skipped=skipped)
