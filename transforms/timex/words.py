"""The words of a language by class, and how the tokens of the shared parse are read by them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from functools import lru_cache
from typing import Any, NamedTuple

from dateline.transforms.model import Parse
from dateline.transforms.model.clause import new
from dateline.transforms.timex.numbers import added_up
from dateline.transforms.timex.tokens import OTHER, Token, Values, folded, shape_of, shaped_values, shapes

NUMBERS = 4096
"""Glued words in the shape of a number whose pieces are kept."""
FORMS = 20_000
"""Forms of words that are remembered."""
GLUED = 12
"""Tokens of the parse that may be one number: "2019-03-05T10:30:00.5+02:00" is nine."""
OPENS, COUNTS, HUNDREDS = 1, 2, 4
"""A word that opens a phrase, that is a number below a hundred, and one that is a hundred or more."""
LEADING = frozenset("'’‘/")
"""Marks with which a number may begin: "’98", "/10/2012" behind the name of a month."""
_APART = frozenset(',;!?()[]{}"“”„«»…')
"""Marks that no number holds, though they may be glued to it (the parse keeps "5,000" whole)."""
_YEAR = re.compile(r"[12]\d{3}\Z")
_DASHES = frozenset("-–—/")
_ISO_DAY = re.compile(r"(?<!\d)\d{4}-\d\d-\d\d\Z")
_SIGNED = re.compile(r"\d{1,4}[\u2e80-\uffef]\Z")
_ISO_ZONE = re.compile(r"[zZ]\Z|[+-]")
_PASSING = re.compile(r"[\d'’/–—-]")
LONG = 24
"""Letters of a word beyond which no neighbourhood runs on."""
_OF_SITES = re.compile(r"(?:https?://|www\.|[@#]\w)", re.IGNORECASE)

_NUMBERS = (
    *(str(n) for n in range(100)), *(f"{n:02d}" for n in range(100)), "123", "999", "1200", "1999", "2500", "12345",
)  # fmt: skip
_SHAPES = (
    ("ord", "3rd"), ("ord", "45th"), ("clock", "10:30"), ("clock", "10.30"), ("dec", "1.5"), ("slash", "1/2"), ("monthyear", "3/2013"),
    ("decade", "1990s"), ("apos", "'98"), ("pair", "1990-91"), ("iso", "2020-01-01"), ("numdate", "1/2/2020"),
)  # fmt: skip
"""One number of each shape and size: together they have every set of classes that a number may have."""


class Piece(NamedTuple):
    """A token with its place in a word, whether a full stop or an apostrophe behind it belongs to it (``takes``), and why
    it may be joined to others: it opens a phrase (:data:`OPENS`), it is a number in words (:data:`COUNTS`, :data:`HUNDREDS`)."""

    start: int
    end: int
    text: str
    char: str
    values: Values
    takes: str
    joined: int


class Form(NamedTuple):
    """What is known of a word of the parse by its form: its pieces (none for a number, which may be
    glued to others), whether a neighbourhood runs on over it, and the one piece that it is whatever stands behind it, if it
    is one."""

    pieces: tuple[Piece, ...]
    passes: bool
    alone: Piece | None = None


class Words:
    """The words of one language by class, and the tokens that they make of a parse.

    ``capital`` words count only with a capital, ``elided`` ones take the apostrophe behind them;
    ``joins`` may stand within a number in words. ``ordinals``, ``decades``, ``clitics`` and ``signs`` are those of
    :func:`~dateline.transforms.timex.tokens.shapes`.
    """

    def __init__(
        self,
        elided: Set[str],
        joins: frozenset[str],
        ordinals: Iterable[str],
        decades: Iterable[str],
        clitics: Iterable[str],
        signs: Sequence[str] = (),
    ) -> None:
        self._shapes = shapes(ordinals, decades, clitics, signs)
        self._elided = elided
        self._joins = joins
        self.values: dict[str, Values] = {}
        """The value of each word by class."""
        self.lower: dict[str, Values] = {}
        """What words mean without a capital, where that is less."""
        self.chars: dict[frozenset[str], str] = {}
        """The character of each set of classes."""
        self._phrases: dict[str, list[tuple[tuple[str, ...], Values]]] = {}
        self._abbreviated: set[str] = set()
        self._forms: dict[str, Form] = {}
        self._known: frozenset[str] = frozenset()
        self._number = lru_cache(maxsize=NUMBERS)(self._pieces)

    def add(self, name: str, value: Any, spelling: str) -> None:
        """Add a word or phrase to a class; a full stop at its end belongs to it where it is written."""
        parts = tuple(m[0].lower() for m in self._shapes.finditer(spelling))
        if spelling.endswith(".") and len(parts) == 2:
            self._abbreviated.add(parts[0])
            parts = parts[:1]
        if len(parts) == 1:
            self.values.setdefault(parts[0], {})[name] = value
            return
        entries = self._phrases.setdefault(parts[0], [])
        for written in {parts, parts[: len(parts) - (parts[-1] == ".")]}:
            for known, values in entries:
                if known == written:
                    values[name] = value
                    break
            else:
                entries.append((written, {name: value}))
        entries.sort(key=lambda e: -len(e[0]))

    def seal(self) -> None:
        """Give each set of classes its character, when all words are added."""
        phrases = [entry for entries in self._phrases.values() for entry in entries]
        inner = {word for parts, _ in phrases for word in parts}
        self._known = frozenset(self.values) | inner
        for values in [
            *self.values.values(),
            *self.lower.values(),
            *(values for _, values in phrases),
            *(shaped_values("int", s) for s in _NUMBERS),
            *(shaped_values(*s) for s in _SHAPES),
            *({"NUM": 1, **extra} for extra in ({}, {"YEAR": 1}, {"WORDNUM": 1}, {"WORDNUM": 1, "YEAR": 1})),
        ]:
            if values:
                self.chars.setdefault(frozenset(values), chr(0xE000 + len(self.chars)))

    def passes(self, word: str) -> bool:
        """Whether a neighbourhood runs on over a word: it is known, a mark, or may hold a number."""
        form = self._forms.get(word)
        return (form or self._learn(word)).passes

    def _learn(self, word: str) -> Form:
        if len(self._forms) >= FORMS:
            self._forms.clear()
        form = self._forms[word] = self._form(word)
        return form

    def _form(self, word: str) -> Form:
        if word.isalpha():
            # Most words by far: one piece, without the pattern of pieces, which takes nine tenths of this.
            piece = self._piece(word, 0, len(word))
            return Form(
                (piece,), len(word) <= LONG and piece.text in self._known, None if piece.takes else piece
            )
        if _OF_SITES.match(word):
            piece = Piece(0, len(word), word, OTHER, {}, "", 0)
            return Form((piece,), False, piece)
        if any(c.isdecimal() for c in word):
            return Form((), True)
        pieces = self._pieces(word)
        passes = len(word) <= LONG and (
            _PASSING.search(word) is not None
            or all(p.text in self._known or not p.text[0].isalpha() for p in pieces)
        )
        # A mark with which a number may begin, and an underscore that is in no piece, hang on what stands beside them.
        whole = len(pieces) == 1 and pieces[0].end - pieces[0].start == len(word) and word not in LEADING
        return Form(pieces, passes, pieces[0] if whole and not pieces[0].takes else None)

    def _pieces(self, run: str) -> tuple[Piece, ...]:
        """The pieces of a word, or of glued words in the shape of a number."""
        found: list[Piece] = []
        stop = 0
        for m in self._shapes.finditer(run):
            begin, text = m.start(), m[0]
            if begin < stop:
                if m.end() <= stop:
                    continue  # the dot of an abbreviation, the apostrophe of an article
                begin, text = stop, run[stop : m.end()]
            stop = m.end()
            shape = shape_of(m)
            if shape in ("word", "mark"):
                piece = self._piece(text, begin, stop)
                if piece.takes and stop < len(run) and _takes(piece.takes, run[stop]):
                    stop += 1
                    piece = piece._replace(end=stop, takes="")
            else:
                values = shaped_values("int" if begin > m.start() else shape, text)
                piece = self._valued(folded(text), begin, stop, values)
            found.append(piece)
        return tuple(found)

    def _piece(self, text: str, begin: int, end: int) -> Piece:
        """A word or mark, before what stands behind it is seen."""
        low = folded(text)
        values = self.values.get(low, {})
        if low in self.lower and not text[0].isupper():
            values = self.lower[low]
        takes = "." if low in self._abbreviated else "'" if low in self._elided else ""
        return self._valued(low, begin, end, values, takes)

    def _valued(self, low: str, begin: int, end: int, values: Values, takes: str = "") -> Piece:
        counts = values.get("CARDINAL")
        joined = OPENS if low in self._phrases else 0
        if counts is not None:
            joined |= HUNDREDS if int(counts) >= 100 else COUNTS
        return Piece(begin, end, low, self.chars.get(frozenset(values), OTHER), values, takes, joined)

    def tokens(self, text: str, parse: Parse, first: int, last: int) -> list[Token]:
        """The tokens of a run of words, phrases joined, number words added up."""
        words, starts, ends, forms = parse.words, parse.starts, parse.ends, self._forms
        found: list[Token] = []
        openings: list[int] = []
        counted = 0
        at, stop = first, starts[first] if first < last else 0
        while at < last:
            word, begin = words[at], starts[at]
            if begin - stop > 1 and text.count("\n", stop, begin) > 1:
                found.append(Token(stop, begin, "", OTHER, {}))
            pieces, _, alone = forms.get(word) or self._learn(word)
            end, at = ends[at], at + 1
            if alone is not None:
                _, _, low, char, values, _, joined = alone
                if joined:
                    counted += joined & (COUNTS | HUNDREDS)
                    if joined & OPENS:
                        openings.append(len(found))
                found.append(new(Token, (begin, end, low, char, values)))
                stop = end
                continue
            if not pieces or (
                word in LEADING and at < last and starts[at] == end and words[at][0].isdecimal()
            ):
                at = _number_end(parse, at - 1, last)
                end = ends[at - 1]
                pieces = self._number(text[begin:end])
            for piece in pieces:
                start, stop, low, char, values, takes, joined = piece
                if joined:
                    counted += joined & (COUNTS | HUNDREDS)
                    if joined & OPENS:
                        openings.append(len(found))
                found.append(new(Token, (begin + start, begin + stop, low, char, values)))
            stop = end
            if pieces and takes and at < last and starts[at] == end and _takes(takes, words[at]):
                found[-1] = found[-1]._replace(end=ends[at])
                stop = ends[at]
                at += 1
        if openings:
            phrased = self._phrased(found, openings)
            if phrased is not found:
                return added_up(phrased, self.chars, self._joins)
        # One number in words below a hundred is what it is.
        return added_up(found, self.chars, self._joins) if counted > COUNTS else found

    def _phrased(self, tokens: list[Token], openings: Iterable[int]) -> list[Token]:
        """The tokens with the phrases that begin at some of them as one, or the same list where there is none."""
        out: list[Token] = []
        reached = 0
        for at in openings:
            for parts, values in self._phrases[tokens[at].text] if at >= reached else ():
                stop = at + len(parts)
                if stop > len(tokens) or tokens[at + 1].text != parts[1]:
                    continue
                if all(token.text == part for token, part in zip(tokens[at:stop], parts, strict=True)):
                    char = self.chars.get(frozenset(values), OTHER)
                    out += tokens[reached:at]
                    out.append(Token(tokens[at].start, tokens[stop - 1].end, " ".join(parts), char, values))
                    reached = stop
                    break
        return [*out, *tokens[reached:]] if out else tokens


def _takes(what: str, mark: str) -> bool:
    return mark == "." if what == "." else mark in ("'", "’")


def _number_end(parse: Parse, at: int, last: int) -> int:
    """The token behind those that are one number with the token ``at``, or that its shape must be told from."""
    last = min(last, at + GLUED)
    stop = at + 1
    while stop < last:
        gap = parse.starts[stop] - parse.ends[stop - 1]
        if not (_goes_on(parse, stop, last) if gap == 0 else gap == 1 and _spaced(parse, at, stop, last)):
            break
        stop += 1
    return stop


def _goes_on(parse: Parse, at: int, last: int) -> bool:
    """Whether a glued token may belong to the number before it: "5/13/2019", "1990s", "10.30%", but not its full stop."""
    word = parse.words[at]
    if word[-1].isalnum() or word == "%":
        return True
    if word in _APART or at + 1 >= last:
        return False
    if parse.starts[at + 1] == parse.ends[at]:
        return True
    return word in _DASHES and _digits(parse, at + 1, last) and _YEAR.match(parse.words[at - 1]) is not None


def _spaced(parse: Parse, first: int, at: int, last: int) -> bool:
    """Whether a token behind a blank belongs to the number before it: "1990 - 95", "2019-03-05 10:30 +0200"."""
    word, before = parse.words[at], parse.words[at - 1]
    if word in _DASHES:
        return _YEAR.match(before) is not None and _digits(parse, at + 1, last)
    if before in _DASHES and at - 2 >= first:
        return _YEAR.match(parse.words[at - 2]) is not None and word[0].isdecimal()
    if _SIGNED.match(before):
        return word[0].isdecimal()
    if ":" in word:
        return _ISO_DAY.search(before) is not None
    return (
        ":" in before
        and _ISO_DAY.search(parse.words[first]) is not None
        and _ISO_ZONE.match(word) is not None
    )


def _digits(parse: Parse, at: int, last: int) -> bool:
    """Whether digits begin at a token, a blank before it at most."""
    return at < last and parse.starts[at] - parse.ends[at - 1] <= 1 and parse.words[at][0].isdecimal()
