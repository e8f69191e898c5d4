"""What a plain statement is as a political act, by its content."""

from __future__ import annotations

import pytest

from tests.transforms.deeds.reading import read


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("“We do not accept the verdict,” Ana Ruiz said.", "REJECT"),
        ("The council said it would never recognise the new border.", "REJECT"),
        ("The union said it opposes the sale.", "REJECT"),
        ("The ministry stressed that the ruling did not change the law of the sea.", "REJECT"),
        ("The towns said they would take steps to oppose the dam.", "REJECT"),
        ("“The order is unlawful and cruel,” Ana Ruiz said.", "ACCUSE"),
        ("Jonas Feld called the vote a sham.", "ACCUSE"),
        ("Ana Ruiz said Feld's “unconstitutional decree” had harmed the port.", "ACCUSE"),
        ("The envoy repeated that Tarn opposed the dam.", "REJECT"),
        ("The envoy reiterated his opposition to the dam.", "REJECT"),
        ("Crowds of protesters called for a new vote.", "PROTEST"),
        ("The envoy described the talks as very disappointing.", "ACCUSE"),
        ("“The minister must resign now,” Jonas Feld said.", "REQUEST"),
        ("“We will sue the company,” Ana Ruiz said.", "THREATEN"),
        ("Ana Ruiz said she would go to war with the council over the lease.", "THREATEN"),
        ("“I support the plan,” Jonas Feld added.", "SUPPORT"),
        ("The navy announced a live-fire exercise near Tarn.", "MOBILIZE"),
        ("The judge ordered the company to pay.", "COERCE"),
        ("Jonas Feld called the truce a milestone.", "SUPPORT"),
        ("Ana Ruiz described the ruling as a step in the right direction.", "SUPPORT"),
        ("The mayor described the order as an overreach.", "ACCUSE"),
        ("The envoy called the offer an insult.", "ACCUSE"),
        ("The pilot said he was very grateful.", "SUPPORT"),
        ("The ministry said it regrets any such decision.", "ACCUSE"),
        ("The council reiterated it considers the dam illegal.", "REJECT"),
        ("The envoy said the ruling did “not change the law”.", "REJECT"),
        ("The union vowed to challenge the ban.", "REJECT"),
        ("The firm pledged to take strict action against rivals.", "THREATEN"),
        ("The state issued an ultimatum to its rival.", "THREATEN"),
        ("The agency repeated its demand for a truce.", "REQUEST"),
    ],
)
def test_a_stance_is_an_act(text: str, root: str) -> None:
    assert root in [c.plover for c in read(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Jonas Feld told reporters that the company had won the tender.",
        "The agency said the fire was under control.",
        "The board said residents should expect delays.",
        "Ana Ruiz said she did not know the man.",
        "“The rule is not illegal,” Jonas Feld said.",
        "“We must work harder,” the coach said.",
        "The minister said illegal boats were found near Tarn.",
        "The court ruled that the towns must pay the bill.",
        "The council called the meeting a success.",
        "Ana Ruiz said she would go to Warsaw on Monday.",
        "The forecaster said drivers must take care on Monday.",
        "The police said the man must appear in court on May 3.",
        "Ana Ruiz said that should Feld open the lock, the board would not renew the lease.",
        "“I ask who has a truck,” Ana Ruiz said.",
        "The pilot said the rain did not change the plan.",
        "“I regret this deeply,” Jonas Feld said.",
        "The guide called the valley a day's walk for a child.",
        "Ana Ruiz described the talks as no breakthrough.",
    ],
)
def test_plain_news_is_no_act(text: str) -> None:
    assert [c.plover for c in read(text) if c.kind == "said"] == [None]
