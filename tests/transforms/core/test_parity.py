"""The compiled core gives the bytes of the Python that it mirrors: for any text, any columns, and whole pages."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.transforms import core, identity, lexicon
from dateline.transforms.claims import features
from dateline.transforms.clean import forest, looks
from dateline.transforms.dateline import stamps
from dateline.transforms.errors import Rejection
from dateline.transforms.flat import flat_lines
from dateline.transforms.language import tags, tokens
from dateline.transforms.language.linear import Floats, Ints, Linear, Packed, Templates
from dateline.transforms.lexicon import literals
from dateline.transforms.model import Parse, RawArticle, Sentence
from dateline.transforms.stories import words as story_words
from dateline.transforms.walk import walk
from tests.benchmarks import material
from tests.seeds.pages import raw_articles
from tests.transforms.core.paths import BUILT, both, path

pytestmark = pytest.mark.skipif(
    BUILT is None, reason="the compiled core was not built here: there is nothing to compare"
)

PIECES = [
    "a", "Ruiz", "don", "can", "n't", "'", "’", "s", "http://", "www.", "A.", "Mr.", "mr.", "p.m.", "St", "-", "--", "‑",
    "..", ".", ":", ",", "(", '"', "“", "@", "#", "_", "5", "3.4", "2026", "é", "É", "İ", "ß", "١", "½", "²", "漢字", "私", "أن",
    "\ud800", "\U0001f600", "\U00020000", " ", "  ", "\n", "\x00", "\x1c", "\u3000", "\u200b", "\u0301", "U.S.", "O'Neill's",
    "workers'", "classes", "bus", "well-known", "1:30", "1,000", "http", "https:", "//", "www", "D-", "Sen.", "e.g.", "t", "n",
    "Monday", "MAY", "may", "3rd", "running", "Ended", "gave", "percent", "%", "NATO", "McDonald", "left", "AT&T", "&", "Don't", "won’t", "10a.m", "5p", "#", "``", "`", "''", "’’", "ve", "ll", "S", "O’", "X", "x.", "eBay.",
]  # fmt: skip
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=16).map("".join),
    st.text(max_size=60),
    st.text(st.characters(min_codepoint=0, max_codepoint=0x10FFFF, exclude_categories=()), max_size=30),
)
WORDS = TEXTS.map(lambda text: "".join(text.split())).filter(bool)


@given(TEXTS, st.integers(0, 5), st.integers(0, 5))
@settings(max_examples=500, deadline=None)
def test_tokens(text: str, before: int, behind: int) -> None:
    start = min(before, len(text))
    end = max(start, len(text) - behind)
    pure, compiled = both(lambda: tokens.tokenize(text, start, end))
    assert pure == compiled


@given(TEXTS)
@settings(max_examples=500, deadline=None)
def test_words_of_stories(text: str) -> None:
    pure, compiled = both(lambda: _columns(story_words.words(text)))
    assert pure == compiled


def _columns(found: story_words.Words) -> list[list[int]]:
    return [column.tolist() for column in (found.starts, found.ends, found.keys, found.kinds)]


@given(st.lists(WORDS, min_size=1, max_size=8))
@settings(max_examples=500, deadline=None)
def test_columns_of_words(words: list[str]) -> None:
    sentence = np.arange(len(words)) // 3
    pure, compiled = both(lambda: tags.columns(words, sentence).tolist())
    assert pure == compiled
    pure_looks, looks = both(lambda: tags.looks(words))
    assert pure_looks[0].tolist() == looks[0].tolist() and pure_looks[1] == looks[1]


LINE_PIECES = [
    *PIECES, "photo", "Advertisement", "may", "12.5.2026", "4:12pm", "10h30", "1/2/34", "…", "...", "|", "›", "،", "、", "«",
    "Foto", "(Reporting by Ana Ruiz)", "İstanbul", "ΟΔΟΣ", "harbour", "council", "¿", "。", "：", "_x", "٣:٢١",
]  # fmt: skip
LINES = st.lists(
    st.tuples(
        st.lists(st.sampled_from(LINE_PIECES), min_size=1, max_size=9), st.sampled_from([1, 1, 1, 30, 90])
    ),
    min_size=1,
    max_size=6,
).map(lambda drawn: [text for parts, times in drawn if (text := (" ".join(parts) * times).strip())])


@given(LINES.filter(bool), st.integers(0, 2**12 - 1))
@settings(max_examples=500, deadline=None)
def test_counts_of_lines(lines: list[str], marks: int) -> None:
    stops = frozenset(["a", "s", "漢字", "i̇", "council"])
    lows = [line.lower() for line in lines]
    own = np.array([bool(marks >> n & 1) for n in range(len(lines))])
    run = np.array([bool(marks >> n + 6 & 1) for n in range(len(lines))])

    def read() -> tuple[object, object, object]:
        words, themes, table = looks.counts(lines, lows, stops, looks.words_of(lexicon.library()))
        return words, table.tolist(), themes.shared(own, run).tolist()

    pure, compiled = both(read)
    assert pure == compiled


@given(st.one_of(TEXTS, LINES.map("\n \n".join)))
@settings(max_examples=500, deadline=None)
def test_lines_and_white_space_of_pages(text: str) -> None:
    pure, compiled = both(lambda: (identity.collapsed(text), flat_lines.__wrapped__(text)))
    assert pure == compiled


DATES = [
    "19",
    "20",
    "2026",
    "5",
    "12",
    "120",
    "1",
    "٣",
    "²",
    "/",
    "-",
    ".",
    " ",
    "\u3000",
    "A",
    "x",
    ":",
    "\n",
    "1920",
]


@given(st.lists(st.sampled_from(DATES), max_size=24).map("".join))
@settings(max_examples=1000, deadline=None)
def test_places_of_dates(text: str) -> None:
    pure, compiled = both(lambda: stamps.places(text))
    assert pure == compiled


@given(st.lists(WORDS, max_size=8), TEXTS)
@settings(max_examples=500, deadline=None)
def test_strings_that_occur(strings: list[str], text: str) -> None:
    every = (*strings, *(text[n : n + 4] for n in range(0, len(text), 5)))
    pure, compiled = both(lambda: literals.occurring(tuple(s for s in every if s), text))
    assert pure == compiled


def test_more_words_than_the_table_holds_at_first() -> None:
    lines = [" ".join(f"w{k}x{n}" for k in range(200)) for n in range(60)]
    known = looks.words_of(lexicon.library())
    pure, compiled = both(lambda: looks.counts(lines, lines, frozenset(["w1x1"]), known)[0])
    assert pure == compiled


@given(st.integers(0, 2**32 - 1), st.integers(1, 6), st.integers(1, 9), st.integers(0, 12))
@settings(max_examples=100, deadline=None)
def test_sums_of_trees(seed: int, depth: int, trees: int, size: int) -> None:
    draw = np.random.default_rng(seed)
    numbers = [draw.integers(-2, 3, trees << level).astype(np.float32) for level in range(depth + 1)]
    features = tuple(draw.integers(0, 5, trees << level, np.uint8) for level in range(depth))
    grown = forest.Forest(
        depth, trees, features, tuple(numbers[:depth]), draw.random(trees << depth, np.float32)
    )
    rows = draw.integers(-2, 3, (size, 5)).astype(np.float32)
    pure, compiled = both(lambda: grown.sums(rows).tobytes())
    assert pure == compiled


@st.composite
def _scored(draw: st.DrawFn) -> tuple[Templates, Ints, Ints, Packed]:
    """Templates, columns and sentences of tokens, and a model."""
    seed = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    names = [f"c{n}" for n in range(draw(st.integers(1, 6)))]
    reached = [f"{n}{by}" for n in names for by in ("", "-1", "+2", "-3")]
    templates = draw(
        st.lists(
            st.lists(st.sampled_from(reached), min_size=1, max_size=4).map(" ".join), min_size=1, max_size=70
        )
    )
    count = draw(st.integers(1, 40))
    columns = seed.integers(-(2**40), 2**40, (len(names), count))
    sentence = np.sort(seed.integers(0, 5, count))
    labels, bits = draw(st.integers(1, 30)), draw(st.integers(2, 8))
    bytes_ = seed.integers(1, 256, (1 << bits, -(-labels // 8) * 8)).astype(np.uint8)
    scale = seed.random(labels).astype(np.float32)
    empty = np.zeros((0, labels), np.float32)
    square, first = np.zeros((labels, labels), np.float32), np.zeros(labels, np.float32)
    held = tuple(map(str, range(labels)))
    model = Packed(held, empty, square, first, scale, bytes_.view(np.uint64))
    return Templates.of(names, templates), columns, sentence, model


@given(_scored())
@settings(max_examples=200, deadline=None)
def test_scores(scored: tuple[Templates, Ints, Ints, Packed]) -> None:
    templates, columns, sentence, model = scored
    pure, compiled = both(lambda: model.emissions(templates, columns, sentence))
    assert pure.tobytes() == compiled.tobytes() and pure.shape == compiled.shape


@given(st.integers(0, 2**32 - 1), st.integers(1, 60), st.integers(1, 9), st.booleans())
@settings(max_examples=300, deadline=None)
def test_paths(seed: int, count: int, labels: int, whole: bool) -> None:
    """Whole numbers bring ties: the first of equal labels wins."""
    draw = np.random.default_rng(seed)

    def numbers(*shape: int) -> Floats:
        found = draw.integers(-2, 3, shape) if whole else draw.normal(size=shape)
        return found.astype(np.float32)

    model = Linear(
        tuple(map(str, range(labels))), numbers(1, labels), numbers(labels, labels), numbers(labels)
    )
    scores = numbers(count, labels)
    starts = sorted({0, *draw.integers(0, count, draw.integers(0, 8)).tolist()})
    pure, compiled = both(lambda: model.decode(scores, starts).tolist())
    assert pure == compiled


@st.composite
def _parses(draw: st.DrawFn) -> Parse:
    """Tokens with any tags, sentences, blocks and quotations: more than articles have."""
    sizes = draw(st.lists(st.integers(1, 9), min_size=1, max_size=7))
    count = sum(sizes)
    words = draw(st.lists(st.sampled_from(["said", "Ruiz", "the", "it", "5", "bridge", ",", "told"]), min_size=count, max_size=count))  # fmt: skip
    kinds = draw(st.lists(st.sampled_from(["", *sorted(tags.KEPT)]), min_size=count, max_size=count))
    block, number = 0, 0
    sentences: list[Sentence] = []
    quotes: list[int] = []
    for size in sizes:
        block += draw(st.integers(0, 1))
        first = len(quotes)
        for _ in range(size):
            number += draw(st.sampled_from([0, 0, 0, 1]))
            quotes.append(number if draw(st.booleans()) else 0)
        sentences.append(Sentence(first, first + size, block, first, first + size))
    places = tuple(range(count))
    return Parse(tuple(sentences), places, places, tuple(words), tuple(kinds), tuple(quotes))


_RATES = {"say/V": 6, "tell/V": 5, "ruiz/N": 3, "the/D": 0, "bridge/N": 4, "it/P": 2}


@given(_parses())
@settings(max_examples=300, deadline=None)
def test_columns_of_claims(parse: Parse) -> None:
    rates = features.Rates(_RATES)
    pure, compiled = both(lambda: features.columns(parse, rates, *features.owners(parse)))
    for name, a, b in zip(features.COLUMNS, pure.tolist(), compiled.tolist(), strict=True):
        assert a == b, name


def _readings(raws: Sequence[RawArticle], compiled: core.Core | None) -> list[str]:
    found = []
    with path(compiled):
        for raw in raws:
            try:
                found.append(repr(walk(raw)))
            except Rejection as rejection:
                found.append(repr(rejection))
    return found


@pytest.mark.parametrize("kind", ["sample pages", "generated pages", "development pages"])
def test_pages(kind: str) -> None:
    if kind == "sample pages":
        raws = [raw for _, raw in raw_articles()]
    elif kind == "generated pages":
        raws = material.generated(20)
    else:
        raws = material.real_pages(60)
        if not raws:
            pytest.skip("the evaluation folder is not here")
    pure, compiled = _readings(raws, None), _readings(raws, BUILT)
    for raw, one, other in zip(raws, pure, compiled, strict=True):
        assert one == other, raw.origin


LONG = {
    "one word": "a" * 300_000,
    "capitals": "A" * 300_000,
    "hyphens": "a-" * 150_000,
    "stops": "." * 300_000,
    "abbreviations": "A." * 150_000,
    "blanks": "a" + " " * 300_000,
    "marks": "’" * 100_000,
    "digits": "1," * 150_000,
    "beyond the first plane": "\U0001f600" * 100_000,
}


@pytest.mark.parametrize("name", LONG)
@pytest.mark.timeout(60)
def test_long_runs(name: str) -> None:
    text = LONG[name]
    pure, compiled = both(lambda: tokens.tokenize(text, 0, len(text)))
    assert pure == compiled
    pure_words, compiled_words = both(lambda: _columns(story_words.words(text, len(text))))
    assert pure_words == compiled_words


def test_what_was_built_of_other_source_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.transforms.core._core.SOURCE", 1)
    assert core.built() is None


@pytest.mark.parametrize(("value", "used"), [("1", False), ("yes", False), ("0", True), ("", True)])
def test_the_environment_turns_it_off(value: str, used: bool) -> None:
    code = "from dateline.transforms import core; print(core.compiled is not None)"
    done = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | {core.PURE: value}, capture_output=True, text=True, check=True
    )  # fmt: skip
    assert done.stdout.strip() == str(used)
