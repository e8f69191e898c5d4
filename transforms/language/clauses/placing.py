"""Decides the kind of a finite clause and its enclosing clause, by the word before its subject."""

from __future__ import annotations

from dateline.transforms.language.clauses.draft import MAX_CHAIN, WORDS, Draft, Stream
from dateline.transforms.language.clauses.waiting import keep


def place(stream: Stream, draft: Draft, before: str, prior: Draft | None, at: int) -> None:
    """Kind and encloser by the word before the subject; ``at`` is the opener, or the subject without one."""
    if before == "T":
        _that(stream, draft, prior, at)
    elif before == "k" and prior is not None and _contrasts(stream, draft, at):
        draft.kind = "coordinate"
        level = level_of(prior)
        draft.encloser = level.encloser if level is not None else None
    elif before == "k":
        draft.kind = "adverbial"
        draft.encloser = prior.nearest_finite() if prior is not None else None
        if draft.encloser is None:
            stream.fronted.append(draft)
    elif before == "W":
        _question(stream, draft, prior, at)
    elif prior is None or (stream.fronted and before not in (";", ":")):
        draft.kind = "main"
        stream.clear_fronted(draft)
    elif before in (";", ":", "-", "Q"):
        draft.kind = "coordinate"
    elif before == "c":
        draft.kind = "coordinate"
        level = level_of(prior)
        draft.encloser = level.encloser if level is not None else None
    elif before == ",":
        draft.kind = "main" if draft.says else "coordinate"
    else:
        draft.kind, draft.encloser = "complement", prior


def _that(stream: Stream, draft: Draft, prior: Draft | None, at: int) -> None:
    """``said that``, ``and that``, ``the claim that``."""
    back = stream.kind(at - 1)
    draft.kind, draft.encloser = "complement", prior
    if back == "c":
        earlier = next((d for d in reversed(stream.drafts) if d.kind == "complement"), None)
        draft.encloser = earlier.encloser if earlier is not None else prior
    elif back == "N" and (prior is None or not prior.takes_clause):
        noun = stream.nouns[at - 1]
        draft.modifies = noun.head if noun is not None else None
        if prior is None:
            # "The claim that Ruiz lied was false": the claim waits for its verb.
            keep(stream, 0, at - 1)


def _question(stream: Stream, draft: Draft, prior: Draft | None, at: int) -> None:
    """``asked what Ruiz did``, ``when Ruiz came``, ``in Lund, where Ruiz lives``."""
    word = stream.low[draft.marker] if draft.marker is not None else ""
    # "Heard of a raid on Tarn, where many live": behind a comma it asks nothing.
    apart = at > 1 and stream.kind(at - 1) == "," and stream.kind(at - 2) == "N"
    asks = not apart and prior is not None and (prior.takes_clause or prior.verb.lemma in WORDS.asking)
    if (word in WORDS.where or word in WORDS.conditions) and prior is not None and stream.kind(at - 1) == "N":
        # "Rejected the plan if talks resume", "found a shop where people meet", but "asked the board if talks would"
        asks = asks and (prior.verb.lemma in WORDS.asking or prior.verb.lemma in WORDS.hearing)
    if not asks and word in WORDS.adverbial:
        draft.kind = "relative" if word in WORDS.where and stream.kind(at - 1) in (",", "N") else "adverbial"
        draft.encloser = prior.nearest_finite() if prior is not None else None
        if draft.encloser is None:
            stream.fronted.append(draft)
    else:
        draft.kind = "complement" if prior is not None else "main"
        draft.encloser = prior


def _contrasts(stream: Stream, draft: Draft, at: int) -> bool:
    """Whether "while" sets another act beside the one before it ("Ruiz was freed, | while two others were fined")."""
    return (
        draft.marker is not None
        and stream.low[draft.marker] in WORDS.contrasting
        and stream.kind(at - 1) == ","
        and not stream.fronted
    )


def level_of(prior: Draft) -> Draft | None:
    """The clause that ``and NAME did`` goes on from: the nearest finite one that hangs on no noun."""
    seen: Draft | None = prior
    for _ in range(MAX_CHAIN):
        if seen is None or (seen.verb.finite and seen.kind not in ("relative", "adverbial", "participle")):
            break
        seen = seen.encloser
    return seen
