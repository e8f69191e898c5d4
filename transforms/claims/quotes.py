"""Quotations that no claim holds yet: carried on from the speaker before them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from itertools import pairwise

from transforms import deadline
from transforms.claims.chunks import Chunks
from transforms.claims.draft import Draft, Run

MIN_WORDS = 5
"""Fewer quoted words are a name or an irony, not a statement."""


def announced(
    chunks: Chunks, verbs: Callable[[str], bool], drafts: list[Draft], silent: set[int]
) -> list[Draft]:
    """``Ruiz also said:`` at the end of a paragraph, and a quotation that opens the next one."""
    sentences = chunks.parse.sentences
    held = {chunks.sentence[k] for d in drafts for r in d.cue for k in range(r.first, r.last)}
    found: list[Draft] = []
    for here, behind in pairwise(range(len(sentences))):
        s, q = sentences[here], sentences[behind]
        if (
            chunks.words[s.last - 1] != ":"
            or q.block == s.block
            or here in held
            or s.block in silent
            or q.block in silent
        ):
            continue
        number = chunks.parse.quotes[q.first]
        cue = next(
            (
                k
                for k in range(s.last - 1, s.first, -1)
                if chunks.tags[k] in ("VBD", "VBZ") and verbs(chunks.words[k])
            ),
            None,
        )
        if not number or cue is None:
            continue
        source = chunks.subject(Run(cue, cue + 1), ())
        if source is None:
            continue
        last = q.first
        while last < len(chunks.words) and chunks.parse.quotes[last] == number:
            last += 1
        draft = Draft(
            s.block, "quote.announced", source=[source], cue=[Run(cue, cue + 1)], content=[Run(q.first, last)]
        )
        draft.trace.append("a colon announces the quotation of the next paragraph")
        found.append(draft)
        drafts[:] = [d for d in drafts if not any(q.first <= r.first < last for r in d.content) or d.cue]
    return found


def carry(chunks: Chunks, drafts: list[Draft]) -> list[Draft]:
    """A claim for each sentence-long quotation without a cue: the last direct speaker goes on.

    ``"…," Ruiz said. "…"``: a quotation that opens its sentence, in the same paragraph as
    Ruiz's or at the head of the next one, has no cue of its own; it joins the claim before it.
    """
    parse = chunks.parse
    held: set[int] = {
        k
        for d in drafts
        for part in (d.source, d.cue, d.content)
        for r in part
        for k in range(r.first, r.last)
    }
    order = sorted(drafts, key=lambda d: d.start)
    starts = [d.start for d in order]
    for k, s in enumerate(parse.sentences):
        deadline.check()
        if not parse.quotes[s.first] or any(i in held for i in range(s.first, s.last)):
            continue
        words = [i for i in range(s.first, s.last) if chunks.words[i][0].isalnum()]
        if len(words) < MIN_WORDS or any(not parse.quotes[i] for i in words):
            continue
        place = bisect_left(starts, s.first)
        if not place or not order[place - 1].content:
            continue
        last = order[place - 1]
        tail = max(r.last for part in (last.source, last.cue, last.content) for r in part)
        near = chunks.sentence[tail - 1]
        if (
            k - near <= 1
            and s.block - parse.sentences[near].block <= 1
            and any(parse.quotes[i] for r in last.content for i in range(r.first, r.last))
        ):
            run = Run(s.first, s.last)
            last.content.append(run)
            last.trace.append("a quotation without a cue goes on")
            held.update(range(s.first, s.last))
    return drafts
