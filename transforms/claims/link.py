"""Links the sources, cues and contents that belong together."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.transforms.claims.chunks import Chunks
from dateline.transforms.claims.draft import Draft, Piece, Run
from dateline.transforms.model import Parse

_BETWEEN = {"cue": 14, "source": 10, "content": 4}
"""The distance that a piece of each role between two others adds."""
SENTENCE = 40
QUOTE = 8
AHEAD = 3
SOURCE_REACH = 45
CONTENT_REACH = 80
_CLOSING = frozenset('”»"“')
MAX_PIECES = 120
"""Pieces of one block that are linked at most; a paragraph with more is not prose."""


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
        if not where["cue"]:
            return []
        sources: dict[int, Run] = {}
        taken: set[int] = set()
        for cost, cue, source in sorted(
            (self.distance(c, s), c, s) for c in where["cue"] for s in where["source"]
        ):
            if cost < SOURCE_REACH and source not in taken and cue not in sources:
                sources[cue] = self.pieces[source].run
                taken.add(source)
        contents: dict[int, list[Run]] = {}
        for content in where["content"]:
            piece = self.pieces[content]
            cost, cue = min(
                (self.distance(c, content) - (AHEAD if self.pieces[c].last <= piece.first else 0), c)
                for c in where["cue"]
            )
            if cost < CONTENT_REACH:
                contents.setdefault(cue, []).append(piece.run)
        made: list[Draft] = []
        for cue in where["cue"]:
            if cue in contents:
                run = self.pieces[cue].run
                named = (sources[cue],) if cue in sources else ()
                kept = self.near(run, contents[cue])
                made.append(Draft(run.first, self.block, self.rule, source=named, cue=(run,), content=kept))
        return [d if d.source else self.with_source(d, made) for d in made]

    def near(self, cue: Run, content: list[Run]) -> tuple[Run, ...]:
        """Content of another sentence is kept only if it is quoted, or if the cue has no other."""
        home = self.sentence[cue.first]
        near = [r for r in content if self.sentence[r.first] <= home <= self.sentence[r.last - 1]]
        return tuple(r for r in content if not near or r in near or self.parse.quotes[r.first])

    def with_source(self, draft: Draft, others: list[Draft]) -> Draft:
        """The subject of a cue whose source carries no label of its own.

        The noun phrase before the cue, after an inverted cue, or (``X said …, adding that …``) the
        source of the claim before it in the sentence.
        """
        cue = draft.cue[0]
        found = self.chunks.subject(cue, [p.run for p in self.pieces])
        if found is not None:
            return draft.but("source: the noun phrase at the cue", source=(found,))
        for other in reversed([o for o in others if o is not draft and o.source]):
            run = other.source[0]
            if run.last <= cue.first and self.sentence[run.first] == self.sentence[cue.first]:
                return draft.but("source: shared with the cue before it", source=(run,))
        return draft


def link(parse: Parse, chunks: Chunks, pieces: Sequence[Piece], rule: str) -> tuple[Draft, ...]:
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
        follows = not made and held[0].role == "content" and bool(drafts) and drafts[-1].block == block - 1
        if follows and (parse.quotes[held[0].first] or _open(parse, chunks, block - 1)):
            more = tuple(p.run for p in held if p.role == "content")
            drafts[-1] = drafts[-1].but(
                "content continues in the next paragraph", content=(*drafts[-1].content, *more), block=block
            )
        drafts += made
    return tuple(drafts)


def _open(parse: Parse, chunks: Chunks, block: int) -> bool:
    """Whether a block ends within a quotation."""
    last = next((s.last for s in reversed(parse.sentences) if s.block == block), 0)
    return last > 0 and parse.quotes[last - 1] > 0 and chunks.words[last - 1] not in _CLOSING
