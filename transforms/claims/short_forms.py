"""Short forms in capitals: "the People's Bread Party (PBP)", and later "the PBP"."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.transforms.claims.chunks import Chunks

MIN_LETTERS, MAX_LETTERS = 2, 8
MAX_SMALL = 3


def short_forms(chunks: Chunks, names: Iterable[str]) -> dict[str, str]:
    """Short form → name. What a bracket introduces counts before a name of the article with the same initials.

    A short form with the initials of several names stands for none.
    """
    words = chunks.words
    alike: dict[str, set[str]] = {}
    for name in names:
        parts = name.split()
        initials = "".join(w[0] for w in parts if w[0].isupper()) if len(parts) >= MIN_LETTERS else ""
        if len(initials) >= MIN_LETTERS and initials != name:
            alike.setdefault(initials, set()).add(name)
    found = {short: next(iter(full)) for short, full in alike.items() if len(full) == 1}
    for opened in chunks.marks("("):
        k = opened + 1
        if k + 1 >= len(words) or words[k + 1] != ")" or not _is_short(words[k]):
            continue
        first = _introduced(chunks, opened, words[k])
        if first is not None:
            found[words[k]] = chunks.text[chunks.parse.starts[first] : chunks.parse.ends[k - 2]]
    return found


def _is_short(word: str) -> bool:
    return MIN_LETTERS <= len(word) <= MAX_LETTERS and word.isalpha() and word.isupper()


def _introduced(chunks: Chunks, stop: int, short: str) -> int | None:
    """The first token of the name before a bracket whose words begin with the letters of a short form."""
    k, left, small = stop, len(short), 0
    floor, _ = chunks.bounds(stop)
    while left and k > floor:
        k -= 1
        word = chunks.words[k]
        if word[0].upper() == short[left - 1] and (word[0].isupper() or chunks.low[k] in chunks.closed.small):
            left -= 1
        elif chunks.low[k] in chunks.closed.small and small < MAX_SMALL:
            small += 1
        else:
            return None
    return k if not left and chunks.words[k][0].isupper() else None
