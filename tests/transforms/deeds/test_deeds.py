"""What was done, by whom and to whom, told as fact or not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.deeds.reading import done, read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police arrested two men near the quay.", ("Police", "arrest", "two men", "asserted")),
        ("Two men were arrested by harbour police.", ("harbour police", "arrest", "Two men", "asserted")),
        ("Two men were arrested near the quay.", (None, "arrest", "Two men", "asserted")),
        ("The lock that was built with blood, sweat and tears was sold by Jonas Feld.", ("Jonas Feld", "sell", "The lock", "asserted")),
        ("Ana Ruiz, 51, mayor of Port Alwyn, has sued the dredging company.", ("Ana Ruiz", "sue", "the dredging company", "asserted")),
        ("The dredging company will buy the cannery.", ("The dredging company", "buy", "the cannery", "future")),
        ("Ana Ruiz did not attend the opening of the lock.", ("Ana Ruiz", "attend", None, "negated")),
        ("Jonas Feld is set to meet Ana Ruiz.", ("Jonas Feld", "meet", "Ana Ruiz", "future")),
        ("Dora Quint met with Jonas Feld on Tuesday.", ("Dora Quint", "meet", "Jonas Feld", "asserted")),
        ("Jonas Feld resigned from the harbour board.", ("Jonas Feld", "resign", "the harbour board", "asserted")),
        ("A gunman opened fire on a patrol boat.", ("A gunman", "open", "a patrol boat", "asserted")),
        ("The divers had yet to recover the anchor.", ("The divers", "recover", "the anchor", "negated")),
        ("No boats left the harbour.", ("No boats", "leave", None, "negated")),
        ("Jonas Feld said he would not declare martial law.", ("Jonas Feld", "declare", None, "negated")),
        ("The cold snap should end on Wednesday.", ("The cold snap", "end", None, "future")),
        ("A Tarn court sentenced ousted mayor Jonas Feld to a year in prison.", ("A Tarn court", "sentence", "Jonas Feld", "asserted")),
        ("The ferry last underwent repairs in May.", ("The ferry", "undergo", None, "asserted")),
        ("Hundreds of nurses are striking at the port clinic.", ("Hundreds of nurses", "strike", None, "asserted")),
        ("The council posted photos of the wreck.", ("The council", "post", None, "asserted")),
        ("Relatives of the missing gathered at the quay.", ("Relatives of the missing", "gather", None, "asserted")),
        # "By" behind an act tells who did that act.
        ("Ana Ruiz was suspended pending an inquiry by the port board.", (None, "suspend", "Ana Ruiz", "asserted")),
        ("Two men were arrested after a chase by police.", (None, "arrest", "Two men", "asserted")),
        ("Ana Ruiz was arrested at the quay by police.", ("police", "arrest", "Ana Ruiz", "asserted")),
        ("Ana Ruiz was arrested after three days by police.", ("police", "arrest", "Ana Ruiz", "asserted")),
        ("Not everyone was convinced.", (None, "convince", "everyone", "negated")),
        ("The council voted 9-6 on Thursday to close the quay.", ("The council", "vote", None, "asserted")),
        ("Novelist Ama Sefton won the Tarn Prize.", ("Ama Sefton", "win", None, "asserted")),
        ("Retailer Tamsin & Co filed for bankruptcy.", ("Tamsin & Co", "file", None, "asserted")),
    ],
)  # fmt: skip
def test_one_deed(text: str, expected: tuple[str | None, str, str | None, str]) -> None:
    assert done(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Ana Ruiz owns three boats.",
        "The crew is missing at sea.",
        "The next step is to find a buyer for the cannery.",
        "The only way for Ana Ruiz to keep her post is to fire the pilot.",
        "If Ana Ruiz did not sign the pact, Jonas Feld would.",
        "Shops where people are collecting stamps have a good name.",
        "Two batches of bills printed in 2014 contain an error.",
        "Drivers should stay at home on Wednesday.",
        "The ferry leaves at noon every day.",
        "The board might close the quay.",
        "The board would have closed the quay.",
        "The board should not have closed the quay.",
        "If the board closes the quay, boats go elsewhere.",
        "Ana Ruiz wants to sell the cannery.",
        "The lock is closed.",
        "There was a fire at the cannery.",
        "Shops remained closed on Monday.",
        "The harbour stayed shut all week.",
        "The builders are wholly to blame for the leak.",
        "Ana Ruiz was there to open the show.",
        "Losses totalled $5 million last year.",
        "Jonas Feld is serving a ten-year sentence in Tarn.",
        "The noise is driving people crazy.",
        "The changes result from the recently passed lock law.",
        "The board does not want to see Jonas Feld punished.",
        "Many farmers want to see the dam removed.",
        "The board is unlikely to close the quay.",
        "The board is likely to close the quay in May.",
        "Veltra would be prepared to outbid Orvel.",
    ],
)
def test_states_habits_wishes_and_conditions_are_no_deeds(text: str) -> None:
    assert done(text) == []


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        ("A search conducted by the navy and two offices of the port continues.", []),
        ("A plan drafted by the cabinet on Monday faces a vote in May.", []),
        ("The fee is higher than the mean cost per pupil fixed by the State.", []),
        ("The crew lives with little pay, small meals provided and much time invested in work.", []),
        ("The rule covers all of the publicly held shares of Lumo.", []),
        ("Three fishermen rescued by a coastguard crew were taken to Tarn.", ["take"]),
        ("The newly elected council met on Monday.", ["meet"]),
        ("The ferry is to resume service on Monday.", ["resume"]),
        ("Pictures show the ferry engulfed in flames.", []),
        ("Ruiz spoke of anger and job losses brought on by the strike.", []),
        ("The port helps those affected by the flood.", []),
        ("The mayor explained what the ministry called a raid on smugglers.", []),
        ("As anger built in the city, officials left.", ["leave"]),
        ("Company Price\nVeltra 14.20 Gained 2.1\nLumo 3.05 Lost 0.4", []),
        ("The bill passed by a wide margin.", ["pass"]),
        ("The boy survived by clinging to a tyre.", ["survive"]),
        ("The mayor stood by Ana Ruiz.", ["stand"]),
        ("The minister arrived by Friday evening.", ["arrive"]),
    ],
)
def test_a_participle_that_tells_of_a_noun_is_no_past_deed(text: str, verbs: list[str]) -> None:
    assert [verb for _, verb, _, _ in done(text)] == verbs


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("The union asked three times this year for the bridge to be closed.", None),
        ("The union praised Ana Ruiz twice on Friday.", "Ana Ruiz"),
        ("The union thanked The Times on Friday.", "The Times"),
    ],
)
def test_a_count_of_times_hears_nothing(text: str, heard: str | None) -> None:
    (claim,) = read(text)
    assert (claim.recipient.exact if claim.recipient else None) == heard


def test_several_deeds_of_a_sentence_share_a_subject() -> None:
    found = done("Ana Ruiz signed the lease, met the divers and left for Tarn.")
    assert [(actor, verb) for actor, verb, _, _ in found] == [
        ("Ana Ruiz", "sign"),
        ("Ana Ruiz", "meet"),
        ("Ana Ruiz", "leave"),
    ]


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("Nine sailors were killed and 30 injured in the blast.", (None, "injure", "30", "asserted")),
        ("A man was shot on Monday and two women stabbed in Lund.", (None, "stab", "two women", "asserted")),
        ("The cuts were too broad and carried out in haste.", (None, "carry out", "The cuts", "asserted")),
        ("The car was towed and police arrested a man.", ("police", "arrest", "a man", "asserted")),
        (
            "Nine were killed and over 1,700 injured, officials said.",
            (None, "injure", "over 1,700", "asserted"),
        ),
        (
            "The raid has killed 20 men, and wounded over 5,000.",
            ("The raid", "wound", "over 5,000", "asserted"),
        ),
    ],
)
def test_a_passive_may_leave_out_its_auxiliary(text: str, second: tuple[str | None, str, str, str]) -> None:
    assert done(text)[-1] == second


def test_who_goes_on_behind_a_comma_is_not_who_acts_in_between() -> None:
    text = "Police said they arrested Jonas Feld as he left the house, and found a gun."
    assert done(text)[-1] == ("Police", "find", "a gun", "asserted")


def test_an_actor_keeps_the_noun_of_time_that_is_its_head() -> None:
    assert done("Wildfire season has started earlier than usual.")[0][0] == "Wildfire season"
    assert done("The minister late Monday night sacked two aides.")[0][0] == "The minister"


def test_what_took_place_is_no_body_told_of_before() -> None:
    told = "The cause of the crash is not known, the ministry said. It took place in the hills."
    assert done(told)[-1] == (None, "take", None, "asserted")


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Police seized and destroyed 40 guns.", ("Police", "seize", "40 guns", "asserted")),
        ("Rebels captured and burned the town.", ("Rebels", "capture", "the town", "asserted")),
        ("Jonas Feld resigned and sold the cannery.", ("Jonas Feld", "resign", None, "asserted")),
    ],
)
def test_joined_verbs_share_an_object(text: str, first: tuple[str, str, str | None, str]) -> None:
    assert done(text)[0] == first


def test_both_opens_two_actors() -> None:
    text = "Ana Ruiz met Jonas Feld. Both Ana Ruiz and Jonas Feld signed the pact."
    signed = read(text)[-1]
    assert [signed.speaker, *(a.name for a in signed.co_actors)] == ["Ana Ruiz", "Jonas Feld"]


def test_a_deed_within_a_statement_names_it() -> None:
    found = read("Divers recovered the anchor on Monday, Ana Ruiz said.")
    deed = next(c for c in found if c.kind == "did")
    assert deed.outer is not None
    assert found[deed.outer].kind == "said" and found[deed.outer].lemma == "say"


def test_what_we_did_was_done_by_who_says_it() -> None:
    found = read("“We evacuated the cannery,” said Ana Ruiz.")
    assert [c.speaker for c in found if c.kind == "did"] == ["Ana Ruiz"]


def test_a_language_without_a_verb_table_has_no_deeds() -> None:
    assert [c for c in read("Die Polizei verhaftete zwei Männer am Kai.", "de") if c.kind == "did"] == []


SENTENCES = [
    "Police arrested two men near the quay.",
    "Tarn Foods will not close the cannery.",
    "Ana Ruiz met Jonas Feld and signed the lease.",
    "Two divers were rescued by a trawler.",
]


@settings(max_examples=30, deadline=None)
@given(st.permutations(SENTENCES))
def test_the_order_of_paragraphs_changes_no_deed(order: list[str]) -> None:
    assert sorted(map(repr, done("\n".join(order)))) == sorted(map(repr, done("\n".join(SENTENCES))))


@pytest.mark.parametrize("text", SENTENCES)
def test_a_sentence_tells_the_same_deeds_in_any_article(text: str) -> None:
    around = f"It rained over the islands.\n{text}\nThe ferry company has eleven boats."
    assert [d for d in done(around) if d in done(text)] == done(text)


@pytest.mark.parametrize("verb", ["arrest", "kill", "sell", "meet", "sign", "approve", "close", "leave"])
@pytest.mark.parametrize("denial", ["did not {}", "has never {}ed", "will not {}", "could not {}"])
def test_a_denied_deed_is_never_asserted(verb: str, denial: str) -> None:
    for _, _, _, modality in done(f"The harbour board {denial.format(verb)} the two men."):
        assert modality != "asserted"


@pytest.mark.parametrize(
    "text",
    [
        "arrested " * 3000,
        "Ruiz " * 3000,
        "Police arrested that " * 2000,
        "said that " * 2000 + "Police arrested two men.",
        "警方逮捕了 Ruiz и арестовала two men " * 300,
    ],
    ids=["verbs", "names", "nested", "reported", "scripts"],
)
def test_hostile_text_is_read_within_bounds(text: str) -> None:
    for claim in read(text):
        for span in (*claim.source, *claim.cue, *claim.content):
            assert text[span.start : span.end] == span.exact


def test_an_act_between_two_that_is_reported_stands_within_the_report() -> None:
    found = read("According to Radio Quay, Ana Ruiz spoke with Jonas Feld about the sale of the quay.")
    inner = next(c for c in found if c.outer is not None)
    assert (inner.kind, inner.speaker, inner.recipient_name) == ("did", "Ana Ruiz", "Jonas Feld")
    assert found[inner.outer or 0].speaker == "Radio Quay"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Police arrested two men in Tarn and nearby villages on Monday.", "Tarn"),
        ("Police arrested two men in Tarn and Port Alwyn.", "Tarn and Port Alwyn"),
        ("Police arrested two men in Tarn, Orlov and Port Alwyn.", "Tarn, Orlov and Port Alwyn"),
        ("Dora Quint met Jonas Feld in Tarn or its outskirts.", "Tarn"),
        ("Divers recovered the anchor in nearby waters and Tarn Bay.", "Tarn Bay"),
        ("Divers recovered the anchor near the old lock and the quay.", None),
        ("Two guards were killed in Hamas’s Oct. 7 attack.", None),
    ],
)
def test_a_place_ends_where_its_name_does(text: str, place: str | None) -> None:
    (deed,) = (c for c in read(text) if c.kind == "did")
    assert (deed.place.exact if deed.place else None) == place


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("Karshan is a port. Dora Quint urged Karshan's leaders to take steps.", "Karshan's leaders"),
        ("Mayor Ana Ruiz spoke. Jonas Feld warned Ruiz’s lawyers that the case was weak.", "Ruiz’s lawyers"),
        ("Mayor Ana Ruiz spoke. Police arrested Ruiz's brother.", "Ruiz's brother"),
        ("Jonas Feld met Ana Ruiz. The court fined Feld's company.", "Feld's company"),
        ("Valen is a town. Dora Quint asked Valen's council to vote.", "Valen's council"),
    ],
)
def test_an_owner_is_not_whom_it_was_done_to(text: str, whom: str) -> None:
    last = read(text)[-1]
    assert last.recipient is not None
    assert (last.recipient_name or last.recipient.exact) == whom


def test_the_word_that_joins_the_next_clause_is_no_content() -> None:
    text = "Work stopped on 13 December 2023 and an engineer found water under the mill."
    assert [[s.exact for s in c.content] for c in read(text)] == [
        ["on 13 December 2023"],
        ["water under the mill"],
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A quantifier or "since" between auxiliary and participle.
        ("The miners had all been charged with fraud.", (None, "charge", "The miners", "asserted")),
        ("The two men have since left the town.", ("The two men", "leave", None, "asserted")),
        # "While" sets one act beside another.
        (
            "Berg was jailed, while two others were fined.",
            (None, "fine", "two others", "asserted"),
        ),
        # What is taken from somewhere, not where it is taken from.
        ("Divers pulled two bodies from the sea.", ("Divers", "pull", "two bodies", "asserted")),
        # A past form between two others of one subject.
        (
            "The barge left the quay, crossed over the bar and sank in the bay.",
            ("The barge", "cross", None, "asserted"),
        ),
        # "That" with a noun is a subject; what is still to be found was not; a means did nothing.
        ("That bill was voted down on Saturday.", (None, "vote down", "That bill", "asserted")),
        ("The boat has yet to be found.", (None, "find", "The boat", "negated")),
        ("Two men were taken away by helicopter.", (None, "take away", "Two men", "asserted")),
        # Everyday verbs.
        ("Police used tear gas at the gate.", ("Police", "use", None, "asserted")),
        ("The firm faced a boycott.", ("The firm", "face", "a boycott", "asserted")),
        ("Fire crews were called to the quay.", (None, "call", "Fire crews", "asserted")),
        ("A short circuit caused the lamps to go out.", ("A short circuit", "cause", None, "asserted")),
    ],
)
def test_acts_and_their_parties(text: str, expected: tuple[str | None, str, str | None, str]) -> None:
    assert expected in done(text)


@pytest.mark.parametrize(
    ("text", "speaker", "heard", "root"),
    [
        ("Ruiz called on both towns to open the gates.", "Ruiz", "both towns", "REQUEST"),
        ("The Lund Party was accused on Monday of trying to fool voters.", None, "The Lund Party", "ACCUSE"),
        ("Ruiz was criticised by farmers for the ban.", "farmers", "Ruiz", "ACCUSE"),
        ("Karshan warned of retaliation for the raid.", "Karshan", None, "THREATEN"),
    ],
)
def test_who_hears_a_statement(text: str, speaker: str | None, heard: str | None, root: str) -> None:
    claim = next(c for c in read(text) if c.kind == "said")
    recipient = claim.recipient_name or (claim.recipient.exact if claim.recipient else None)
    assert (claim.speaker, recipient, claim.plover) == (speaker, heard, root)


def test_what_is_discussed_is_nobody_whom_it_was_done_to() -> None:
    assert done("Ana Ruiz discussed the need for aid.") == [("Ana Ruiz", "discuss", None, "asserted")]
    assert done("Ana Ruiz discussed the need for aid with Bo Lind.") == [
        ("Ana Ruiz", "discuss", "Bo Lind", "asserted")
    ]


def test_hearer_before_a_clause_is_no_content() -> None:
    (first, *_) = read("Ana Ruiz told the court her client “deeply regrets the harm he has caused”.")
    assert first.recipient is not None
    assert first.recipient.exact == "the court"
    assert first.content[0].exact.startswith("her client")


def test_time_behind_the_name_of_a_firm_is_no_part_of_it() -> None:
    told, opened = read("Brightwell Foods Inc. today announced that it will open a mill.")
    assert told.speaker == opened.speaker == "Brightwell Foods Inc."


def test_next_clause_is_no_content_of_a_request_and_not_done_by_who_asks() -> None:
    told, spoke = read("My wife told me to stop once, and I did not speak to her for a day.")
    assert [s.exact for s in told.content] == ["to stop once"]
    assert (spoke.speaker, spoke.modality) == (None, "negated")


def test_reporting_to_somebody_says_nothing() -> None:
    assert read("Leila Haddad will report to the chief executive.") == ()
