"""Makes XML safe to parse: removes its document type, or refuses it.

Entity declarations are how a kilobyte grows to a gigabyte and how a parser is made to open files, so no
parser sees a document type. Entities that stand for single characters and short words ("nbsp", "hellip") are
replaced; a document type that declares more is refused.
"""

from __future__ import annotations

import codecs
import re
from typing import Literal

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BARE = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_DECLARED = re.compile(rb"""<\?xml\s[^>]{0,100}?encoding\s{0,4}=\s{0,4}["']([A-Za-z0-9_.:-]{2,40})""")
_CHARSET = re.compile(r"charset\s{0,4}=\s{0,4}[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
# UTF-7 and escapes hide markup from readers of bytes, so only these encodings are read.
_KNOWN = re.compile(
    r"utf-?(8|16|32)|iso-?8859|latin|windows-?12|cp12|koi8|shift_?jis|euc|gb|big5|us-ascii|ascii|iso-2022-(jp|kr)|tis",
    re.IGNORECASE,
)
_PROLOG = 65_536
_TOKENS = 200
_ENTITY = re.compile(
    r"""<!ENTITY\s{1,9}([A-Za-z][\w.-]{0,40})\s{1,9}(?:"([^"<%]{0,64})"|'([^'<%]{0,64})')\s{0,9}>"""
)
"""An entity that stands for a short text."""
_NAME = re.compile(r"&([A-Za-z][\w.-]{0,40});")
_INNER = re.compile(r"&(?!#\d{1,7};|#x[0-9a-fA-F]{1,6};|(?:amp|lt|gt|quot|apos);)")
"""A reference inside an entity to another one, by which a few lines become a gigabyte."""
_COMMENT = re.compile(r"<!--(?:[^-]|-(?!->)){0,5000}-->")
_ENTITIES = 400
"""Entities of one document type; the sets of HTML have 253."""
_GROWTH = 4
"""How many times as long a document may become when its entities are replaced."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")

FeedFault = Literal["hostile", "no_feed", "too_large"]


class FeedError(Exception):
    """A feed that cannot be read: ``hostile`` (entities), ``no_feed`` (something else), ``too_large``."""

    def __init__(self, fault: FeedFault, message: str) -> None:
        super().__init__(message)
        self.fault: FeedFault = fault


def decode(body: bytes, content_type: str | None = None) -> str:
    """Bytes of XML as text: BOM, then the carrier's charset, then the declaration, then UTF-8; never fails."""
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace")
    for mark, name in _BARE:
        if body.startswith(mark):
            return body.decode(name, "replace")
    named = _CHARSET.search(content_type or "")
    declared = _DECLARED.search(body[:1024])
    claims = (named[1] if named else "", declared[1].decode("ascii") if declared else "", "utf-8")
    for claim in claims:
        if _KNOWN.match(claim):
            try:
                return body.decode(claim)
            except (LookupError, UnicodeError):
                continue
    return body.decode("windows-1252", "replace")


def safe(body: bytes, content_type: str | None = None) -> str:
    """The document from its root element on, without prolog, with its short entities replaced.

    Raises :class:`FeedError` for a document type that declares anything else, or if no root element begins in
    the first 64 K.
    """
    text = _CONTROL.sub("", decode(body, content_type))
    at = 0
    entities: dict[str, str] = {}
    for _ in range(_TOKENS):
        at = text.find("<", at, _PROLOG)
        if at < 0:
            break
        if text.startswith("<!--", at):
            at = text.find("-->", at + 4)
        elif text.startswith("<?", at):
            at = text.find("?>", at + 2)
        elif text.startswith("<!", at):
            at = _declaration(text, at, entities)
        elif text[at + 1 : at + 2].isalpha() or text[at + 1 : at + 2] == "_":
            return _written_out(text[at:], entities)
        else:
            at += 1
        if at < 0:
            break
    raise FeedError("no_feed", "no root element: this is no XML")


def _declaration(text: str, at: int, entities: dict[str, str]) -> int:
    """The end of a document type; its entities are added to ``entities``."""
    if text[at : at + 9].upper() != "<!DOCTYPE":
        raise FeedError("hostile", f"a declaration before the root: {text[at : at + 20]!r}")
    end = text.find(">", at)
    if "[" not in text[at : end if end >= 0 else len(text)]:
        return end
    close = text.find("]", at, _PROLOG)
    end = text.find(">", close)
    if close < 0 or end < 0:
        raise FeedError("hostile", "the document type has no end")
    inside = _COMMENT.sub("", text[text.index("[", at) + 1 : close])
    found = list(_ENTITY.finditer(inside))
    if _ENTITY.sub("", inside).strip() or len(found) > _ENTITIES:
        raise FeedError("hostile", "the document type declares more than short names of letters")
    for match in found:
        value = match[2] if match[2] is not None else match[3]
        if _INNER.search(value):
            raise FeedError("hostile", "an entity of the document type holds another")
        entities.setdefault(match[1], value)
    return end


def _written_out(text: str, entities: dict[str, str]) -> str:
    if not entities:
        return text
    written = _NAME.sub(lambda found: entities.get(found[1], found[0]), text)
    if len(written) > _GROWTH * len(text) + _PROLOG:
        raise FeedError("hostile", f"its entities make it over {_GROWTH} times as long")
    return written
