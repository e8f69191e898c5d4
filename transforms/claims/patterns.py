"""Finds sources, cues and contents by clause patterns, for every language and for English without its model.

A pattern is centred on a cue word: ``according to NP``, a quotation beside ``NP said`` or ``said NP``, and
``NP said (that) …``. The cue words are data.
"""

from __future__ import annotations

from collections.abc import Iterable

from dateline.transforms import deadline
from dateline.transforms.claims.chunks import Chunks
from dateline.transforms.claims.draft import Piece
from dateline.transforms.claims.tagged import Tagged
from dateline.transforms.claims.untagged import Untagged
from dateline.transforms.lexicon import Saying


def quoting(chunks: Chunks) -> set[int]:
    """Sentences in which somebody is ``quoted as saying``: patterns read these better than the model."""
    low, before = chunks.low, chunks.closed.before_saying
    saying = chunks.parse.places(chunks.closed.as_saying)
    return {chunks.sentence[k] for k in saying if k and low[k - 1] in before}


def pieces(chunks: Chunks, cues: Saying, among: Iterable[int]) -> list[Piece]:
    """The pieces of the sentences of these numbers, in the order of the text."""
    openers = cues.behind | cues.according_marks | chunks.closed.thus
    found: list[Piece] = []
    for number in among:
        deadline.check()
        s = chunks.parse.sentences[number]
        low = chunks.low[s.first : s.last]
        tagged = bool(chunks.tags[s.first])
        opened = not openers.isdisjoint(low)
        # Tagged verbs are cues by their base form.
        says = tagged or not cues.cues.isdisjoint(low)
        if not opened and not says:
            continue
        sentence = (Tagged if tagged else Untagged)(chunks, s.first, s.last, cues)
        if (opened and sentence.according()) or (says and sentence.verb()):
            found += sentence.found
    return sorted(found, key=lambda p: (p.first, p.last))
