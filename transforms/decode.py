"""RawArticle → Page: decode the bytes to text once, within bounds that are checked before parsing.

Raises :class:`~dateline.transforms.errors.TooLarge`, :class:`~dateline.transforms.errors.Undecodable`,
:class:`~dateline.transforms.errors.Empty` or :class:`~dateline.transforms.errors.SchemaViolation`.
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from typing import Any

from dateline.transforms import errors, html, inflate, magic, records, repair
from dateline.transforms.charset import to_text
from dateline.transforms.model import DECLARED, Evidence, EvidenceRole, Page, RawArticle
from dateline.transforms.options import DEFAULTS as DEFAULTS
from dateline.transforms.options import Options as Options

_REJECTIONS: dict[str, type[errors.Rejection]] = {
    "too_large": errors.TooLarge,
    "undecodable": errors.Undecodable,
    "empty": errors.Empty,
    "not_an_article": errors.NotAnArticle,
    "schema_violation": errors.SchemaViolation,
    "deadline": errors.DeadlinePassed,
}


_CARRIER_FIELDS = ("url", "source", "published", "modified", "fetched_at")
_DOCUMENT = re.compile(r"<!doctype html|<html[\s>]|<(?:head|body)[\s>]", re.IGNORECASE)
_FRAGMENT = re.compile(
    r"</(?:p|div|span|a|b|i|em|strong|u|ul|ol|li|h[1-6]|figure|blockquote|table|td|section|article)>|<(?:br|p|hr)\s{0,3}/?>",
    re.IGNORECASE,
)
"""Markup in content that was declared to be the article. It may start late."""
_ESCAPED = re.compile(r"&lt;(?:/(?:p|div|a|li|strong|em|h[1-6]|span)|br ?/?)&gt;", re.IGNORECASE)
"""Markup whose angle brackets are all escaped."""
_SAVED_FROM = re.compile(r"<!--\s{0,9}saved from url=\(\d{1,6}\)(https?://[^\s<>]{1,2000})\s{0,9}-->")
"""The comment that browsers write into a page that they save."""
_REGIONAL = re.compile(r"([A-Za-z]{2,3})[-_]([A-Za-z]{2})")
"""A language with its region, as feeds give it: ``en-gb``."""
_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_HTML = re.compile(r"<!doctype html|<html[\s>]|<(?:head|body|article|p|div|h1)[\s>]", re.IGNORECASE)
# Control characters that change how a text looks but not what it says: C0, C1, bidi overrides and isolates,
# BOM.
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
_USUAL = bytes([0x09, 0x0A, *range(0x20, 0x7F)])
_NEWLINES = ("\r", "\x85", "\u2028", "\u2029")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MARKS = "".join(map(chr, (c for c in range(0x300, 0x20000) if unicodedata.combining(chr(c)))))
# UAX #15 (stream-safe text) ends a run of marks at 30; sorting a longer one takes quadratic time.
_MARK_RUN = re.compile(f"([{_MARKS}]{{30}})[{_MARKS}]+")
# All combining marks lie in three ranges outside Han and Hangul. The engine skips everything else sixty times
# as fast as it searches for one of the 800 marks, which took 15 ms of a page.
_HIGH = "[\u0300-\u30ff\ua000-\uabff\ufb00-\U0001ffff]"
_HIGH_RUN = re.compile(f"{_HIGH}{_HIGH}{{30,}}")
UNSETTLED = re.compile(
    "[^\x00-\u02ff\u0388-\u0482\u048a-\u052f\u05d0-\u05f4\u0620-\u064a\u0660-\u066f\u0671-\u06d5\u2002-\u20cf\u2100-\u2125\u212c-\u2328"
    "\u232b-\u2adb\u3001-\u3029\u3030-\u3098\u309b-\u9fff\uac00-\ud7a3\ue000-\uf8ff\ufe00-\ufe0f\uff00-\uff9d\uffa0-\uffff\U0001f000-\U0001faff]"
)
"""A character that NFC may change, or of which it may change the characters around it. Texts of most languages have none."""


def decode(raw: RawArticle, options: Options = DEFAULTS) -> Page:
    """Decode one raw article. ``raw.content`` is a page, or JSON that contains one."""
    if raw.fault is not None:
        raise _REJECTIONS.get(raw.fault.type, errors.Undecodable)(raw.fault.message)
    content = raw.content
    size = len(content)
    if size > options.raw_bytes:
        raise errors.TooLarge(f"{size} bytes, over the bound of {options.raw_bytes}")
    if isinstance(content, bytes):
        content = inflated(content, options)
    if isinstance(content, bytes) and (foreign := magic.foreign(content) or magic.declared(raw.media_type)):
        raise errors.Undecodable(magic.refusal(foreign))
    kind = (raw.media_type or "").partition(";")[0].strip().lower()
    text = content if isinstance(content, str) else to_text(content, raw.media_type, raw.language)
    notes: tuple[str, ...] = ()
    if kind == "application/json":
        raw, notes = unpack(raw, text, options)
        kind = (raw.media_type or "").partition(";")[0].strip().lower()
        inner = raw.content
        text = inner if isinstance(inner, str) else to_text(inner, raw.media_type, raw.language)
    text, mended = repair.mend(text)
    text = tidy(text)
    if not text or text.isspace():
        raise errors.Empty("no text")
    if kind != "text/plain" and (root := magic.xml_root(text)) is not None:
        raise errors.Undecodable(f"an XML document of <{root}>, which is not read as a page")
    evidence = _carrier_evidence(raw)
    metadata = _carrier_metadata(raw)
    if raw.declared and _ESCAPED.search(text) is not None and _FRAGMENT.search(text) is None:
        text = unescape(text)
    document = _DOCUMENT.search(text[:2048]) is not None
    declared = raw.declared and not document
    is_html = (
        kind in ("text/html", "application/xhtml+xml")
        or (kind != "text/plain" and (document or _HTML.search(text[:2048]) is not None))
        or (declared and _FRAGMENT.search(text) is not None)
    )
    if is_html:
        if len(text) > options.markup_tags and (tags := text.count("<")) > options.markup_tags:
            raise errors.TooLarge(f"{tags} tags, over the bound of {options.markup_tags}")
        rendered = html.render(_PARAGRAPH.sub("\n<p>", text) if declared else text)
        metadata = rendered.metadata | metadata
        evidence += rendered.evidence
        body, lines, boxes, kind = rendered.text, rendered.lines, rendered.boxes, "text/html"
        if not raw.url and (saved := _SAVED_FROM.search(text[:4096])) is not None:
            metadata.setdefault("canonical", saved[1])
    else:
        body, lines, boxes, kind = repair.unescape(text), (), (), "text/plain"
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
        boxes=boxes,
        declared=declared,
        notes=(*notes, *mended),
    )


def inflated(data: bytes, options: Options = DEFAULTS) -> bytes:
    """Decompress gzip, bzip2 or xz within the bounds; return other data unchanged. Bytes after the last
    member are ignored."""
    try:
        return inflate.inflate(data, options.decompressed_bytes, options.ratio)
    except inflate.Broken as error:
        raise errors.Undecodable(str(error)) from error
    except inflate.TooMuch as error:
        raise errors.TooLarge(str(error)) from error


def tidy(text: str) -> str:
    """The text in NFC with ``\n`` as its only newline, without control characters, bidi overrides, NUL or
    lone surrogates."""
    try:
        held = text.encode("utf-8")
    except UnicodeEncodeError:
        text = _SURROGATE.sub("\ufffd", text)
        held = text.encode("utf-8")
    # Deleting bytes is thirty times as fast as matching characters, so only the characters that are left are matched.
    unusual = held.translate(None, _USUAL).decode("utf-8")
    if not unusual:
        return text
    for newline in _NEWLINES:
        if newline in unusual:
            text = text.replace("\r\n", "\n").replace(newline, "\n")
            unusual = unusual.replace(newline, "")
    for control in sorted(set(_CONTROL.findall(unusual))):
        text, unusual = text.replace(control, ""), unusual.replace(control, "")
    if _HIGH_RUN.search(unusual):
        text = _HIGH_RUN.sub(_fewer_marks, text)
    if UNSETTLED.search(unusual) is None:
        return text
    return "\n".join([_settled(line) for line in text.split("\n")])


def _settled(line: str) -> str:
    return line if line.isascii() else unicodedata.normalize("NFC", line)


def _fewer_marks(run: re.Match[str]) -> str:
    return _MARK_RUN.sub(r"\1", run[0])


def unpack(raw: RawArticle, text: str, options: Options) -> tuple[RawArticle, tuple[str, ...]]:
    """Unpack a JSON object that contains an article, or the response of a service that contains one. Fields
    without a name here become carrier data."""
    record = records.load(text, options)
    found = records.found_in(record, options.fields) if isinstance(record, dict) else None
    if found is not None and len(found) == 1:
        record = found[0]
    if not isinstance(record, dict):
        raise errors.SchemaViolation(f"a JSON object was expected, not {type(record).__name__}")
    reading = records.read(records.clean(record, text), options.fields)
    if reading.content is None:
        raise errors.SchemaViolation(_missing(record, reading, options, len(found or ())))
    own = {k: v for k, v in raw.carrier.items() if v is not None}
    known = {k: v for k in (*_CARRIER_FIELDS, "zone", "language") if (v := getattr(raw, k))}
    named = {k: v for k, v in (("title", reading.title), ("byline", reading.byline)) if v}
    carrier = {**reading.rest, **own} | named
    media = {"media_type": "text/html"} if reading.markup else {"media_type": None}
    # A record contains an article without a page around it. A record of an archive may be either, and says
    # which.
    declared = carrier.pop(DECLARED, True) is not False
    update = (
        media
        | reading.values
        | known
        | {"content": reading.content, "carrier": carrier, "declared": declared}
    )
    return raw.model_copy(update=update), reading.notes


def _missing(record: dict[str, Any], reading: records.RecordFields, options: Options, count: int) -> str:
    """Why a record has no text, and what the user can do."""
    if reading.no_text:
        return reading.no_text
    if count > 1:
        return f"one article was expected, and here are {count}: give each as a record of its own"
    if (empty := records.empty_list(record)) is not None:
        return f"an answer without a record: {empty!r} is empty"
    fields = ", ".join(sorted(map(str, record)))[:200]
    if (wanted := options.fields.get("content")) is not None:
        return f"no field {wanted!r}; it has: {fields}"
    if record.get("content") is not None:
        return f"'content' is not text, and no other field is known to hold it; it has: {fields}"
    return f"no field 'content' and none that is known to hold the text; it has: {fields}. Name it: --map content=FIELD"


def _carrier_metadata(raw: RawArticle) -> dict[str, str]:
    """The carrier's fields under the names of :attr:`Page.metadata`."""
    said = (
        ("publisher", raw.source),
        ("language", raw.language),
        ("carrier_language", raw.language),
        ("zone", raw.zone),
        ("title", raw.carrier.get("title")),
        ("author", raw.carrier.get("byline")),
    )
    found = {k: repair.plain(v) for k, v in said if v and isinstance(v, str)}
    if (tag := _REGIONAL.fullmatch(found.get("language", ""))) is not None:
        found |= {"language": tag[1].lower(), "carrier_language": tag[1].lower(), "region": tag[2].upper()}
    return found


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
