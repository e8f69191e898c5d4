"""Bounds of clauses: spans stay in their sentence, each item takes a token, and endless input takes linear time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.transforms.language.clauses import items, noun_groups, verb_groups
from dateline.transforms.model import Run
from tests.transforms.language.test_clauses import parsed

WORDS = [
    "the",
    "a",
    "Ruiz",
    "Duran",
    "said",
    "signed",
    "was",
    "were",
    "has",
    "been",
    "to",
    "by",
    "of",
    "in",
    "on",
    "Tuesday",
    "and",
    "or",
    ",",
    ".",
    ";",
    ":",
    '"',
    "(",
    ")",
    "—",
    "who",
    "which",
    "that",
    "because",
    "after",
    "when",
    "killed",
    "arrested",
    "meeting",
    "will",
    "not",
    "plans",
    "51",
    "'s",
    "said,",
    "дом",
    "東京",
    "is",
    "set",
]


@given(st.lists(st.sampled_from(WORDS), max_size=60))
@settings(max_examples=300, deadline=None)
def test_spans_stay_in_their_sentence(drawn: list[str]) -> None:
    parse = parsed(" ".join(drawn))
    heads = [c.verb.head for c in parse.clauses]
    assert heads == sorted(set(heads))
    for n, c in enumerate(parse.clauses):
        s = parse.sentences[c.sentence]
        runs = [
            Run(c.first, c.last),
            Run(c.verb.first, c.verb.last),
            *c.objects,
            *(o.phrase for o in c.obliques),
        ]
        runs += [r for r in (c.subject, c.complement) if r is not None]
        assert all(s.first <= r.first < r.last <= s.last for r in runs)
        assert c.first <= c.verb.first <= c.verb.head < c.verb.last <= c.last
        assert c.encloser is None or c.encloser != n
        seen, above = 0, c.encloser
        while above is not None and seen < 200:
            seen, above = seen + 1, parse.clauses[above].encloser
        assert above is None, "a clause encloses itself"


@pytest.mark.parametrize(
    "text",
    [
        "He said " + "that she said " * 10_000 + "so.",
        "word " * 20_000,
        "run " * 5_000,
        "was killed " * 5_000,
        "Ruiz " * 5_000,
        "who which that " * 3_000,
        "the man , " * 3_000 + "left.",
        "“he said “" * 2_000,
        "( he left " * 2_000,
        "Ruiz \u0441\u043a\u0430\u0437\u0430\u043b \u6771\u4eac \u0642\u0627\u0644 left " * 1_000,
    ],
)
def test_endless_input_takes_linear_time(text: str) -> None:
    parsed("Ruiz left.")  # models load once a process
    began = time.process_time()
    parsed(text)
    assert time.process_time() - began < 5


VERBS = ("was", "plans", "said", "got", "set", "due", "all", "up", "would", "to", "told", "monday", "going")
AUXILIARIES = ("was", "would")
FEW_WORDS = ("four", "14", "2024", "90th", "may", "monday", "last", "this", "in", "of", "today", "&")


@given(
    st.lists(st.tuples(st.sampled_from("dsjnNymp0qrVGcitkDbhM,"), st.sampled_from(FEW_WORDS)), max_size=12)
)
def test_each_item_takes_a_token(tokens: list[tuple[str, str]]) -> None:
    letters, low = "".join(c for c, _ in tokens), [word for _, word in tokens]
    for at in range(len(low)):
        noun = noun_groups.noun_group(letters, low, at, len(low))
        assert noun is None or (at <= noun.head < noun.last and noun.first < noun.last <= len(low))
    found = items.items(letters, low, low, 0, len(low))
    assert len(found.kinds) <= 3 * len(low)
    assert all(first < last for first, last in zip(found.firsts, found.lasts, strict=True))


@given(
    st.lists(
        st.tuples(st.sampled_from("dsjjnnNNymp0qrVGcit,.TbD"), st.sampled_from(FEW_WORDS)),
        min_size=1,
        max_size=14,
    )
)
@settings(max_examples=500)
def test_plain_noun_groups_are_read_as_all_others(tokens: list[tuple[str, str]]) -> None:
    letters, low = "".join(c for c, _ in tokens), [word for _, word in tokens]
    for at in range(len(letters)):
        if letters[at] != "p":
            plain = noun_groups.noun_group(letters, low, at, len(letters))
            assert plain == noun_groups.noun_group_by_letter(letters, low, at, len(letters))


@given(
    st.lists(
        st.tuples(st.sampled_from('bMtBDZVGhridjnmy0kxf"1'), st.sampled_from(VERBS)), min_size=1, max_size=7
    )
)
@settings(max_examples=1000)
def test_plain_verb_groups_are_read_as_all_others(tokens: list[tuple[str, str]]) -> None:
    letters, low = "".join(c for c, _ in tokens), [word for _, word in tokens]
    for at, letter in enumerate(letters):
        plain = verb_groups.verb_group(letters, low, low, at, len(letters))
        # A quotation that begins within a group, and an auxiliary with the tag of a full verb, are left to the
        # letters before them.
        read_alike = letters[at + 1 : at + 2] != '"' and (letter in "bMht1" or low[at] not in AUXILIARIES)
        if letter in verb_groups.STARTS and read_alike:
            assert plain == verb_groups.verb_group_by_letter(letters, low, low, at, len(letters))
