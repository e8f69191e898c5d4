"""Quotations that no claim holds yet: carried on from the speaker before them."""

from __future__ import annotations

from transforms.claims.chunks import Chunks
from transforms.claims.draft import Draft, Run

MIN_WORDS = 5
"""Fewer quoted words are a name or an irony, not a statement."""


def carry(chunks: Chunks, drafts: list[Draft]) -> list[Draft]:
    """A claim for each sentence-long quotation without a cue: the last direct speaker goes on.

    ``"…," Ruiz said. "…"``: a quotation that opens its sentence, in the same paragraph as
    Ruiz's or at the head of the next one, has no cue of its own; it joins the claim before it.
    """
    parse = chunks.parse
    held: set[int] = {k for d in drafts for part in (d.source, d.cue, d.content) for r in part for k in range(r.first, r.last)}
    order = sorted(drafts, key=lambda d: d.start)
    for k, s in enumerate(parse.sentences):
        if not parse.quotes[s.first] or any(i in held for i in range(s.first, s.last)):
            continue
        words = [i for i in range(s.first, s.last) if chunks.words[i][0].isalnum()]
        if len(words) < MIN_WORDS or any(not parse.quotes[i] for i in words):
            continue
        before = [d for d in order if d.start < s.first]
        if not before or not before[-1].content:
            continue
        last = before[-1]
        tail = max(r.last for part in (last.source, last.cue, last.content) for r in part)
        near = chunks.sentence[tail - 1]
        if k - near <= 1 and s.block - parse.sentences[near].block <= 1 and any(parse.quotes[i] for r in last.content for i in range(r.first, r.last)):
            run = Run(s.first, s.last)
            last.content.append(run)
            last.trace.append("a quotation without a cue goes on")
            held.update(range(s.first, s.last))
    return drafts
