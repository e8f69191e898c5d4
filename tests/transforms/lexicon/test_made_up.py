"""A language is one folder: a tiny made-up one, written to a temporary folder, is read like any other."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.transforms import lexicon
from dateline.transforms.model import Envelope, RawArticle
from dateline.transforms.walk import walk

CODE = "qab"
PARTS = {
    "names": """
[months]
5 = ["kelmo", "kel."]
11 = ["sabro"]
[weekdays]
0 = ["dunlap"]
2 = ["trilap"]
""",
    "calendar": """
[triggers]
classes = ["MONTH", "WEEKDAY", "LONGDAY", "UNITS", "RELDAY"]
[classes.UNITS]
week = ["sevni"]
[classes.RELDAY]
-1 = ["hestra"]
1 = ["marga"]
[classes.CARDINAL]
3 = ["tolo"]
""",
    "tense": """
future = ["wilu"]
past = ["didu"]
""",
    "saying": """
verbs = "sadu"
that = "katu"
""",
    "frequent": """
words = "la lo eb katu wilu didu nu pra vo"
""",
    "furniture": """
[headers]
sections = ["meru novu"]
comments = ["skribu"]
[stamps]
published = ["publiku"]
labels = ["publiku"]
[bylines]
by = ["fra"]
""",
}
PAGE = """Publiku 13 kelmo 2026

Pontu la Harlow wilu opru
Fra Ana Ruiz

Mestra Ana Ruiz sadu katu la pontu vo Harlow wilu opru dunlap pra la kanu nu lo lagu eb la portu.

La pontu didu klosu hestra pra la stormu vo la nordu, eb la skolu vo Harlow didu klosu tolo sevni.

Meru novu
Skolu eb portu nu Brenton
Stormu vo la sudu
"""


@pytest.fixture
def made_up(tmp_path: Path) -> lexicon.Library:
    folder = tmp_path / CODE
    folder.mkdir()
    for name, text in PARTS.items():
        (folder / f"{name}.toml").write_text(text, "utf-8")
    return lexicon.Library(lexicon.BUILT_IN, tmp_path)


@pytest.fixture
def read(made_up: lexicon.Library) -> Envelope:
    with lexicon.using(made_up):
        return walk(RawArticle(content=PAGE, origin="made-up.txt"))


def test_language_is_found_by_its_folder_and_named_in_the_article(
    made_up: lexicon.Library, read: Envelope
) -> None:
    assert CODE in made_up.languages
    assert CODE not in lexicon.languages()
    assert read.article is not None
    assert read.article.language == CODE


def test_dates_are_read(read: Envelope) -> None:
    assert read.anchors is not None and read.times is not None
    assert read.anchors.published == "2026-05-13"
    assert [(t.span.exact, t.edtf) for t in read.times] == [
        ("dunlap", "2026-05-18"),
        ("hestra", "2026-05-12"),
        ("tolo sevni", None),
    ]


def test_claim_is_read(read: Envelope) -> None:
    assert read.claims is not None
    assert [("".join(s.exact for s in c.source), "".join(s.exact for s in c.cue)) for c in read.claims] == [
        ("Mestra Ana Ruiz", "sadu")
    ]


def test_boilerplate_is_left_out(read: Envelope) -> None:
    assert read.article is not None
    assert read.article.byline == "Ana Ruiz"
    assert "Brenton" not in read.article.text
    assert "Meru" not in read.article.text


def test_rooms_read_from_the_packaged_vocabulary_again(read: Envelope) -> None:
    again = walk(RawArticle(content=PAGE, origin="made-up.txt"))
    assert again.article is not None
    assert again.article.language != CODE
    assert again.claims == ()
