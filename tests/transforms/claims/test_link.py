"""Which pieces belong to one claim."""

from __future__ import annotations

import pytest

from dateline.transforms import language
from dateline.transforms.claims.chunks import Chunks
from dateline.transforms.claims.draft import Piece
from dateline.transforms.claims.link import link
from tests.quality.bare import bare_article

SAID = "“It leaked,” Feld said."


@pytest.mark.parametrize(
    ("behind", "goes_on"),
    [("“It was old, and it sank at once.”", True), ("The town waits for a new ferry.", False)],
)
def test_only_a_quotation_goes_on_in_the_next_paragraph(behind: str, goes_on: bool) -> None:
    article = bare_article(f"{SAID}\n{behind}")
    parse = language.parse(article)
    first = parse.words.index("Feld")
    count = len(parse.words)
    pieces = [
        Piece("content", 0, first),
        Piece("source", first, first + 1),
        Piece("cue", first + 1, first + 2),
        Piece("content", first + 3, count),
    ]
    (draft,) = link(parse, Chunks(article.text, parse, "en"), pieces, "test")
    assert (draft.content[-1].last == count) is goes_on
