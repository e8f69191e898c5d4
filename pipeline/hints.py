"""What a user says about an input (its day, zone, language and address), checked before anything is read.

The steps ignore a value that they do not understand, so each function here raises :class:`HintError`,
which names the value and the form that was expected.
"""

from __future__ import annotations

import datetime
import email.utils
import re
import zoneinfo
from collections.abc import Callable, Mapping
from functools import lru_cache

DAY = "a day such as 2026-11-18, or an instant such as 2026-11-18T09:30+01:00"
ZONE = "a name such as Europe/Kyiv, or an offset such as +02:00"
LANGUAGE = "a code such as en, de or pt-BR"
_OFFSET = re.compile(r"[+-](?:0\d|1[0-4]):[0-5]\d")
_ISO = re.compile(r"\d{4}-?\d\d-?\d\d(?:[T ]\d\d:?\d\d.{0,20})?", re.ASCII | re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s/<>]+\S*", re.IGNORECASE)
_UTC = re.compile(r" ?(?:UTC|GMT)\Z")
_TAG = re.compile(r"[a-z]{2,3}(?:[-_][a-z]{4})?(?:[-_](?:[a-z]{2}|\d{3}))?(?:[-_][a-z\d]{5,8})*", re.ASCII | re.IGNORECASE)  # fmt: skip
_TWO_LETTERS = frozenset(
    [
        "aa",
        "ab",
        "ae",
        "af",
        "ak",
        "am",
        "an",
        "ar",
        "as",
        "av",
        "ay",
        "az",
        "ba",
        "be",
        "bg",
        "bh",
        "bi",
        "bm",
        "bn",
        "bo",
        "br",
        "bs",
        "ca",
        "ce",
        "ch",
        "co",
        "cr",
        "cs",
        "cu",
        "cv",
        "cy",
        "da",
        "de",
        "dv",
        "dz",
        "ee",
        "el",
        "en",
        "eo",
        "es",
        "et",
        "eu",
        "fa",
        "ff",
        "fi",
        "fj",
        "fo",
        "fr",
        "fy",
        "ga",
        "gd",
        "gl",
        "gn",
        "gu",
        "gv",
        "ha",
        "he",
        "hi",
        "ho",
        "hr",
        "ht",
        "hu",
        "hy",
        "hz",
        "ia",
        "id",
        "ie",
        "ig",
        "ii",
        "ik",
        "in",
        "io",
        "is",
        "it",
        "iu",
        "iw",
        "ja",
        "ji",
        "jv",
        "jw",
        "ka",
        "kg",
        "ki",
        "kj",
        "kk",
        "kl",
        "km",
        "kn",
        "ko",
        "kr",
        "ks",
        "ku",
        "kv",
        "kw",
        "ky",
        "la",
        "lb",
        "lg",
        "li",
        "ln",
        "lo",
        "lt",
        "lu",
        "lv",
        "mg",
        "mh",
        "mi",
        "mk",
        "ml",
        "mn",
        "mo",
        "mr",
        "ms",
        "mt",
        "my",
        "na",
        "nb",
        "nd",
        "ne",
        "ng",
        "nl",
        "nn",
        "no",
        "nr",
        "nv",
        "ny",
        "oc",
        "oj",
        "om",
        "or",
        "os",
        "pa",
        "pi",
        "pl",
        "ps",
        "pt",
        "qu",
        "rm",
        "rn",
        "ro",
        "ru",
        "rw",
        "sa",
        "sc",
        "sd",
        "se",
        "sg",
        "sh",
        "si",
        "sk",
        "sl",
        "sm",
        "sn",
        "so",
        "sq",
        "sr",
        "ss",
        "st",
        "su",
        "sv",
        "sw",
        "ta",
        "te",
        "tg",
        "th",
        "ti",
        "tk",
        "tl",
        "tn",
        "to",
        "tr",
        "ts",
        "tt",
        "tw",
        "ty",
        "ug",
        "uk",
        "ur",
        "uz",
        "ve",
        "vi",
        "vo",
        "wa",
        "wo",
        "xh",
        "yi",
        "yo",
        "za",
        "zh",
        "zu",
    ]
)
"""The codes of ISO 639-1, including withdrawn ones."""
_SHORTER = {
    "ara": "ar", "bul": "bg", "ces": "cs", "chi": "zh", "cze": "cs", "dan": "da", "deu": "de", "dut": "nl", "ell": "el",
    "eng": "en", "fas": "fa", "fin": "fi", "fra": "fr", "fre": "fr", "ger": "de", "gre": "el", "hin": "hi", "hun": "hu",
    "ita": "it", "jpn": "ja", "kor": "ko", "nld": "nl", "nor": "no", "per": "fa", "pol": "pl", "por": "pt", "ron": "ro",
    "rum": "ro", "rus": "ru", "spa": "es", "srp": "sr", "swe": "sv", "tur": "tr", "ukr": "uk", "zho": "zh",
}  # fmt: skip
"""Three-letter codes that BCP 47 does not allow, because the language has a two-letter code."""


class HintError(ValueError):
    """A value in the wrong form. The message says which form was expected."""


def day(value: str | datetime.date) -> str:
    """A day or an instant as ISO 8601 text, from ISO 8601, the date format of mail and RSS, or a Python date."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    text = value.strip()
    if _ISO.fullmatch(text):
        try:
            if len(text) <= 10:
                return datetime.date.fromisoformat(text).isoformat()
            return datetime.datetime.fromisoformat(_UTC.sub("+00:00", text.upper())).isoformat()
        except ValueError:
            raise _wrong(value, DAY) from None
    try:
        return email.utils.parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        raise _wrong(value, DAY) from None


def zone(value: str) -> str:
    """An IANA zone name in its official spelling, or an offset ``±HH:MM``; ``Z`` and ``GMT`` become ``UTC``."""
    text = value.strip()
    if _OFFSET.fullmatch(text):
        return text
    if text.upper() in ("Z", "UTC", "GMT"):
        return "UTC"
    if (found := _zones().get(text.lower())) is None:
        raise _wrong(value, ZONE)
    return found


def language(value: str) -> str:
    """A BCP 47 language tag with the language in lower case: ``de``, ``pt-BR``; ``EN`` becomes ``en``."""
    text = value.strip()
    code = re.split("[-_]", text)[0].lower()
    if (short := _SHORTER.get(code)) is not None:
        raise _wrong(value, f"the code of two letters, {short}")
    if not _TAG.fullmatch(text) or (len(code) == 2 and code not in _TWO_LETTERS):
        raise _wrong(value, LANGUAGE)
    rest = text[len(code) :].replace("_", "-")
    return code + "-".join(part.upper() if len(part) == 2 else part for part in rest.split("-"))


def address(value: str) -> str:
    """The address of a page, ``http://`` or ``https://``."""
    text = value.strip()
    if not _ADDRESS.fullmatch(text):
        raise _wrong(value, "an address such as https://paper.example/story")
    return text


CHECKS: Mapping[str, Callable[[str], str]] = {
    "url": address,
    "published": day,
    "modified": day,
    "zone": zone,
    "language": language,
}
"""The check for each field that has one; other fields may be any text."""


def check(name: str, value: str) -> str:
    """The value of a field in canonical form. Raises :class:`HintError`."""
    checked = CHECKS.get(name)
    return checked(value) if checked else value


@lru_cache(maxsize=1)
def _zones() -> Mapping[str, str]:
    return {name.lower(): name for name in zoneinfo.available_timezones()}


def _wrong(value: object, expected: str) -> HintError:
    return HintError(f"{value!r} is not {expected}")
