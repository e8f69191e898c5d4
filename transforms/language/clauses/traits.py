"""What the compiled core asks about words while it reads groups: the bits of what a word may do, and the other tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, get_args

from dateline.transforms import lexicon
from dateline.transforms.language.clauses.noun_groups import NounGroup
from dateline.transforms.language.lemmas import lemma
from dateline.transforms.model import Aspect, Tense, VerbGroup, Voice

_CLAUSES = lexicon.clauses("en")
_PEOPLE = lexicon.people("en")
SETS = (
    _CLAUSES.quantifiers,
    _CLAUSES.near_times,
    _CLAUSES.deictic,
    _CLAUSES.named_months,
    _CLAUSES.months,
    _CLAUSES.spans_of_time | _CLAUSES.days | _CLAUSES.months,
    _CLAUSES.within,
    _CLAUSES.groups_of_people,
    frozenset(_PEOPLE.bodies),
    _PEOPLE.beings,
    _CLAUSES.reflexive,
    _CLAUSES.past_auxiliaries,
    _CLAUSES.future,
    _CLAUSES.semi_adjectives,
    _CLAUSES.get,
    _CLAUSES.adverb_particles,
    _CLAUSES.floating,
    _CLAUSES.going,
    _CLAUSES.locatives,
    _CLAUSES.gerundives,
    _CLAUSES.semi_verbs,
    _CLAUSES.plans,
)
"""The words of each bit, in the order of ``transforms/core/groups.h``."""


class GroupWords(NamedTuple):
    """The tables that groups are read by, as ``transforms/core/items.c`` takes them.

    ``traits`` are the bits of words in lower case, ``compounds`` the first words of prepositions of several words with
    the words behind each, ``lemmas`` the lemmas that the core remembers for each of :data:`TAGS`.
    """

    traits: dict[str, int]
    full_modals: dict[str, str]
    compounds: dict[str, tuple[tuple[str, ...], ...]]
    bases: frozenset[str]
    lemmas: tuple[dict[str, str], ...]
    lemma: Callable[[str, int], str]
    noun: type[NounGroup]
    verb: type[VerbGroup]
    voices: tuple[Voice, ...] = get_args(Voice)
    tenses: tuple[Tense, ...] = get_args(Tense)
    aspects: tuple[Aspect, ...] = get_args(Aspect)


TAGS = ("", "VB", "VBZ", "VBD")
"""The tags that lemmas are looked up by, in the order of ``transforms/core/verb_groups.c``."""


def tagged_lemma(word: str, tag: int) -> str:
    """The lemma of a word with one of :data:`TAGS`."""
    return lemma(word, TAGS[tag])


def _traits() -> dict[str, int]:
    found: dict[str, int] = {}
    for bit, words in enumerate(SETS):
        for word in words:
            found[word] = found.get(word, 0) | 1 << bit
    return found


def _compounds() -> dict[str, tuple[tuple[str, ...], ...]]:
    """First word of a preposition of several words → the words behind it."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in _CLAUSES.compound_prepositions:
        word, *rest = phrase.split()
        found[word] = (*found.get(word, ()), tuple(rest))
    return found


GROUP_WORDS = GroupWords(
    _traits(),
    _CLAUSES.full_modals,
    _compounds(),
    lexicon.verbs("en").bases,
    tuple({} for _ in TAGS),
    tagged_lemma,
    NounGroup,
    VerbGroup,
)
