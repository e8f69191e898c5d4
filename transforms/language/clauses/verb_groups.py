"""Verb groups of a sentence, read over the letters of its tokens.

The compiled core reads them in C, in ``transforms/core/verb_groups.c``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.transforms import lexicon
from dateline.transforms.language.lemmas import lemma
from dateline.transforms.model import Aspect, Tense, VerbGroup, Voice
from dateline.transforms.model.clause import new

_CLAUSES = lexicon.clauses("en")
_PLAIN = frozenset('dspjnNym0q.,;:-()"kTwWc')
_FINITE = frozenset("MbhoDZ")
STARTS = frozenset("MbhoDZVGBt12345")
"""The letters that a verb group may begin with."""
_SINGLE: dict[str, tuple[str, Voice, Tense, Aspect]] = {
    "D": ("VBD", "active", "past", "simple"),
    "Z": ("VBZ", "active", "present", "simple"),
    "B": ("VB", "active", "none", "simple"),
    "G": ("VBD", "active", "none", "progressive"),
    "V": ("VBD", "passive", "none", "simple"),
}
"""Of a verb that stands alone, by its letter: the tag that its lemma is found by, voice, tense and aspect."""
MAX_VERB_GROUP = 20


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
    lex = _CLAUSES
    c = s[at]
    if c in _SINGLE and (at + 1 >= end or s[at + 1] in _PLAIN or _is_alone(s, low, at, end)):
        # Most groups are one verb with nothing of its group behind it.
        tag, voice, tense, aspect = _SINGLE[c]
        base = lemma(words[at], tag)
        return new(VerbGroup, (at, at + 1, at, base, None, voice, tense, aspect, None, False, c in _FINITE))
    if c not in STARTS:
        return None
    behind = s[at + 1] if at + 1 < end else ""
    if c == "t":
        if behind not in _BEHIND_TO:
            return None
        if behind == "B" and _is_alone(s, low, at + 1, end):
            base = lemma(words[at + 1], "VB")
            return new(
                VerbGroup,
                (at, at + 2, at + 1, base, None, "active", "none", "simple", None, False, False),
            )
    elif c == "b" and _is_copula(s, low, at, end):
        tense = "past" if low[at] in lex.past_auxiliaries else "present"
        return new(VerbGroup, (at, at + 1, at, "be", None, "active", tense, "simple", None, False, True))
    elif (
        behind == "V"
        and c in "bh"
        and _is_alone(s, low, at + 1, end)
        and low[at + 1] not in lex.semi_adjectives
    ):
        tense = "past" if low[at] in lex.past_auxiliaries else "present"
        voice, aspect = ("passive", "simple") if c == "b" else ("active", "perfect")
        base = lemma(words[at + 1], "VBD")
        return new(VerbGroup, (at, at + 2, at + 1, base, None, voice, tense, aspect, None, False, True))
    elif c == "M" and behind == "B" and _is_alone(s, low, at + 1, end):
        base = lemma(words[at + 1], "VB")
        modal = lex.full_modals.get(low[at], low[at])
        tense = "future" if low[at] in lex.future else "present"
        return new(VerbGroup, (at, at + 2, at + 1, base, None, "active", tense, "simple", modal, False, True))
    return verb_group_by_letter(s, words, low, at, end)


def verb_group_by_letter(
    s: str, words: Sequence[str], low: Sequence[str], at: int, end: int
) -> VerbGroup | None:
    """The verb group of any shape that begins at token ``at``, or none."""
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
        if c in _AUXILIARY and k < end and s[k] in "ikdjmy":
            k = _past_time(s, low, c, k, end, g)
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
    voice: Voice = "passive" if g.passive else "active"
    if s[at] in "VG" and not g.finite:
        voice = "passive" if s[at] == "V" else "active"
        g.aspect = "progressive" if s[at] == "G" and g.aspect == "simple" else g.aspect
    text = base if particle is None else f"{base} {low[particle]}"
    return VerbGroup(at, last, g.head, text, particle, voice, g.tense, g.aspect, g.modal, g.negated, g.finite)


def _is_alone(s: str, low: Sequence[str], at: int, end: int) -> bool:
    """Whether nothing behind a verb at ``at`` that is no auxiliary can belong to its group."""
    c = s[at + 1] if at + 1 < end else ""
    if c in _APART:
        return s[at] != "Z" or low[at] not in _CLAUSES.past_auxiliaries
    if c in "ri" and low[at + 1] in _CLAUSES.adverb_particles:
        return False
    if c == "f" or (c == "V" and low[at] in _CLAUSES.get) or lemma(low[at]) in _CLAUSES.semi_verbs:
        return False
    return s[at] != "Z" or low[at] not in _CLAUSES.past_auxiliaries


_APART = frozenset(["", *"spjnNym0q.,;:-()TwWcGBDZMbho12345"])
"""What stands behind a verb and belongs to no group of it."""
_BEHIND_TO = frozenset('B15Zrx"')


def _is_copula(s: str, low: Sequence[str], at: int, end: int) -> bool:
    """Whether a form of "be" at ``at`` is the only verb of its group: a phrase stands right behind it."""
    c = s[at + 1] if at + 1 < end else ""
    if c not in _PHRASES or low[at + 1] in _CLAUSES.semi_adjectives:
        return False
    behind = s[at + 2] if at + 2 < end else ""
    return c not in "dj" or behind not in _TIMES_AND_VERBS


_PHRASES = frozenset("spnN0djTwW")
_TIMES_AND_VERBS = frozenset("myV2D")
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


def inner_time(s: str, low: Sequence[str], first: int, head: int) -> tuple[int, int] | None:
    """The tokens of a time within a verb group, before its head: "has *on Monday* resigned", or none."""
    for k in range(first + 1, head - 1 if head > first else head):
        if s[k] in "ikdjmy":
            last = _time_end(s, low, k, head)
            return (k, last) if last else None
    return (head - 1, head) if head - 1 > first and s[head - 1] in "my" else None


def _past_time(s: str, low: Sequence[str], auxiliary: str, at: int, end: int, g: _Verbs) -> int:
    """The token behind a time between an auxiliary and its verb; ``at`` where there is none."""
    last = _time_end(s, low, at, end)
    if not last:
        return at
    k = _skip(s, low, last, end, g)
    c = s[k] if k < end else ""
    fits = bool(c) and c in _TAKES[auxiliary]
    return k if fits or (auxiliary in "Mo" and bool(c) and _base(s, low, k, end)) else at


def _time_end(s: str, low: Sequence[str], at: int, end: int) -> int:
    """One past the time that begins at ``at``, or 0: "on Monday", "last week", "today", but no mere length."""
    found = _TIME(s, at, end)
    if found is None:
        return 0
    if s[at] in "djy" and low[at] not in _CLAUSES.near_times | _CLAUSES.deictic:
        return 0
    return found.end()


_AUXILIARY = frozenset("Mobh123")
_TAKES = {"M": "B15", "o": "B", "b": "VG3", "1": "VG3", "2": "VG3", "3": "V", "h": "V2D"}
"""The forms that an auxiliary takes, by its letter."""
_TIME = re.compile(r"(?:[ik]d?j?0?[my]|[dj][my]|[my])[my0]{0,4}").match


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
