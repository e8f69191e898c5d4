"""Article → Claims: runs the passes and makes the records."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.transforms.claims import grammar, passes
from dateline.transforms.claims.chunks import Chunks
from dateline.transforms.claims.context import Context
from dateline.transforms.claims.draft import Draft, Run
from dateline.transforms.claims.speakers import Speakers
from dateline.transforms.language import lemma
from dateline.transforms.model import Article, Claim, Parse, Span, span_of

_PUNCTUATION = frozenset(",.;:-–—")
MAX_DRAFTS = 2000
MIN_REPEATED = 20
"""Least characters of a content that is kept once if the page repeats it."""


def extract(
    article: Article, parse: Parse, mode: str = "model", context: Context | None = None
) -> tuple[Claim, ...]:
    """Who said what, in the order of the text. ``mode`` ``rules`` does without the trained model.

    ``context`` is that of the article where it is made already.

    Never raises; an article in a language without cue words has no claims.
    """
    context = context or Context(article, parse)
    if not context.words.verbs or not parse.words:
        return ()
    drafts = passes.run(context, model=mode == "model")
    if not drafts:
        return ()
    starts = {d.key: d.start for d in drafts}

    def place(d: Draft) -> tuple[int, bool, int]:
        # Who is cited before the citing claim ("Citing the ministry, CNN reported") still comes behind it.
        cited = d.rule == "nested.citing"
        start = max(d.start, starts.get(d.outer, 0)) if cited and d.outer is not None else d.start
        return start, cited, d.key

    return _claims(article, context, sorted(drafts, key=place)[:MAX_DRAFTS])


def _trim(chunks: Chunks, run: Run) -> Run:
    """A run without punctuation at its edges."""
    first, last = run
    while last - first > 1 and chunks.words[first] in _PUNCTUATION:
        first += 1
    while last - first > 1 and chunks.words[last - 1] in _PUNCTUATION:
        last -= 1
    return Run(first, last)


def _claims(article: Article, context: Context, drafts: Sequence[Draft]) -> tuple[Claim, ...]:
    speakers = Speakers(context.names)
    made = [_claim(article, context, draft, speakers) for draft in drafts]
    repeated = _repeated(article, drafts, made)
    index: dict[int, int] = {}
    for n, draft in enumerate(drafts):
        if n not in repeated:
            index[draft.key] = len(index)
    kept = [(c, d.outer) for n, (c, d) in enumerate(zip(made, drafts, strict=True)) if n not in repeated]
    return tuple(
        c if (at := index.get(up) if up is not None else None) is None else c.model_copy(update={"outer": at})
        for c, up in kept
    )


def _repeated(article: Article, drafts: Sequence[Draft], claims: Sequence[Claim]) -> set[int]:
    """The claims that the page makes twice (a carousel, an excerpt), but once.

    The first counts, unless it stands in a line without a full stop: a deck that repeats the lead.
    """
    seen: dict[tuple[str, ...], int] = {}
    dropped: set[int] = set()
    for n, claim in enumerate(claims):
        key = (
            claim.lemma,
            " ".join(s.exact for s in claim.source).casefold(),
            " ".join(" ".join(s.exact.split()) for s in claim.content).casefold(),
        )
        first = seen.get(key)
        if first is None or len(key[2]) <= MIN_REPEATED:
            seen[key] = n
        elif _open(article, drafts[first]) and not _open(article, drafts[n]):
            dropped.add(first)
            seen[key] = n
        else:
            dropped.add(n)
    return dropped


def _open(article: Article, draft: Draft) -> bool:
    """Whether the block of a draft ends without punctuation."""
    block = article.blocks[draft.block]
    return article.text[block.start : block.end].rstrip()[-1:].isalnum()


def _claim(article: Article, context: Context, draft: Draft, speakers: Speakers) -> Claim:
    parse, chunks = context.parse, context.chunks

    def spans(runs: Sequence[Run]) -> tuple[Span, ...]:
        return tuple(span_of(article.text, parse.starts[r.first], parse.ends[r.last - 1]) for r in runs)

    speaker = speakers.resolve(draft.source[0]) if draft.source else None
    if not draft.source and draft.cue and not context.tagged:
        speaker = speakers.dropped(draft.cue[0])
    trace = list(draft.trace)
    if speaker is not None:
        trace.append(f"speaker: {speaker.how}")
    at = context.head(draft.cue[0]) if draft.cue else -1
    clause = context.clause_at(at)
    return Claim(
        kind=draft.kind,
        source=spans(draft.source),
        cue=spans(draft.cue),
        lemma=draft.lemma or (_lemma(context, at) if at >= 0 and chunks.words[at][0].isalnum() else "say"),
        content=spans([_trim(chunks, r) for r in draft.content]),
        speaker=speaker.name if speaker else None,
        role=speaker.role if speaker else None,
        recipient=spans([draft.recipient])[0] if draft.recipient else None,
        quotation=grammar.quotation(chunks, draft.content) if draft.kind == "said" else None,
        modality=grammar.modality(
            chunks, draft, clause.verb if clause is not None and clause.verb.head == at else None
        ),
        section=article.blocks[draft.block].section,
        rule=draft.rule,
        trace=tuple(trace),
    )


def _lemma(context: Context, at: int) -> str:
    """The base form of a verb; its printed form in a language without tags, whose endings are not known."""
    return lemma(context.chunks.words[at]) if context.tagged else context.chunks.low[at]
