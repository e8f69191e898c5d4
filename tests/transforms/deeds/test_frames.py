"""The verb table, and which of its phrases a clause fits."""

from __future__ import annotations

import pytest

from dateline.transforms import lexicon
from tests.transforms.deeds.reading import read

TABLE = lexicon.deeds("en")


def test_the_table_holds_the_verbs_of_news() -> None:
    deeds = {
        p.split()[-1 if p.startswith("<") else 0] for f in TABLE.frame if f.kind == "did" for p in f.verbs
    }
    assert len(deeds) >= 800


def test_every_class_of_nouns_is_defined_and_used() -> None:
    named = {w[1:-1] for f in TABLE.frame for p in f.verbs for w in p.split() if w.startswith("<")}
    assert named == set(TABLE.nouns)


def test_two_frames_of_a_phrase_differ_in_their_object_or_voice() -> None:
    seen: dict[tuple[str, bool, bool, str | None], str] = {}
    for frame in TABLE.frame:
        for phrase in frame.verbs:
            takes = "object" in frame.to or "receiver" in frame.to
            key = (phrase, takes, frame.kind == "said", frame.voice)
            assert key not in seen, f"{phrase!r} stands in {seen[key]!r} and in {frame.meaning!r}"
            seen[key] = frame.meaning


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("The two states signed a treaty.", "AGREE"),
        ("Ana Ruiz signed a footballer.", None),
        ("Police arrested two men.", "COERCE"),
        ("Ana Ruiz and Jonas Feld held talks in Tarn.", "CONSULT"),
        ("The two sides held a ruined fort.", None),
        ("Dockers went on strike.", "PROTEST"),
        ("The army fired two missiles.", "ASSAULT"),
        ("The council imposed a curfew.", "COERCE"),
        ("The council imposed sanctions on the shipping line.", "SANCTION"),
        ("A storm hit the coast.", None),
        ("Rebels hit the coast.", "ASSAULT"),
        ("Two towns were badly hit.", None),
        ("The ministry showed support.", "SUPPORT"),
        ("Police used rubber bullets.", "ASSAULT"),
        ("Teachers struck in Tarn.", "PROTEST"),
        ("Prosecutors opened an investigation.", "INVESTIGATE"),
        ("The board opened a lock.", None),
        ("Sanctions were imposed by the council.", "SANCTION"),
        ("Doctors treated nine sailors.", "AID"),
        ("Jonas Feld resigned.", "RETREAT"),
    ],
)
def test_what_a_deed_is_as_a_political_act(text: str, root: str | None) -> None:
    assert [c.plover for c in read(text) if c.kind == "did"] == [root]
