"""Tokens of the date grammar: the words of the shared parse, each with the classes that rules speak of.

The text is split into words once, in the parse. Here a word is read as one token or, where the grammar
needs it, as several ("mid-May", "20th-century"), and glued words in the shape of a number as one ("25/12/2019", "’98").
A token holds a value for each class that it may be: "second" is an ordinal (2) and a unit, "3" a number, a day, an
hour. The set of classes is coded as one character, so that a rule is a small regular
expression over such characters (:mod:`dateline.transforms.timex.grammar`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from dateline.transforms.timex.patterns import NEVER, one_of

Values = dict[str, Any]
OTHER = "\x00"
"""The character of a token that no rule speaks of."""


def shapes(
    ordinals: Iterable[str], decades: Iterable[str], clitics: Iterable[str], signs: Sequence[str]
) -> re.Pattern[str]:
    """The pieces of a word or of glued words: numbers by their shape, letters, single marks.

    The name of the group is the shape. ``ordinals`` and ``decades`` are what a language writes behind the digits of an
    ordinal ("3rd") and of a decade ("1990s"), ``clitics`` its words that begin with an apostrophe ("'s"),
    ``signs`` what stands behind year, month and day of a date in digits ("2014年5月3日").
    """
    signed = r"\s?".join(
        rf"\d{{{size}}}\s?[{re.escape(s)}]" for size, s in zip(("4", "1,2", "1,2"), signs, strict=False)
    )
    ordinal, decade = (one_of(sorted(e)) if (e := {*ends}) else NEVER for ends in (ordinals, decades))
    clitic = one_of(sorted(clitics)) if clitics else NEVER
    return re.compile(
        rf"""
 (?=[\d'’‘])(?:
  (?P<signed>{signed or NEVER})
 |(?P<iso>\d{{4}}-\d\d-\d\d(?:[tT ]\d\d:\d\d(?::\d\d(?:\.\d{{1,6}})?)?(?:[ ]?(?:[zZ]|[+-]\d\d:?\d\d))?)?(?![\d]))
 |(?P<yeardate>\d{{4}}(?P<yearsep>[-/.])\d{{1,2}}(?P=yearsep)\d(?![\d]|[-/.]\d))
 |(?P<numdate>\d{{1,4}}(?P<sep>[-/.])\d{{1,2}}(?P=sep)(?:\d{{4}}|\d\d)(?![\d]|[-/.]\d))
 |(?P<pair>[12]\d{{3}}\s?[-–—/]\s?(?:[12]\d{{3}}|\d\d)(?![\d:]|[.,/-]\d))
 |(?P<clock>\d{{1,2}}(?::\d\d(?::\d\d)?|[.h]\d\d)(?![\d%]|[.:]\d))
 |(?P<monthyear>(?<![^\W\d_])(?<!/)(?:0?[1-9]|1[0-2])/(?:19|20)\d\d(?![\d/]))
 |(?P<slash>\d{{1,2}}/\d{{1,2}}(?![\d/]))
 |(?P<decade>(?:['’‘]\d0|1\d\d0|20\d0|[2-9]0)['’]?{decade}(?![^\W\d_]))
 |(?P<ord>\d{{1,3}}{ordinal}(?![^\W\d_]))
 |(?P<apos>['’‘]\d\d(?![\w]))
 |(?P<dec>\d+(?:[.,]\d+)+)
 |(?P<int>\d+)
 )
|(?P<word>{clitic}(?![^\W\d_])|[^\W\d_]+)
|(?P<mark>[^\w\s])
""",
        re.VERBOSE,
    )


SEPARATED = {"sep": "numdate", "yearsep": "yeardate"}
"""The shape of a match whose last group is that of its separator."""


def shape_of(m: re.Match[str]) -> str:
    """The shape of a piece."""
    kind = m.lastgroup or "mark"
    return SEPARATED.get(kind, kind)


class Token(NamedTuple):
    """A token: code points, folded text, class character, value by class."""

    start: int
    end: int
    text: str
    char: str
    values: Values


def number_values(text: str) -> Values:
    """The classes that a run of digits may be."""
    value = int(text[:9])
    values: Values = {"NUM": value, "INT": value}
    if len(text) <= 2:
        if 1 <= value <= 31:
            values["DAY"] = value
        if 1 <= value <= 12:
            values["MM"] = value
        if value <= 24:
            values["HOUR"] = value
        if not 1 <= value <= 31:
            values["NODAY"] = value
        if len(text) == 2:
            values["YY"] = value
            if value > 31:
                values["YYHIGH"] = value
    elif len(text) == 4 and 1000 <= value <= 2199:
        values["YEAR"] = value
    elif len(text) == 3:
        values["OLDYEAR"] = value
    return values


def shaped_values(kind: str, text: str) -> Values:
    """The classes of a token that its shape decides."""
    if kind == "int":
        return number_values(text)
    if kind == "ord":
        value = int(re.match(r"\d+", text)[0])  # type: ignore[index]
        return {"ORD": value, **({"DAYTH": value} if 1 <= value <= 31 else {})}
    if kind == "clock":
        parts = [int(p) for p in re.split(r"[:.h]", text)]
        values: Values = {"DOTCLOCK" if "." in text else "CLOCK": tuple(parts)}
        if "." in text:
            values["NUM"] = float(text)
        return values
    if kind == "dec":
        plain = text.replace(",", "")
        try:
            return {"NUM": float(plain) if "." in plain else int(plain[:9])}
        except ValueError:
            return {}
    if kind == "signed":
        return {"NUMDATE": "-".join(re.findall(r"\d+", text))}
    if kind == "monthyear":
        a, b = (int(p) for p in text.split("/"))
        return {"MONTHYEAR": (a, b)}
    if kind == "slash":
        a, b = (int(p) for p in text.split("/"))
        return {"SLASH": (a, b)}
    if kind == "decade":
        digits = re.sub(r"\D", "", text)
        return {
            "DECADE": int(digits) if len(digits) == 4 else 1900 + int(digits) if int(digits) > 10 else 2000
        }
    if kind == "apos":
        return {"APOSYY": int(text[1:])}
    if kind == "pair":
        first, second = re.findall(r"\d+", text)
        return {"PAIR": (int(first), int(second), len(second), "-" in text)}
    return {{"iso": "ISO", "numdate": "NUMDATE", "yeardate": "NUMDATE"}[kind]: text}


def folded(text: str) -> str:
    """Lower case of the same length: one letter, the Turkish İ, has a longer one and becomes a plain i."""
    low = text.lower()
    return low if len(low) == len(text) else text.replace("İ", "i").lower()
