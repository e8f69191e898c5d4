"""Claims within claims: who is reported to have said what, by whom."""

from __future__ import annotations

from collections.abc import Callable

from transforms.claims import acts
from transforms.claims.chunks import Chunks
from transforms.claims.draft import Draft, Run
from transforms.language import lemma

_OPENERS = frozenset(["that", ",", ":", '"', "“", "‘", "'", "and", "but", "while"])
_MARKS = frozenset(['"', "“", "‘", "'", "«"])
_CITING = frozenset(["citing", "quoting"])
_VERBS = frozenset(["VBD", "VBZ", "VBN"])
_MADE = frozenset((verb, how) for verb in ("made", "makes") for how in ("plain", "clear", "known"))
"""Sayings of two words."""
MAX_DEPTH = 2


def inner(
    chunks: Chunks, draft: Draft, verbs: Callable[[str], bool], depth: int = 0
) -> list[tuple[Draft, Draft]]:
    """Pairs (inner, outer): the clause at the start of a claim's content that is a claim itself.

    ``According to Miller, Blinken reaffirmed …``: Miller's content begins with a noun phrase
    and a cue verb, so Blinken's claim stands within Miller's.
    """
    if depth >= MAX_DEPTH or not draft.content:
        return []
    run = draft.content[0]
    k = run.first
    while k < run.last and chunks.words[k].lower() in _OPENERS:
        k += 1
    phrase = chunks.after(k, run.last)
    if phrase is None:
        return []
    phrase = chunks.widen_right(phrase, run.last)
    k = phrase.last
    if k < run.last and chunks.words[k] in _MARKS:
        # The quotation may begin at the verb: ``Brandt "reaffirmed her opposition …"``.
        k += 1
    first = k
    while (
        k < run.last
        and k - first < 5
        and (chunks.tags[k] in ("RB", "MD") or lemma(chunks.words[k]) in ("have", "be"))
    ):
        k += 1
    made_it = False
    if k < run.last - 1 and (chunks.low[k], chunks.low[k + 1]) in _MADE:
        made_it = True
    elif k < run.last and not verbs(lemma(chunks.words[k])):
        return []
    named = any(chunks.tags[j] == "NNP" for j in range(*phrase))
    if not named and not (
        chunks.low[phrase.first] == "the" and chunks.low[k + 1 + made_it : k + 2 + made_it] == ["that"]
    ):
        return []
    passive = (
        not made_it
        and k < run.last
        and chunks.tags[k] == "VBN"
        and (k == first or lemma(chunks.words[k - 1]) == "be")
    )
    if k >= run.last - 2 or passive or not (made_it or chunks.tags[k] in _VERBS):
        return []
    end = chunks.bounds(k)[1]
    stop = min(run.last, end)
    verb = k
    k += made_it
    rest = k + 1
    while rest < stop and chunks.words[rest] in (",", ":"):
        rest += 1
    if stop - rest < 3:
        return []
    made = Draft(
        draft.block, "nested.clause", source=[phrase], cue=[Run(verb, k + 1)], content=[Run(rest, stop)]
    )
    acts.between(chunks, made, stop)
    made.trace.append("stands at the start of what another claim says")
    return [(made, draft), *inner(chunks, made, verbs, depth + 1)]


def citing(chunks: Chunks, draft: Draft) -> list[tuple[Draft, Draft]]:
    """``Citing the ministry, CNN reported that …``: the ministry's claim within CNN's, of the same content."""
    if not draft.cue or not draft.content:
        return []
    floor, ceiling = chunks.bounds(draft.cue[0].first)
    for k in range(floor, ceiling):
        if chunks.low[k] in _CITING and chunks.parse.quotes[k] == 0:
            phrase = chunks.after(k + 1, ceiling)
            if phrase is None or any(r.first <= k < r.last for r in draft.content):
                continue
            phrase = chunks.widen_right(phrase, ceiling)
            made = Draft(
                draft.block,
                "nested.citing",
                source=[phrase],
                cue=[Run(k, k + 1)],
                content=list(draft.content),
            )
            made.trace.append("cited by the source of another claim")
            return [(made, draft)]
    return []
