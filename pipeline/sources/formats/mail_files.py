"""Mail and saved pages (MIME) → raw articles: ``.eml`` holds a letter, ``.mbox`` many, ``.mhtml`` a page with its parts."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import parseaddr
from itertools import islice

from dateline.pipeline.sources.formats.json_files import split_lines
from dateline.pipeline.sources.formats.opened import Opened
from dateline.transforms.decode import inflated
from dateline.transforms.errors import Rejection
from dateline.transforms.model import Fault, RawArticle

_PARTS = 1_000
_TEXT, _HTML = "text/plain", "text/html"
_HEAD = 1 << 16
_QUOTED_FROM = re.compile(rb"^>(>{0,20}From )", re.MULTILINE)
"""A line of a letter that would begin the next one."""
_SIGNATURE = re.compile(rb"^-- \r?\n", re.MULTILINE)
"""The line above a signature (RFC 3676)."""


def read(opened: Opened) -> Iterator[RawArticle]:
    """The text of a message, or the page of a saved web page; other parts are not read."""
    data, fault = opened.whole()
    if fault is not None:
        yield opened.raw(data, fault=fault)
        return
    yield _read_message(opened, data)


def _read_message(opened: Opened, data: bytes, part: str = "") -> RawArticle:
    try:
        plain = inflated(data, opened.options)
        return _article(opened, data, email.message_from_bytes(plain, policy=email.policy.default), part)
    except Rejection as error:
        return opened.refused(error.message, part, data, error.type)
    except (LookupError, ValueError, TypeError, AttributeError, IndexError, RecursionError) as error:
        # The parser of the standard library accepts much, and fails with many exceptions on the rest.
        return opened.refused(f"a broken message: {type(error).__name__}: {error}", part, data)


def read_mbox(opened: Opened) -> Iterator[RawArticle]:
    """The letters of a mailbox (RFC 4155): each begins at a line "From " behind an empty one."""
    number = 0
    for number, (letter, length) in enumerate(_letters(opened), 1):
        part = f"#{number}"
        if isinstance(letter, Fault):
            yield opened.raw(b"", part, fault=letter)
        elif length > opened.options.raw_bytes:
            message = f"a letter of {length} bytes, over the bound of {opened.options.raw_bytes}"
            yield opened.refused(message, part, letter[:_HEAD], "too_large")
        else:
            yield _read_message(opened, _QUOTED_FROM.sub(rb"\1", letter), part)
    if not number:
        yield opened.refused("an empty mailbox", kind="empty")


def _letters(opened: Opened) -> Iterator[tuple[bytes | Fault, int]]:
    """Each letter with its length, its line "From " left out; of one over the bound the first bytes are kept."""
    kept = bytearray()
    length, empty = 0, True
    for line, size, fault in split_lines(opened.chunks(), opened.options.raw_bytes):
        if empty and line.startswith(b"From ") and fault is None:
            if length:
                yield bytes(kept), length
            kept, length = bytearray(), 0
            continue
        empty = not line.strip()
        length += size
        if length <= opened.options.raw_bytes:
            kept += line
        if fault is not None and fault.type != "too_large":
            yield bytes(kept), length
            yield fault, 0
            return
    if length:
        yield bytes(kept), length


def _article(opened: Opened, data: bytes, message: EmailMessage, part: str) -> RawArticle:
    if not message.keys():
        return opened.refused("no message: it has no header", part, data)
    bodies: dict[str, EmailMessage] = {}
    for inner in islice(message.walk(), _PARTS):
        if not inner.is_attachment():
            bodies.setdefault(inner.get_content_type(), inner)
    saved = _header(message, "Snapshot-Content-Location") or message.get_content_type() == "multipart/related"
    order = (_HTML, _TEXT) if saved else (_TEXT, _HTML)
    body = next((bodies[kind] for kind in order if kind in bodies), None)
    if body is None:
        return opened.refused("a message without a text", part, data, "empty")
    content = body.get_payload(decode=True)
    if not isinstance(content, bytes):
        return opened.refused("a message whose text cannot be decoded", part, data)
    charset = body.get_content_charset()
    media_type = body.get_content_type() + (f"; charset={charset}" if charset else "")
    if saved:
        url = _header(message, "Snapshot-Content-Location") or _header(body, "Content-Location")
        return opened.raw(
            content,
            part,
            media_type=media_type,
            url=url if url and "://" in url else None,
            fetched_at=_header(message, "Date"),
        )
    sender, address = parseaddr(_header(message, "From") or "")
    carrier = {"title": subject} if (subject := _header(message, "Subject")) else {}
    if body.get_content_type() == _TEXT and (signed := _SIGNATURE.search(content)) is not None:
        content = content[: signed.start()]
    return opened.raw(
        content,
        part,
        media_type=media_type,
        published=_header(message, "Date"),
        source=sender or address.rpartition("@")[2] or None,
        carrier=carrier,
        declared=True,
    )


def _header(message: EmailMessage, name: str) -> str | None:
    value = message.get(name)
    return " ".join(str(value).split()) or None if value is not None else None
