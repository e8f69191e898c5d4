"""Names that never change: the only module that hashes.

``article_id`` names a page by its address (or its text where it has none), ``revision``
the text that stood there, ``event_id`` a reading of it. White space, order, time and
machine change none of them.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
import uuid
from collections.abc import Sequence
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from transforms.model import Page

NAMESPACE = uuid.UUID("5b0c1f0e-7a55-5d0e-9b1c-0d6f3c1a7e42")
"""The namespace of every id of this project (a constant of the format, never to change)."""

_WORD = re.compile(r"\w+")
# Parameters that say how a reader came, not what is read.
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
    """The SHA-256 of bytes or of UTF-8 text, in hex. Lone surrogates are kept apart, not refused."""
    if isinstance(data, str):
        data = data.encode("utf-8", "surrogatepass")
    return hashlib.sha256(data).hexdigest()


def normalize_url(url: str | None) -> str | None:
    """An address without what does not change the page; ``None`` where it is no http(s) address.

    Scheme and host in lower case, ``http`` as ``https``, no ``www.``, default port, fragment,
    tracking parameters or trailing slash; the other parameters in order of name.
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
    except ValueError:  # a port that is no number, text that is no UTF-8
        return None


def _one_spelling(escape: re.Match[str]) -> str:
    """A percent escape in capitals, or the character that needs none (RFC 3986 §6.2.2)."""
    if escape[1] is None:
        return "%25"
    plain = chr(int(escape[1], 16))
    return plain if _UNRESERVED.fullmatch(plain) else f"%{escape[1].upper()}"


def registered_domain(url: str | None) -> str | None:
    """The domain that somebody registered: ``news.example.co.uk`` → ``example.co.uk``.

    A plain rule for two-part suffixes stands in for the public suffix list: a
    wrong answer only makes the canonical link of a page be ignored.
    """
    normal = normalize_url(url)
    if normal is None:
        return None
    labels = (urlsplit(normal).hostname or "").split(".")
    if len(labels) >= 3 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL:
        return ".".join(labels[-3:])
    return ".".join(labels[-2:])


def page_url(page: Page) -> str | None:
    """The address that names a page: the carrier's, else its own canonical link where that can be trusted.

    A canonical link is a claim of the page. It counts only when the carrier has no
    address, it has a path, and the page names no other domain (``og:url``) as its own.
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


def article_id(page: Page) -> str:
    """uuid5 of the address, else of the text."""
    url = page_url(page)
    return str(uuid.uuid5(NAMESPACE, url if url else "text:" + sha256(collapse(page.text))))


def revision(page_text: str) -> str:
    """16 hex digits of the page's text: what stood there, never what was made of it."""
    return sha256(collapse(page_text))[:16]


def fold(text: str) -> str:
    """Words only: compatibility forms, case and punctuation folded."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def event_id(
    article: str,
    kind: str,
    actor: str,
    lemma: str,
    content: Sequence[str],
    nth: int = 0,
) -> str:
    """uuid5 of what was read: article, kind, surface actor, cue lemma, folded content words.

    ``nth`` tells readings apart that are equal in all of these (0 for the first).
    """
    key = [article, kind, fold(actor), fold(lemma), fold(" ".join(content))]
    if nth:
        key.append(str(nth))
    return str(uuid.uuid5(NAMESPACE, "|".join(key)))


def story_id(first: str) -> str:
    """uuid5 of the smallest article id of a story."""
    return str(uuid.uuid5(NAMESPACE, "story|" + first))


def dead_letter_id(origin: str, payload_sha256: str) -> str:
    """uuid5 of origin and payload: the same failure of the same input is one dead letter."""
    return str(uuid.uuid5(NAMESPACE, "dead|" + sha256(origin) + "|" + payload_sha256))
