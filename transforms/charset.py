"""Bytes → text: finds the charset of a page. Labels are those of the web (WHATWG Encoding)."""

from __future__ import annotations

import codecs
import re

import webencodings
from charset_normalizer import from_bytes

from dateline.transforms import errors

_SAMPLE = 65_536
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""(?:charset\s*=\s*["']?|encoding\s*=\s*["'])([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE
)
# Codecs that detection may return, most common on the web first.
_WEB_CHARSETS = (
    "cp1252", "cp1251", "gb18030", "cp932", "euc_jp", "big5", "big5hkscs", "cp949", "cp1250", "cp1254", "cp1256",
    "cp1253", "cp1255", "cp1257", "cp1258", "koi8_r", "koi8_u", "iso8859_2", "iso8859_15", "iso8859_5", "iso8859_7",
    "cp874", "cp866", "iso8859_3", "iso8859_4", "iso8859_6", "iso8859_8", "iso8859_10", "iso8859_13", "iso8859_14",
    "iso8859_16", "mac_roman", "mac_cyrillic", "iso2022_jp",
)  # fmt: skip
# The web reads GBK by the wider GB 18030.
_WIDER = {"gbk": "gb18030"}
_NO_TEXT = frozenset(["replacement", "x-user-defined"])
# Statistics cannot tell single-byte charsets apart well; the language breaks a tie.
_OF_LANGUAGE = dict.fromkeys(("cs", "hu", "pl", "sk", "sl", "hr", "ro", "bs", "sq"), "cp1250") | {
    "tr": "cp1254", "et": "cp1257", "lt": "cp1257", "lv": "cp1257", "vi": "cp1258", "uk": "cp1251", "bg": "cp1251",
}  # fmt: skip
_LANGUAGE = re.compile(rb"""<html[^>]{0,500}?\slang\s*=\s*["']?([A-Za-z]{2})""", re.IGNORECASE)
_LATIN = ("cp1252", "cp1250", "iso8859_2", "cp1257", "cp1254")
_RARE = ("iso8859_3", "iso8859_4", "iso8859_10", "iso8859_13", "iso8859_14", "iso8859_16")
"""Charsets that detection names for short texts of others, and that the web hardly knows."""
_SIGN = re.compile(
    r"[^\W\d_][\x80-\x9f¡¢£¤¥¦¨¬¯±´¶¸¹¼½¾¿×÷\ufffd]|[\x80-\x9f¢£¤¥¦¨¬¯±²³´¶¸¹¼½¾×÷\ufffd](?=[^\W\d_])|[^\W\d_mM][²³]"
)
"""A sign right beside a letter, where no language writes one; km² and «so» do."""
_SIGNS = 2
_SHIFTED = re.compile(rb"\x1b(?:\$[@B]|\$\)C)")
"""The escape with which ISO 2022 changes to the letters of Japan or Korea."""
_TIE = 0.01
_BROKEN_SHARE = 0.02
"""A UTF-8 page with up to this share of broken characters is read with U+FFFD instead of being refused."""


def to_text(data: bytes, media_type: str | None, language: str | None = None) -> str:
    """Decode bytes by byte order mark, UTF-8, declared charset, then detection, in which the language breaks
    ties."""
    for bom, codec in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(codec, "replace")
    if (shifted := _SHIFTED.search(data[:_SAMPLE])) is not None:
        return data.decode("iso2022_kr" if shifted[0].endswith(b")C") else "iso2022_jp", "replace")
    if data.count(b"\x00", 0, _SAMPLE) > min(len(data), _SAMPLE) // 4:
        even, odd = data[0:_SAMPLE:2].count(0), data[1:_SAMPLE:2].count(0)
        # A download that was cut may end within a character.
        return data.decode("utf-16-le" if odd >= even else "utf-16-be", "replace")
    declared = _declared(data, media_type)
    # Text that is valid UTF-8 beyond ASCII is UTF-8, whatever an old template declares.
    names = ("utf-8", declared) if declared not in ("iso2022_jp", "iso-2022-jp") else (declared, "utf-8")
    for name in names:
        if name is not None:
            try:
                return data.decode(name)
            except UnicodeDecodeError:
                continue
    mended = data.decode("utf-8", "replace")
    broken = mended.count("\ufffd")
    beyond_ascii = sum(byte > 127 for byte in data[:_SAMPLE])
    if broken <= _BROKEN_SHARE * len(mended) and broken * 4 <= beyond_ascii:
        return mended  # UTF-8 with a few bytes missing.
    if found := _detect(data[:_SAMPLE], language or ""):
        return data.decode(found, "replace")
    if broken <= _BROKEN_SHARE * len(mended):
        return mended
    raise errors.Undecodable("no charset fits these bytes")


def _declared(data: bytes, media_type: str | None) -> str | None:
    """The codec of the charset that the carrier or the page declares, if the web knows it."""
    declared = (media_type or "").encode("ascii", "replace")
    match = _DECLARED.search(declared)
    if match is None and b"json" not in declared:  # A page inside JSON still declares its former charset.
        match = _DECLARED.search(data[:2048])
    if match is None:
        return None
    encoding = webencodings.lookup(match[1].decode("ascii"))
    if encoding is None or encoding.name in _NO_TEXT:
        return None
    # A page whose declaration of UTF-16 can be read as ASCII is not in UTF-16.
    if encoding.name.startswith("utf-16"):
        return str(encoding.codec_info.name) if b"\x00" in data[:200] else None
    return _WIDER.get(encoding.name) or str(encoding.codec_info.name)


def _detect(sample: bytes, language: str) -> str | None:
    """The charset of the language if it fits as well as any other; among equals, the most common on the web."""
    found = list(from_bytes(sample, cp_isolation=list(_WEB_CHARSETS)))
    if not found:
        return None
    best = found[0]
    clean = [m for m in found if m.chaos <= best.chaos + _TIE]
    if not language and (declared := _LANGUAGE.search(sample[:2048])):
        language = declared[1].decode("ascii")
    wanted = _OF_LANGUAGE.get(language[:2].lower())
    if any(m.encoding == wanted for m in clean):
        return wanted
    return _latin(sample, min((m.encoding for m in clean if m.coherence >= best.coherence - _TIE), key=_rank))


def _latin(sample: bytes, found: str) -> str:
    """The detected charset, or another of Latin letters if it is rare or shows signs within words (``poinformowa³``)."""
    if found not in (*_LATIN, *_RARE) or (found in _LATIN and _signs(sample, found) < _SIGNS):
        return found
    return next((name for name in _LATIN if _signs(sample, name) == 0), found)


def _signs(sample: bytes, name: str) -> int:
    """How many signs stand within words when the bytes are read so."""
    return len(_SIGN.findall(sample.decode(name, "replace")))


def _rank(name: str) -> int:
    return _WEB_CHARSETS.index(name) if name in _WEB_CHARSETS else len(_WEB_CHARSETS)
