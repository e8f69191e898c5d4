"""PLOVER roots: sixteen kinds of political act, told by the verb (Halterman et al. 2023, the ontology of POLECAT)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from transforms.language import lemma

_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
MAX_WORDS = 200
GAP = 2
"""Words that may stand between the words of a phrase (``signed a new agreement``)."""


@cache
def _table() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Phrases by their first word, longest first."""
    held = tomllib.loads(files("transforms.events").joinpath("data/plover.toml").read_text("utf-8"))
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, phrases in held.items():
        for phrase in phrases.split("|"):
            words = tuple(phrase.split())
            table.setdefault(words[0], []).append((words, name))
    for entries in table.values():
        entries.sort(key=lambda e: (-len(e[0]), e))
    return table


def root(base: str) -> str | None:
    """The root of one verb in base form, or none."""
    return next((name for words, name in _table().get(base, []) if len(words) == 1), None)


def _stands(bases: Sequence[str], at: int, phrase: Sequence[str]) -> bool:
    for word in phrase[1:]:
        step = next((j for j in range(at + 1, min(len(bases), at + GAP + 2)) if bases[j] == word), None)
        if step is None:
            return False
        at = step
    return True


def classify(sentence: str) -> str | None:
    """The root of what a sentence tells: that of its first act, verbs of saying set aside.

    A phrase counts more than a word and an earlier word more than a later one.
    """
    words = _WORD.findall(sentence)[:MAX_WORDS]
    bases = [lemma(w) for w in words]
    best: tuple[float, str] | None = None
    for k, base in enumerate(bases):
        for phrase, name in _table().get(base, []):
            if not _stands(bases, k, phrase):
                continue
            weight = len(phrase) * 1.5 - k * 0.05
            if words[k].lower() != base or len(phrase) > 1:
                # An inflected form is a verb; a bare one may be a noun.
                weight += 1.0
            if best is None or weight > best[0]:
                best = (weight, name)
            break
    return best[1] if best else None
