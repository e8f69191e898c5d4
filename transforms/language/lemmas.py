"""The base form of an English verb: irregular forms by table, the others by their endings and a list of base forms."""

from __future__ import annotations

import re
from functools import lru_cache

from dateline.transforms import lexicon

_WORDS = lexicon.verbs("en")
_BASES = _WORDS.bases
_IRREGULAR = _WORDS.irregular
_VOWEL = re.compile("[aeiouy]")
_DOUBLES = re.compile(r"(?:^|[^aeiou])(?:qu)?[aeiou][bcdfgklmnprtvz]$")
"""A stem that doubles its last letter as a base form ("hop" in "hopping", not in "hoping")."""
_SILENT = re.compile(r"(?:[cgsuvz]|[^aeiou]l|[^aeou]at|[aeiou][rtdnmkp])$")
"""Endings of a bare stem that most often lost an "e" ("negotiat", "seiz"), for verbs that are not listed."""
_KEEPS = re.compile(r"(?:ss|sh|ch|x|zz|[aeiou]{2}[tdnrlkpm]|[^s]it|er|en|on|op|[aeou]w|ff|ll|ng)$")


@lru_cache(maxsize=1 << 14)
def lemma(word: str, tag: str = "") -> str:
    """The base form of a verb as written: ``declared`` → ``declare``; other words come back in lower case.

    A tag settles forms of two verbs: ``found`` is ``find`` as a past form and itself as ``VB``.
    """
    low = word.lower()
    if tag in ("VB", "VBZ") and low in _BASES:
        return low
    found = _IRREGULAR.get(low)
    if found is not None:
        return found
    if low in _BASES:
        return low
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y" if low[:-1] not in _BASES else low[:-1]
    if low.endswith("s") and not low.endswith(("ss", "us", "is")):
        for stem in (low[:-1], low[:-2]):
            if stem in _BASES:
                return stem
        return low[:-2] if low.endswith(("sses", "shes", "ches", "xes", "zzes")) else low[:-1]
    if low.endswith("ied") and len(low) > 4:
        return low[:-3] + "y" if low[:-1] not in _BASES else low[:-1]
    for ending in ("ing", "ed"):
        if low.endswith(ending) and len(low) - len(ending) >= 2:
            return _restore(low[: -len(ending)], low)
    return low


def _restore(stem: str, low: str) -> str:
    """The base form of a stem without its ending."""
    if not _VOWEL.search(stem):
        return low
    doubled = len(stem) > 2 and stem[-1] == stem[-2]
    plain = (stem + "e", stem) if _DOUBLES.search(stem) else (stem, stem + "e")
    for base in plain:
        if base in _BASES:
            return base
    if doubled and (stem[:-1] in _BASES or stem[-1] not in "lsz"):
        return stem[:-1]
    if stem.endswith("ck") and stem[:-1] in _BASES:
        return stem[:-1]
    if doubled or _KEEPS.search(stem):
        return stem
    return stem + "e" if _SILENT.search(stem) else stem
