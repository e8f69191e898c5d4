"""What the letters of a word tell at a glance, as one number for each token.

Later steps ask for few words by it instead of looking at each. The lowest bits are the flags below; what is above
them is the place of a closed word in the table of letters (:mod:`dateline.transforms.language.clauses.symbols`):
``OPEN`` for all others, ``ODD`` where the letter hangs on the shape of the word.
"""

from __future__ import annotations

from dateline.transforms import lexicon
from dateline.transforms.language.clauses import symbols

CLAUSES = lexicon.clauses("en")
_VERBS = lexicon.verbs("en")
ING, PAST, CAPITAL, FORM, OWNING, DOUBLED, SHARE, MIXED, AND = (1 << n for n in range(9))
"""The flags; the compiled core knows the first three and ``MIXED``.

``PAST``: ends in "-ed" or is the past form of a verb whose participle is another; ``CAPITAL``: the first letter alone
is a capital; ``MIXED``: it holds letters or digits, and not letters alone ("mid-May", "3rd", "5"); ``AND``: it is "&".
"""
PLACE = 16
"""Bits below the place."""
OPEN, ODD, CLOSED = range(3)
"""The first places: of open words, of odd ones, and of the first closed word."""

PAST_FORMS = frozenset(
    form for form, base in _VERBS.irregular.items() if form not in _VERBS.bases and form[-1] not in "sgn"
)
ONLY_PAST = frozenset(
    form
    for form in PAST_FORMS - CLAUSES.participles - CLAUSES.past_nouns
    if _VERBS.irregular[form] in {_VERBS.irregular.get(p) for p in CLAUSES.participles}
)
"""Past forms of verbs whose participle is another: "underwent", "gave"."""
FORMS = PAST_FORMS | CLAUSES.unchanged | CLAUSES.participles
OWNERS = frozenset(["'s", "’s", "'S", "’S"])
DOUBLES = frozenset(["’’", "‘‘", "''", "``"])
_DATED = CLAUSES.days | CLAUSES.months
_PLACES = {
    key: n
    for n, key in enumerate(
        [(w, False) for w in sorted(symbols.CLOSED)] + [(w, True) for w in sorted(_DATED)], start=CLOSED
    )
}
"""The places of the closed words; days and months have one more with a capital."""
PLACES = CLOSED + len(_PLACES)


def mark(word: str) -> int:
    """The number of a word."""
    low = word.lower()
    capital = word[0].isupper()
    place = _PLACES.get((low, capital and low in _DATED))
    if place is None:
        place = ODD if symbols.is_odd(word, low) else OPEN
    return (
        ING * (word[-3:] == "ing")
        | PAST * (word[-2:] == "ed" or word in ONLY_PAST)
        | CAPITAL * (capital and word[1:].islower())
        | FORM * (word in FORMS)
        | OWNING * (word in OWNERS)
        | DOUBLED * (word in DOUBLES)
        | SHARE * (low in CLAUSES.shares)
        | MIXED * (not low.isalpha() and any(map(str.isalnum, low)))
        | AND * (word == "&")
        | place << PLACE
    )


KNOWN = {
    form: mark(form)
    for word in symbols.CLOSED | FORMS | OWNERS | DOUBLES | CLAUSES.shares | {"&"}
    for form in (word, word.capitalize(), word.upper())
}
"""The numbers of all words whose number does not follow from their shape, as they are written in plain text."""
