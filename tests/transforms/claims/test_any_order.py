"""Sentences of news in any order are read without an error: what one sentence leaves behind meets any other."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.transforms.model import RawArticle
from dateline.transforms.walk import walk

SENTENCES = (
    "Ana Ruiz and Jan Berg told reporters on Monday that the wall was safe.",
    "They said that it would hold.",
    "The agency announced on Tuesday that North-Port-based firm Fisher Sand and Gravel won the contract to build the wall.",
    "Fisher Industries started work on the wall in March, a spokesman said.",
    "The company said it looked forward to the work.",
    "The firm said that it would hire 40 people.",
    "Fisher fell by 3 percent.",
    "The company denied the report.",
    "“We will appeal,” she said.",
    "Berg, 51, mayor of Lund, signed the order and left.",
    "He thanked her for the work.",
    "Ruiz KC was questioned by police and released.",
    "Northern Steel Corp and Lund Air Lines agreed to merge.",
    "The airline said the deal would close in May.",
    "Troops took the town, and rebels retook it.",
    "When asked whether the bridge was safe, the minister replied that it was.",
    "The two ministers met in Lund, where they signed a pact.",
    "Kim Dae-sung and Park accused the ministry of fraud.",
    "Police charged Ruiz with fraud, her lawyer said.",
    "The ministry called the charge “absurd”.",
    "Q: Did you know Berg?",
    "A: I met him in 2019.",
    "His sister, who left after the fire, sued the newspaper.",
    "According to the Herald, citing Ruiz, the mine will close.",
)

JOINED = (
    "Fisher Industries started work on the wall in March, a spokesman said. The agency announced that firm Ana Sand and"
    " Jan Gravel won the contract to build the wall. The company said it looked forward to the work."
)


def test_two_joined_persons_are_nobody_by_name() -> None:
    walk(RawArticle(content="LUND, May 14, 2025 (Kestrel) - " + JOINED, origin="page.txt"))


@given(
    st.lists(st.tuples(st.sampled_from(SENTENCES), st.sampled_from([" ", "\n\n"])), min_size=6, max_size=30)
)
@settings(max_examples=150, deadline=None)
def test_sentences_in_any_order_are_read(parts: list[tuple[str, str]]) -> None:
    text = "LUND, May 14, 2025 (Kestrel) - " + "".join(sentence + gap for sentence, gap in parts)
    envelope = walk(RawArticle(content=text + "\n" + " ".join(SENTENCES[:4]), origin="page.txt"))
    assert envelope.events is not None
    for claim in envelope.claims or ():
        for span in (*claim.source, *claim.cue, *claim.content):
            assert envelope.article is not None
            assert envelope.article.text[span.start : span.end] == span.exact
