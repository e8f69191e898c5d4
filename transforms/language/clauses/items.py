"""The noun groups, verb groups and single words of a sentence in order; quotations and brackets set apart.

The compiled core reads items in C, in ``transforms/core/items.c``.
"""

from __future__ import annotations

from collections.abc import Sequence

from dateline.transforms import core, lexicon
from dateline.transforms.language.clauses.noun_groups import PLAIN, NounGroup, noun_group, rare_noun_group
from dateline.transforms.language.clauses.traits import GROUP_WORDS
from dateline.transforms.language.clauses.verb_groups import STARTS, inner_time, verb_group
from dateline.transforms.model import VerbGroup
from dateline.transforms.model.clause import new

_CLAUSES = lexicon.clauses("en")
_COMPOUNDS = GROUP_WORDS.compounds
MAX_BRACKET = 60
"""Items that a bracket may hold before it is taken for a slip."""
_NOMINAL = frozenset("pdsjr0nNymV")
_PLAIN_STARTS = frozenset("dsj0nNym")
_BEFORE_QUOTATION = frozenset(["", ",", ":", "V", "T", "-", "N", "Q", "."])
_BEFORE_QUESTION = frozenset(["", "W", ",", "c", '"', "w"])
_FORMS = {"o": "B15", "M": "B15", "b": "GV", "h": "V2"}
"""Which form of a verb an auxiliary before its subject ("did Ruiz sign") goes with."""


class Items:
    """Noun groups, verb groups, quotations and single words in order, as parallel columns.

    ``kinds`` has a letter for each item: ``N``, ``V``, ``Q`` or the letter of a word; an item covers the tokens
    ``[first, last)``.
    """

    __slots__ = ("firsts", "kinds", "lasts", "nouns", "verbs")

    def __init__(
        self,
        kinds: str,
        firsts: list[int],
        lasts: list[int],
        nouns: list[NounGroup | None],
        verbs: list[VerbGroup | None],
    ) -> None:
        self.kinds, self.firsts, self.lasts, self.nouns, self.verbs = kinds, firsts, lasts, nouns, verbs

    def add_quotation(self, first: int, last: int) -> None:
        """Put a quotation at the end."""
        self.kinds += "Q"
        self.firsts.append(first)
        self.lasts.append(last)
        self.nouns.append(None)
        self.verbs.append(None)

    def chosen(self, places: Sequence[int]) -> Items:
        """Some of the items."""
        return Items(
            "".join(map(self.kinds.__getitem__, places)),
            list(map(self.firsts.__getitem__, places)),
            list(map(self.lasts.__getitem__, places)),
            list(map(self.nouns.__getitem__, places)),
            list(map(self.verbs.__getitem__, places)),
        )


class _Columns:
    """Items while they are read, as parallel columns."""

    __slots__ = ("firsts", "kinds", "lasts", "nouns", "verbs")

    def __init__(self) -> None:
        self.kinds: list[str] = []
        self.firsts: list[int] = []
        self.lasts: list[int] = []
        self.nouns: list[NounGroup | None] = []
        self.verbs: list[VerbGroup | None] = []

    def add(
        self, kind: str, first: int, last: int, noun: NounGroup | None = None, verb: VerbGroup | None = None
    ) -> None:
        """Put an item at the end."""
        self.kinds.append(kind)
        self.firsts.append(first)
        self.lasts.append(last)
        self.nouns.append(noun)
        self.verbs.append(verb)


def items(s: str, words: Sequence[str], low: Sequence[str], first: int, last: int) -> Items:
    """The items of tokens ``[first, last)`` of the letters ``s``."""
    if core.compiled is not None:
        return Items(*core.compiled.sentence_items(s, words, low, first, last, GROUP_WORDS))
    found = _Columns()
    kinds = found.kinds
    add_kind, add_first, add_last = kinds.append, found.firsts.append, found.lasts.append
    add_noun, add_verb = found.nouns.append, found.verbs.append
    k = first
    while k < last:
        c = s[k]
        stop = k + 1
        noun = verb = None
        if c in _PLAIN_STARTS and (plain := PLAIN(s, k, last)) is not None:
            # As in noun_group, without a call for each of a page's 300 groups.
            stop = plain.end()
            c = s[stop - 1]
            add_kind("N")
            add_first(k)
            add_last(stop)
            add_noun(new(NounGroup, (k, stop, stop - 1, c in "ym", c == "N")))
            add_verb(None)
            k = stop
            continue
        if c in _NOMINAL:
            noun = noun_group(s, low, k, last) if c == "p" else rare_noun_group(s, low, k, last)
        if noun is not None:
            c, stop = "N", noun.last
        elif c in STARTS:
            verb = verb_group(s, words, low, k, last)
            if verb is not None:
                if (
                    c in _FORMS
                    and verb.last == stop
                    and (asked := _question(s, words, low, verb, found, last))
                ):
                    k = asked
                    continue
                c, stop = "V", verb.last
            elif c == "t":
                c = "i"
        elif low[k] in _COMPOUNDS and (end := _compound(low, k, last)):
            c, stop = "i", end
        elif c == "r" and low[k] in _CLAUSES.reflexive and kinds and kinds[-1] == "N":
            k = stop
            continue
        add_kind(c)
        add_first(k)
        add_last(stop)
        add_noun(noun)
        add_verb(verb)
        if verb is not None and verb.head - k > 1:
            _inner_time(s, low, verb, found)
        k = stop
    return Items("".join(kinds), found.firsts, found.lasts, found.nouns, found.verbs)


def _compound(low: Sequence[str], at: int, end: int) -> int:
    """Where a preposition of several words ("such as", "along with") ends that begins at a token, or 0."""
    for rest in _COMPOUNDS[low[at]]:
        if at + len(rest) + 1 < end and tuple(low[at + 1 : at + 1 + len(rest)]) == rest:
            return at + len(rest) + 1
    return 0


def _inner_time(s: str, low: Sequence[str], verb: VerbGroup, found: _Columns) -> None:
    """Add the items of a time within a verb group; they follow the group, as if it stood behind the verb."""
    run = inner_time(s, low, verb.first, verb.head)
    if run is None:
        return
    first, last = run
    opened = s[first] in "ik"
    noun = noun_group(s, low, first + opened, last)
    if noun is None:
        return
    if opened:
        found.add(s[first], first, first + 1)
    found.add("N", noun.first, noun.last, noun)


def _question(
    s: str, words: Sequence[str], low: Sequence[str], auxiliary: VerbGroup, found: _Columns, last: int
) -> int:
    """``did Ruiz sign``: the auxiliary gives its tense to the verb behind the subject. Adds both.

    The next token to read, or 0 where no question stands.
    """
    at = auxiliary.last
    back = found.kinds[-1] if found.kinds else ""
    c = s[auxiliary.head]
    if c in "bh" and back not in _BEFORE_QUESTION:
        return 0
    noun = noun_group(s, low, at, last) if at < last and s[at] in _NOMINAL else None
    if noun is None or noun.last >= last:
        return 0
    k = noun.last
    while k < last - 1 and s[k] in "rx":
        k += 1
    if s[k] not in _FORMS[c] and not (s[k] == "Z" and c in "oM"):
        return 0
    verb = verb_group(s, words, low, k, last)
    if verb is None:
        return 0
    voice = "passive" if c == "b" and s[k] == "V" else verb.voice
    made = verb._replace(
        voice=voice,
        tense=auxiliary.tense,
        modal=auxiliary.modal,
        negated=auxiliary.negated or verb.negated or "x" in s[noun.last : k],
        finite=True,
    )
    found.add("N", noun.first, noun.last, noun)
    found.add("V", verb.first, verb.last, None, made)
    return verb.last


def _unbracketed(kinds: str, places: range) -> Sequence[int]:
    """The items of a quotation without what stands in its brackets ("he hit them (the guards), fled …")."""
    if kinds.find("(", places.start, places.stop) < 0:
        return places
    kept: list[int] = []
    k = places.start
    while k < places.stop:
        if kinds[k] == "(":
            close = kinds.find(")", k, min(places.stop, k + MAX_BRACKET))
            if close >= 0:
                k = close + 1
                continue
        kept.append(k)
        k += 1
    return kept


def streams(found: Items, quotes: Sequence[int]) -> list[Items]:
    """The items outside of quotations and brackets, then those inside of each.

    A quotation that holds a finite verb is one item of kind ``Q`` outside; the marks of others are dropped.
    """
    kinds = found.kinds
    if '"' not in kinds and "(" not in kinds:
        return [found]
    outer: list[int] = []
    inner: list[Sequence[int]] = []
    k, count = 0, len(kinds)
    numbers = [quotes[first] for first in found.firsts]
    if all(numbers):
        # A sentence within a quotation is read like one without.
        numbers = [0] * count
    while k < count:
        number = numbers[k]
        stop = k + 1
        if number:
            while stop < count and numbers[stop] == number:
                stop += 1
            held = _unbracketed(kinds, range(k, stop))
            back = found.kinds[outer[-1]] if outer else ""
            lead = next((kinds[i] for i in held if kinds[i] != '"'), "")
            if (
                back in _BEFORE_QUOTATION
                # "Ruiz 'made plain that …'": a quotation that opens with the verb of its sentence is none of its own.
                and not (back == "N" and lead == "V")
                and any((verb := found.verbs[i]) is not None and verb.finite for i in held)
            ):
                outer.append(len(found.kinds))
                found.add_quotation(found.firsts[k], found.lasts[held[-1]])
                inner.append(held)
            else:
                outer += [i for i in held if kinds[i] != '"']
                if held and kinds[held[-1]] == '"' and stop < count and kinds[stop] == "i":
                    # What follows the closing mark belongs to no clause that ends with it.
                    outer.append(held[-1])
        elif kinds[k] == "(":
            close = kinds.find(")", k, k + MAX_BRACKET)
            if close >= 0:
                stop = close + 1
                if "V" in kinds[k + 1 : close]:
                    inner.append(range(k + 1, close))
        elif kinds[k] != '"':
            while stop < count and kinds[stop] not in '("' and not numbers[stop]:
                stop += 1
            outer += range(k, stop)
        k = stop
    return [found.chosen(places) for places in (outer, *inner)]
