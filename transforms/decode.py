"""RawArticle → Page: bytes become text once, within bounds that are checked before parsing.

Raises :class:`~transforms.errors.TooLarge`, :class:`~transforms.errors.Undecodable`,
:class:`~transforms.errors.Empty` or :class:`~transforms.errors.SchemaViolation`.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import unicodedata
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from transforms import errors, html
from transforms.charset import to_text
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
    json_nodes: int = 500_000
    markup_tags: int = 200_000
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
_MEMBERS = 10_000
"""Gzip members of one page: 400,000 empty ones fit in 8 MB, and each costs a copy of what follows."""
_PIECE = 1 << 16
_RATIO_FLOOR = 1_000_000
"""A small page of one repeated letter compresses better than any ratio; below this size it does no harm."""
_HTML = re.compile(r"<!doctype html|<html[\s>]|<(?:head|body|article|p|div|h1)[\s>]", re.IGNORECASE)
# Controls that change how a text looks but not what it says: C0, C1, bidi overrides and isolates, BOM.
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
_NEWLINES = ("\r\n", "\r", "\x85", "\u2028", "\u2029")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MARKS = "".join(map(chr, (c for c in range(0x300, 0x20000) if unicodedata.combining(chr(c)))))
# UAX #15 (stream-safe text) ends a run of marks at 30; sorting a longer one takes quadratic time.
_MARK_RUN = re.compile(f"([{_MARKS}]{{30}})[{_MARKS}]+")
# All marks lie in three ranges without Han and Hangul: the engine skips what is outside of them sixty
# times as fast as it looks for one of the 800 marks, which took 15 ms of a page.
_HIGH = "[\u0300-\u30ff\ua000-\uabff\ufb00-\U0001ffff]"
_HIGH_RUN = re.compile(f"{_HIGH}{_HIGH}{{30,}}")


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
    text = content if isinstance(content, str) else to_text(content, raw.media_type, raw.language)
    if kind == "application/json":
        raw = unpack(raw, text, options)
        kind = (raw.media_type or "").partition(";")[0].strip().lower()
        inner = raw.content
        text = inner if isinstance(inner, str) else to_text(inner, raw.media_type, raw.language)
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
        if v and isinstance(v, str)
    }
    is_html = kind in ("text/html", "application/xhtml+xml") or (
        kind != "text/plain" and _HTML.search(text[:2048]) is not None
    )
    if is_html:
        if (tags := text.count("<")) > options.markup_tags:
            raise errors.TooLarge(f"{tags} tags, over the bound of {options.markup_tags}")
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
        carrier=raw.carrier,
        evidence=evidence,
        lines=lines,
    )


def gunzip(data: bytes, options: Options = DEFAULTS) -> bytes:
    """Decompress gzip members within the bounds; what follows the last member is ignored."""
    out = bytearray()
    at = 0
    for _ in range(_MEMBERS):
        if data[at : at + 2] != b"\x1f\x8b":
            return bytes(out)
        stream = zlib.decompressobj(wbits=31)
        while not stream.eof:
            piece = data[at : at + _PIECE]
            if not piece:
                raise errors.Undecodable("truncated gzip")
            try:
                out += stream.decompress(piece, options.decompressed_bytes + 1 - len(out))
            except zlib.error as error:
                raise errors.Undecodable(f"broken gzip: {error}") from error
            if len(out) > options.decompressed_bytes:
                raise errors.TooLarge(f"over {options.decompressed_bytes} bytes when decompressed")
            if len(out) > _RATIO_FLOOR and len(out) > options.ratio * len(data):
                raise errors.TooLarge(f"decompresses to over {options.ratio} times its size")
            at += len(piece) - len(stream.unused_data)
    raise errors.TooLarge(f"over {_MEMBERS} gzip members")


def tidy(text: str) -> str:
    """NFC, one kind of newline, no control, bidi override, NUL or lone surrogate."""
    for newline in _NEWLINES:
        text = text.replace(newline, "\n")
    text = _CONTROL.sub("", text)
    if text.isascii():
        return text
    text = _HIGH_RUN.sub(_fewer_marks, _SURROGATE.sub("\ufffd", text))
    return unicodedata.normalize("NFC", text)


def _fewer_marks(run: re.Match[str]) -> str:
    return _MARK_RUN.sub(r"\1", run[0])


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


def load_json(text: str, options: Options = DEFAULTS) -> Any:
    """JSON within bounds of size and depth, its strings storable. Raises TooLarge or Undecodable."""
    if text.count("{") + text.count("[") > options.json_nodes:
        raise errors.TooLarge(f"over {options.json_nodes} arrays and objects in JSON")
    try:
        found = json.loads(text.lstrip("\ufeff"), parse_constant=_refuse_constant)
    except RecursionError as error:
        raise errors.TooLarge("JSON nested too deep to parse") from error
    except ValueError as error:
        raise errors.Undecodable(f"broken JSON: {error}") from error
    if _deeper(found, options.json_depth):
        raise errors.TooLarge(f"JSON nested deeper than {options.json_depth}")
    return found


def clean_json(value: Any, text: str) -> Any:
    """Carrier data as valid text; ``text`` is the JSON it came from, and mostly shows that nothing is to be done."""
    return _clean(value) if "\\u" in text or _SURROGATE.search(text) else value


def unpack(raw: RawArticle, text: str, options: Options) -> RawArticle:
    """A JSON object that holds an article. Fields that have no name here become carrier data."""
    record = load_json(text, options)
    if not isinstance(record, dict):
        raise errors.SchemaViolation(f"a JSON object was expected, not {type(record).__name__}")
    named: dict[str, Any] = {}
    if not isinstance(record.get(options.fields.get("content", "content")), str | None):
        raise errors.SchemaViolation(f"{options.fields.get('content', 'content')!r} is not text")
    body = record.pop(options.fields.get("content", "content"), None)
    record = clean_json(record, text)
    if body is not None:
        named["content"] = body
    for name in _JSON_NAMES[1:]:
        value = record.pop(options.fields.get(name, name), None)
        if value is None or value == "":
            continue
        if not isinstance(value, str):
            record[name] = value  # somebody else's field of that name
            continue
        named[name] = value
    if (encoded := record.pop("content_base64", None)) is not None and not named.get("content"):
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
