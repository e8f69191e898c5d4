"""Which source, which cue and which content belong together."""

from __future__ import annotations

from collections.abc import Sequence

from transforms.claims.chunks import Chunks
from transforms.claims.draft import Draft, Piece, Run
from transforms.model import Parse

_BETWEEN = {"cue": 14, "source": 10, "content": 4}
"""What a piece of each role that lies between two others adds to their distance."""
SENTENCE = 40
QUOTE = 8
AHEAD = 3
SOURCE_REACH = 45
CONTENT_REACH = 80
MAX_PIECES = 120
"""Pieces of one block that are linked; a paragraph with more is no prose."""


class _Linker:
    def __init__(self, parse: Parse, chunks: Chunks, block: int, pieces: Sequence[Piece], rule: str) -> None:
        self.rule = rule
        self.parse, self.chunks, self.block = parse, chunks, block
        self.pieces = list(pieces[:MAX_PIECES])
        self.before = [0]
        for p in self.pieces:
            self.before.append(self.before[-1] + _BETWEEN[p.role])
        self.sentence = chunks.sentence

    def distance(self, i: int, j: int) -> int:
        """Tokens between two pieces, more where other pieces, sentences or quotations lie between them."""
        i, j = min(i, j), max(i, j)
        a, b = self.pieces[i], self.pieces[j]
        gap = b.first - a.last + self.before[j] - self.before[i + 1]
        gap += SENTENCE * abs(self.sentence[a.first] - self.sentence[b.first])
        if "source" in (a.role, b.role) and self.parse.quotes[a.first] != self.parse.quotes[b.first]:
            gap += QUOTE
        return gap

    def link(self) -> list[Draft]:
        where = {role: [k for k, p in enumerate(self.pieces) if p.role == role] for role in _BETWEEN}
        drafts = {k: Draft(self.block, self.rule, cue=[self.pieces[k].run]) for k in where["cue"]}
        if not drafts:
            return []
        taken: set[int] = set()
        for cost, cue, source in sorted(
            (self.distance(c, s), c, s) for c in where["cue"] for s in where["source"]
        ):
            if cost < SOURCE_REACH and source not in taken and not drafts[cue].source:
                drafts[cue].source = [self.pieces[source].run]
                taken.add(source)
        for content in where["content"]:
            piece = self.pieces[content]
            cost, cue = min(
                (self.distance(c, content) - (AHEAD if self.pieces[c].last <= piece.first else 0), c)
                for c in where["cue"]
            )
            if cost < CONTENT_REACH:
                drafts[cue].content.append(piece.run)
        made = [d for d in drafts.values() if d.content]
        for draft in made:
            self.drop_strays(draft)
            if not draft.source:
                self.find_source(draft, made)
        return made

    def drop_strays(self, draft: Draft) -> None:
        """Content of another sentence stays only where it is quoted, or where the cue has no other."""
        home = self.sentence[draft.cue[0].first]
        near = [r for r in draft.content if self.sentence[r.first] <= home <= self.sentence[r.last - 1]]
        if near:
            draft.content = [r for r in draft.content if r in near or self.parse.quotes[r.first]]

    def find_source(self, draft: Draft, others: list[Draft]) -> None:
        """The subject of a cue whose source carries no label of its own.

        The noun phrase before the cue, after an inverted cue, or (``X said …, adding that …``) the
        source of the claim before it in the sentence.
        """
        cue = draft.cue[0]
        used = [r for p in self.pieces for r in [p.run]]
        found = self.chunks.subject(cue, used)
        if found is not None:
            draft.source = [found]
            draft.trace.append("source: the noun phrase at the cue")
            return
        for other in reversed([o for o in others if o is not draft and o.source]):
            run = other.source[0]
            if run.last <= cue.first and self.sentence[run.first] == self.sentence[cue.first]:
                draft.source = [run]
                draft.trace.append("source: shared with the cue before it")
                return


def link(parse: Parse, chunks: Chunks, pieces: Sequence[Piece], rule: str) -> list[Draft]:
    """Claims of an article in the order of its text; pieces are linked within their block.

    Content at the start of a block without any cue goes on from the claim of the block before
    when that one ended in an open quotation.
    """
    by_block: dict[int, list[Piece]] = {}
    for piece in pieces:
        by_block.setdefault(parse.sentences[chunks.sentence[piece.first]].block, []).append(piece)
    drafts: list[Draft] = []
    for block in sorted(by_block):
        held = by_block[block]
        made = _Linker(parse, chunks, block, held, rule).link()
        first = held[0]
        if not made and first.role == "content" and drafts and drafts[-1].block == block - 1:
            drafts[-1].content += [p.run for p in held if p.role == "content"]
            drafts[-1].block = block
            drafts[-1].trace.append("content goes on in the next paragraph")
        drafts += made
    return drafts


def free(run: Run, used: Sequence[Run]) -> bool:
    """Whether a run touches none of the others."""
    return all(run.last <= u.first or run.first >= u.last for u in used)
