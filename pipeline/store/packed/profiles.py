"""The profile of an article as bytes: each word's number once, all else as places in that list.

Numbers of words and of runs of words are hashes, which do not compress; sorted, each is written as its distance from
the one before. The text of a profile (:meth:`dateline.transforms.stories.Profile.pack`) comes back byte for byte.
"""

from __future__ import annotations

import base64
import json
import struct
from collections.abc import Iterator, KeysView, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Any, overload

import numpy as np
import numpy.typing as npt
from pydantic_core import to_json

from dateline.pipeline.store.packed import codec
from dateline.transforms import stories

_AS_TEXT, _AS_NUMBERS = b"\x00", b"\x01"
"""The first byte: a profile of another form is kept as it was written."""
_FORM = 2
"""The form of profiles whose fields are known here."""
_AS_THEY_ARE = ("published", "language", "size", "place", "agency", "domain", "publisher")
"""The fields that JSON holds as the profile has them."""
_WORDS = ("rare", "terms", "head", "names")
"""The fields that are lists of words."""
_PLACE = 3
"""Numbers of a place: its word, its start, its end."""
_LENGTHS = struct.Struct("<IIII")
_UINT32, _UINT16 = np.dtype("<u4"), np.dtype("<u2")
_KINDS: tuple[np.dtype[Any], ...] = (_UINT32, _UINT32, _UINT16, _UINT16)
Numbers = npt.NDArray[Any]


def pack(text: str, ids: Sequence[str] = ()) -> bytes:
    """The text of a profile as bytes. ``ids`` are strings that it names: :func:`unpack` must be given them again."""
    row = json.loads(text)
    try:
        if row["form"] == _FORM:
            return _AS_NUMBERS + _pack(row, ids)
    except (LookupError, TypeError, ValueError):
        pass
    return _AS_TEXT + codec.compress(text.encode())


def unpack(data: bytes, ids: Sequence[str] = ()) -> str:
    """The text that :func:`pack` was given. Raises ValueError for damaged bytes."""
    if data[:1] == _AS_TEXT:
        return codec.decompress(data[1:]).decode()
    try:
        row = _unpack(codec.decompress(data[1:]), ids)
    except (LookupError, TypeError, struct.error) as error:
        raise ValueError(f"a profile that is damaged: {error}") from error
    return to_json(row).decode()


def line_of(data: bytes) -> bytes:
    """All of a packed profile but its hashes, as JSON."""
    plain = codec.decompress(data[1:])
    return plain[_ends(plain)[-1] :]


def read(data: bytes, ids: Sequence[str] = (), words: bool = True) -> stories.Profile | None:
    """The profile that was packed, made without its text; ``None`` for one of another form.

    Without ``words`` it has only what days and sources of a story are read from: no word, no place of a word, and no
    event, so that the article's own id is all that ``ids`` need. Raises ValueError for damaged bytes.
    """
    if data[:1] == _AS_TEXT:
        return stories.unpack(codec.decompress(data[1:]).decode())
    try:
        plain = codec.decompress(data[1:])
        return _whole(plain, ids) if words else _told(plain, ids)
    except (LookupError, TypeError, struct.error) as error:
        raise ValueError(f"a profile that is damaged: {error}") from error


def rare(data: bytes) -> Numbers | None:
    """The rare words of a profile, which are all that keys are made of; ``None`` for one of another form."""
    if data[:1] == _AS_TEXT:
        return stories.unpack_rare(codec.decompress(data[1:]).decode())
    vocabulary, _, _, places, _ = _parts(codec.decompress(data[1:]))
    return vocabulary[places]


def _pack(row: dict[str, Any], ids: Sequence[str]) -> bytes:
    lists = [_decoded(row[name], _UINT32) for name in _WORDS]
    places = _decoded(row["places"], _UINT32).reshape(-1, _PLACE)
    loose = [noun for _, noun in row["numbers"]]
    for slot in row["slots"]:
        loose += slot[3]
        loose += slot[4]
        loose += (noun for _, noun in slot[10])
    every = np.concatenate([*lists, places[:, 0], np.array(loose, _UINT32)])
    vocabulary, found = np.unique(every, return_inverse=True)
    at = iter(found.tolist())
    made = dict(row)
    places_of_rare = np.array([next(at) for _ in lists[0]], _UINT16)
    for name, numbers in zip(_WORDS[1:], lists[1:], strict=True):
        made[name] = _steps([next(at) for _ in range(len(numbers))])
    made["places"] = [
        _steps([next(at) for _ in range(len(places))]),
        places[:, 1].tolist(),
        (places[:, 2] - places[:, 1]).tolist(),
    ]
    made["numbers"] = [[value, next(at)] for value, _ in row["numbers"]]
    slots = []
    numbers_of = {name: n for n, name in enumerate(ids)}
    for slot in row["slots"]:
        terms, names = (_steps([next(at) for _ in slot[n]]) for n in (3, 4))
        event = numbers_of.get(slot[1], slot[1])
        counted = [[value, next(at)] for value, _ in slot[10]]
        slots.append([slot[0], event, slot[2], terms, names, *slot[5:10], counted])
    made["days"] = list(zip(*row["days"], strict=True))
    made["slots"] = list(zip(*slots, strict=True))
    made["article_id"] = numbers_of.get(row["article_id"], row["article_id"])
    weights, sketch = _decoded(row["weights"], _UINT16), _decoded(row["sketch"], _UINT32)
    made["weights"] = made["sketch"] = made["rare"] = None
    lengths = _LENGTHS.pack(len(vocabulary), len(sketch), len(weights), len(places_of_rare))
    hashes = _planes(_distances(vocabulary)) + _planes(_distances(sketch))
    arrays = hashes + _planes(weights) + _planes(places_of_rare)
    return codec.compress(lengths + arrays + to_json(made))


def _ends(data: bytes) -> list[int]:
    """Where the arrays begin, and where the last one ends."""
    sizes = (n * kind.itemsize for n, kind in zip(_LENGTHS.unpack_from(data), _KINDS, strict=True))
    ends = list(accumulate(sizes, initial=_LENGTHS.size))
    if len(data) < ends[-1]:
        raise ValueError("a profile that is cut short")
    return ends


def _parts(data: bytes) -> tuple[Numbers, Numbers, Numbers, Numbers, bytes]:
    """The words, the sketch, the weights, the places of rare words among the words, and all else."""
    ends = _ends(data)
    arrays = (_of_planes(data[a:b], kind) for a, b, kind in zip(ends, ends[1:], _KINDS, strict=False))
    words, sketch, weights, rare_places = arrays
    return (
        np.cumsum(words, dtype=_UINT32),
        np.cumsum(sketch, dtype=_UINT32),
        weights,
        rare_places,
        data[ends[-1] :],
    )


def _whole(data: bytes, ids: Sequence[str]) -> stories.Profile:
    vocabulary, sketch, weights, rare, line = _parts(data)
    row = json.loads(line)
    words = vocabulary.tolist()

    def named(steps: Sequence[int]) -> Iterator[int]:
        return map(words.__getitem__, accumulate(steps))

    return stories.Profile(
        article_id=_named(row["article_id"], ids),
        **{name: row[name] for name in _AS_THEY_ARE},
        terms=dict(zip(named(row["terms"]), (weights / stories.SCALE).tolist(), strict=True)),
        rare=tuple(map(words.__getitem__, rare.tolist())),
        head=frozenset(named(row["head"])),
        names=frozenset(named(row["names"])),
        numbers=frozenset(stories.Number(value, words[n]) for value, n in row["numbers"]),
        days=_days(row),
        sketch=stories.Sketch(tuple(sketch.tolist()), row["of"]),
        places=_Places(row["places"], words),
        slots=_Slots(row["slots"], words, ids),
    )


def _told(data: bytes, ids: Sequence[str]) -> stories.Profile:
    row = json.loads(data[_ends(data)[-1] :])
    nothing: frozenset[Any] = frozenset()
    return stories.Profile(
        article_id=ids[-1] if ids else row["article_id"],
        **{name: row[name] for name in _AS_THEY_ARE},
        terms={},
        rare=(),
        head=nothing,
        names=nothing,
        numbers=nothing,
        days=_days(row),
        sketch=stories.Sketch((), 0),
        places={},
        slots=_Slots(row["slots"]),
    )


def _days(row: dict[str, Any]) -> tuple[stories.Day, ...]:
    return tuple(map(stories.Day, *row["days"])) if row["days"] else ()


class _Places(Mapping[int, tuple[int, int]]):
    """The places of words in a packed profile, made when they are looked at: only those of links ever are."""

    def __init__(self, columns: list[list[int]], words: Sequence[int]) -> None:
        self._columns = columns
        self._words = words

    @cached_property
    def _made(self) -> dict[int, tuple[int, int]]:
        at, starts, sizes = self._columns
        words = map(self._words.__getitem__, accumulate(at))
        return dict(zip(words, zip(starts, map(int.__add__, starts, sizes), strict=True), strict=True))

    def __len__(self) -> int:
        return len(self._columns[0])

    def __iter__(self) -> Iterator[int]:
        return iter(self._made)

    def __getitem__(self, word: int) -> tuple[int, int]:
        return self._made[word]

    def keys(self) -> KeysView[int]:
        return self._made.keys()


class _Slots(Sequence[stories.Slot], stories.InColumns):
    """The slots of a packed profile, made when they are looked at: most pairs are no story, and theirs never are."""

    def __init__(
        self, columns: list[list[Any]], words: Sequence[int] | None = None, ids: Sequence[str] = ()
    ) -> None:
        self._columns = columns or [[] for _ in stories.Slot._fields]
        self._words = words
        self._ids = ids

    @cached_property
    def _made(self) -> tuple[stories.Slot, ...]:
        rows = zip(*self._columns, strict=True)
        return tuple(map(self._bare if self._words is None else self._slot, rows))

    def _slot(self, row: Sequence[Any]) -> stories.Slot:
        kind, event, sentence, terms, names, day, certainty, at, near, zone, numbers = row
        assert self._words is not None
        word = self._words.__getitem__
        return stories.Slot(
            kind, _named(event, self._ids), tuple(sentence), frozenset(map(word, accumulate(terms))),
            frozenset(map(word, accumulate(names))), tuple(day) if day else None, certainty,
            tuple(at) if at else None, near, zone, frozenset(stories.Number(value, word(n)) for value, n in numbers),
        )  # fmt: skip

    def _bare(self, row: Sequence[Any]) -> stories.Slot:
        kind, _, sentence, _, _, day, certainty, at, near, zone, _ = row
        nothing: frozenset[Any] = frozenset()
        return stories.Slot(
            kind, None, tuple(sentence), nothing, nothing, tuple(day) if day else None, certainty,
            tuple(at) if at else None, near, zone, nothing,
        )  # fmt: skip

    def columns(self) -> stories.Columns:
        kinds, _, _, terms, _, days, _, _, _, _, numbers = self._columns
        words = self._words
        told = [] if words is None else [words[n] for steps in terms for n in accumulate(steps)]
        sizes = [0] * len(kinds) if words is None else list(map(len, terms))
        return stories.Columns(sizes, np.array(told, np.uint32), kinds, days, list(map(bool, numbers)))

    def __len__(self) -> int:
        return len(self._columns[0])

    @overload
    def __getitem__(self, at: int) -> stories.Slot: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[stories.Slot]: ...
    def __getitem__(self, at: int | slice) -> stories.Slot | Sequence[stories.Slot]:
        return self._made[at]

    def __iter__(self) -> Iterator[stories.Slot]:
        return iter(self._made)


def _unpack(data: bytes, ids: Sequence[str]) -> dict[str, Any]:
    vocabulary, sketch, weights, places_of_rare, line = _parts(data)
    row: dict[str, Any] = json.loads(line)
    row["article_id"] = _named(row["article_id"], ids)
    row["rare"] = _encoded(vocabulary[places_of_rare])
    for name in _WORDS[1:]:
        row[name] = _encoded(vocabulary[_sums(row[name])])
    at, starts, sizes = row["places"]
    row["places"] = _encoded(
        np.column_stack([vocabulary[_sums(at)], starts, np.add(starts, sizes)]).astype(_UINT32)
    )
    row["numbers"] = [[value, int(vocabulary[n])] for value, n in row["numbers"]]
    row["days"] = list(map(list, zip(*row["days"], strict=True)))
    row["slots"] = list(_unpacked_slots(row["slots"], vocabulary, ids))
    row["weights"], row["sketch"] = _encoded(weights), _encoded(sketch)
    return row


def _unpacked_slots(columns: list[list[Any]], vocabulary: Numbers, ids: Sequence[str]) -> Iterator[list[Any]]:
    for slot in zip(*columns, strict=True):
        terms, names = (vocabulary[_sums(slot[n])].tolist() for n in (3, 4))
        numbers = [[value, int(vocabulary[n])] for value, n in slot[10]]
        yield [slot[0], _named(slot[1], ids), slot[2], terms, names, *slot[5:10], numbers]


def _named(event: Any, ids: Sequence[str]) -> Any:
    return ids[event] if isinstance(event, int) else event


def _decoded(text: str, kind: np.dtype[Any]) -> Numbers:
    return np.frombuffer(base64.b64decode(text), kind)


def _encoded(numbers: Numbers) -> str:
    return base64.b64encode(numbers.tobytes()).decode("ascii")


def _steps(numbers: Sequence[int]) -> list[int]:
    """Each number as the distance from the one before: small where they are sorted."""
    return [b - a for a, b in zip((0, *numbers), numbers, strict=False)]


def _sums(steps: Sequence[int]) -> list[int]:
    return list(accumulate(steps))


def _distances(numbers: Numbers) -> Numbers:
    """The same of sorted hashes. Raises ValueError for others, which would not fit."""
    made = np.diff(numbers.astype(np.int64), prepend=0)
    if made.size and made.min() < 0:
        raise ValueError("hashes that are not sorted")
    return made.astype(_UINT32)


def _planes(numbers: Numbers) -> bytes:
    """The first bytes of all numbers, then the second ones: those of the high bytes are mostly equal."""
    return numbers.view(np.uint8).reshape(len(numbers), -1).T.tobytes()


def _of_planes(data: bytes, kind: np.dtype[Any]) -> Numbers:
    planes = np.frombuffer(data, np.uint8).reshape(kind.itemsize, -1)
    return np.ascontiguousarray(planes.T).view(kind).reshape(-1)
