"""Past forms that read like participles of the noun behind them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.transforms.language.clauses.garden_path import hidden_verb
from tests.timing import spent
from tests.transforms.language.test_clauses import clause, parsed, words


@pytest.mark.parametrize(
    ("text", "lemma", "subject"),
    [
        ("Governor Mike Tallow, who saw the site on Monday, ordered flags lowered.", "order", "Governor Mike Tallow"),
        ("The company, which is based in Oslo, posted losses of 3 million pounds.", "post", "The company"),
        ("The guard, who had been drinking, attacked passengers with a knife.", "attack", "The guard"),
        ("The ministry, in a letter sent on Tuesday, rejected claims of fraud.", "reject", "The ministry"),
        ("Duran, 51, whose party won the vote in May, named ministers on Monday.", "name", "Duran"),
        ("The guard, who had been drinking, attacked passengers, said police.", "attack", "The guard"),
        ("Donald Voss repeatedly demeaned women in the show.", "demean", "Donald Voss"),
        ("Voss, at a debate in Lund, cited derogatory remarks by Duran.", "cite", "Voss"),
        ("The team, beaten twice in a week, sacked coach Ana Ruiz.", "sack", "The team"),
        ("He said the port, which was hit in May, handled records of grain.", "handle", "the port"),
        ("While banks readily used bankruptcy to shed labor, they failed.", "use", "banks"),
        ("On Friday the union, which has 900 members, blocked roads in Lund.", "block", "the union"),
    ],
)  # fmt: skip
def test_the_only_verb_that_can_be_finite_has_its_subject(text: str, lemma: str, subject: str) -> None:
    parse = parsed(text)
    found = clause(parse, lemma)
    assert found.verb.finite and found.verb.voice == "active"
    assert words(parse, found.subject) == subject


@pytest.mark.parametrize(
    "text",
    [
        "Families want their own schools, despite the rise of publicly funded, privately operated charter schools.",
        "London's newly elected mayor resigned.",
    ],
)
def test_a_participle_before_its_noun_stays_one(text: str) -> None:
    verbs = {"operate", "elect", "rename", "use", "paint"}
    assert not [c for c in parsed(text).clauses if c.verb.lemma in verbs and c.verb.finite]


def test_a_possessive_goes_on_behind_an_adverb() -> None:
    parse = parsed("London's newly elected mayor resigned.")
    assert words(parse, clause(parse, "resign").subject) == "London 's newly elected mayor"


@pytest.mark.parametrize(
    ("letters", "verb"),
    [
        ("dn,wDin,Vnin.", 8),
        ("dn,Vi0,Vnin.", 7),
        # "The firm, founded in 1990, licensed traders in May, has 40 staff."
        ("dn,Vi0,VniN,Z0n.", None),
        # "Also on sale: tables, used cars, painted chairs."
        ("rin:n,Vn,Vn.", None),
        # "He met the chief, a lawyer, wanted men and a guard."
        ("pDdn,dn,Vncdn.", None),
    ],
)
def test_a_participle_has_the_place_of_a_verb(letters: str, verb: int | None) -> None:
    assert hidden_verb(letters, ["licensed"] * len(letters), 0, len(letters)) == verb


@given(st.text("dsjnNpirVDwWkTc,.0q;", max_size=60))
def test_any_letters_are_read(letters: str) -> None:
    at = hidden_verb(letters, ["passed"] * len(letters), 0, len(letters))
    assert at is None or letters[at] in "Vj"


def test_long_sentences_take_time_in_proportion() -> None:
    def seconds(n: int) -> float:
        letters = "dn,wDdn,rV" * n
        return spent(lambda: hidden_verb(letters, ["given"] * len(letters), 0, len(letters)), tries=5)

    assert seconds(4000) < 40 * max(seconds(400), 0.002)
