"""Who says what, in sentences of our own, grouped by the reading that they should get."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.transforms import claims, language
from dateline.transforms.model import Article
from tests.quality.bare import bare_article
from tests.transforms.claims.reading import MODES, read, words

READINGS = [
    ("Mayor Ana Ruiz said the bridge would reopen on Friday.", "Ana Ruiz", "say", "the bridge would reopen", "indirect"),
    ("“The bridge will open again next week,” said Mayor Ana Ruiz.", "Ana Ruiz", "say", "will open again", "direct"),
    ('"We have no money left for repairs," Ruiz told reporters.', "Ruiz", "tell", "no money left", "direct"),
    ("According to the port authority, two ferries ran aground.", "the port authority", "accord", "two ferries ran", "indirect"),
    ("Two ferries ran aground in the fog, according to the port authority.", "the port authority", "accord", "Two ferries ran", "indirect"),
    ("The council announced that “nobody will be moved” before spring.", "The council", "announce", "nobody will be moved", "mixed"),
    ("Harbour officials warned that the quay could collapse.", "Harbour officials", "warn", "the quay could collapse", "indirect"),
]  # fmt: skip


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("text", "speaker", "lemma", "content", "quotation"), READINGS)
def test_one_claim_with_speaker_verb_and_content(
    text: str, speaker: str, lemma: str, content: str, quotation: str, mode: str
) -> None:
    found = [c for c in read(text, mode=mode) if c.outer is None]
    assert len(found) == 1
    claim = found[0]
    assert (claim.speaker, claim.lemma, claim.quotation) == (speaker, lemma, quotation)
    assert content in words(claim)


def test_pronouns_short_names_and_roles_find_the_full_name() -> None:
    text = (
        "Harbour Minister Ilse Brandt said the quay was safe.\n"
        "Brandt said the cranes would return in May.\n"
        "She said nobody had asked for more money.\n"
        "The minister said the ships were coming back."
    )
    found = read(text)
    assert [c.speaker for c in found] == ["Ilse Brandt"] * 4
    assert found[0].role == "Harbour Minister"


def test_an_office_of_several_words_is_a_role_and_no_name() -> None:
    (claim,) = read("US Secretary of Labour Dora Quint said that the strike was over.")
    assert claim.speaker == "Dora Quint"


def test_whom_a_spokesman_speaks_for_is_not_the_speaker() -> None:
    (claim,) = read("A spokesman for Dora Quint said that the strike was over.")
    assert claim.speaker == "A spokesman for Dora Quint"


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Dora Quint did not say that the strike was over.", "negated"),
        ("Dora Quint will announce that the strike is over.", "future"),
        ("Dora Quint said that the strike was not over.", "asserted"),
        # What is planned, wished or likely was not said yet.
        ("Dora Quint is likely to ask Jonas Feld to go.", "future"),
        ("Dora Quint is unlikely to ask Jonas Feld to go.", "hypothetical"),
        ("Dora Quint is due to announce cuts in May.", "future"),
        ("Dora Quint was about to announce a plan.", "future"),
        ("Dora Quint is ready to accuse her rival of fraud.", "hypothetical"),
        ("Dora Quint has yet to confirm the plan.", "negated"),
        # "If" within an aside is not that of the cue behind it.
        ("The Port Union - which wants a vote if the talks stall - called for a strike.", "asserted"),
    ],
)
def test_modality_is_that_of_saying(text: str, modality: str) -> None:
    assert [c.modality for c in read(text)] == [modality]


@pytest.mark.parametrize("mark", ["", "“"])
def test_a_claim_within_a_claim_names_the_one_that_reports_it(mark: str) -> None:
    close = "”" if mark else ""
    found = read(
        f"According to Jonas Feld, Ilse Brandt {mark}reaffirmed her opposition to the sale of the quay.{close}"
    )
    outer = next(k for k, c in enumerate(found) if c.speaker == "Jonas Feld")
    inner = [c for c in found if c.speaker == "Ilse Brandt"]
    assert [c.outer for c in inner] == [outer]
    assert inner[0].lemma == "reaffirm"


def test_a_cited_source_speaks_within_the_report() -> None:
    found = read("Citing the ministry, Radio Vellmar reported that the minister would resign in May.")
    report = next(k for k, c in enumerate(found) if c.speaker == "Radio Vellmar")
    cited = [c for c in found if c.rule == "nested.citing"]
    assert [(c.speaker, c.outer) for c in cited] == [("the ministry", report)]
    assert words(cited[0]) == words(found[report])


def test_a_quotation_goes_on_without_its_cue() -> None:
    text = "“We kept our word to the crews,” said Ilse Brandt. “The cranes will be back before the winter storms.”"
    (claim,) = read(text)
    assert "cranes will be back" in words(claim) and claim.speaker == "Ilse Brandt"


def test_a_colon_announces_the_next_paragraph() -> None:
    found = read("Ilse Brandt also said:\n“The harbour is safe again, and the boats may come home tomorrow.”")
    assert any(c.speaker == "Ilse Brandt" and "boats may come home" in words(c) for c in found)


def test_quoted_as_saying() -> None:
    found = read(
        "Local media quoted the harbour master, Ole Krag, as saying only three boats had been found.",
        mode="rules",
    )
    assert [(c.speaker, words(c)) for c in found] == [("Ole Krag", "only three boats had been found")]


def test_captions_and_headlines_claim_nothing() -> None:
    article = bare_article("Mayor Ana Ruiz said the bridge would reopen.")
    for kind in ("caption", "headline", "post"):
        silent = article.model_copy(
            update={"blocks": tuple(b.model_copy(update={"kind": kind}) for b in article.blocks)}
        )
        assert claims.extract(silent, language.parse(silent)) == ()


def test_of_a_deck_and_the_lead_that_it_repeats_the_lead_counts() -> None:
    deck = "The old quay will be closed to all traffic from spring, Ana Ruiz said Monday"
    found = [c for c in read(f"{deck}\n{deck}.\nShe gave no reason.") if c.lemma == "say"]
    assert [c.cue[0].start > len(deck) for c in found] == [True]


def test_what_stands_twice_is_claimed_once() -> None:
    text = "Mayor Ana Ruiz said the bridge would reopen on Friday morning."
    assert len(read(f"{text}\n{text}")) == 1


def test_a_language_without_cues_has_no_claims() -> None:
    assert read("Borgmesteren sagde, at broen åbner.", "xx") == ()
    assert read("") == ()


PIECES = st.sampled_from(
    ["said", "told reporters", "according to", "“", "”", '"', "Ana Ruiz", "he", "the bridge", "that", ",", ".", ":", "\n", "citing",
     "and", "will", "met with", "on Monday", "as saying", "quoted", "'", "(", "dass", "sagte", "قال", "أن", "’s", "of the", "spokesman"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40), st.sampled_from(["en", "de", "ar", "tr"]), st.sampled_from(MODES))
@settings(max_examples=120, deadline=None)
def test_any_text_is_read_and_every_span_is_exact(pieces: list[str], code: str, mode: str) -> None:
    text = " ".join(pieces)
    article: Article = bare_article(text, code)
    found = claims.extract(article, language.parse(article), mode)
    for n, claim in enumerate(found):
        for span in (
            *claim.source,
            *claim.cue,
            *claim.content,
            *((claim.recipient,) if claim.recipient else ()),
        ):
            assert text[span.start : span.end] == span.exact and span.exact
        assert claim.outer is None or (0 <= claim.outer < len(found) and claim.outer != n)
        assert claim.speaker is None or claim.speaker in text
    assert found == claims.extract(article, language.parse(article), mode)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Brandt Shipping Company, the owner of the ferry, on Wednesday confirmed the loss of two boats.",
            "Brandt",
        ),
        (
            "Jonas Feld, the head of the port, urged Brandt to step down, telling reporters that the quay was unsafe.",
            "Jonas Feld",
        ),
        (
            "The harbour master, Ilse Brandt, who was elected on Monday, said nothing had changed at the quay.",
            "Ilse Brandt",
        ),
    ],
)
def test_times_hearers_and_relative_pronouns_do_not_speak(text: str, speaker: str) -> None:
    assert all(speaker in (c.speaker or "") for c in read(text))
    assert read(text)


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("The river board will close two of its locks in April, its chair, Ilse Brandt, said on Tuesday, the first time since the flood.", "Ilse Brandt", "The river board will close two of its locks in April"),
        ("The harbour master spoke with Jonas Feld over the weekend about the sale of the old quay, reported Radio Quay.", "Radio Quay", "The harbour master spoke with Jonas Feld over the weekend about the sale of the old quay"),
        ("Harbour master Ana Ruiz said the second ship, a coal carrier, passed under the bridge at noon.", "Ana Ruiz", "the second ship, a coal carrier, passed under the bridge at noon"),
        ("Ilse Brandt of Marrow Bank wrote in a note on January 9 that prices could rise by a fifth.", "Ilse Brandt", "that prices could rise by a fifth"),
        ("No ship would sail before spring, according to the keeper of the water court, Beate Sommer.", "Beate Sommer", "No ship would sail before spring"),
        ("Ilse Brandt said the council had agreed to pay before the vote, although no contract was signed.", "Ilse Brandt", "the council had agreed to pay before the vote, although no contract was signed"),
        ("Brandt told a judge during a hearing Thursday morning that Feld had left the port.", "Brandt", "that Feld had left the port"),
        ("The port league condemned the move announced on Monday by Mayor Ana Ruiz.", "Ana Ruiz", "the move"),
        ("A ban on fishing proposed by Jonas Feld has few friends in Tarn.", "Jonas Feld", "A ban on fishing"),
        ("Norway and Sweden accused each other of slow work on the long bridge.", "Norway and Sweden", "each other of slow work on the long bridge"),
    ],
)  # fmt: skip
def test_a_content_begins_and_ends_with_its_clause(text: str, speaker: str, content: str) -> None:
    assert (speaker, content) in [(c.speaker, words(c)) for c in read(text) if c.outer is None]


def test_what_stands_in_a_reported_sentence_is_within_the_report() -> None:
    found = read("Ana Ruiz said that the quay was safe and would stay open all winter, reported Radio Quay.")
    inner = next(c for c in found if c.speaker == "Ana Ruiz")
    assert inner.outer is not None and found[inner.outer].speaker == "Radio Quay"
    assert "reported" not in words(inner)


@pytest.mark.parametrize("said", ["had answered that", "had made plain that"])
def test_a_saying_without_a_name_is_nested_too(said: str) -> None:
    found = read(f"The mayor, Owen Feld, told Radio Quay that the council {said} nothing could be done.")
    assert [(c.speaker, c.outer is not None) for c in found] == [("Owen Feld", False), ("the council", True)]


@pytest.mark.parametrize(
    "text",
    [
        "The minister left for talks with union leaders about securing the release of the crew.",
        "The move came after the council abstained from voting on a truce.",
        "Bumblebees can learn to recognise the shape of a flower from a single visit.",
        "The council will hold a special meeting on December 2 to discuss its own housing targets.",
    ],
)
def test_what_tells_no_speech_is_no_claim(text: str) -> None:
    assert [c for c in read(text) if c.kind == "said"] == []


def test_a_participle_that_names_the_words_of_others_tells_nothing() -> None:
    found = read("“The bridge is not safe any more,” Ana Ruiz said, echoing the view of the council.")
    assert [c.lemma for c in found] == ["say"]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("The crew could have climbed, said a keeper of the quay, adding that the weather was poor.", {"a keeper of the quay"}),
        ("Former West Veldanian president Laura Moor said the plane was safe.", {"Laura Moor"}),
        ("The harbour master, Ilse Brandt, who was elected on Monday, said nothing had changed.", {"Ilse Brandt"}),
    ],
)  # fmt: skip
def test_who_speaks_behind_the_verb_by_office_and_by_apposition(text: str, speakers: set[str]) -> None:
    assert {c.speaker for c in read(text)} == speakers


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        (
            "“This is a farce,” Berg posted to the site in response to a story about the bill. “I will sue.”\n\n"
            "“The founders left early, as they wished. The town is wrong,” Berg added.",
            [
                "“This is a farce,” | “I will sue.”",
                "“The founders left early, as they wished. The town is wrong,”",
            ],
        ),
        (
            "A court in Lund sentenced Jan Berg to three years in prison on Saturday for “insulting a judge,” "
            "his lawyer said.",
            [
                "A court in Lund sentenced Jan Berg to three years in prison on Saturday for “insulting a judge,”",
            ],
        ),
        (
            "The stage was in touch with the ship after a day, and all systems worked well, a source told Newsdesk.",
            ["The stage was in touch with the ship after a day, and all systems worked well"],
        ),
    ],
)
def test_a_report_at_the_end_says_all_before_it(text: str, contents: list[str]) -> None:
    assert [" | ".join(s.exact for s in c.content) for c in read(text) if c.kind == "said"] == contents


@pytest.mark.parametrize(
    ("text", "lemma", "content"),
    [
        (
            "Phyllis Orme, who had hoped to calm tempers last week, apologised for her remark that farmers should swim.",
            "hope",
            "to calm tempers last week",
        ),
        ("She was asked to resign by two members.", "ask", "to resign by two members"),
    ],
)
def test_a_content_ends_with_its_clause(text: str, lemma: str, content: str) -> None:
    assert [words(c) for c in read(text) if c.lemma == lemma] == [content]


def test_an_act_that_somebody_suffered_says_no_quotation() -> None:
    (claim,) = read(
        "“He met us when nobody else would,” said Pilar Ocampo, who was 11 when she was attacked. “But we have heard promises "
        "before.”"
    )
    assert (claim.speaker, claim.lemma) == ("Pilar Ocampo", "say")
    assert "heard promises" in words(claim)


def test_what_somebody_does_to_himself_is_no_statement() -> None:
    assert [c.lemma for c in read("Her lawyer said that Jonas Feld would defend himself in court.")] == [
        "say"
    ]


def test_a_paragraph_without_quotation_marks_goes_on_with_no_statement() -> None:
    text = "Jonas Feld said the lock was “not safe”.\nThousands of farmers blocked roads in protest against a tax."
    (claim,) = read(text)
    assert [s.exact for s in claim.content] == ["the lock was “not safe”"]
