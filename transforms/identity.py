"""Stable ids. All hashing of the project is done here.

``article_id`` identifies a page by its URL (or by its text if it has none), ``revision`` the text of the
page, ``event_id`` an event that was read in it. None of them depends on white space, order, time or machine.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
import uuid
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from dateline.transforms import core
from dateline.transforms.model import Page

NAMESPACE = uuid.UUID("5b0c1f0e-7a55-5d0e-9b1c-0d6f3c1a7e42")
_NAMESPACE = NAMESPACE.bytes
"""The namespace of all ids. It is part of the format and must never change."""

_WORD = re.compile(r"\w+")
# Parameters of a URL that track the reader and do not select the page.
_TRACKING = re.compile(
    r"^(utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|cmpid|ocid|ref|ref_src|smid|s_cid|ftag|partner|rss|feature)$"
)
_LAST_NAME = re.compile(r"/(?:/|index\.(?:html?|php)(?:/|$))*$")
_PATH_SAFE = "/!$&'()*+,;=:@~%"
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})?")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_SECOND_LEVEL = frozenset(["co", "com", "org", "net", "gov", "ac", "edu", "or", "ne", "go", "gob"])
_CANONICAL_LIMIT = 4096


def sha256(data: bytes | str) -> str:
    """The SHA-256 of bytes or of UTF-8 text, in hex. Lone surrogates are encoded, not refused."""
    if isinstance(data, str):
        data = data.encode("utf-8", "surrogatepass")
    return hashlib.sha256(data).hexdigest()


@lru_cache(maxsize=1 << 10)
def normalize_url(url: str | None) -> str | None:
    """A URL without the parts that do not change the page; ``None`` if it is not an http(s) URL.

    Scheme and host are lower case, ``http`` becomes ``https``; ``www.``, default port, fragment, tracking
    parameters and trailing slash are removed; the other parameters are sorted by name.
    """
    if not url:
        return None
    try:
        parts = urlsplit(url.strip()[:_CANONICAL_LIMIT])
        host, port = (parts.hostname or "").rstrip("."), parts.port
        if parts.scheme.lower() not in ("http", "https") or not host:
            return None
        while host.startswith("www."):
            host = host[4:]
        if ":" in host:
            host = f"[{host}]"
        if port and port not in (80, 443):
            host = f"{host}:{port}"
        path = _LAST_NAME.sub("", _ESCAPE.sub(_one_spelling, quote(parts.path, safe=_PATH_SAFE)))
        query = sorted(
            (k, v)
            for k, v in parse_qsl(parts.query, keep_blank_values=True)
            if not _TRACKING.match(k.lower())
        )
        return urlunsplit(("https", host, path, urlencode(query), ""))
    except ValueError:  # A port that is not a number, text that is not UTF-8.
        return None


def _one_spelling(escape: re.Match[str]) -> str:
    """A percent escape in capitals, or the character if it needs no escape (RFC 3986 §6.2.2)."""
    if escape[1] is None:
        return "%25"
    plain = chr(int(escape[1], 16))
    return plain if _UNRESERVED.fullmatch(plain) else f"%{escape[1].upper()}"


def registered_domain(url: str | None) -> str | None:
    """The registered domain: ``news.example.co.uk`` → ``example.co.uk``.

    Suffixes of two parts are found by a simple rule, not by the public suffix list. A wrong
    answer only means that the canonical link of a page is ignored.
    """
    normal = normalize_url(url)
    if normal is None:
        return None
    labels = (urlsplit(normal).hostname or "").split(".")
    if len(labels) >= 3 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL:
        return ".".join(labels[-3:])
    return ".".join(labels[-2:])


def page_url(page: Page) -> str | None:
    """The URL of a page: the carrier's, else the canonical link of the page if it can be trusted.

    The canonical link is used only if the carrier gives no URL, the link has a path, and the page names no
    other domain in ``og:url``.
    """
    carried = normalize_url(page.url)
    if carried:
        return carried
    canonical = normalize_url(page.metadata.get("canonical"))
    if canonical is None or not urlsplit(canonical).path.strip("/"):
        return None
    own = page.metadata.get("og_url")
    if own and registered_domain(own) != registered_domain(canonical):
        return None
    return canonical


def collapse(text: str) -> str:
    """Text with every run of white space as one space."""
    return " ".join(text.split())


def _id(name: str) -> str:
    """``str(uuid5(NAMESPACE, name))`` without the object in between, which costs as much as the hash."""
    digest = hashlib.sha1(_NAMESPACE + name.encode(), usedforsecurity=False).hexdigest()
    variant = "89ab"[int(digest[16], 16) & 3]
    return f"{digest[:8]}-{digest[8:12]}-5{digest[13:16]}-{variant}{digest[17:20]}-{digest[20:32]}"


def collapsed(text: str) -> bytes:
    """The same as UTF-8, lone surrogates too."""
    if core.compiled is not None:
        return core.compiled.collapsed(text)
    return collapse(text).encode("utf-8", "surrogatepass")


@lru_cache(maxsize=1)
def _text_hash(text: str) -> str:
    """The hash of a text without its white space, kept because a page without a URL is known by it twice."""
    return sha256(collapsed(text))


def article_id(page: Page) -> str:
    """uuid5 of the URL, or of the text if the page has no URL."""
    url = page_url(page)
    return _id(url if url else "text:" + _text_hash(page.text))


def revision(page_text: str) -> str:
    """16 hex digits of the hash of the page's text, as decoded and before it is cleaned."""
    return _text_hash(page_text)[:16]


def fold(text: str) -> str:
    """The words of a text, without case and punctuation, in Unicode compatibility form."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


_folded = lru_cache(maxsize=1 << 12)(fold)
"""Actors and verbs are few and come back."""


def event_id(
    article: str,
    kind: str,
    actor: str,
    lemma: str,
    content: Sequence[str],
    nth: int = 0,
) -> str:
    """uuid5 of article, kind, actor as written, lemma of the verb and folded words of the content.

    ``nth`` tells events apart that are equal in all of these (0 for the first).
    """
    key = [article, kind, _folded(actor), _folded(lemma), fold(" ".join(content))]
    if nth:
        key.append(str(nth))
    return _id("|".join(key))


def story_id(first: str) -> str:
    """uuid5 of the smallest article id of a story."""
    return _id("story|" + first)


def dead_letter_id(origin: str, payload_sha256: str) -> str:
    """uuid5 of origin and payload: the same failure of the same input is one dead letter."""
    return _id("dead|" + sha256(origin) + "|" + payload_sha256)
