"""Quotations: those in no claim yet, announced by a colon or continued by the previous speaker, and contents that end within one."""

from __future__ import annotations

from bisect import bisect_left

from dateline.transforms import deadline
from dateline.transforms.claims.context import Context, cue_tokens, tokens
from dateline.transforms.claims.draft import Draft, Drafts, Run
from dateline.transforms.language.tokens import MARKS

MIN_WORDS = 5
"""Fewer quoted words are a name or an irony, not a statement."""


def announced(context: Context, drafts: Drafts) -> Drafts:
    """``Ruiz also said:`` at the end of a paragraph, and a quotation that opens the next one."""
    chunks, sentences = context.chunks, context.parse.sentences
    held = {chunks.sentence[k] for k in cue_tokens(drafts)}
    for colon in chunks.colons if context.quoted else ():
        here = chunks.sentence[colon]
        s, q = sentences[here], sentences[min(here + 1, len(sentences) - 1)]
        if colon != s.last - 1 or q.block == s.block or here in held:
            continue
        number = chunks.parse.quotes[q.first]
        if not number or not context.spoken(s.first) or not context.spoken(q.first):
            continue
        cue = next(
            (
                k
                for k in range(s.last - 1, s.first, -1)
                if chunks.tags[k] in ("VBD", "VBZ") and context.says(k)
            ),
            None,
        )
        source = chunks.subject(Run(cue, cue + 1), ()) if cue is not None else None
        if cue is None or source is None:
            continue
        last = q.first
        while last < len(chunks.words) and chunks.parse.quotes[last] == number:
            last += 1
        made = Draft(
            cue,
            s.block,
            "quote.announced",
            source=(source,),
            cue=(Run(cue, cue + 1),),
            content=(Run(q.first, last),),
            trace=("a colon announces the quotation of the next paragraph",),
        )
        kept = tuple(d for d in drafts if d.cue or not any(q.first <= r.first < last for r in d.content))
        drafts = (*kept, made)
    return tuple(sorted(drafts, key=lambda d: d.start))


def continued(context: Context, drafts: Drafts) -> Drafts:
    """A sentence-long quotation without a cue joins the claim before it: the last direct speaker goes on.

    ``"…," Ruiz said. "…"``: it opens its sentence, in the same paragraph as Ruiz's or at the head of the next one.
    """
    chunks, parse = context.chunks, context.parse
    order = sorted(drafts, key=lambda d: d.start)
    if not context.quoted:
        return tuple(order)
    held = tokens(drafts)
    starts = [d.start for d in order]
    for k, s in enumerate(parse.sentences):
        deadline.check()
        if not parse.quotes[s.first] or any(i in held for i in range(s.first, s.last)):
            continue
        words = [i for i in range(s.first, s.last) if chunks.words[i][0].isalnum()]
        if len(words) < MIN_WORDS or any(not parse.quotes[i] for i in words):
            continue
        place = bisect_left(starts, s.first) - 1
        if place < 0 or not order[place].content:
            continue
        last = order[place]
        near = chunks.sentence[max(r.last for r in last.runs) - 1]
        close = k - near <= 1 and s.block - parse.sentences[near].block <= 1
        if close and last.quoted(parse.quotes):
            order[place] = last.but(
                "a quotation without a cue continues the claim", content=(*last.content, Run(s.first, s.last))
            )
            held.update(range(s.first, s.last))
    return tuple(order)


def whole(context: Context, drafts: Drafts) -> Drafts:
    """Contents within a quotation of several sentences hold all of it: ``“We left. We will sue,” Ruiz added``.

    For languages without tags, whose patterns read one sentence. A quotation without its closing mark is left as it is.
    """
    if not context.quoted:
        return drafts
    held = tokens(drafts)
    return tuple(d.but(content=tuple(_quotation(context, d, r, held) for r in d.content)) for d in drafts)


def _quotation(context: Context, draft: Draft, run: Run, held: set[int]) -> Run:
    quotes, words = context.parse.quotes, context.chunks.words
    number = quotes[run.last - 1]
    if not number or quotes[run.first] != number:
        return run
    first, last = run
    while first > 0 and quotes[first - 1] == number:
        first -= 1
    while last < len(quotes) and quotes[last] == number:
        last += 1
    added = {*range(first, run.first), *range(run.last, last)}
    closes = last - first > 1 and words[last - 1] in MARKS
    same = context.block(first) == context.block(last - 1) == draft.block
    return Run(first, last) if added and closes and same and held.isdisjoint(added) else run
