"""Tokens, quotations, sentences, tags and base forms, each on sentences of our own."""

from __future__ import annotations

import io
import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.transforms import language
from dateline.transforms.language import linear, tokens
from dateline.transforms.language.linear import Linear
from dateline.transforms.model import Parse, span_of
from tests.quality.bare import bare_article

PROSE = st.text(
    alphabet=st.sampled_from(list("abcdefgh ABCD.,:;!?\"'“”‘’«»()-–—0123456789\n éßя私أن\u00a0")),
    max_size=300,
)


def parsed(text: str, code: str = "en") -> Parse:
    return language.parse(bare_article(text, code))


def sentences(text: str, code: str = "en") -> list[str]:
    return [text[s.start : s.end] for s in parsed(text, code).sentences]


PIECES = st.lists(
    st.sampled_from([
        "a", "Ruiz", "don", "can", "n't", "'", "’", "s", "http://", "www.", "A.", "Mr.", "mr.", "p.m.", "St", "-", "--", "‑",
        "..", ".", ":", ",", "(", '"', "“", "@", "#", "_", "5", "3.4", "é", "É", "١", " ", "  ", "\n", "\x1c", "\u3000",
    ]),
    max_size=14,
)  # fmt: skip


@given(PIECES, st.integers(0, 3))
@settings(max_examples=300, deadline=None)
def test_plain_tokens_are_those_of_the_general_pattern(pieces: list[str], start: int) -> None:
    text = "".join(pieces)
    starts, ends, words, *_ = tokens.tokenize(text, min(start, len(text)), len(text))
    found = list(tokens.TOKEN.finditer(text, min(start, len(text))))
    assert [m.span() for m in found] == list(zip(starts, ends, strict=True))
    assert [m.group() for m in found] == words


def test_blanks_behind_the_last_token_cost_no_square() -> None:
    assert tokens.tokenize("a" + " " * 200_000, 0, 200_001)[2] == ["a"]


FEATURES = linear.Templates.of(["w", "tag"], ["w", "w tag"])


@given(
    st.lists(st.lists(st.integers(-127, 127), min_size=9, max_size=9), min_size=4, max_size=4),
    st.lists(st.integers(0, 3), min_size=1, max_size=40),
)
def test_packed_weights_give_the_sums_of_the_numbers(weights: list[list[int]], rows: list[int]) -> None:
    stream = io.BytesIO()
    held = np.array(weights, dtype=np.float32)
    linear.save(
        Linear(tuple("abcdefghi"), held, np.zeros((9, 9), np.float32), np.zeros(9, np.float32)),
        stream,
        FEATURES,
    )
    stream.seek(0)
    packed = linear.unpack(stream, FEATURES)
    assert packed.bits == 2
    places = np.array([rows, rows[::-1]])
    scale = np.maximum(np.abs(held).max(axis=0), 1e-6) / 127
    expected = np.round(held / scale)[places].sum(axis=0) * scale
    np.testing.assert_allclose(packed.score(places), expected, rtol=1e-5, atol=1e-5)


def test_model_of_other_features_is_refused() -> None:
    stream = io.BytesIO()
    none = np.zeros((4, 2), np.float32)
    linear.save(Linear(("a", "b"), none, np.zeros((2, 2), np.float32), none[0]), stream, FEATURES)
    stream.seek(0)
    with pytest.raises(ValueError, match="trained on other features"):
        linear.unpack(stream, linear.Templates.of(["w", "tag"], ["w tag", "w"]))


@given(PROSE, st.sampled_from(["en", "de", "ar"]))
@settings(max_examples=150, deadline=None)
def test_every_token_and_sentence_stands_where_it_says(text: str, code: str) -> None:
    article = bare_article(text, code)
    parse = language.parse(article)
    columns = (parse.starts, parse.ends, parse.words, parse.tags, parse.quotes)
    assert len({len(c) for c in columns}) == 1
    for start, end, word in zip(parse.starts, parse.ends, parse.words, strict=True):
        assert text[start:end] == word and word.strip()
    assert list(parse.starts) == sorted(parse.starts)
    at = 0
    for s in parse.sentences:
        assert s.first == at < s.last
        at = s.last
        block = article.blocks[s.block]
        assert block.start <= s.start < s.end <= block.end
    assert at == len(parse.words)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dr. Amin left at 4.30 p.m. Nobody saw her.", ["Dr. Amin left at 4.30 p.m.", "Nobody saw her."]),
        ("The U.S. The allies agreed.", ["The U.S.", "The allies agreed."]),
        ("The U.S. Senate voted.", ["The U.S. Senate voted."]),
        ("R. J. Moss paid $2.5 million. It was late.", ["R. J. Moss paid $2.5 million.", "It was late."]),
        ("“We lost. We will be back.” She left.", ["“We lost.", "We will be back.”", "She left."]),
        ("“Why now?” asked Ruiz. Nobody knew.", ["“Why now?” asked Ruiz.", "Nobody knew."]),
        ("It cost No. 7 its place… but it stayed.", ["It cost No. 7 its place… but it stayed."]),
        ("Er kam spät. Niemand fragte.", ["Er kam spät.", "Niemand fragte."]),
        ("They meet at 7 p.m. Monday in Ohio.", ["They meet at 7 p.m. Monday in Ohio."]),
        ("It begins at 11:59 p.m. Tokyo time.", ["It begins at 11:59 p.m. Tokyo time."]),
        ("He left at 9 p.m. Guards saw him.", ["He left at 9 p.m.", "Guards saw him."]),
        ("He left at 9p.m. EST Friday.", ["He left at 9p.m. EST Friday."]),
        ("On Nov. 5 in Oslo J. Smith met Lee.", ["On Nov. 5 in Oslo J. Smith met Lee."]),
        ("It was signed in Nov. The vote failed.", ["It was signed in Nov.", "The vote failed."]),
        ("Sen. Bo Ray (D-Calif.) voted no.", ["Sen. Bo Ray (D-Calif.) voted no."]),
        ("She is at 10 Moor St. He is out.", ["She is at 10 Moor St.", "He is out."]),
        ("She waited . . . and left.", ["She waited . . . and left."]),
        ("1. Boil the water. 2. Wait.", ["1. Boil the water.", "2. Wait."]),
        ("“I left at 9 p.m.,” he said. Why?", ["“I left at 9 p.m.,” he said.", "Why?"]),
        ("They sell fish, meat, etc. Nobody came.", ["They sell fish, meat, etc.", "Nobody came."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "code", "count"),
    [
        ("Die Wahl ist am 3. Mai. Danach ist Ruhe.", "de", 2),
        ("Sie kamen bis zum 2. Advent und am Montag, 14. Dezember.", "de", 1),
        ("Im 3. Quartal sank der Umsatz.", "de", 1),
        ("Er kam am 3. Der Markt war zu.", "de", 2),
        ("Sie wurde Fünfte auf Platz 5. Danach ging sie.", "de", 2),
        ("Das Haus steht seit 1998. Mai und Juni waren warm.", "de", 2),
        ("I am 18. Every year counts.", "en", 2),
    ],
)
def test_a_german_ordinal_ends_no_sentence(text: str, code: str, count: int) -> None:
    assert len(language.parse(bare_article(text, code)).sentences) == count


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("at 7:30p.m. on Nov. 5", "at|7:30|p.m.|on|Nov.|5"),
        ("the U.S. and i.e. No. 5", "the|U.S.|and|i.e.|No.|5"),
        ("They didn't, can’t and won't.", "They|did|n't|,|ca|n’t|and|wo|n't|."),
        ("O'Brien's $3.5m, 4-2", "O'Brien|'s|$|3.5m|,|4-2"),
    ],
)
def test_an_abbreviation_and_a_contraction_are_tokens(text: str, tokens: str) -> None:
    assert "|".join(parsed(text).words) == tokens


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('He said "we are done" and left.', '" we are done "'),
        ("He said “we are done” and left.", "“ we are done ”"),
        ("Er sagte „wir gehen“ und ging.", "„ wir gehen “"),
        ("Il a dit « nous partons » hier.", "« nous partons »"),
        ("Er sagte »wir gehen« und ging.", "» wir gehen «"),
        ("(»Wir gehen«, sagte er.)", "» Wir gehen «"),
        ("Hon sade: »vi går» och gick.", "» vi går »"),
        ("Wir gehen«, sagte er. »Sie bleiben«, rief sie.", "» Sie bleiben «"),
        ("L'«affaire» reste close.", "« affaire »"),
        ("The club's fans sang 'bring it home' again.", "' bring it home '"),
        ("The workers' union met the drivers' union.", ""),
        ("“It was never closed,’’ he wrote later.", "“ It was never closed , ’’"),
    ],
)
def test_quotations_hold_their_words_and_marks(text: str, quoted: str) -> None:
    parse = parsed(text)
    assert " ".join(w for w, q in zip(parse.words, parse.quotes, strict=True) if q) == quoted


def test_a_quotation_is_numbered_anew_in_each_block() -> None:
    parse = parsed("“The first part goes on.\n“The second part ends,” she said.")
    numbers = [q for q in parse.quotes if q]
    assert sorted(set(numbers)) == [1, 2]
    assert parse.quotes[-1] == 0


def test_tags_tell_verbs_from_nouns() -> None:
    parse = parsed("The minister quietly visited three villages near the border.")
    tags = dict(zip(parse.words, parse.tags, strict=True))
    assert (tags["minister"], tags["visited"], tags["three"], tags["near"]) == ("NN", "VBD", "CD", "IN")
    assert set(parsed("Der Minister kam.", "de").tags) == {""}


@pytest.mark.parametrize(
    ("written", "base"),
    [
        ("said", "say"), ("Told", "tell"), ("declared", "declare"), ("urging", "urge"), ("denies", "deny"),
        ("stopped", "stop"), ("visited", "visit"), ("stressed", "stress"), ("agreed", "agree"), ("sought", "seek"),
        ("abstained", "abstain"), ("describing", "describe"), ("completed", "complete"), ("reaches", "reach"),
    ],
)  # fmt: skip
def test_base_forms(written: str, base: str) -> None:
    assert language.lemma(written) == base


@given(st.integers(1, 4), st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_the_best_path_is_the_best_of_all_paths(count: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    labels = 3
    model = Linear(
        ("a", "b", "c"),
        np.zeros((2, labels), dtype=np.float32),
        random.normal(size=(labels, labels)).astype(np.float32),
        random.normal(size=labels).astype(np.float32),
    )
    lengths = [count, 1, 3]
    starts = [0, count, count + 1]
    scores = random.normal(size=(sum(lengths), labels)).astype(np.float32)
    path = model.decode(scores, starts).tolist()
    for start, length in zip(starts, lengths, strict=True):

        def worth(p: tuple[int, ...], start: int = start) -> float:
            total = model.first[p[0]] + sum(scores[start + i, k] for i, k in enumerate(p))
            return float(total + sum(model.transitions[a, b] for a, b in itertools.pairwise(p)))

        best = max(itertools.product(range(labels), repeat=length), key=worth)
        assert worth(tuple(path[start : start + length])) == pytest.approx(worth(best), abs=1e-4)


@pytest.mark.parametrize(
    ("text", "word", "tag"),
    [
        ("Norvik reported a 12% fall in profit on Friday.", "fall", "NN"),
        ("The bank announced a $3 million cut in costs.", "cut", "NN"),
        ("He saw a 2 million invested in boats.", "invested", "VBN"),
        ("The shares that gained 12% fall on Friday.", "fall", "VBZ"),
    ],
)
def test_a_measure_with_an_article_stands_before_a_noun(text: str, word: str, tag: str) -> None:
    parse = parsed(text)
    assert parse.tags[parse.words.index(word)] == tag


def test_the_tagger_begins_anew_behind_a_dateline() -> None:
    text = "LUND, May 14, 2025 (Kestrel) - Nyman welcomed the verdict."
    at = text.index("Nyman")
    found = language.parse(bare_article(text), (span_of(text, 0, at - 1),))
    (clause,) = found.clauses
    assert clause.subject is not None and found.words[clause.subject.first] == "Nyman"


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        ("Nyman will present a law to parliament next week.", ["present"]),
        ("The crew hopes to mass-produce the hull.", ["mass-produce"]),
        ("The union plans to weaponize the delay.", ["weaponize"]),
    ],
)
def test_a_noun_behind_to_is_no_verb(text: str, verbs: list[str]) -> None:
    assert [
        c.verb.lemma
        for c in language.parse(bare_article(text)).clauses
        if c.verb.lemma not in ("hope", "plan")
    ] == verbs
