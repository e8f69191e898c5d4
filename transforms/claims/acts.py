"""Acts with a clear doer: claims of kind ``did``."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from transforms.claims.chunks import Chunks
from transforms.claims.draft import Draft, Run
from transforms.language import lemma

_LEADING = frozenset(["VBD", "VBZ", "VBN"])
_HELPERS = frozenset(
    [
        "has",
        "have",
        "had",
        "also",
        "then",
        "later",
        "recently",
        "reportedly",
        "will",
        "would",
        "not",
        "did",
        "not",
    ]
)
_WITH = frozenset(["with", "to"])
_TOPICS = frozenset(["about", "regarding", "concerning"])
MIN_OBJECT = 3


@cache
def _verbs() -> dict[str, frozenset[str]]:
    """Each act verb with the prepositions that must follow it (``""``: none needed)."""
    table: dict[str, set[str]] = {}
    held = tomllib.loads(files("transforms.claims").joinpath("data/acts.toml").read_text("utf-8"))
    for entry in held["verbs"].split():
        verb, _, preposition = entry.partition("-")
        table.setdefault(verb, set()).add(preposition)
    return {verb: frozenset(found) for verb, found in table.items()}


def is_act(base: str) -> bool:
    """Whether a verb names an act of its subject."""
    return base in _verbs()


def acts(chunks: Chunks, first: int, last: int, taken: Sequence[Run]) -> list[Draft]:
    """The act of one sentence (tokens ``[first, last)``): its main clause's subject, verb and rest.

    The doer must be a name, a pronoun or a definite phrase right before the verb; nothing is read
    in quotations or in what somebody says (``taken``).
    """
    for k in range(first + 1, last):
        if chunks.tags[k] not in _LEADING or chunks.parse.quotes[k]:
            continue
        base = lemma(chunks.words[k])
        wanted = _verbs().get(base)
        if wanted is None:
            continue
        following = chunks.low[k + 1] if k + 1 < last else ""
        if "" not in wanted and following not in wanted:
            continue
        start = k
        while start > first and chunks.low[start - 1] in _HELPERS:
            start -= 1
        if chunks.tags[k] == "VBN" and not any(w in ("has", "have", "had") for w in chunks.low[start:k]):
            continue
        subject = chunks.before(start, first)
        if subject is None:
            continue
        subject = chunks.widen_left(subject, first)
        whole = Run(subject.first, k + 1)
        if any(not (whole.last <= t.first or whole.first >= t.last) for t in taken):
            continue
        if not _opens(chunks, subject, first) or not _definite(chunks, subject):
            continue
        stop = _end(chunks, k + 1, last, taken)
        if stop - (k + 1) < MIN_OBJECT:
            continue
        draft = Draft(
            0, "act.clause", kind="did", source=[subject], cue=[Run(k, k + 1)], content=[Run(k + 1, stop)]
        )
        if following in _WITH:
            _split(chunks, draft, k + 1, stop)
        draft.trace.append("main clause with a doer and an act")
        return [draft]
    return []


def between(chunks: Chunks, draft: Draft, stop: int) -> None:
    """A claim whose verb is an act between two (``spoke with NP``) becomes one of kind ``did``."""
    at = draft.cue[0].last
    if (
        at < stop
        and chunks.low[at] in _WITH
        and chunks.low[at] in _verbs().get(lemma(chunks.words[at - 1]), ())
    ):
        draft.kind = "did"
        _split(chunks, draft, at, stop)


def _split(chunks: Chunks, draft: Draft, at: int, stop: int) -> None:
    """``met with NP (about …)``: whom one met is no content, what one spoke of is."""
    partner = chunks.after(at + 1, stop)
    if partner is None:
        return
    partner = chunks.widen_right(partner, stop)
    draft.recipient = partner
    topic = next((j for j in range(partner.last, stop) if chunks.low[j] in _TOPICS), None)
    draft.content = [Run(topic, stop)] if topic is not None and stop - topic >= MIN_OBJECT else []


def _opens(chunks: Chunks, subject: Run, first: int) -> bool:
    """Whether a subject opens its clause: at the start, or behind a comma or a conjunction."""
    if subject.first == first:
        return True
    before = chunks.low[subject.first - 1]
    return before in (",", "and", "but", "when", "after", "as", "while", ";", ":", "—")


def _definite(chunks: Chunks, subject: Run) -> bool:
    tags = chunks.tags[subject.first : subject.last]
    return (
        "NNP" in tags
        or (tags[0] == "PRP" and chunks.low[subject.first] in ("he", "she", "they"))
        or chunks.low[subject.first] == "the"
    )


def _end(chunks: Chunks, start: int, last: int, taken: Sequence[Run]) -> int:
    """Where the words of an act end: at the next claim, or at the end of the sentence."""
    stop = last
    for run in taken:
        if start <= run.first < stop:
            stop = run.first
    while stop > start and not chunks.words[stop - 1][0].isalnum():
        stop -= 1
    while stop > start and chunks.low[stop - 1] in (",", "and", "but", "who", "which", "that"):
        stop -= 1
    return stop
