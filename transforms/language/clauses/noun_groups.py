"""Noun groups of a sentence, read over the letters of its tokens.

The compiled core reads them in C, in ``transforms/core/noun_groups.c``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from dateline.transforms import lexicon
from dateline.transforms.model.clause import new

_CLAUSES = lexicon.clauses("en")
_PEOPLE = lexicon.people("en")
_NOUNISH = frozenset("jnNV")
MAX_NOUN_GROUP = 40
MAX_DATE = 6
DAY, YEAR = 2, 4
"""Digits of the day of a month, at most, and of a year."""


class NounGroup(NamedTuple):
    """Tokens ``[first, last)``; ``head`` is its last noun, ``time`` whether it is one of time ("last week").

    ``named`` where the last noun belongs to a proper name.
    """

    first: int
    last: int
    head: int
    time: bool
    named: bool = False


def noun_group(s: str, low: Sequence[str], at: int, end: int) -> NounGroup | None:
    """The noun group that begins at token ``at`` of the letters ``s``, or none."""
    if s[at] == "p":
        both = at + 1 < end and s[at + 1] == "d" and low[at + 1] in _CLAUSES.quantifiers
        return new(NounGroup, (at, at + 1 + both, at, False, False))
    plain = PLAIN(s, at, end)
    if plain is not None:
        last = plain.end()
        head = s[last - 1]
        return new(NounGroup, (at, last, last - 1, head in "ym", head == "N"))
    return rare_noun_group(s, low, at, end)


def rare_noun_group(s: str, low: Sequence[str], at: int, end: int) -> NounGroup | None:
    """The noun group that begins at a token where no pronoun and no plain group does, or none."""
    following = _FOLLOWS.get(s[at])
    if following is not None and (at + 1 >= end or s[at + 1] not in following):
        return None
    return noun_group_by_letter(s, low, at, end)


PLAIN = re.compile(
    # A determiner, a number, adjectives and nouns, with nothing behind them that could belong to them
    r"(?:[ds]0?|(?<!m0,)0)?j{0,8}(?:N{1,12}+(?![nNyjm0qV])|N{0,12}+n{1,12}+(?![nNym0q]|j[nNy]))"
    # "this", "the poor", "40" alone
    r"|dj{0,8}(?![dsjnNym0rqVGc])|(?<!m0,)0(?![nNyjm0qVG])"
    # "last week", "Monday"
    r"|(?:d?j?y|m)(?![nNyjm0qVG])"
).match
"""The shapes of nine groups of ten; each ends with its head. A number behind "May 3," is a year."""
_FOLLOWS = {"r": "j0V", "V": "jnNy", "j": "jnNym0rVGc"}
"""The letters that an adverb, a participle and an adjective that begin a group have behind them."""


def noun_group_by_letter(
    s: str, low: Sequence[str], at: int, end: int, *, owns: bool = True
) -> NounGroup | None:
    """The noun group of any shape, letter by letter; one that is owned ``owns`` no quotation itself."""
    stop = min(end, at + MAX_NOUN_GROUP)
    head = -1
    owned = False
    j = at
    while j < stop:
        c = s[j]
        back = s[j - 1] if j > at else ""
        if c in _NOUNISH and back and back in "my0" and _is_date(s, low, at, j):
            # "On May 14 | police arrested", "on Monday | three men were held"
            j = max(at + 1, _date_end(low, at, j))
            head = j - 1
            break
        if c in "nNy":
            if c == "N" and back and back in "ny" and _ends_fronted(s, low, at, j, stop):
                # "In an interview | Ruiz said", "from the time | Ruiz came"
                break
            if (
                back == "m"
                and not owned
                and c != "y"
                and not (c == "N" and low[j - 1] in _CLAUSES.named_months)
            ):
                # "On Tuesday | police arrested": a day without a determiner ends its group.
                break
            head = j
        elif c == "0":
            # "the Moorland 50" has its head before the number; "Nov. 5" and "the 50" have it there.
            if head < 0 or s[head] not in "nN":
                head = j
        elif c == "j":
            following = s[j + 1] if j + 1 < stop else ""
            if back == "n" and (not following or following not in "nNy"):
                break
            if head >= 0 and following and following in "ym" and low[j] in _CLAUSES.near_times:
                # "The top court | last week ruled"
                break
        elif c == "m":
            if head >= 0 and back == "N" and low[j] in _CLAUSES.named_months:
                pass
            elif back and back in "nN" and _dated(s, j, stop):
                # "A plane crash | Sunday killed", but "the board's Sunday meeting"
                break
            elif head >= 0 and not owned and s[at] != "j" and s[head] not in "my0":
                break
            head = j
        elif c in "ds":
            if j > at and (back != "d" or j - at > 1):
                break
            owned = True
        elif c == "q":
            if head < 0:
                break
            owned = True
        elif c in "VG" and back == "d" and low[j] in _CLAUSES.groups_of_people and _bare(s, j, stop):
            # "Relatives of the missing"
            head, j = j, j + 1
            break
        elif c in "VG":
            following = s[j + 1] if j + 1 < stop else ""
            # "The remaining 14 members": a number may follow behind a determiner.
            nominal = "jnNy0" if back in ("d", "s") else "jnNy"
            # "Of North Korean forced labor": behind a preposition a name may stand before a participle.
            named = back == "N" and c == "V" and at > 0 and s[at - 1] == "i"
            before = back in "dsjq0r" or named if back else c == "V"
            if not following or following not in nominal or not before:
                break
            # "Sentenced ousted president Feld", but "the man held shot two": a name or title follows.
            acts = s[j - 1] in "DV" and c == "V" and "N" in s[j : min(stop, j + 5)] if j else False
            if not back and j > 0 and s[j - 1] not in ',ic".(kT' and not acts:
                break
        elif c == "r":
            if not (j + 1 < stop and s[j + 1] in "j0V" and (not back or back in "dsjqr")):
                break
        elif c == "c":
            following = s[j + 1] if j + 1 < stop else ""
            # "a faster and more careful reader": adjectives side by side.
            paired = head < 0 and back == "j" and following and following in "jr"
            if not paired:
                break
        else:
            break
        j += 1
    if head < 0:
        if j > at and s[at] == "d" and s[j - 1] in "dj":
            return NounGroup(at, j, j - 1, False)
        return None
    if s[max(0, j - 2) : j] == "qj" and low[j - 1] in _PEOPLE.bodies:
        # "The country's military | said"
        head = j - 1
    last = head + 1
    while last < j and s[last] == "0":
        last += 1
    if last < end and s[last] == "q":
        last += 1
        if owns and last + 1 < end and s[last] == '"' and s[last + 1] in _NOUNISH:
            # "Feld's “unlawful decree”": the quotation is what he owns.
            inner = noun_group_by_letter(s, low, last + 1, end, owns=False)
            if inner is not None:
                return NounGroup(at, inner.last, inner.head, False, inner.named)
    dated = s[head] == "0" and ("m" in s[at:head] or (head == at and _ends_date(s, low, at)))
    time = (s[head] in "my" or dated) and all(x in "djm0yr" for x in s[at:head])
    return new(NounGroup, (at, last, head, time, s[head] == "N"))


def _ends_fronted(s: str, low: Sequence[str], at: int, name: int, stop: int) -> bool:
    """Whether a name behind a noun of a phrase with a preposition is the subject of the verb right behind it.

    The phrase opens its clause ("During the debate | Ruiz spoke"), or its noun is one of time ("by the time | Ruiz
    spoke"); a noun of a person goes with its name ("for the singer Ana Ruiz").
    """
    if s[at] not in "ds" or not at:
        return False
    if s[name - 1] == "n":
        opens = at == 1 or s[at - 2] in '.,;:ck"-'
        if not opens or s[at - 1] not in "ik" or low[name - 1] in _PEOPLE.beings:
            return False
    k = name
    while k < stop and s[k] == "N":
        k += 1
    return k < stop and s[k] in "DZMbho"


_DATE = re.compile("[0j]?m[my0]*|0").fullmatch


def _is_date(s: str, low: Sequence[str], at: int, stop: int) -> bool:
    """Whether tokens are a day, or the year behind one ("May 14, *2024*"), with nothing before it that owns a noun."""
    if stop - at > MAX_DATE or not _DATE(s, at, stop):
        return False
    if s[at] == "j":
        return low[at] in _CLAUSES.near_times
    if s[stop - 1] == "m":
        # "May Smith left", and "the board's Sunday meeting" apart.
        return stop - at > 1 and low[stop - 1] not in _CLAUSES.named_months
    return "m" in s[at:stop] or _ends_date(s, low, at)


def _ends_date(s: str, low: Sequence[str], at: int) -> bool:
    """Whether a number is the year behind a day: "May 14, *2024*"."""
    return len(low[at]) == YEAR and low[at].isdigit() and s[max(0, at - 3) : at] == "m0,"


def _date_end(low: Sequence[str], at: int, stop: int) -> int:
    """One past a date before a noun; a number that is no day of a month and no year counts the noun."""
    last = low[stop - 1].rstrip("stndrh")
    if not last.isdigit():
        return stop if low[stop - 1] in _CLAUSES.spans_of_time | _CLAUSES.days | _CLAUSES.months else stop - 1
    # "In May 14 people died" counts them.
    named = low[stop - 2] in _CLAUSES.months and not (at and low[at - 1] in _CLAUSES.within)
    return stop if len(last) == YEAR or (named and len(last) <= DAY) else stop - 1


def _bare(s: str, at: int, stop: int) -> bool:
    """Whether a participle behind "the" stands for people: no noun follows it."""
    return at + 1 >= stop or s[at + 1] not in "jnNy0VG"


def _dated(s: str, at: int, stop: int) -> bool:
    """Whether a day at ``at`` stands behind its noun: no other noun follows it."""
    k = at + 1
    while k < stop and s[k] in "my0":
        k += 1
    return k >= stop or s[k] not in "nNjqVG"
