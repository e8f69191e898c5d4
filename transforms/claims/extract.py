"""From an article to its claims."""

from __future__ import annotations

from collections.abc import Sequence

from transforms import lexicon
from transforms.claims import acts, contents, grammar, nest, patterns, quotes, repair, roles
from transforms.claims.chunks import Chunks
from transforms.claims.draft import Draft, Piece, Run
from transforms.claims.link import link
from transforms.claims.speakers import Speakers
from transforms.language import lemma
from transforms.model import Article, Claim, Parse, Span, span_of

_SILENT = frozenset(["caption", "headline", "post", "heading"])
"""Kinds of blocks that claim nothing: what they say, the article says itself."""
_PUNCTUATION = frozenset(",.;:-–—")
MAX_DRAFTS = 2000


def extract(article: Article, parse: Parse, mode: str = "model") -> tuple[Claim, ...]:
    """Who said or did what, in the order of the text. ``mode`` ``rules`` does without the trained model.

    Never raises; an article in a language without cue words has no claims.
    """
    words = lexicon.saying(article.language)
    if not words.verbs or not parse.words:
        return ()
    chunks = Chunks(article.text, parse)
    english = bool(parse.tags[0])
    silent = {k for k, b in enumerate(article.blocks) if b.kind in _SILENT}
    drafts = []
    if english and mode == "model":
        quoting = patterns.quoting(chunks)
        marked = [p for p in roles.pieces(parse) if chunks.sentence[p.first] not in quoting]
        drafts = link(parse, chunks, _spoken(chunks, marked, silent), "model.linked")
    # Sentences in which the model saw no claim are read by pattern (pages_dev: .80 to .87 found).
    full = {
        chunks.sentence[k]
        for d in drafts
        for part in (d.source, d.cue, d.content)
        for r in part
        for k in range(r.first, r.last)
    }
    drafts += link(
        parse, chunks, _spoken(chunks, patterns.pieces(chunks, words, full), silent), "pattern.linked"
    )
    if english:
        drafts += quotes.announced(chunks, lambda w: lemma(w) in words.verbs, drafts, silent)
    drafts.sort(key=lambda d: d.start)
    pairs: list[tuple[Draft, Draft]] = []
    if english:
        drafts = repair.repair(
            chunks,
            quotes.carry(chunks, drafts),
            pairs,
            lambda c, d: bool(d.cue) and lemma(c.words[grammar.head(c, d.cue[0])]) in words.verbs,
        )
        drafts = contents.bound(chunks, drafts, words.nouns)
        for inside, outside in contents.tails(chunks, drafts, silent, lambda base: base in words.verbs):
            if inside is not None:
                pairs.append((inside, outside))
                drafts = [d for d in drafts if d is not inside]
            if outside not in drafts:
                drafts.append(outside)
        for draft in drafts:
            if not any(outside is draft for _, outside in pairs):
                pairs += nest.citing(chunks, draft)
            pairs += nest.inner(chunks, draft, lambda base: base in words.verbs or acts.is_act(base))
    drafts += [inside for inside, _ in pairs]
    outer = {id(inside): outside for inside, outside in pairs}
    # Who is cited before the citing claim ("Citing the ministry, CNN reported") still comes behind it.
    cited = {id(d): outer[id(d)].start for d in drafts if d.rule == "nested.citing"}
    drafts.sort(
        key=lambda d: (max(d.start, cited.get(id(d), 0)), id(d) in cited, d.cue[0].first if d.cue else -1)
    )
    return _claims(article, chunks, drafts[:MAX_DRAFTS], outer)


def _spoken(chunks: Chunks, pieces: Sequence[Piece], silent: set[int]) -> list[Piece]:
    """Pieces that stand in blocks of the article's own prose."""
    return [p for p in pieces if chunks.parse.sentences[chunks.sentence[p.first]].block not in silent]


def _trim(chunks: Chunks, run: Run) -> Run:
    """A run without commas and stops at its edges."""
    first, last = run
    while last - first > 1 and chunks.words[first] in _PUNCTUATION:
        first += 1
    while last - first > 1 and chunks.words[last - 1] in _PUNCTUATION:
        last -= 1
    return Run(first, last)


def _claims(
    article: Article, chunks: Chunks, drafts: Sequence[Draft], outer: dict[int, Draft]
) -> tuple[Claim, ...]:
    speakers = Speakers(chunks)
    kept: list[Claim] = []
    index: dict[int, int] = {}
    seen: set[tuple[str, ...]] = set()
    for draft in drafts:
        claim = _claim(article, chunks, draft, speakers)
        key = (
            claim.lemma,
            " ".join(s.exact for s in claim.source).casefold(),
            " ".join(" ".join(s.exact.split()) for s in claim.content).casefold(),
        )
        # A page that repeats itself (a carousel, an excerpt) says each thing once.
        if key in seen and len(key[2]) > 20:
            continue
        seen.add(key)
        index[id(draft)] = len(kept)
        kept.append(claim)
    for draft in drafts:
        outside = outer.get(id(draft))
        if outside is not None and id(outside) in index and id(draft) in index:
            at = index[id(draft)]
            kept[at] = kept[at].model_copy(update={"outer": index[id(outside)]})
    return tuple(kept)


def _claim(article: Article, chunks: Chunks, draft: Draft, speakers: Speakers) -> Claim:
    parse = chunks.parse

    def spans(runs: Sequence[Run]) -> tuple[Span, ...]:
        return tuple(span_of(article.text, parse.starts[r.first], parse.ends[r.last - 1]) for r in runs)

    speaker = speakers.resolve(draft.source[0]) if draft.source else None
    trace = list(draft.trace)
    if speaker is not None:
        trace.append(f"speaker: {speaker.how}")
    at = grammar.head(chunks, draft.cue[0]) if draft.cue else -1
    return Claim(
        kind=draft.kind,
        source=spans(draft.source),
        cue=spans(draft.cue),
        lemma=lemma(chunks.words[at]) if at >= 0 else "say",
        content=spans([_trim(chunks, r) for r in draft.content]),
        speaker=speaker.name if speaker else None,
        role=speaker.role if speaker else None,
        recipient=spans([draft.recipient])[0] if draft.recipient else None,
        quotation=grammar.quotation(chunks, draft.content) if draft.kind == "said" else None,
        modality=grammar.modality(chunks, draft),
        section=article.blocks[draft.block].section,
        rule=draft.rule,
        trace=tuple(trace),
    )
