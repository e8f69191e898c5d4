"""Noun groups and verb groups of a sentence, read over the letters of its tokens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.transforms import lexicon
from dateline.transforms.language.lemmas import lemma
from dateline.transforms.model import Aspect, Tense, VerbGroup, Voice

_CLAUSES = lexicon.clauses("en")
_PEOPLE = lexicon.people("en")
_PLAIN = frozenset('dspjnNym0q.,;:-()"kTwWc')
_NOUNISH = frozenset("jnNV")
_FINITE = frozenset("MbhoDZ")
_STARTS = frozenset("MbhoDZVGBt12345")
_SINGLE: dict[str, tuple[str, Voice, Tense, Aspect]] = {
    "D": ("VBD", "active", "past", "simple"),
    "Z": ("VBZ", "active", "present", "simple"),
    "B": ("VB", "active", "none", "simple"),
    "G": ("VBD", "active", "none", "progressive"),
    "V": ("VBD", "passive", "none", "simple"),
}
"""Of a verb that stands alone, by its letter: the tag that its lemma is found by, voice, tense and aspect."""
MAX_NOUN_GROUP = 40
MAX_VERB_GROUP = 20


@dataclass(slots=True)
class NounGroup:
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
        return NounGroup(at, at + 1 + both, at, False)
    plain = _PLAIN_NOUNS(s, at, end)
    if plain is not None:
        head = plain.end() - 1
        return NounGroup(at, head + 1, head, False, s[head] == "N")
    return noun_group_by_letter(s, low, at, end)


_PLAIN_NOUNS = re.compile(r"[ds]?j{0,8}(?:n{1,12}|N{1,12}n{0,12})(?![nNyjm0qV]|(?<=N)c)").match
"""A determiner, adjectives and nouns, with nothing behind them that could belong to them: four groups of five."""


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
    if s[j - 1] == "j" and s[j - 2] == "q" and low[j - 1] in _PEOPLE.bodies:
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
    time = s[head] in "my" and all(x in "djm0yr" for x in s[at:head])
    return NounGroup(at, last, head, time, s[head] == "N")


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


def _bare(s: str, at: int, stop: int) -> bool:
    """Whether a participle behind "the" stands for people: no noun follows it."""
    return at + 1 >= stop or s[at + 1] not in "jnNy0VG"


def _dated(s: str, at: int, stop: int) -> bool:
    """Whether a day at ``at`` stands behind its noun: no other noun follows it."""
    k = at + 1
    while k < stop and s[k] in "my0":
        k += 1
    return k >= stop or s[k] not in "nNjqVG"


class _Verbs:
    """What a verb group is made of while it is read."""

    __slots__ = ("aspect", "finite", "head", "modal", "negated", "passive", "tense")

    def __init__(self) -> None:
        self.head = -1
        self.modal: str | None = None
        self.passive = False
        self.aspect: Aspect = "simple"
        self.tense: Tense = "none"
        self.negated = False
        self.finite = False


def verb_group(s: str, words: Sequence[str], low: Sequence[str], at: int, end: int) -> VerbGroup | None:
    """The verb group that begins at token ``at``, or none."""
    c = s[at]
    if c in _SINGLE and (at + 1 >= end or s[at + 1] in _PLAIN):
        # Most groups are one verb with nothing of its group behind it.
        tag, voice, tense, aspect = _SINGLE[c]
        base = lemma(words[at], tag)
        return VerbGroup(at, at + 1, at, base, None, voice, tense, aspect, None, False, c in _FINITE)
    if c not in _STARTS:
        return None
    lex = _CLAUSES
    g = _Verbs()
    j = at
    end = min(end, at + MAX_VERB_GROUP)
    if s[j] == "t":
        k = _skip(s, low, j + 1, end, g)
        if k >= end or s[k] not in "B15Zn" or (s[k] in "Zn" and low[k] != lemma(low[k])) or s[k] == "n":
            return None
        j = k
    elif s[j] in _FINITE:
        g.finite = True
    first = True
    while True:
        c = s[j]
        if c == "M":
            g.modal = _CLAUSES.full_modals.get(low[j], low[j])
            g.tense = "future" if low[j] in lex.future else "present"
        elif first and g.finite:
            g.tense = "past" if c == "D" or low[j] in _CLAUSES.past_auxiliaries else "present"
        first = False
        g.head = j
        negated = g.negated
        k = _skip(s, low, j + 1, end, g)
        c2 = s[k] if k < end else ""
        if c in "Mo" and c2 and (c2 in "B15" or (c == "M" and _base(s, low, k, end))):
            j = k
        elif c in "b123" and c2 and c2 in "VD":
            g.passive = True
            j = k
        elif c in "DZBVG" and c2 == "V" and k == j + 1 and low[j] in lex.get:
            # "The hut got burned down": "get" makes a passive too.
            g.passive = True
            j = k
        elif c in "b123" and c2 and c2 in "G3":
            if low[k] in _CLAUSES.going and _to(s, k + 1, end, low):
                g.modal, g.tense = "going to", "future"
                j = _to(s, k + 1, end, low)
            else:
                g.aspect = "progressive"
                j = k
        elif c in "h45" and c2 and c2 in "V2D":
            g.aspect = "perfect"
            j = k
        else:
            onward = _semi(s, low, j, k, end, g, lex)
            if not onward:
                # "Pleaded not guilty": behind a full verb a negation is that of what follows.
                g.negated = g.negated if c in "Mobh1234" else negated
                break
            j = onward
    last = g.head + 1
    particle = None
    if last < end and (
        s[last] == "f"
        or (s[last] in "ri" and low[last] in _CLAUSES.adverb_particles and _ends(s, last + 1, end))
    ):
        particle, last = last, last + 1
    base = lemma(words[g.head], "VB" if s[g.head] in "BZ" else "VBD")
    if s[g.head] == "b":
        base = "be"
    voice = "passive" if g.passive else "active"
    if s[at] in "VG" and not g.finite:
        voice = "passive" if s[at] == "V" else "active"
        g.aspect = "progressive" if s[at] == "G" and g.aspect == "simple" else g.aspect
    text = base if particle is None else f"{base} {low[particle]}"
    return VerbGroup(at, last, g.head, text, particle, voice, g.tense, g.aspect, g.modal, g.negated, g.finite)


_BASE_FORMS = lexicon.verbs("en").bases


def _ends(s: str, at: int, end: int) -> bool:
    """Whether what follows a particle is no object of a preposition."""
    return at >= end or s[at] in ',.;:cit-"k)'


def _skip(s: str, low: Sequence[str], at: int, end: int, g: _Verbs) -> int:
    """Past adverbs, negations and "all" within a group ("had all been charged", "have since left")."""
    k = at
    if k + 1 < end and s[k] == '"' and s[k + 1] in "rxV2G3":
        k += 1  # "has “repeatedly warned”": a quotation that begins within the group
    while k < end and s[k] in "rxdk":
        if s[k] == "x":
            g.negated = True
        elif s[k] in "dk" and not (low[k] in _CLAUSES.floating and k + 1 < end and s[k + 1] in "V2D"):
            break
        k += 1
    return k


def _base(s: str, low: Sequence[str], at: int, end: int) -> bool:
    """Whether a word behind a modal is its verb although it has another tag ("would rain", "will fast")."""
    if s[at] not in "ZDn" or low[at] != lemma(low[at]):
        return False
    following = s[at + 1] if at + 1 < end else "."
    return s[at] != "n" or (low[at] in _BASE_FORMS and following in '.,;:"cdikrpst')


def _to(s: str, at: int, end: int, low: Sequence[str]) -> int:
    """The base form behind "to" at ``at`` (adverbs between), or 0."""
    if at >= end or s[at] != "t":
        return 0
    k = at + 1
    while k < end and s[k] in "rx":
        k += 1
    if k < end and (s[k] in "B15" or (s[k] in "Zo" and low[k] == lemma(low[k]))):
        return k
    return 0


def _semi(s: str, low: Sequence[str], j: int, k: int, end: int, g: _Verbs, lex: lexicon.Clauses) -> int:
    """The verb that a semi-modal at ``j`` ("plans") or ``k`` ("is due") stands before, or 0."""
    c = s[j]
    if c in "b2" and k < end and low[k] in lex.semi_adjectives:
        onward = _to(s, k + 1, end, low)
        name = low[k]
    elif c in "bh" and k < end and s[k] == "t":
        onward = _to(s, k, end, low)
        name = "be" if c == "b" else "have"
        if c == "b" and (low[k - 1] in lex.locatives or low[onward] in lex.gerundives):
            # "Was there to open the show" tells why she was there, "is to blame" what he is.
            return 0
    elif g.passive and c in "VD" and low[j] in lex.semi_adjectives:
        onward = _to(s, k, end, low)
        name = low[j]
    elif c in "DZGBV" and not g.passive and lemma(low[j]) in lex.semi_verbs:
        onward = _to(s, k, end, low)
        name = lemma(low[j])
    else:
        return 0
    if not onward:
        return 0
    g.modal = f"{name} to"
    g.passive = False
    if name in lex.plans or name == "be":
        g.tense = "future"
    return onward
