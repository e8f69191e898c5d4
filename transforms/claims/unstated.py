"""Verbs of saying by which nobody states anything, in languages without tags: questions, ``whoever says …``, asides.

English refuses such verbs by its clauses and in :mod:`~dateline.transforms.claims.refusals`.
"""

from __future__ import annotations

from dateline.transforms.claims.nouns import Nouns

_BEFORE_QUESTION = frozenset(':¿"“”„«»')


def unstated(sentence: Nouns, k: int) -> bool:
    """Whether a verb of saying outside of quotations states nothing by whoever stands beside it.

    ``Hat der Minister gesagt, dass …?``, ``Wer sagt, dass …``, ``Man kann sagen, dass …``, ``Anders gesagt: …``,
    ``Was nur heißt, dass …``.
    """
    return by_anybody(sentence, k) or _asked(sentence, k) or _explains(sentence, k)


def by_anybody(sentence: Nouns, k: int) -> bool:
    """Whether a verb only may be said, is of no subject in particular, or closes a turn of phrase of the writer."""
    c, closed, cues = sentence.c, sentence.closed, sentence.cues
    low, first = c.low, _opens(sentence, k)
    opener = first + (first < k and (low[first] in closed.joining or low[first] in closed.conjunctions))
    if low[opener] in closed.anybody or (first == sentence.first and low[opener] in closed.anybody_first):
        return True
    if low[k] in cues.it_says and not closed.it_says.intersection(low[max(first, k - 1) : k + 2]):
        return True
    if any(tuple(low[max(0, k + 1 - len(aside)) : k + 1]) == aside for aside in cues.aside_words):
        return True
    if not closed.modals or not low[k].endswith(closed.infinitives):
        return False
    # "Sie wollen mehr Geld und | sagen, dass": the second verb is not of "wollen".
    first = max((j + 1 for j in range(first, k) if low[j] in closed.conjunctions), default=first)
    return not closed.modals.isdisjoint(low[first : k + 2])


def passive(sentence: Nouns, k: int) -> bool:
    """Whether a verb stands in the passive, so that its subject says nothing: ``Die Idee wurde kritisiert``."""
    c, closed = sentence.c, sentence.closed
    if not closed.passive or (closed.infinitives and c.low[k].endswith(closed.infinitives)):
        return False
    return not closed.passive.isdisjoint(c.low[_opens(sentence, k) : min(k + 2, sentence.last)])


def _opens(sentence: Nouns, k: int) -> int:
    """The first token of the part of a sentence between marks that a token stands in."""
    while k > sentence.first and not sentence.breaks(k - 1):
        k -= 1
    return k


def _asked(sentence: Nouns, k: int) -> bool:
    """Whether the writer asks whether something was said."""
    words, last = sentence.c.words, sentence.last
    return words[last - 1] in "?؟" and _BEFORE_QUESTION.isdisjoint(words[k:last])


def _explains(sentence: Nouns, k: int) -> bool:
    """Whether the subject is the sentence before: ``Das erklärt den Streit: …``."""
    c, closed = sentence.c, sentence.closed
    while k > sentence.first and c.low[k - 1] in closed.auxiliaries:
        k -= 1
    return k > sentence.first and c.low[k - 1] in closed.this_one
