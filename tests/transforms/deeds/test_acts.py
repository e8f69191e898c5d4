"""Acts and statements told apart by their objects, and who is no recipient."""

from __future__ import annotations

import pytest

from tests.transforms.deeds.reading import done, read


@pytest.mark.parametrize(
    ("text", "kind", "plover", "whom"),
    [
        ("A federal judge dismissed the suit on Monday.", "did", "REJECT", None),
        ("The court denied his appeal on Monday.", "did", "REJECT", None),
        ("His appeal was denied on Monday.", "did", "REJECT", "His appeal"),
        ("The Senate rejected the bill on Tuesday.", "did", "REJECT", None),
        ("Voters rejected the proposal in March.", "did", "REJECT", None),
        ("The governor ordered an inquiry on Monday.", "did", "INVESTIGATE", None),
        ("The firm announced a deal with Veltra on Monday.", "did", "AGREE", "Veltra"),
        ("The president dismissed the army chief on Sunday.", "did", "SANCTION", "the army chief"),
        ("The club fired coach Paul Lind on Sunday.", "did", "SANCTION", "coach Paul Lind"),
        ("The board named Ana Ruiz chief executive on Monday.", "did", None, "Ana Ruiz"),
        ("The minister denied the charges on Monday.", "said", "REJECT", None),
        ("The minister dismissed the claims as lies.", "said", "REJECT", None),
        ("The firm reported a loss of $3 million on Monday.", "said", None, None),
        ("Lawmakers proposed a bill on Friday.", "said", "REQUEST", None),
    ],
)
def test_an_object_tells_an_act_from_a_statement(
    text: str, kind: str, plover: str | None, whom: str | None
) -> None:
    (claim,) = read(text)
    assert (claim.kind, claim.plover) == (kind, plover)
    assert (claim.recipient.exact if claim.recipient else None) == whom


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Sales of furniture declined 6% in April.", "6% in April"),
        ("Exports dropped 3.2 percent in March.", "3.2 percent in March"),
        ("Support for the party slipped two points in May.", "two points in May"),
    ],
)
def test_by_how_much_something_moved_is_no_recipient(text: str, content: str) -> None:
    (claim,) = read(text)
    assert (claim.kind, claim.recipient, claim.plover) == ("did", None, None)
    assert [c.exact for c in claim.content] == [content]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The dam was inspected in March and found to be sound.", (None, "find", "The dam", "asserted")),
        ("Feld was arrested and forced to leave Lund.", (None, "force", "Feld", "asserted")),
        ("The crew was stopped and ordered to leave.", (None, "order", "The crew", "asserted")),
        ("Ruiz was convicted of fraud and sentenced to two years.", (None, "sentence", "Ruiz", "asserted")),
        ("Ruiz was arrested and confessed to the theft.", ("Ruiz", "confess", None, "asserted")),
    ],
)
def test_a_joined_passive_keeps_its_voice_before_an_infinitive(
    text: str, expected: tuple[str | None, str, str | None, str]
) -> None:
    assert expected in done(text)


def test_who_is_cited_is_no_part_of_what_was_done() -> None:
    deed = next(
        c for c in read("Two towns were evacuated, according to the governor, Ana Ruiz.") if c.kind == "did"
    )
    assert deed.content == ()


@pytest.mark.parametrize(
    ("text", "kind", "lemma", "plover"),
    [
        ("The prime minister, Ulf Nyman, welcomed the verdict.", "said", "welcome", "SUPPORT"),
        ("Nyman welcomed the king at the quay.", "did", "welcome", "CONSULT"),
        ("The mayor thanked the crew on Monday.", "said", "thank", "SUPPORT"),
        ("Ana Ruiz defended the decision.", "said", "defend", "SUPPORT"),
        ("The minister apologised for the delay.", "said", "apologise", "SUPPORT"),
        ("The president threatened sanctions.", "said", "threaten", "THREATEN"),
        ("The union demanded answers.", "said", "demand", "REQUEST"),
        ("Nyman is expected to present a new law next week.", "did", "present", None),
        ("The council is due to vote on Monday.", "did", "vote", None),
    ],
)
def test_a_verb_of_saying_says_something_by_its_object(
    text: str, kind: str, lemma: str, plover: str | None
) -> None:
    (claim,) = read(text)
    assert (claim.kind, claim.lemma, claim.plover) == (kind, lemma, plover)


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("A gunman opened fire on the edge of Lund on Tuesday.", None),
        ("A gunman opened fire on a bus on the edge of Lund.", "a bus"),
        ("Troops attacked on the outskirts of Lund.", None),
        ("The government blocked that on Monday.", None),
        ("The government blocked this bill on Monday.", "this bill"),
    ],
)
def test_a_place_and_a_demonstrative_are_no_recipients(text: str, whom: str | None) -> None:
    (claim,) = read(text)
    assert (claim.recipient.exact if claim.recipient else None) == whom


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Colin Marsh, 63, stabbed retired teacher Peter Hallam, 71.", ("Colin Marsh", "stab", "Peter Hallam", "asserted")),
        ("Troops killed wanted rebel Ali Daud on Monday.", ("Troops", "kill", "Ali Daud", "asserted")),
        ("Police were called and arrested Marsh at the scene.", ("Police", "arrest", "Marsh", "asserted")),
        ("Lind was awarded a medal in 1995 and retired in 2003.", ("Lind", "retire", None, "asserted")),
        ("The ship was hit and sank on Monday.", ("The ship", "sink", None, "asserted")),
        ("Ruiz was arrested and released on Monday.", (None, "release", "Ruiz", "asserted")),
        ("The Senate confirmed Laura Whitcomb as trade chief.", ("The Senate", "confirm", "Laura Whitcomb", "asserted")),
        ("The court held Marsh, who had denied murder but stabbed his cousin.", ("The court", "hold", "Marsh", "asserted")),
    ],
)  # fmt: skip
def test_a_slip_of_the_tagger_makes_no_deed(
    text: str, expected: tuple[str | None, str, str | None, str]
) -> None:
    found = done(text)
    first = {"award", "hit", "arrest"}
    assert expected in found and {lemma for _, lemma, _, _ in found} - first <= {expected[1]}


def test_a_noun_behind_a_possessive_is_no_adjective() -> None:
    (claim,) = read("China's embassy denied on Friday that it had interfered.")
    assert (claim.speaker, claim.lemma, claim.plover) == ("China's embassy", "deny", "REJECT")


def test_who_is_quoted_speaks_of_somebody_else() -> None:
    text = "Ana Ruiz met Maria Kessel. “She has sold the mill,” Kessel said."
    assert ("Maria Kessel", "sell", None, "asserted") not in [(a, b, None, d) for a, b, _, d in done(text)]


@pytest.mark.parametrize(
    ("text", "kind", "plover", "whom"),
    [
        ("Ana Ruiz declined to comment.", "said", "REJECT", None),
        ("The firm suspended work on a refinery.", "did", None, None),
        ("The city lifted the ban on Monday.", "did", "RETREAT", None),
        ("Authorities lifted an evacuation order.", "did", "RETREAT", None),
        ("The bank suspended Paul Lind on Monday.", "did", "SANCTION", "Paul Lind"),
        ("The deal lifted output by 40%.", "did", None, "output"),
    ],
)
def test_an_object_gives_its_root(text: str, kind: str, plover: str | None, whom: str | None) -> None:
    (claim,) = read(text)
    assert (claim.kind, claim.plover) == (kind, plover)
    assert (claim.recipient.exact if claim.recipient else None) == whom
