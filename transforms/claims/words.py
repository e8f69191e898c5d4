"""The words for claims: those of the article's language, with the titles of all languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from dateline.transforms import lexicon
from dateline.transforms.lexicon import Claims, People


@dataclass(frozen=True)
class ClaimWords:
    """Words of one language.

    ``closed`` are those of claims, ``people`` those around names. ``gender`` gives ``m`` or ``f`` for a
    pronoun of one person. ``times`` end up in a source by their place ("the council Monday said"), ``calendar`` are the names
    of months and weekdays, and ``lengths`` are nouns of a length of time; ``saying`` are verbs, ``that`` openers of clauses.
    """

    closed: Claims
    people: People
    gender: Mapping[str, str]
    times: frozenset[str]
    calendar: frozenset[str]
    lengths: frozenset[str]
    saying: frozenset[str]
    that: frozenset[str]

    @cached_property
    def before_names(self) -> frozenset[str]:
        """Words that precede a name and are no part of it."""
        return self.people.titles | self.people.roles | self.people.humans | self.people.either

    def office(self, word: str) -> bool:
        """Whether a word in lower case is a role, or one of many words in one where nouns are written so ("bauminister")."""
        closed = self.closed
        return word in self.people.roles or (closed.capital_nouns and _ends(word, closed.agents))

    def body(self, word: str) -> bool:
        """Whether a word in lower case is a noun of a body, in the genitive too, or one of many words that ends with one
        ("Hilfswerks")."""
        organs, bodies = self.people.organs, self.closed.bodies
        if word.endswith(bodies) or word.removesuffix("s").endswith(bodies):
            return True
        return any(word[k:] in organs or word[k:].removesuffix("s") in organs for k in range(len(word) - 2))

    @cached_property
    def speaking(self) -> frozenset[str]:
        """Nouns of people and bodies that speak."""
        return self.people.roles | self.people.organs | self.people.humans | self.people.crowds


@lru_cache(maxsize=1 << 14)
def _ends(word: str, endings: tuple[str, ...]) -> bool:
    return word.endswith(endings)


def words_of(language: str) -> ClaimWords:
    """The words of a language in the current vocabulary; a language without them has empty sets."""
    return _words(lexicon.library(), lexicon.code_of(language))


@lru_cache(maxsize=64)
def _words(library: lexicon.Library, code: str) -> ClaimWords:
    closed = library.part(Claims, code)
    clauses = library.part(lexicon.Clauses, code)
    return ClaimWords(
        closed=closed,
        people=library.part(People, code).model_copy(
            update={name: _of_all(library, name) for name in ("titles", "female", "male")}
        ),
        gender=dict.fromkeys(closed.he, "m") | dict.fromkeys(closed.she, "f"),
        times=clauses.days | clauses.months | closed.times,
        calendar=_calendar(library.part(lexicon.Names, code)),
        lengths=clauses.spans_of_time,
        saying=library.part(lexicon.Saying, code).verbs,
        that=library.part(lexicon.Saying, code).that,
    )


def _calendar(names: lexicon.Names) -> frozenset[str]:
    return frozenset(
        n for part in (names.months, names.weekdays) for printed in part.values() for n in printed
    )


def _of_all(library: lexicon.Library, field: str) -> frozenset[str]:
    """The words of all languages: a title goes with a name, so a German page names Mr. Smith."""
    return frozenset(word for people in library.every(People).values() for word in getattr(people, field))
