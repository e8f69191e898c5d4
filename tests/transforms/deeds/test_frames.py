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
        # The same verb of persons and of things.
        ("The board fired its coach.", "SANCTION"),
        ("The clerk was fired.", "SANCTION"),
        ("The gunman fired four times.", "ASSAULT"),
        ("Korda fired home from 20 yards.", None),
        ("The board dismissed two teachers.", "SANCTION"),
        ("The court released two prisoners.", "RETREAT"),
        ("Nine were released.", "RETREAT"),
        ("The firm released a patch.", None),
        ("Detectives questioned a guard.", "INVESTIGATE"),
        ("Police held three men.", "COERCE"),
        ("Divers saved a boy.", "AID"),
        ("The mill will save two million euros.", None),
        ("The minister visited Norland today.", "CONSULT"),
        ("The minister visited the mill.", None),
        ("The envoys held weekend talks.", "CONSULT"),
        ("The state faced stiff local and foreign criticism.", "ACCUSE"),
        ("Farmers blocked the road.", "PROTEST"),
        ("Snow blocked the road.", None),
        ("Bad weather forced two ships back.", None),
        ("The army forced two ships back.", "COERCE"),
        ("The court extended her remand.", "COERCE"),
        ("The firm extended the deadline.", None),
        ("Prisoners began a hunger strike.", "PROTEST"),
        ("The jets launched a strike.", "ASSAULT"),
        ("Two guards were killed in a bombing.", "ASSAULT"),
        ("Two guards were killed in a crash.", None),
        ("The firm is suing the city for damages.", "ACCUSE"),
        ("The sides failed to reach a deal.", "REJECT"),
        ("The army completed its withdrawal.", "RETREAT"),
        ("The board called off the strike.", "RETREAT"),
        ("The state cancelled talks.", "SANCTION"),
        ("Doctors handed over 700 kg of medicine.", "AID"),
        ("The council declared a state of emergency.", "COERCE"),
        ("Officers were called to the quay.", "REQUEST"),
        ("A missile flew over the island.", "MOBILIZE"),
        ("The agency sent two inspectors to the plant.", "INVESTIGATE"),
        ("The sailor was pronounced dead.", None),
        ("Hanna Feld hurt her wrist.", None),
        ("Two guards were hurt by a bomb.", "ASSAULT"),
        ("The man is fighting extradition.", None),
        ("Troops fought the rebels.", "ASSAULT"),
        ("The union suspended the walkout.", "RETREAT"),
        ("The boats will go back on display.", None),
        ("The bank will fund the purchase with new debt.", None),
        ("The state will fund the clinic.", "AID"),
        ("Doctors treated two sailors.", "AID"),
    ],
)
def test_what_a_deed_is_as_a_political_act(text: str, root: str | None) -> None:
    assert [c.plover for c in read(text) if c.kind == "did"] == [root]


@pytest.mark.parametrize(
    ("text", "actor", "recipient"),
    [
        ("The state faced fierce criticism.", None, "The state"),
        ("The club signed Paulo Reis.", "The club", "Paulo Reis"),
        ("The president named Ana Ruiz as her successor.", "The president", "Ana Ruiz"),
        ("Detectives questioned Ana Ruiz.", "Detectives", "Ana Ruiz"),
        ("The firm released a patch.", "The firm", None),
        ("Ana Ruiz was pronounced dead.", None, "Ana Ruiz"),
        ("The court released two prisoners.", "The court", "two prisoners"),
        # "He" is anybody too, and "afterwards" nobody.
        ("She was questioned for nine hours.", None, None),
        ("He was dismissed in May.", None, None),
        ("The pope named Tomas Arriola as archbishop.", "The pope", "Tomas Arriola"),
        # With what something was done is nobody.
        ("The mayor presented Ana Ruiz with a medal.", "The mayor", "Ana Ruiz"),
        ("Prosecutors charged Ana Ruiz with fraud.", "Prosecutors", "Ana Ruiz"),
        ("The state armed the rebels with drones.", "The state", "the rebels"),
        ("Peter Lang served this company with distinction.", "Peter Lang", "this company"),
        ("Hanna Feld hurt her wrist.", "Hanna Feld", None),
        ("Norvik offered shareholders a premium of 31% to the last close.", "Norvik", None),
        ("The firm paid Ana Ruiz 40,000 euros.", "The firm", "Ana Ruiz"),
        ("The firm paid tribute to Ana Ruiz.", "The firm", "Ana Ruiz"),
        ("Jonas Feld is due to visit the area tomorrow.", "Jonas Feld", "the area"),
        ("The mayor called a public meeting.", "The mayor", None),
    ],
)
def test_whom_a_deed_was_done_to(text: str, actor: str | None, recipient: str | None) -> None:
    (claim,) = read(text)
    assert (claim.kind, claim.speaker, claim.recipient_name) == ("did", actor, recipient)


def test_a_preposition_of_its_object_is_none_of_its_verb() -> None:
    assert [
        c.plover for c in read("Ana Ruiz called it a good day for Tarn. Ana Ruiz called for a vote.")
    ] == [
        "SUPPORT",
        "REQUEST",
    ]
