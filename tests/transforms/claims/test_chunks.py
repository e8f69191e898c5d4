"""What is found in the tokens of an article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.transforms import language
from dateline.transforms.claims.chunks import Chunks
from dateline.transforms.claims.context import Context
from tests.quality.bare import bare_article

PIECES = [
    "Ruiz",
    " said",
    ":",
    " (",
    ")",
    "10:30",
    " - ",
    "--",
    "-",
    "well-known",
    "—",
    " “",
    "”",
    ". ",
    "\n",
    ":)",
    "é",
]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=30).map("".join))
def test_marks_are_the_tokens_that_are_these_marks(text: str) -> None:
    article = bare_article(text)
    parse = language.parse(article)
    chunks = Chunks(article.text, parse, "en")
    marks = (":", "-", "--", "—", "(")
    assert chunks.marks(*marks) == [k for k, word in enumerate(parse.words) if word in marks]
    assert chunks.colons == [k for k, word in enumerate(parse.words) if word == ":"]


@pytest.mark.parametrize(
    "text",
    [
        "Ruiz had not said that the bridge, which was closed in May, would reopen.",
        "The mayor resigned and left. She is going to sue the council.",
        "A quiet street.",
    ],
)
def test_the_clause_at_a_token_is_that_of_its_verb_group(text: str) -> None:
    article = bare_article(text)
    context = Context(article, language.parse(article))
    clauses = context.parse.clauses
    expected = {k: c for c in clauses for k in range(c.verb.first, c.verb.last)}
    for token in range(-1, len(context.parse.words)):
        assert context.clause_at(token) == expected.get(token)
