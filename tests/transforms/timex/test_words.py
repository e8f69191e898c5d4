"""The tokens of the grammar are those of the shared parse, split or joined only at numbers and marks."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.transforms import language
from dateline.transforms.model import Article, Block, Parse
from dateline.transforms.timex.grammar import grammar
from dateline.transforms.timex.tokens import Token
from dateline.transforms.timex.words import FORMS


def parsed(text: str, code: str) -> Parse:
    block = Block(kind="paragraph", start=0, end=len(text), page_start=0)
    return language.parse(
        Article(article_id="", revision="", origin="", language=code, text=text, blocks=(block,))
    )


def tokens(text: str, code: str = "en") -> list[Token]:
    parse = parsed(text, code)
    return grammar(code).words.tokens(text, parse, 0, len(parse.words))


@pytest.mark.parametrize(
    ("code", "text", "written"),
    [
        ("en", "on 25/12/2019, at", ["on", "25/12/2019", ",", "at"]),
        ("en", "2019-03-05T10:30:00+02:00", ["2019-03-05T10:30:00+02:00"]),
        ("en", "2019-03-05 10:30 +0200 and", ["2019-03-05 10:30 +0200", "and"]),
        ("en", "in 1990 - 95 it", ["in", "1990 - 95", "it"]),
        ("en", "by 1990- 95.", ["by", "1990- 95", "."]),
        ("en", "in 2013. It", ["in", "2013", ".", "It"]),
        ("en", "mid-May", ["mid", "-", "May"]),
        ("en", "the 20th-century", ["the", "20th", "-", "century"]),
        ("en", "the '90s and 1980's", ["the", "'90s", "and", "1980's"]),
        ("en", "2013's first", ["2013", "'s", "first"]),
        ("en", "7pm 7:30p.m. 7 p.m.", ["7", "pm", "7:30", "p.m.", "7", "p.m."]),
        ("en", "Nov. 5 (Tues.)", ["Nov.", "5", "(", "Tues.", ")"]),
        ("en", "5 o’clock", ["5", "o’clock"]),
        ("en", "up 10.30% now", ["up", "10.30", "%", "now"]),
        ("en", "https://a.example/2019/05/13 now", ["https://a.example/2019/05/13", "now"]),
        ("en", "twenty-two days", ["twenty-two", "days"]),
        ("es", "las 18h30", ["las", "18h30"]),
        ("fr", "l’été", ["l’", "été"]),
        ("it", "dell'11 settembre", ["dell'", "11", "settembre"]),
        ("de", "im Jahr 146 v. Chr.", ["im", "Jahr", "146", "v. Chr."]),
    ],
)
def test_words_are_split_or_joined_where_the_grammar_needs_it(
    code: str, text: str, written: list[str]
) -> None:
    assert [text[t.start : t.end] for t in tokens(text, code)] == written


@given(st.text(alphabet="aMay '’-–/.:1290\n,%st", max_size=40), st.sampled_from(["en", "fr", "de"]))
def test_tokens_stand_in_order_and_hold_every_letter_and_digit(text: str, code: str) -> None:
    found = tokens(text, code)
    assert all(a.end <= b.start for a, b in pairwise(found))
    covered = {at for t in found for at in range(t.start, t.end)}
    assert all(at in covered for at, letter in enumerate(text) if letter.isalnum())


def test_a_gap_of_a_line_divides_two_tokens() -> None:
    assert [t.text for t in tokens("May\n\n5")] == ["may", "", "5"]


def test_remembered_forms_are_bounded() -> None:
    words = grammar("en").words
    for n in range(FORMS + 10):
        words.passes(f"word{n}")
    assert len(words._forms) <= FORMS
