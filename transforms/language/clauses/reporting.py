"""Ties a verb of saying to the clause that it reports: ``The vote failed, Ruiz said``, ``…, said Ruiz``."""

from __future__ import annotations

from dateline.transforms import lexicon
from dateline.transforms.language.clauses.draft import SAYING, WORDS, Draft, Stream
from dateline.transforms.language.clauses.waiting import OPENERS, opening

_SPEAKERS = lexicon.people("en").beings | lexicon.people("en").crowds | lexicon.people("en").roles
MAX_TAIL = 8
"""Items of time and place that may follow "Ruiz said" at the end of a clause."""


def reports(stream: Stream, draft: Draft, gap: int, left: int, prior: Draft | None) -> bool:
    """``The vote, Ruiz said, was a sham`` and ``The vote failed, Ruiz said``: Ruiz reports the clause around."""
    main = prior.nearest_finite() if prior is not None else None
    if main is None or prior in stream.fronted:
        found = opening(stream, gap, left - 2)
        if (
            found is None
            and prior in stream.fronted
            and stream.kind(min(draft.item + 1, stream.count - 1)) == ","
        ):
            # "When the road closed, police said, two men fled"
            draft.kind = "parenthetical"
            return True
        if found is None or (found.before not in OPENERS and found.at > gap):
            return False
        stream.waiting.append(found)
        draft.kind = "parenthetical"
        return True
    following = stream.kind(draft.item + 1) if draft.item + 1 < stream.count else ""
    heard = following == "N" and draft.verb.lemma in WORDS.hearing and _ends(stream, draft.item + 2)
    if not heard and following in ("T", "N", "V") and not _ends(stream, draft.item + 1):
        return False
    main = main.top()
    if main.kind == "adverbial" or main in stream.fronted:
        return False
    report(stream, main, draft)
    return True


def _ends(stream: Stream, at: int) -> bool:
    """Whether only a time or a place follows up to the end or a comma."""
    if at >= stream.count:
        return True
    for k in range(at, min(at + MAX_TAIL, stream.count)):
        kind, noun = stream.kinds[k], stream.nouns[k]
        if kind in ",.;":
            return True
        governed = k > at and stream.kinds[k - 1] in "ik"
        if kind in "ik" or (noun is not None and (governed or noun.time)):
            continue
        return False
    return True


def report(stream: Stream, said: Draft, by: Draft) -> None:
    """Make a clause the complement of the verb of saying that follows it, with those that it goes on from."""
    by.kind = "main" if said.kind in ("main", "coordinate") else said.kind
    by.encloser = said.encloser
    row = [said]
    if said.kind == "coordinate" and said.encloser is None:
        for draft in reversed(stream.drafts[: stream.drafts.index(said)]):
            if draft.encloser is not None:
                continue
            if draft.says or draft.kind not in ("main", "coordinate"):
                break
            row.append(draft)
    for draft in row:
        draft.kind, draft.encloser = "complement", by


def apposed(stream: Stream, gap: int, r: int) -> tuple[int, int] | None:
    """``the port is safe, its chair, Ana Ruiz, | said``: the phrase behind the first comma, before an aside."""
    comma = stream.kinds.find(",", gap, r)
    if comma < 0 or stream.kinds[comma + 1] != "N":
        return None
    last = comma + 1
    while last + 2 < r and stream.kind(last + 1) == "i" and stream.kind(last + 2) == "N":
        last += 2
    return (comma + 1, last) if last + 1 < r and stream.kind(last + 1) == "," else None


def follows(stream: Stream, draft: Draft) -> bool:
    """Whether a phrase that can be an inverted subject stands behind a verb of saying."""
    k = draft.item + 1
    if k >= stream.count or stream.nouns[k] is None or draft.verb.lemma in WORDS.hearing:
        return False
    # "Threw stones, threatened | them": a pronoun in the objective case.
    return stream.word(k) not in WORDS.objective or stream.lasts[k] - stream.firsts[k] > 1


def names_speaker(stream: Stream, draft: Draft) -> bool:
    """Whether behind a comma and a plain verb of saying stands a name that ends its clause: ``…, said Ana Ruiz, …``."""
    at = draft.item + 1
    noun = stream.nouns[at] if at < stream.count else None
    if noun is None or noun.time or draft.verb.lemma not in SAYING.plain:
        return False
    if draft.verb.last - draft.verb.first > 1:
        return False
    head = stream.low[noun.head]
    if not noun.named and (
        draft.verb.lemma not in WORDS.say or _SPEAKERS.isdisjoint((head, head.removesuffix("s")))
    ):
        return False
    behind = stream.kind(at + 1) if at + 1 < stream.count else "."
    return behind in (",", ".", "-") or (behind == "i" and draft.verb.lemma in WORDS.say)


def invert(stream: Stream, draft: Draft) -> None:
    """Give a verb of saying the subject behind it (``said a source close to Ruiz``)."""
    first = last = draft.item + 1
    while last + 2 < stream.count and stream.kind(last + 1) in ("i", "c") and stream.kind(last + 2) == "N":
        last += 2
    draft.subject, draft.subject_head = stream.run(first, last), stream.head(first, last)
    draft.inverted = True
