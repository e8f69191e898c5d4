"""Saved feeds, NITF and NewsML, and documents whose entities are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.transforms.decode import decode
from tests.pipeline.sources.formats.samples import NEWSML, NITF, RSS, TEXTS, article, message, outcome, raws


@pytest.mark.parametrize("name", ["a.xml", "a.rss", "a"])
def test_saved_feed(tmp_path: Path, name: str) -> None:
    whole, short = raws(tmp_path / name, RSS.encode())
    assert (article(whole).text, article(short).text) == (TEXTS[0], TEXTS[1])
    assert article(whole).title == "Bridge – shut" and article(whole).publisher == "Harrow Ledger"
    assert decode(short).notes == ("a summary, not the whole text",)
    assert [e.value for e in decode(whole).evidence if e.role == "published"] == ["2024/5/14"]


def test_nitf(tmp_path: Path) -> None:
    [raw] = raws(tmp_path / "a.xml", NITF.encode())
    found = article(raw)
    assert (
        found.text.startswith("MARREN, May 14 (Kestrel) — The bridge")
        and TEXTS[1] in found.text
        and "é" in found.text
    )
    assert (found.title, found.byline, found.publisher) == ("Bridge is shut", "Mara Oduya", "Harrow Ledger")
    assert [e.value for e in decode(raw).evidence if e.role == "published"] == ["20240514T093000Z"]


def test_newsml_1(tmp_path: Path) -> None:
    data = f"""<?xml version="1.0"?><!DOCTYPE NewsML SYSTEM "NewsML_1.2.dtd"><NewsML><NewsItem><Identification><NewsIdentifier>
<PublicIdentifier>urn:newsml:h.example:1</PublicIdentifier></NewsIdentifier></Identification><NewsManagement>
<FirstCreated>20240514T093000Z</FirstCreated><ThisRevisionCreated>20240515T093000Z</ThisRevisionCreated></NewsManagement>
<NewsComponent><NewsLines><HeadLine>Bridge is shut</HeadLine><ByLine>By Mara Oduya</ByLine><DateLine>MARREN, May 14</DateLine></NewsLines>
<AdministrativeMetadata><Provider><Party FormalName="Kestrel"/></Provider></AdministrativeMetadata>
<ContentItem><MediaType FormalName="Text"/><DataContent><p>{TEXTS[0]}</p><p>{TEXTS[1]}</p></DataContent></ContentItem>
</NewsComponent></NewsItem></NewsML>"""
    [raw] = raws(tmp_path / "a.xml", data.encode())
    found = article(raw)
    assert (found.title, found.byline, found.publisher) == ("Bridge is shut", "Mara Oduya", "Kestrel")
    assert found.text == f"MARREN, May 14 — {TEXTS[0]}\n\n{TEXTS[1]}"
    assert [(e.role, e.value[:8]) for e in decode(raw).evidence] == [
        ("published", "20240514"),
        ("modified", "20240515"),
    ]


def test_newsml_g2_and_a_withdrawn_item(tmp_path: Path) -> None:
    first, second = raws(tmp_path / "a.xml", NEWSML.encode())
    assert article(first).text == "\n\n".join(TEXTS)
    assert (article(first).title, article(first).publisher, article(first).byline) == (
        "Bridge is shut",
        "KST",
        "Mara Oduya",
    )
    assert message(second) == "withdrawn by its publisher"


@pytest.mark.parametrize(
    "subset",
    [
        '<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">',
        '<!ENTITY b SYSTEM "file:///etc/passwd">',
        '<!ENTITY % p "x"><!ENTITY b "y">',
        '<!ENTITY b "' + "a" * 100 + '">',
        '<!ELEMENT rss ANY><!ENTITY b "y">',
        '<!ENTITY b "<i>y</i>">',
    ],
)
def test_entities_of_more_than_letters_are_refused(tmp_path: Path, subset: str) -> None:
    text = f'<?xml version="1.0"?><!DOCTYPE rss [{subset}]><rss>&b;</rss>'
    [raw] = raws(tmp_path / "a.xml", text.encode())
    assert outcome(raw) == "undecodable"


def test_short_entities_of_a_document_type_are_letters(tmp_path: Path) -> None:
    kind = "<!DOCTYPE rss [ <!-- names --> <!ENTITY nbsp \"&#160;\">\n<!ENTITY town 'Marren'> ]>"
    body = RSS.replace("Marren", "&town;", 1).replace("<rss", kind + "<rss", 1)
    assert [outcome(r) for r in raws(tmp_path / "a.xml", body.encode())] == [
        outcome(r) for r in raws(tmp_path / "b.xml", RSS.encode())
    ]


def test_entities_that_swell_a_document_are_refused(tmp_path: Path) -> None:
    text = f'<!DOCTYPE rss [<!ENTITY a "{"a" * 60}">]><rss>{"&a;" * 20_000}</rss>'
    [raw] = raws(tmp_path / "a.xml", b"<?xml version='1.0'?>" + text.encode())
    assert "entities" in message(raw)
