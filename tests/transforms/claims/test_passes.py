"""Each pass over the drafts of an article, alone."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from dateline.transforms import language
from dateline.transforms.claims import contents, nest, quotes, reported, sources
from dateline.transforms.claims.context import Context
from dateline.transforms.claims.draft import Draft, Drafts, Run
from dateline.transforms.model import span_of
from tests.quality.bare import bare_article


def context_of(text: str) -> Context:
    article = bare_article(text)
    return Context(article, language.parse(article))


def run_of(context: Context, words: str) -> Run:
    """The tokens of some words that stand in the text once."""
    wanted = words.split()
    held = context.parse.words
    first = next(k for k in range(len(held)) if list(held[k : k + len(wanted)]) == wanted)
    return Run(first, first + len(wanted))


def draft(context: Context, source: str, cue: str, content: str) -> Draft:
    runs = [(run_of(context, words),) if words else () for words in (source, cue, content)]
    key = (runs[1] or runs[2])[0].first
    return Draft(key, 0, "test", source=runs[0], cue=runs[1], content=runs[2])


def said(context: Context, runs: tuple[Run, ...]) -> str:
    return " | ".join(" ".join(context.parse.words[r.first : r.last]) for r in runs)


def test_a_draft_never_changes() -> None:
    made = Draft(0, 0, "test", cue=(Run(0, 1),))
    with pytest.raises(FrozenInstanceError):
        made.rule = "other"  # type: ignore[misc]
    assert made.but("why", rule="other").trace == ("why",) and made.trace == ()


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "expected"),
    [
        ("The council on Monday said boats may sail.", "The council on Monday", "said", "boats may sail", "The council"),
        ("The council Monday said boats may sail.", "The council Monday", "said", "boats may sail", "The council"),
    ],
)  # fmt: skip
def test_times_are_no_source(text: str, source: str, cue: str, content: str, expected: str) -> None:
    context = context_of(text)
    (found,) = sources.timeless(context, (draft(context, source, cue, content),))
    assert said(context, found.source) == expected


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "expected"),
    [
        ("Ana Ruiz, 51, head of the port, on Monday said boats may sail.", "", "said", "boats may sail", "Ana Ruiz"),
        ("The head of the port in Lund said boats may sail.", "the port", "said", "boats may sail", "The head of the port in Lund"),
    ],
)  # fmt: skip
def test_the_subject_of_a_clause_speaks(
    text: str, source: str, cue: str, content: str, expected: str
) -> None:
    context = context_of(text)
    (found,) = sources.by_clause(context, (draft(context, source, cue, content),))
    assert said(context, found.source) == expected


@pytest.mark.parametrize(
    ("text", "cue", "content", "expected"),
    [
        ("Ruiz wrote in a note on May 9 that boats may sail.", "wrote", "on May 9 that boats may sail", "that boats may sail"),
        ("Ruiz said the ship, a coal carrier, passed the bridge.", "said", "the ship", "the ship , a coal carrier , passed the bridge"),
    ],
)  # fmt: skip
def test_a_content_is_its_clause(text: str, cue: str, content: str, expected: str) -> None:
    context = context_of(text)
    drafts = (draft(context, "Ruiz", cue, content),)
    (found,) = contents.completed(context, contents.untimed(context, drafts))
    assert said(context, found.content) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ruiz confirmed that boats may sail.", [("Ruiz", "confirmed", "that boats may sail")]),
        ("The harbour is shut, Ruiz said.", [("Ruiz", "said", "The harbour is shut")]),
        ("The council denied the charge of fraud.", [("The council", "denied", "the charge of fraud")]),
        ("Ruiz told Feld the port was shut, adding that boats may sail.", [
            ("Ruiz", "told", "the port was shut"), ("Ruiz", "adding", "that boats may sail"),
        ]),
        ("If it rains, the game will be moved, the club said.", [
            ("the club", "said", "If it rains , the game will be moved"),
        ]),
        ("The vote, Ruiz said on Friday, was a sham.", [("Ruiz", "said", "The vote | was a sham")]),
        ("The line may end here, the mayor's office said.", [("the mayor 's office", "said", "The line may end here")]),
        ("Ruiz sold the port.", []),
        ("It was said that boats may sail.", []),
    ],
)  # fmt: skip
def test_clauses_with_a_verb_of_saying_are_claims(text: str, expected: list[tuple[str, str, str]]) -> None:
    context = context_of(text)
    found = reported.reported(context, ())
    assert [tuple(said(context, part) for part in (d.source, d.cue, d.content)) for d in found] == expected


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("According to Ana Ruiz, boats may sail again.", "boats may sail again"),
        ("Boats may sail again, according to Ana Ruiz.", "Boats may sail again"),
    ],
)
def test_according_to_is_a_claim(text: str, content: str) -> None:
    context = context_of(text)
    (found,) = reported.attributed(context, ())
    assert (said(context, found.source), said(context, found.content)) == ("Ana Ruiz", content)


def test_a_claim_in_what_another_says_is_tied_to_the_innermost() -> None:
    context = context_of("Ruiz said Feld had told Brandt that the crew claimed the boat was safe.")
    drafts: Drafts = (
        draft(context, "Ruiz", "said", "Feld had told Brandt that the crew claimed the boat was safe"),
        draft(context, "Feld", "told", "that the crew claimed the boat was safe"),
        draft(context, "the crew", "claimed", "the boat was safe"),
    )
    found = nest.contained(context, drafts)
    assert [d.outer for d in found] == [None, drafts[0].key, drafts[1].key]


def test_claims_never_enclose_each_other() -> None:
    context = context_of("Ruiz said Feld told us so.")
    first = draft(context, "Ruiz", "said", "Feld told us so").but(outer=run_of(context, "told").first)
    second = draft(context, "Feld", "told", "us so")
    outers = {d.key: d.outer for d in nest.contained(context, (first, second))}
    assert None in outers.values()


def test_a_quotation_without_a_cue_goes_on() -> None:
    context = context_of("“We kept our word,” said Ruiz. “The cranes will be back before the storms.”")
    made = draft(context, "Ruiz", "said", "“ We kept our word , ”")
    (found,) = quotes.continued(context, (made,))
    assert len(found.content) == 2


def test_a_dateline_is_no_source_and_no_content() -> None:
    text = "LUND, May 4 (Kestrel) - Ana Ruiz said the port was shut."
    article = bare_article(text)
    context = Context(article, language.parse(article, [span_of(text, 0, text.index(" -"))]))
    made = draft(context, "LUND , May 4 ( Kestrel ) - Ana Ruiz", "said", "the port was shut")
    (found,) = contents.unfurnished(context, (made,))
    assert said(context, found.source) == "Ana Ruiz"
