"""Lists of documents saved from news databases: each is an article with its own day, and no other text is taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.quality.inputs import outcome

FIRST = "The bridge over the Tessel is shut for a month, the mayor of Marren said on Monday."
SECOND = "Repairs cost 4 million crowns, she told the council, and buses will run over the dam."
OTHER = "The council of Varn sold its old town hall on Wednesday for two million crowns, the mayor said."

NEXIS = f"""
                               1 of 2 DOCUMENTS


                               Harrow Ledger

                             May 14, 2024 Tuesday
                              National Edition

Bridge is shut

BYLINE: Mara Oduya

SECTION: NEWS; Pg. 4

LENGTH: 98 words

DATELINE: MARREN

{FIRST}

{SECOND}

LOAD-DATE: May 16, 2024

LANGUAGE: ENGLISH

Copyright 2024 Harrow Ledger
All Rights Reserved


                               2 of 2 DOCUMENTS


                               Varn Herald

                              May 2, 2024 Thursday

Town hall is sold

BYLINE: Tom Lind

LENGTH: 20 words

{OTHER}

LOAD-DATE: May 3, 2024
"""
UNI = f"""Bridge is shut

Harrow Ledger

May 14, 2024 Tuesday

Copyright 2024 Harrow Ledger All Rights Reserved

Section: NEWS; Pg. 4

Length: 98 words

Byline: Mara Oduya

Body

{FIRST}

{SECOND}

Load-Date: May 16, 2024


End of Document

Town hall is sold

Varn Herald

May 2, 2024 Thursday

Length: 20 words

Byline: Tom Lind

Body

{OTHER}

Load-Date: May 3, 2024


End of Document
"""
FACTIVA = f"""HD
Bridge is shut

BY
By Mara Oduya

WC
98 words

PD
14 May 2024

SN
Harrow Ledger

LA
English

LP
{FIRST}

TD
{SECOND}

AN
Document HARROW0020240514

HD Town hall is sold
BY Tom Lind
PD 2 May 2024
SN Varn Herald
LP {OTHER}
AN Document VARN0020240502
"""


@pytest.mark.parametrize("text", [NEXIS, UNI, FACTIVA], ids=["nexis", "nexis uni", "factiva"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_each_document_is_an_article_of_its_own_day(tmp_path: Path, text: str, newline: str) -> None:
    path = tmp_path / "saved.txt"
    path.write_bytes(text.replace("\n", newline).encode())
    found, _ = outcome([str(path)], [])
    assert found["dead"] == []
    first, second = found["articles"]
    assert [first[name] for name in ("title", "byline", "publisher", "published")] == [
        "Bridge is shut", "Mara Oduya", "Harrow Ledger", "2024-05-14",
    ]  # fmt: skip
    assert [second[name] for name in ("title", "byline", "publisher", "published")] == [
        "Town hall is sold", "Tom Lind", "Varn Herald", "2024-05-02",
    ]  # fmt: skip
    assert first["text"].removeprefix("MARREN — ") == f"{FIRST}\n\n{SECOND}" and second["text"] == OTHER


@pytest.mark.parametrize(
    "text",
    [
        f"Length: 3 hours\n\n{FIRST}\n\n{SECOND}",
        f"HD television comes to Marren\n\n{FIRST}\n\nPD officers stood by.",
        f"The court read 4 of 9 DOCUMENTS on Monday.\n\n{FIRST}",
    ],
)
def test_other_texts_are_pages(tmp_path: Path, text: str) -> None:
    path = tmp_path / "page.txt"
    path.write_text(text)
    found, _ = outcome([str(path)], [])
    assert [a["origin"] for a in found["articles"]] == [str(path)]


@pytest.mark.parametrize("text", ["1 of 1 DOCUMENTS\n", NEXIS[:200], FACTIVA[:120], UNI[:150]])
def test_what_is_cut_is_no_crash(tmp_path: Path, text: str) -> None:
    path = tmp_path / "cut.txt"
    path.write_text(text)
    found, _ = outcome([str(path)], [])
    assert found["dead"] or found["articles"]
