"""Mail and saved pages (MIME) → raw articles: ``.eml`` holds a letter, ``.mhtml`` a page with its parts."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import parseaddr

from dateline.pipeline.sources.opened import Opened
from dateline.transforms.decode import inflated
from dateline.transforms.errors import Rejection
from dateline.transforms.model import RawArticle

_PARTS = 1_000
_TEXT, _HTML = "text/plain", "text/html"


def read(opened: Opened) -> Iterator[RawArticle]:
    """The text of a letter, or the page of a web archive; its other parts are not read."""
    data, fault = opened.whole()
    if fault is not None:
        yield opened.raw(data, fault=fault)
        return
    try:
        plain = inflated(data, opened.options)
        yield _article(opened, data, email.message_from_bytes(plain, policy=email.policy.default))
    except Rejection as error:
        yield opened.refused(error.message, head=data, kind=error.type)
    except (LookupError, ValueError, TypeError, AttributeError, IndexError, RecursionError) as error:
        # The parser of the standard library forgives much, and stumbles over the rest.
        yield opened.refused(f"a broken message: {type(error).__name__}: {error}", head=data)


def _article(opened: Opened, data: bytes, message: EmailMessage) -> RawArticle:
    if not message.keys():
        return opened.refused("no message: it has no header", head=data)
    parts: dict[str, EmailMessage] = {}
    for number, part in enumerate(message.walk()):
        if number > _PARTS:
            break
        if not part.is_attachment():
            parts.setdefault(part.get_content_type(), part)
    saved = _header(message, "Snapshot-Content-Location") or message.get_content_type() == "multipart/related"
    order = (_HTML, _TEXT) if saved else (_TEXT, _HTML)
    body = next((parts[kind] for kind in order if kind in parts), None)
    if body is None:
        return opened.refused("a message without a text", head=data, kind="empty")
    content = body.get_payload(decode=True)
    if not isinstance(content, bytes):
        return opened.refused("a message whose text can not be decoded", head=data)
    charset = body.get_content_charset()
    media_type = body.get_content_type() + (f"; charset={charset}" if charset else "")
    if saved:
        url = _header(message, "Snapshot-Content-Location") or _header(body, "Content-Location")
        return opened.raw(
            content,
            media_type=media_type,
            url=url if url and "://" in url else None,
            fetched_at=_header(message, "Date"),
        )
    sender, address = parseaddr(_header(message, "From") or "")
    carrier = {"title": subject} if (subject := _header(message, "Subject")) else {}
    return opened.raw(
        content,
        media_type=media_type,
        published=_header(message, "Date"),
        source=sender or address.rpartition("@")[2] or None,
        carrier=carrier,
        declared=True,
    )


def _header(message: EmailMessage, name: str) -> str | None:
    value = message.get(name)
    return " ".join(str(value).split()) or None if value is not None else None
