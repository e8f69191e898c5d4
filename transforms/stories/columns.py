"""A profile in columns, as it is stored: one line of JSON with its numbers in base64."""

from __future__ import annotations

import binascii
import json
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from pydantic_core import to_json

from dateline.transforms.stories.numbers import Number
from dateline.transforms.stories.slots import Slot

FORM = 2
"""The version of profiles and keys. It is raised when their meaning changes, and then articles are read again."""
SCALE = 65_535
"""The weight of a word is kept as a whole number of this part of 1."""

Hashes = npt.NDArray[np.unsignedinteger]


class Day(NamedTuple):
    """A resolved day (or two or three) of the text: ordinals, half open; its certainty; the position of its
    words."""

    start: int
    end: int
    certainty: str
    at: int
    until: int


class Columns(NamedTuple):
    """The fields of a :class:`~dateline.transforms.stories.profile.Profile`.

    Keys and hashes are uint32, ``weights`` uint16 in parts of :data:`SCALE`; ``places`` has rows of a key and its position, by
    the order of keys; ``runs`` is the number of runs of words that the sketch was chosen of.
    """

    article_id: str
    published: int | None
    language: str
    size: int
    terms: Hashes
    weights: Hashes
    rare: Hashes
    head: Hashes
    names: Hashes
    numbers: Sequence[Number]
    days: Sequence[Day]
    sketch: Hashes
    runs: int
    places: Hashes
    place: str | None
    agency: str | None
    domain: str | None
    publisher: str | None
    slots: Sequence[Slot]

    def line(self) -> str:
        """The columns as one line of JSON."""
        return to_json(
            {
                "form": FORM,
                "article_id": self.article_id,
                "published": self.published,
                "language": self.language,
                "size": self.size,
                "terms": _packed(self.terms),
                "weights": _packed(self.weights),
                "rare": _packed(self.rare),
                "head": _packed(self.head),
                "names": _packed(self.names),
                "numbers": self.numbers,
                "days": self.days,
                "sketch": _packed(self.sketch),
                "of": self.runs,
                "places": _packed(self.places),
                "place": self.place,
                "agency": self.agency,
                "domain": self.domain,
                "publisher": self.publisher,
                "slots": [slot.pack() for slot in self.slots],
            }
        ).decode()

    @classmethod
    def of_line(cls, text: str) -> Columns | None:
        """The inverse of :meth:`line`; ``None`` for another version of it."""
        row = json.loads(text)
        if row.get("form") != FORM:
            return None
        return cls(
            article_id=row["article_id"],
            published=row["published"],
            language=row["language"],
            size=row["size"],
            terms=array_of(row["terms"], np.uint32),
            weights=array_of(row["weights"], np.uint16),
            rare=array_of(row["rare"], np.uint32),
            head=array_of(row["head"], np.uint32),
            names=array_of(row["names"], np.uint32),
            numbers=[Number(*n) for n in row["numbers"]],
            days=[Day(*d) for d in row["days"]],
            sketch=array_of(row["sketch"], np.uint32),
            runs=row["of"],
            places=array_of(row["places"], np.uint32).reshape(-1, 3),
            place=row["place"],
            agency=row["agency"],
            domain=row["domain"],
            publisher=row["publisher"],
            slots=[Slot.unpack(slot) for slot in row["slots"]],
        )


def _packed(numbers: Hashes) -> str:
    return binascii.b2a_base64(numbers.tobytes(), newline=False).decode("ascii")


def array_of(text: str, kind: type[np.unsignedinteger]) -> Hashes:
    """The numbers of a column of a line."""
    return np.frombuffer(binascii.a2b_base64(text), kind)
