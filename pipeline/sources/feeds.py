"""RSS, Atom and sitemaps → entries. The dates of a feed are evidence for the pages that are fetched, not facts.

feedparser reads feeds, broken ones too; expat reads sitemaps, with entities disabled. Both see
only text that :func:`dateline.pipeline.sources.xmltext.safe` let pass.
"""

from __future__ import annotations

import datetime
import email.utils
import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urljoin
from xml.parsers import expat

import feedparser

from dateline.pipeline.sources.xmltext import FeedError, safe
from dateline.transforms.identity import sha256

ENTRIES = 5_000
"""Entries read of one feed, in its order; news feeds hold tens, news sitemaps at most 1,000."""
SIZE = 4_000_000
"""Bytes of one feed: the largest news sitemaps seen are near 1 MB, and parsing costs up to 1 s a megabyte."""
_TAGS = 200_000
_DEPTH = 64
_FIELD = 4_096
_SITEMAP_FIELDS = frozenset(("loc", "lastmod", "publication_date", "title", "name", "language"))

FeedKind = Literal["feed", "sitemap", "index"]


@dataclass(frozen=True)
class Entry:
    """One article as a feed names it. Dates are ISO 8601 with the offset that was written, or as found."""

    url: str
    id: str
    title: str | None = None
    published: str | None = None
    modified: str | None = None
    source: str | None = None
    language: str | None = None

    @property
    def fingerprint(self) -> str:
        """16 hex digits that change when the feed says that the article changed."""
        said = (self.url, self.id, self.title or "", self.published or "", self.modified or "")
        return sha256("\x1f".join(said))[:16]


@dataclass(frozen=True)
class Feed:
    """What a feed said. ``skipped`` counts entries without an address or beyond the bound."""

    kind: FeedKind
    title: str | None
    entries: tuple[Entry, ...]
    children: tuple[str, ...] = ()
    skipped: int = 0


def parse(body: bytes, url: str, content_type: str | None = None) -> Feed:
    """The entries of a feed or sitemap that was fetched from ``url``, each address once.

    Raises :class:`~dateline.pipeline.sources.xmltext.FeedError`.
    """
    if len(body) > SIZE:
        raise FeedError("too_large", f"a feed over {SIZE} bytes")
    text = safe(body, content_type)
    if text.count("<") > 2 * _TAGS:
        raise FeedError("too_large", f"a feed of more than {_TAGS} elements")
    root = text[1:40].split(">")[0].split()[0].rpartition(":")[2].lower() if text[1:2].strip() else ""
    return _sitemap(text, url) if root in ("urlset", "sitemapindex") else _feed(text, url)


def iso(value: str | None) -> str | None:
    """A feed's date as ISO 8601 in the offset that was written; what is written otherwise stays as found.

    feedparser's own reading is not asked: it made 1 November of ``2024/5/14``.
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
    # A stream, never the bytes themselves: given bytes, feedparser first tries them as a file name.
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
            # feedparser's own ``get`` answers with the publication date where nothing was updated.
            modified=iso(dict.get(item, "updated")),
            source=_short(named),
            language=_short(language),
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
        # An image or video inside a record has a title and an address of its own.
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
        # The records before the fault are good; most often the file was cut off.
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
