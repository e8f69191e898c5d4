"""The forms of datelines, compiled: each layout of ``datelines.toml`` becomes one regular expression.

A layout has no repetition of its own and those of its elements are bounded, so a match takes linear
time in the first characters of a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from dateline.transforms import lexicon

_WEEKDAY = r"[^\W\d_]{3,13}(?:-[^\W\d_]{3,8})?"
"""The name of a weekday, which a hyphen may join ("segunda-feira"); the names are looked up afterwards."""
_NAME = r"[^\W\d_][^\W\d_.'’/ -]{0,24}(?:[.'’/ -]{1,2}[^\W\d_][^\W\d_.'’/ -]{0,24}){0,5}\.?"
PLACE = (
    rf"(?P<place>(?P<town>{_NAME})(?:,\s(?P<region>{_NAME}))?(?:,\s(?P<country>{_NAME}))?"
    r"(?:\s[\[(](?P<within>[^\[\]()\d\n]{2,25})[\])])?)"
)
DASH = r"(?:\s{0,2}(?:[—–―‒_=]|--)\s{0,2}|\s{1,2}-\s{0,2}|\.?-\s)"
_AHEAD = r"(?=[\"“”‘'«(<\[$€£]?\w)"
_WITHIN = {
    "(": r"(?P<agency>[^()\n]{2,60}?)",
    "/": r"(?P<agency>[^/\n]{2,40}?)",
    "[": r"(?P<agency>[^\]\n]{2,20}?)",
}
_NEEDED = {"DAY": frozenset("0123456789"), "DASH": frozenset("-—–―‒_="), ":": frozenset(":")}
_REPORTER = r"[^\W\d_][\w.'’-]{0,20}(?: [^\W\d_][\w.'’-]{0,20}){1,3}"
_PIECE = re.compile(r"PLACE|DAY|AGENCY|NAME|BY|IN|DASH|END|REST|BAR|.")


class Form(NamedTuple):
    """A compiled form.

    ``needs`` are sets of characters: a paragraph in this form has one of each. ``bracketed`` says that its agency stands
    in brackets, ``rest`` that another layout may follow.
    """

    source: str
    pattern: re.Pattern[str]
    needs: tuple[frozenset[str], ...]
    bracketed: bool
    rest: bool

    def fits(self, signs: set[str]) -> bool:
        """Whether a paragraph with these characters can open so."""
        return not any(needed.isdisjoint(signs) for needed in self.needs)

    def dashed(self, m: re.Match[str]) -> bool:
        """Whether a dash ends the opening (or a colon, where the layout asks for one)."""
        end = m.groupdict().get("end")
        if end is None:
            return not self.source.endswith((": ", ". "))
        return bool(end.strip(" .:,"))


@lru_cache(maxsize=4)
def forms(library: lexicon.Library) -> tuple[Form, ...]:
    """The forms of a vocabulary, in its order."""
    by = _words(library, lambda f: f.bylines.by)
    where = _words(library, lambda f: f.bylines.where)
    elements = {
        "PLACE": PLACE,
        "DAY": _day(_words(library, lambda f: f.openings.before_day), library),
        "NAME": _REPORTER,
        "BY": by,
        "IN": where,
        "DASH": DASH,
        "END": rf"(?P<end>[.:,]?(?:{DASH}|\s{{0,2}}-\s{{0,2}}|\s{{1,2}})|:)",
        "BAR": r"\|",
        "REST": "",
        "AGENCY": _known_agencies(library.common(lexicon.Agencies)),
        "{": "(?:",
        "}": ")?",
        "|": "|",
        " ": r"\s{1,2}",
        "-": "[-–—]",
    }
    return tuple(_compiled(form.layout, elements) for form in library.common(lexicon.Datelines).form)


@lru_cache(maxsize=4)
def patterns(library: lexicon.Library) -> tuple[re.Pattern[str], ...]:
    """The patterns for scripts without spaces."""
    return tuple(re.compile(pattern) for pattern in library.common(lexicon.Datelines).patterns)


def _compiled(source: str, elements: Mapping[str, str]) -> Form:
    out: list[str] = []
    needs: list[frozenset[str]] = []
    bracket, depth, bracketed = "", 0, False
    for piece in _PIECE.findall(source):
        depth += (piece == "{") - (piece == "}")
        if piece in "(/[" and not depth:
            bracket = piece if bracket != piece else ""
            needs.append(frozenset(piece))
        elif piece in _NEEDED and not depth:
            needs.append(_NEEDED[piece])
        elif piece in ")]":
            bracket = ""
        if piece == "AGENCY" and bracket:
            bracketed = True
            out.append(_WITHIN[bracket])
        else:
            out.append(elements.get(piece) or ("" if piece == "REST" else re.escape(piece)))
    pattern = re.compile("".join(out) + _AHEAD)
    return Form(source, pattern, tuple(needs), bracketed, source.endswith("REST"))


def _day(before: str, library: lexicon.Library) -> str:
    """A day: "Monday, May 14", "14. Mai 2024", "14.05.", "2024. május 14., kedd"; "14" alone counts beside an agency."""
    names = library.union(lexicon.Names, lambda n: (w for words in n.months.values() for w in words))
    month = rf"(?:{_any(w for w in names if ' ' in w)}|[^\W\d_]{{3,12}}\.?)"
    stamps = [f.stamps for f in library.every(lexicon.Furniture).values()]
    ordinals = _any(w for s in stamps for w in s.ordinals)
    ordinals_last = _any(w for s in stamps for w in s.ordinals_last)
    before_month = _any(w for s in stamps for w in s.before_month)
    before_year = _any(w for s in stamps for w in s.before_year)
    return (
        rf"(?:{before}\s)?(?:(?P<weekday>{_WEEKDAY})[.,]{{0,2}}\s(?:{before}\s)?)?(?:"
        rf"(?P<y1>(?:19|20)\d\d)\.?\s(?P<m1>{month})\s(?P<d1>\d{{1,2}})\.?"
        rf"|(?:(?P<m2>{month})\s(?P<d2>\d{{1,2}})(?:{ordinals_last})?"
        rf"|(?P<d3>\d{{1,2}})(?:{ordinals}|\.|º)?[\s-]?(?:{before_month})?(?P<m3>{month})"
        r"|(?P<d4>\d{1,2})\.\s?(?P<m4>\d{1,2})(?:\.|(?!\d))"
        rf")(?:(?:,?\s|[/.-])(?:{before_year})?(?P<y2>(?:19|20)\d\d)\.?)?"
        r"|(?<=,\s)(?P<d5>\d{1,2})(?!\d))"
        rf"(?:,\s(?P<weekday2>{_WEEKDAY}))?"
    )


def _known_agencies(agencies: lexicon.Agencies) -> str:
    """Agencies as they write themselves: outside of brackets a name in other letters is a word ("sana")."""
    names = {*agencies.names, *agencies.spellings, *(name.upper() for name in agencies.names)}
    return rf"(?<!\w)(?P<agency>{_any(names)})(?!\w)"


def _words(library: lexicon.Library, pick: Callable[[lexicon.Furniture], Iterable[str]]) -> str:
    return rf"(?i:{_any(library.union(lexicon.Furniture, pick))})"


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w))) or "(?!)"
