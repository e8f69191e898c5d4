"""Repairs text that was damaged in transit: misread charsets and doubly escaped entities. Only certain damage
is repaired."""

from __future__ import annotations

import html
import re
from html.entities import name2codepoint

MENDED_CHARSET = "letters mended that were read in a wrong charset"

# UTF-8 that was read as a single-byte charset shows its lead bytes as these letters (Ã¼, â€œ, Ð¿, Ø§ …).
_SUSPECT = re.compile(
    "[\u00c2\u00c3\u00c5\u00c4\u00d0\u00d1\u00d8\u00d9\u00e2\u00e3][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
_LEADS = "\u00c2\u00c3\u00c5\u00c4\u00d0\u00d1\u00d8\u00d9\u00e2\u00e3"
_LEAST = 2
"""Suspicious pairs from which a text is examined; a single one may be part of a name."""
_REFERENCE = r"(#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[A-Za-z]{2,8}\d{0,2});"
_AGAIN = re.compile(f"&amp;{_REFERENCE}")
_TAGS = ("lt", "gt")
"""References that would become a tag."""
_ESCAPE = re.compile(f"&{_REFERENCE}")


def _known(name: str) -> bool:
    """Whether a reference is one of HTML 4, which pages escape twice and plain texts keep."""
    return name.startswith("#") or name in name2codepoint or name == "apos"


def mend(text: str) -> tuple[str, tuple[str, ...]]:
    """The text or markup without misread letters and double escapes, and notes of what was repaired."""
    text = _AGAIN.sub(
        lambda found: f"&{found[1]};" if _known(found[1]) and found[1] not in _TAGS else found[0], text
    )
    if (
        text.isascii()
        or not any(lead in text for lead in _LEADS)
        or len(_SUSPECT.findall(text[:200_000])) < _LEAST
    ):
        return text, ()
    from ftfy import fix_encoding  # It takes a tenth of a second to load, and few texts need it.

    lines = text.split("\n")
    fixed = [fix_encoding(line) if _SUSPECT.search(line) else line for line in lines]
    return ("\n".join(fixed), (MENDED_CHARSET,)) if fixed != lines else (text, ())


_MARK = re.compile(r"</?[a-z][a-z0-9]{0,10}(?:\s[^<>]{0,200})?/?>", re.IGNORECASE)


def plain(text: str) -> str:
    """A name or title on one line, without markup and entities."""
    if "<" in text:
        text = _MARK.sub("", text)
    return " ".join((html.unescape(text) if "&" in text else text).split())


def unescape(text: str) -> str:
    """Plain text with HTML entities for punctuation replaced by the characters."""
    if "&" not in text:
        return text
    return _ESCAPE.sub(lambda found: html.unescape(found[0]) if _known(found[1]) else found[0], text)
