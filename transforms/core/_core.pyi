"""The functions that ``module.c`` lists. Arrays are contiguous, of the type and shape that the C source gives."""

from collections.abc import Callable, Mapping, Sequence
from re import Match
from typing import Any, Protocol

from numpy.typing import NDArray

from dateline.transforms.language.clauses.draft import Draft
from dateline.transforms.language.clauses.noun_groups import NounGroup
from dateline.transforms.language.clauses.traits import GroupWords
from dateline.transforms.model import Clause, Oblique, Run, VerbGroup

Array = NDArray[Any]

SOURCE: int
"""The number of the source that it was built of."""

class Core(Protocol):
    """The module itself, as the type of something that may be missing."""

    def tokenize(
        self,
        text: str,
        start: int,
        end: int,
        match: Callable[[str, int, int], Match[str] | None],
        short: frozenset[str],
        stops: str,
        marks: frozenset[str],
        /,
    ) -> tuple[list[int], list[int], list[str], list[int], list[int]]: ...
    def story_words(self, text: str, key: Callable[[str], int], out: Array, /) -> int: ...
    def line_words(
        self,
        lines: list[str],
        lows: list[str],
        flags: dict[str, int],
        most: int,
        reach: int,
        rows: Array,
        /,
    ) -> tuple[list[list[str]], bytes, bytes]: ...
    def collapsed(self, text: str, /) -> bytes: ...
    def date_places(self, text: str, /) -> tuple[list[int], list[int]]: ...
    def read_markup(
        self,
        markup: str,
        does: dict[str, int],
        check: Callable[[], None],
        looks: Mapping[str, Any],
        plain: object,
        mark: Callable[[Any, str, str, int, tuple[int, ...]], tuple[str, tuple[int, ...]]],
        row: Callable[[], bool],
        time: Callable[[], None],
        put: Callable[[str, int, str, str, int, tuple[int, ...]], None],
        above: list[int],
        tags: list[str],
        /,
    ) -> bool: ...
    def flat_lines(self, text: str, /) -> tuple[list[int], list[int], list[int], list[int], list[int]]: ...
    def occurring(self, strings: tuple[str, ...], text: str, /) -> list[int]: ...
    def shared_words(self, themes: bytes, bounds: bytes, own: Array, run: Array, out: Array, /) -> None: ...
    def word_columns(
        self, words: Sequence[str], row: Callable[[str], Sequence[int]], known: dict[str, int], out: Array, /
    ) -> list[str]: ...
    def score(
        self,
        columns: Array,
        sentence: Array,
        reach: Array,
        slots: Array,
        salt: Array,
        primes: Array,
        bits: int,
        packed: Array,
        scale: Array,
        none: float,
        out: Array,
        /,
    ) -> None: ...
    def viterbi(
        self, scores: Array, transitions: Array, first: Array, starts: Array, out: Array, /
    ) -> None: ...
    def sentence_items(
        self,
        letters: str,
        words: Sequence[str],
        low: Sequence[str],
        first: int,
        last: int,
        group_words: GroupWords,
        /,
    ) -> tuple[str, list[int], list[int], list[NounGroup | None], list[VerbGroup | None]]: ...
    def clause_records(
        self,
        kinds: str,
        firsts: list[int],
        lasts: list[int],
        nouns: list[NounGroup | None],
        low: Sequence[str],
        drafts: list[Draft],
        markers: set[int],
        number: int,
        base: int,
        fields: tuple[str, ...],
        types: tuple[type[Clause], type[Run], type[Oblique]],
        /,
    ) -> list[Clause]: ...
    def leaves(
        self,
        rows: Array,
        size: int,
        features: tuple[Array, ...],
        thresholds: tuple[Array, ...],
        leaves: Array,
        out: Array,
        /,
    ) -> None: ...
    def claim_columns(
        self, words: Array, places: Array, parts: Array, strong: int, out: Array, /
    ) -> None: ...
