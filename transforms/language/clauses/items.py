"""The noun groups, verb groups and single words of a sentence in order; quotations and brackets set apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.transforms import lexicon
from dateline.transforms.language.clauses.noun_groups import NounGroup, noun_group
from dateline.transforms.language.clauses.verb_groups import inner_time, verb_group
from dateline.transforms.model import VerbGroup

_CLAUSES = lexicon.clauses("en")
MAX_BRACKET = 60
"""Items that a bracket may hold before it is taken for a slip."""
_NOMINAL = frozenset("pdsjr0nNymV")
VERBAL = frozenset("MbhoDZVGBt12345")
"""The letters that a verb group may begin with."""
_BEFORE_QUOTATION = frozenset(["", ",", ":", "V", "T", "-", "N", "Q", "."])
_FORMS = {"o": "B15", "M": "B15", "b": "GV", "h": "V2"}
"""Which form of a verb an auxiliary before its subject ("did Ruiz sign") goes with."""


@dataclass(slots=True, eq=False)
class Item:
    """A noun group, a verb group, a quotation or a single word; ``kind`` is ``N``, ``V``, ``Q`` or its letter."""

    kind: str
    first: int
    last: int
    noun: NounGroup | None = None
    verb: VerbGroup | None = None


def items(s: str, words: Sequence[str], low: Sequence[str], first: int, last: int) -> list[Item]:
    """The items of tokens ``[first, last)`` of the letters ``s``."""
    found: list[Item] = []
    k = first
    while k < last:
        c = s[k]
        if c in _NOMINAL:
            noun = noun_group(s, low, k, last)
            if noun is not None:
                found.append(Item("N", noun.first, noun.last, noun))
                k = noun.last
                continue
        if c in VERBAL:
            verb = verb_group(s, words, low, k, last)
            if verb is not None:
                found.append(Item("V", verb.first, verb.last, None, verb))
                if verb.last - verb.first == 1 and c in _FORMS and len(found) > 0:
                    k = _question(s, words, low, verb, found, last)
                else:
                    k = verb.last
                    if verb.head - verb.first > 1:
                        found += _inner_time(s, low, verb)
                continue
            if c == "t":
                c = "i"
        elif low[k] in _COMPOUND and (stop := _compound(low, k, last)):
            found.append(Item("i", k, stop))
            k = stop
            continue
        elif c == "r" and low[k] in _CLAUSES.reflexive and found and found[-1].kind == "N":
            k += 1
            continue
        found.append(Item(c, k, k + 1))
        k += 1
    return found


_COMPOUND: dict[str, list[tuple[str, ...]]] = {}
"""First word of a preposition of several words → the words behind it."""
for _phrase in _CLAUSES.compound_prepositions:
    _word, *_rest = _phrase.split()
    _COMPOUND.setdefault(_word, []).append(tuple(_rest))


def _compound(low: Sequence[str], at: int, end: int) -> int:
    """Where a preposition of several words ("such as", "along with") ends that begins at a token, or 0."""
    for rest in _COMPOUND[low[at]]:
        if at + len(rest) + 1 < end and tuple(low[at + 1 : at + 1 + len(rest)]) == rest:
            return at + len(rest) + 1
    return 0


def _inner_time(s: str, low: Sequence[str], verb: VerbGroup) -> list[Item]:
    """The items of a time within a verb group; they follow the group, as if it stood behind the verb."""
    run = inner_time(s, low, verb.first, verb.head)
    if run is None:
        return []
    first, last = run
    opened = s[first] in "ik"
    noun = noun_group(s, low, first + opened, last)
    if noun is None:
        return []
    made = Item("N", noun.first, noun.last, noun)
    return [Item(s[first], first, first + 1), made] if opened else [made]


def _question(
    s: str, words: Sequence[str], low: Sequence[str], auxiliary: VerbGroup, found: list[Item], last: int
) -> int:
    """``did Ruiz sign``: the auxiliary gives its tense to the verb behind the subject. The next token to read."""
    at = auxiliary.last
    back = found[-2].kind if len(found) > 1 else ""
    c = s[auxiliary.head]
    if c in "bh" and back not in ("", "W", ",", "c", '"', "w"):
        return at
    noun = noun_group(s, low, at, last) if at < last and s[at] in _NOMINAL else None
    if noun is None or noun.last >= last:
        return at
    k = noun.last
    while k < last - 1 and s[k] in "rx":
        k += 1
    if s[k] not in _FORMS[c] and not (s[k] == "Z" and c in "oM"):
        return at
    verb = verb_group(s, words, low, k, last)
    if verb is None:
        return at
    voice = "passive" if c == "b" and s[k] == "V" else verb.voice
    found[-1] = Item("N", noun.first, noun.last, noun)
    made = verb._replace(
        voice=voice,
        tense=auxiliary.tense,
        modal=auxiliary.modal,
        negated=auxiliary.negated or verb.negated or "x" in s[noun.last : k],
        finite=True,
    )
    found.append(Item("V", verb.first, verb.last, None, made))
    return verb.last


def _unbracketed(held: list[Item]) -> list[Item]:
    """The items of a quotation without what stands in its brackets ("he hit them (the guards), fled …")."""
    kept: list[Item] = []
    k = 0
    while k < len(held):
        if held[k].kind == "(":
            close = _closing(held, k)
            if close is not None:
                k = close + 1
                continue
        kept.append(held[k])
        k += 1
    return kept


def _closing(found: list[Item], at: int) -> int | None:
    """The bracket that closes the one at ``at``."""
    return next((j for j in range(at, min(len(found), at + MAX_BRACKET)) if found[j].kind == ")"), None)


def streams(found: list[Item], quotes: Sequence[int]) -> list[list[Item]]:
    """The items outside of quotations and brackets, then those inside of each.

    A quotation that holds a finite verb is one item of kind ``Q`` outside; the marks of others are dropped.
    """
    if all(i.kind not in '"(' for i in found):
        return [found]
    outer: list[Item] = []
    inner: list[list[Item]] = []
    whole = all(quotes[i.first] for i in found)
    k, count = 0, len(found)
    while k < count:
        item = found[k]
        number = 0 if whole else quotes[item.first]
        stop = k + 1
        if number:
            while stop < count and quotes[found[stop].first] == number:
                stop += 1
            held = _unbracketed(found[k:stop])
            back = outer[-1].kind if outer else ""
            lead = next((i.kind for i in held if i.kind != '"'), "")
            if (
                back in _BEFORE_QUOTATION
                # "Ruiz 'made plain that …'": a quotation that opens with the verb of its sentence is none of its own.
                and not (back == "N" and lead == "V")
                and any(i.verb is not None and i.verb.finite for i in held)
            ):
                outer.append(Item("Q", item.first, held[-1].last))
                inner.append(held)
            else:
                outer += [i for i in held if i.kind != '"']
                if held[-1].kind == '"' and stop < count and found[stop].kind == "i":
                    # What follows the closing mark belongs to no clause that ends with it.
                    outer.append(held[-1])
        elif item.kind == "(":
            close = _closing(found, k)
            if close is not None:
                stop = close + 1
                if any(i.kind == "V" for i in found[k + 1 : close]):
                    inner.append(found[k + 1 : close])
        elif item.kind != '"':
            outer.append(item)
        k = stop
    return [outer, *inner]
