"""RawArticle → Page: bytes become text once, within bounds that are checked before parsing.

Raises :class:`~transforms.errors.TooLarge`, :class:`~transforms.errors.Undecodable`,
:class:`~transforms.errors.Empty` or :class:`~transforms.errors.SchemaViolation`.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import json
import re
import unicodedata
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from charset_normalizer import from_bytes

from transforms import errors, html
from transforms.model import Evidence, EvidenceRole, Page, RawArticle

_REJECTIONS: dict[str, type[errors.Rejection]] = {
    "too_large": errors.TooLarge,
    "undecodable": errors.Undecodable,
    "empty": errors.Empty,
    "not_an_article": errors.NotAnArticle,
    "schema_violation": errors.SchemaViolation,
    "deadline": errors.DeadlinePassed,
}


@dataclass(frozen=True)
class Options:
    """Bounds, and how other people's JSON names our fields (``{"url": "link"}``)."""

    raw_bytes: int = 8_000_000
    decompressed_bytes: int = 8_000_000
    ratio: int = 200
    json_depth: int = 100
    text_chars: int = 2_000_000
    fields: Mapping[str, str] = field(default_factory=dict)


DEFAULTS = Options()
_JSON_NAMES = (
    "content",
    "url",
    "source",
    "published",
    "modified",
    "fetched_at",
    "zone",
    "language",
    "media_type",
)
_RATIO_FLOOR = 1_000_000
"""A small page of one repeated letter compresses better than any ratio; below this size it does no harm."""
_SAMPLE = 65_536
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""(?:charset\s*=\s*["']?|encoding\s*=\s*["'])([A-Za-z0-9_.:-]{2,40})""")
_HTML = re.compile(r"<!doctype html|<html[\s>]|<(?:head|body|article|p|div|h1)[\s>]", re.IGNORECASE)
# Controls that change how a text looks but not what it says: C0, C1, bidi overrides and isolates, BOM.
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
_NEWLINE = re.compile("\r\n?|[\x85\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BROKEN_SHARE = 0.02
"""Share of broken characters up to which a UTF-8 page is mended with U+FFFD rather than refused."""


def decode(raw: RawArticle, options: Options = DEFAULTS) -> Page:
    """Decode one raw article. ``raw.content`` may be a page, or JSON that holds one."""
    if raw.fault is not None:
        raise _REJECTIONS.get(raw.fault.type, errors.Undecodable)(raw.fault.message)
    content = raw.content
    size = len(content)
    if size > options.raw_bytes:
        raise errors.TooLarge(f"{size} bytes, over the bound of {options.raw_bytes}")
    if isinstance(content, bytes) and content[:2] == b"\x1f\x8b":
        content = gunzip(content, options)
    kind = (raw.media_type or "").partition(";")[0].strip().lower()
    text = content if isinstance(content, str) else to_text(content, raw.media_type)
    if kind == "application/json":
        raw = unpack(raw, text, options)
        kind = (raw.media_type or "").partition(";")[0].strip().lower()
        inner = raw.content
        text = inner if isinstance(inner, str) else to_text(inner, raw.media_type)
    text = tidy(text)
    if not text.strip():
        raise errors.Empty("no text")
    evidence = _carrier_evidence(raw)
    metadata = {
        k: v
        for k, v in (
            ("publisher", raw.source),
            ("language", raw.language),
            ("zone", raw.zone),
            ("title", raw.carrier.get("title")),
        )
        if v
    }
    is_html = kind in ("text/html", "application/xhtml+xml") or (
        kind != "text/plain" and _HTML.search(text[:2048]) is not None
    )
    if is_html:
        rendered = html.render(text)
        metadata = rendered.metadata | metadata
        evidence += rendered.evidence
        body, lines, kind = rendered.text, rendered.lines, "text/html"
    else:
        body, lines, kind = text, (), "text/plain"
    if len(body) > options.text_chars:
        raise errors.TooLarge(f"{len(body)} characters of text, over the bound of {options.text_chars}")
    if not body.strip():
        raise errors.Empty("no text in the markup")
    return Page(
        text=body,
        media_type=kind,
        origin=raw.origin,
        url=raw.url,
        metadata=metadata,
        evidence=evidence,
        lines=lines,
    )


def gunzip(data: bytes, options: Options = DEFAULTS) -> bytes:
    """Decompress gzip members within the bounds; what follows the last member is ignored."""
    out = bytearray()
    rest = data
    while rest[:2] == b"\x1f\x8b":
        stream = zlib.decompressobj(wbits=31)
        try:
            out += stream.decompress(rest, options.decompressed_bytes + 1 - len(out))
        except zlib.error as error:
            raise errors.Undecodable(f"broken gzip: {error}") from error
        if len(out) > options.decompressed_bytes:
            raise errors.TooLarge(f"over {options.decompressed_bytes} bytes when decompressed")
        if len(out) > _RATIO_FLOOR and len(out) > options.ratio * len(data):
            raise errors.TooLarge(f"decompresses to over {options.ratio} times its size")
        if not stream.eof:
            raise errors.Undecodable("truncated gzip")
        rest = stream.unused_data
    return bytes(out)


def to_text(data: bytes, media_type: str | None) -> str:
    """Bytes to text: byte order mark, declared charset, UTF-8, then detection."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(name, "replace")
    declared = _DECLARED.search((media_type or "").encode("ascii", "replace")) or _DECLARED.search(
        data[:2048]
    )
    names = ["utf-8"]
    if declared:
        name = declared[1].decode("ascii").lower()
        # Latin-1 on the web is Windows-1252; its C1 half is never meant.
        names.insert(
            0, "cp1252" if name in ("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii") else name
        )
        if name.startswith("utf-16") and b"\x00" not in data[:200]:
            names.pop(0)  # a declaration that could be read as ASCII is not in UTF-16
    if data.count(b"\x00", 0, _SAMPLE) > min(len(data), _SAMPLE) // 4:
        names = ["utf-16-le" if data[1:2] == b"\x00" else "utf-16-be"]
    for name in names:
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    mended = data.decode("utf-8", "replace")
    broken = mended.count("\ufffd")
    beyond_ascii = sum(byte > 127 for byte in data[:_SAMPLE])
    if broken <= _BROKEN_SHARE * len(mended) and broken * 4 <= beyond_ascii:
        return mended  # UTF-8 with a few bytes lost
    best = from_bytes(data[:_SAMPLE]).best()
    if best is not None:
        return data.decode(best.encoding, "replace")
    if broken <= _BROKEN_SHARE * len(mended):
        return mended
    raise errors.Undecodable("no charset fits these bytes")


def tidy(text: str) -> str:
    """NFC, one kind of newline, no control, bidi override, NUL or lone surrogate."""
    text = _SURROGATE.sub("\ufffd", _CONTROL.sub("", _NEWLINE.sub("\n", text)))
    return unicodedata.normalize("NFC", text)


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _clean(value: Any) -> Any:
    """Carrier data as valid text: lone surrogates cannot be stored."""
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value).replace("\x00", "\ufffd")
    if isinstance(value, dict):
        return {_clean(str(k)): _clean(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_clean(v) for v in value]
    return value


def unpack(raw: RawArticle, text: str, options: Options) -> RawArticle:
    """A JSON object that holds an article. Fields that have no name here become carrier data."""
    try:
        record = json.loads(text.lstrip("\ufeff"), parse_constant=_refuse_constant)
        if _deeper(record, options.json_depth):
            raise errors.TooLarge(f"JSON nested deeper than {options.json_depth}")
    except RecursionError as error:
        raise errors.TooLarge("JSON nested too deep to parse") from error
    except ValueError as error:
        raise errors.Undecodable(f"broken JSON: {error}") from error
    if not isinstance(record, dict):
        raise errors.SchemaViolation(f"a JSON object was expected, not {type(record).__name__}")
    named: dict[str, Any] = {}
    if not isinstance(record.get(options.fields.get("content", "content")), str | None):
        raise errors.SchemaViolation(f"{options.fields.get('content', 'content')!r} is not text")
    body = record.pop(options.fields.get("content", "content"), None)
    record = _clean(record)
    if body:
        named["content"] = body
    for name in _JSON_NAMES[1:]:
        value = record.pop(options.fields.get(name, name), None)
        if value is None or value == "":
            continue
        if not isinstance(value, str):
            record[name] = value  # somebody else's field of that name
            continue
        named[name] = value
    if (encoded := record.pop("content_base64", None)) is not None and "content" not in named:
        try:
            named["content"] = base64.b64decode(encoded, validate=True)
        except (binascii.Error, ValueError, TypeError) as error:
            raise errors.Undecodable(f"content_base64: {error}") from error
    if "content" not in named:
        wanted = options.fields.get("content", "content")
        raise errors.SchemaViolation(
            f"no field {wanted!r}; it has: {', '.join(sorted(map(str, record)))[:200]}"
        )
    title = record.get("title")
    told = {k: v for k, v in raw.carrier.items() if v is not None}
    known = {
        k: getattr(raw, k) for k in _JSON_NAMES if k not in ("content", "media_type") and getattr(raw, k)
    }
    merged: dict[str, Any] = {"media_type": None} | named | known
    carrier = {**record, **told} | ({"title": title} if isinstance(title, str) else {})
    return raw.model_copy(update=merged | {"carrier": carrier})


def _deeper(value: Any, bound: int) -> bool:
    level: list[Any] = [value]
    for _ in range(bound + 1):
        level = [
            inner
            for item in level
            for inner in (item.values() if isinstance(item, dict) else item if isinstance(item, list) else ())
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True


def _carrier_evidence(raw: RawArticle) -> tuple[Evidence, ...]:
    fields: tuple[tuple[EvidenceRole, str | None], ...] = (
        ("published", raw.published),
        ("modified", raw.modified),
        ("fetched", raw.fetched_at),
    )
    found = [Evidence(source="carrier", role=role, value=value) for role, value in fields if value]
    if raw.url:
        found.append(Evidence(source="url", role="unknown", value=raw.url))
    return tuple(found)
