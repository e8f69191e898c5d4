"""Names of months and weekdays of all languages, as stamps print them: folded, without a final stop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from dateline.transforms import lexicon


class Names:
    """Look-ups over a vocabulary. Where two languages disagree English wins, then the earlier code.

    ``months`` gives 1 … 12 and ``weekdays`` 0 (Monday) … 6 by folded name. Names in ``leading`` may
    stand before their day; a short foreign one there ("set 5", "out 12") is an English word.
    """

    def __init__(self, library: lexicon.Library) -> None:
        parts = library.every(lexicon.Names)
        english = parts.pop("en", lexicon.Names())
        self.months: dict[str, int] = {}
        self.weekdays: dict[str, int] = {}
        for part in (english, *parts.values()):
            _add(self.months, part.months, part.stamp_months)
            whole = {n: [w for w in words if not w.endswith(".")] for n, words in part.weekdays.items()}
            _add(self.weekdays, whole, part.stamp_weekdays)
        own: dict[str, int] = {}
        _add(own, english.months, english.stamp_months)
        self.leading = frozenset(own) | {name for name in self.months if len(name) > 3}


def _add(table: dict[str, int], *sources: Mapping[str, Sequence[str]]) -> None:
    for source in sources:
        for number, words in source.items():
            for word in words:
                table.setdefault(word.rstrip("."), int(number))


@lru_cache(maxsize=4)
def names_of(library: lexicon.Library) -> Names:
    """The look-ups of a vocabulary, built once."""
    return Names(library)


def names() -> Names:
    """The look-ups of the current vocabulary."""
    return names_of(lexicon.library())
