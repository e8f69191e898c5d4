"""Which sentences the model of claims reads, and what it knows of their words."""

from __future__ import annotations

import pickle

import pytest

from dateline.transforms import language
from dateline.transforms.claims import features, roles
from tests.quality.bare import bare_article

RATES = features.Rates(
    {"say/V": 6, "accord/V": 6, "plan/V": 4, "also/R": 4}, {"said": "say", "says": "say", "planned": "plan"}
)


def words_read(*paragraphs: str, silent: frozenset[int] = frozenset()) -> str:
    parse = language.parse(bare_article("\n".join(paragraphs)))
    return " ".join(parse.words[k] for k in features.read(parse, RATES, silent).places)


def test_sentences_with_a_cue_or_a_quotation_are_read() -> None:
    assert words_read("The ferry sank at noon. Ilse Brandt said it was old. Nobody came.") == (
        "Ilse Brandt said it was old ."
    )
    assert (
        words_read("The ferry sank. “It was old. It leaked.” Nobody came.") == "“ It was old . It leaked . ”"
    )


def test_a_word_of_another_kind_must_be_a_cue_more_often() -> None:
    assert words_read("The town planned a bridge.") == "The town planned a bridge ."
    assert words_read("The town also has a bridge.") == ""


def test_blocks_that_are_silent_are_not_read() -> None:
    two = ("Brandt said it leaked.", "Feld said it sank.")
    assert words_read(*two, silent=frozenset([0])) == "Feld said it sank ."


def test_sentences_read_the_same_beside_others() -> None:
    one = "Feld said the ferry “leaked at once” on Monday."
    alone = features.read(language.parse(bare_article(one)), RATES)
    beside = features.read(
        language.parse(bare_article(f"Brandt said so.\nIt sank. {one} It was old.")), RATES
    )
    size = len(alone.places)
    for name, a, b in zip(features.COLUMNS, alone.columns, beside.columns, strict=True):
        assert a.tolist() == b[-size:].tolist(), name


def test_sequences_go_on_within_a_quotation() -> None:
    parse = language.parse(bare_article("“It leaked. It sank,” Feld said. Brandt said it was old."))
    found = features.read(parse, RATES)
    assert [parse.words[found.places[k]] for k in found.starts] == ["“", "Brandt"]


def test_a_parse_from_another_process_reads_the_same() -> None:
    parse = language.parse(
        bare_article("Ilse Brandt told reporters on 4 May 2021 that the ferry, “an old one”, had sunk.")
    )
    assert roles.pieces(pickle.loads(pickle.dumps(parse))) == roles.pieces(parse) != []


@pytest.mark.parametrize("word", ["said", "announces", "denying", "told"])
def test_forms_of_cues_are_known(word: str) -> None:
    parse = language.parse(bare_article(f"The ministry {word} it on Monday."))
    assert roles.cue_rates().words(parse).rate[2] >= features.STRONG
