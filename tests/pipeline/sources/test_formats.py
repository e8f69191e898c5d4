"""Tables, saved feeds, news documents, mail, saved pages and archives: good ones, and each kind of bad one."""

import bz2
import csv
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dateline.pipeline.settings import Settings
from dateline.pipeline.sources.files import read
from dateline.pipeline.sources.inputs import match
from dateline.transforms.clean import clean
from dateline.transforms.decode import decode
from dateline.transforms.errors import Rejection
from dateline.transforms.model import Article, RawArticle

TEXTS = [
    "The bridge over the Tessel is shut for a month, the mayor of Marren said on Monday.",
    "The bridge over the Tessel is open again, the mayor of Marren said on Friday.",
]
ROWS = [
    {
        "title": f"Bridge {n}",
        "text": text,
        "date": f"2024-05-1{n}",
        "url": f"https://h.example/{n}",
        "author": "Mara Oduya",
    }
    for n, text in enumerate(TEXTS)
]
PAGE = (
    "<html><head><title>Bridge</title></head><body><article><h1>Bridge is shut</h1>"
    + "".join(f"<p>{t}</p>" for t in TEXTS)
    + "</article></body></html>"
)


def raws(path: Path, data: bytes, settings: Settings | None = None) -> list[RawArticle]:
    path.write_bytes(data)
    settings = settings or Settings()
    return [raw for shard in match([str(path)], settings) for raw in read(shard, settings.decode)]


def outcome(raw: RawArticle) -> str:
    try:
        return clean(decode(raw)).text
    except Rejection as error:
        return error.type


def article(raw: RawArticle) -> Article:
    return clean(decode(raw))


def message(raw: RawArticle) -> str:
    with pytest.raises(Rejection) as caught:
        decode(raw)
    return caught.value.message


def table(delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(ROWS[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(ROWS)
    return out.getvalue().encode(encoding)


def parquet(rows: list[dict[str, str]], group: int = 1) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), out, row_group_size=group)
    return out.getvalue()


RSS = f"""<?xml version="1.0"?><!DOCTYPE rss><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Harrow Ledger</title><language>en</language>
<item><title>Bridge &#8211; shut</title><link>https://h.example/0</link><pubDate>2024/5/14</pubDate>
<description>Short.</description><content:encoded><![CDATA[<p>{TEXTS[0]}</p>]]></content:encoded></item>
<item><title>Bridge open</title><link>https://h.example/1</link><pubDate>Tue, 14 May 2024 09:30:00 +0100</pubDate>
<description>{TEXTS[1]}</description></item></channel></rss>"""
NITF = f"""<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf-3-5.dtd"><nitf><head><docdata><doc-id id-string="k1"/>
<date.issue norm="20240514T093000Z"/></docdata><pubdata name="Harrow Ledger"/></head><body><body.head><hedline><hl1>Bridge is shut</hl1></hedline>
<byline>By Mara Oduya</byline><dateline>MARREN, May 14 (Kestrel)</dateline></body.head><body.content><p>{TEXTS[0]}&nbsp;&eacute;</p>
<media><media-caption>The bridge.</media-caption></media><p>{TEXTS[1]}</p></body.content></body></nitf>"""
NEWSML = f"""<?xml version="1.0"?><newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet><newsItem guid="urn:1">
<itemMeta><provider qcode="nprov:KST"/><versionCreated>2024-05-15T08:00:00Z</versionCreated><firstCreated>2024-05-14T09:30:00Z</firstCreated>
<pubStatus qcode="stat:usable"/></itemMeta><contentMeta><headline>Bridge is shut</headline><by>Mara Oduya</by><language tag="en"/></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head>
<body><p>{TEXTS[0]}</p><p>{TEXTS[1]}</p></body></html></inlineXML></contentSet></newsItem>
<newsItem guid="urn:2"><itemMeta><pubStatus qcode="stat:canceled"/></itemMeta></newsItem></itemSet></newsMessage>"""
MHTML = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://h.example/a\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\n'
    f"Content-Transfer-Encoding: 8bit\r\nContent-Location: https://h.example/a\r\n\r\n{PAGE}\r\n--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--\r\n"
)
MAIL = (
    "Subject: Bridge is shut\r\nFrom: Harrow Ledger <desk@h.example>\r\nDate: Tue, 14 May 2024 09:30:00 +0100\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n'
    f"{TEXTS[0]}\r\n\r\n{TEXTS[1]}\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>{TEXTS[0]}</p>\r\n--b--\r\n"
)


def zipped(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def tarred(*members: tuple[str, bytes], mode: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


MEMBERS = (("a.html", PAGE.encode()), ("sub/b.jsonl", json.dumps(ROWS[0]).encode()), ("style.css", b"p{}"))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", table()), ("a.csv", table(";")), ("a.tsv", table("\t")), ("a.csv", table(encoding="utf-16")), ("a.csv", b"\xef\xbb\xbf" + table()),
        ("a.csv.gz", gzip.compress(table())), ("a.csv", b"sep=;\r\n" + table(";")), ("a.txt", table("|")), ("a.parquet", parquet(ROWS)), ("a", parquet(ROWS)),
    ],
)  # fmt: skip
def test_each_row_is_an_article(tmp_path: Path, name: str, data: bytes) -> None:
    found = [article(raw) for raw in raws(tmp_path / name, data)]
    assert [a.text for a in found] == TEXTS
    assert [(a.title, a.byline, a.url) for a in found] == [
        (f"Bridge {n}", "Mara Oduya", f"h.example/{n}") for n in (0, 1)
    ] or [a.title for a in found] == ["Bridge 0", "Bridge 1"]


def test_row_groups_are_read_once_over_all_shards(tmp_path: Path) -> None:
    rows = [{"title": f"T{n}", "text": TEXTS[0] + f" Number {n}."} for n in range(50)]
    found = raws(tmp_path / "a.parquet", parquet(rows, 7), Settings(split_bytes=500))
    assert len(found) == 50 and len({raw.origin for raw in found}) == 50


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


def test_newsml_g2_and_a_withdrawn_item(tmp_path: Path) -> None:
    first, second = raws(tmp_path / "a.xml", NEWSML.encode())
    assert article(first).text == "\n\n".join(TEXTS)
    assert (article(first).title, article(first).publisher, article(first).byline) == (
        "Bridge is shut",
        "KST",
        "Mara Oduya",
    )
    assert message(second) == "withdrawn by its publisher"


@pytest.mark.parametrize("name", ["a.mhtml", "a.mht", "a"])
def test_saved_page(tmp_path: Path, name: str) -> None:
    [raw] = raws(tmp_path / name, MHTML.encode())
    assert article(raw).text == "\n\n".join(TEXTS) and raw.url == "https://h.example/a"


def test_mail(tmp_path: Path) -> None:
    [raw] = raws(tmp_path / "a.eml", MAIL.encode())
    found = article(raw)
    assert (found.text, found.title, found.publisher) == (
        "\n\n".join(TEXTS),
        "Bridge is shut",
        "Harrow Ledger",
    )
    assert raw.published == "Tue, 14 May 2024 09:30:00 +0100"


def test_letters_of_a_mailbox(tmp_path: Path) -> None:
    second = MAIL.replace("Bridge is shut", "Bridge is open").replace(
        TEXTS[1], f">From Friday on. {TEXTS[1]}\r\n-- \r\nHarrow Ledger"
    )
    data = f"From a Tue May 14 09:30:00 2024\n{MAIL}\n\nFrom b Tue May 14 09:30:00 2024\n{second}\n"
    first, other = raws(tmp_path / "a.mbox", data.encode())
    assert (article(first).title, article(other).title) == ("Bridge is shut", "Bridge is open")
    assert article(other).text == f"{TEXTS[0]}\n\nFrom Friday on. {TEXTS[1]}"
    assert (first.origin[-2:], other.origin[-2:]) == ("#1", "#2")


def test_letter_over_the_bound_is_one_dead_letter(tmp_path: Path) -> None:
    letter = MAIL.replace("\r\n", "\n")
    large = letter.replace(TEXTS[0], "x" * 200_000)
    data = "".join(f"From a Tue May 14 09:30:00 2024\n{one}\n\n" for one in (letter, large, letter))
    kinds = [outcome(raw) for raw in raws(tmp_path / "a.mbox", data.encode(), Settings(raw_bytes=100_000))]
    assert kinds[1] == "too_large" and TEXTS[0] in kinds[0] and TEXTS[0] in kinds[2]


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


@pytest.mark.parametrize(
    ("second", "day"),
    [("06/13/2024", "2024-06-05"), ("13/06/2024", "2024-05-06"), ("07/06/2024", "06/05/2024")],
)
@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.jsonl.gz", "a.json"])
def test_order_of_day_and_month_is_that_of_the_other_records(
    tmp_path: Path, name: str, second: str, day: str
) -> None:
    rows = [{"text": text, "date": date} for text, date in zip(TEXTS, ("06/05/2024", second), strict=True)]
    data = "\n".join(map(json.dumps, rows)) if "jsonl" in name else json.dumps(rows)
    if name == "a.csv":
        data = "date,text\n" + "".join(f'{row["date"]},"{row["text"]}"\n' for row in rows)
    packed = gzip.compress(data.encode()) if name.endswith(".gz") else data.encode()
    assert decode(raws(tmp_path / name, packed)[0]).evidence[0].value == day


def test_cell_that_opens_with_a_quotation_keeps_its_marks(tmp_path: Path) -> None:
    text = '"We shut it," the mayor of Marren said on Monday.'
    [raw, _] = raws(tmp_path / "a.tsv", f"title\ttext\nBridge\t{text}\nBridge\t{TEXTS[1]}\n".encode())
    assert article(raw).text == text


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.zip", zipped(*MEMBERS)),
        ("a.tar", tarred(*MEMBERS)),
        ("a.tar.gz", tarred(*MEMBERS, mode="w:gz")),
        ("a.tgz", tarred(*MEMBERS, mode="w:gz")),
        ("a.tar.bz2", bz2.compress(tarred(*MEMBERS))),
        ("a.txz", lzma.compress(tarred(*MEMBERS))),
    ],
)
def test_members_of_archives(tmp_path: Path, name: str, data: bytes) -> None:
    found = raws(tmp_path / name, data)
    assert [outcome(raw) for raw in found] == ["\n\n".join(TEXTS), TEXTS[0]]
    assert [raw.origin.removeprefix(str(tmp_path / name)) for raw in found] == ["#a.html", "#sub/b.jsonl#1"]


@pytest.mark.parametrize(
    ("ending", "pack"), [(".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress)]
)
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.html", PAGE.encode()),
        ("a.txt", TEXTS[0].encode()),
        ("a.jsonl", b"".join(json.dumps(row).encode() + b"\n" for row in ROWS)),
        ("a.json", json.dumps(ROWS).encode()),
        ("a.csv", table()),
        ("a.xml", RSS.encode()),
        ("a.eml", MAIL.encode()),
    ],
)
def test_a_compressed_file_is_read_as_it_is(
    tmp_path: Path, name: str, data: bytes, ending: str, pack: Callable[[bytes], bytes]
) -> None:
    plain = [outcome(raw) for raw in raws(tmp_path / name, data)]
    packed = pack(data)
    assert [outcome(raw) for raw in raws(tmp_path / (name + ending), packed)] == plain != []
    cut = [outcome(raw) for raw in raws(tmp_path / (name + ending), packed[: len(packed) * 3 // 4])]
    assert "undecodable" in cut


def test_a_compressed_bomb_is_one_dead_letter(tmp_path: Path) -> None:
    for name, pack in (("a.txt.bz2", bz2.compress), ("a.html.xz", lzma.compress)):
        assert [outcome(raw) for raw in raws(tmp_path / name, pack(b"a" * 60_000_000))] == ["too_large"]


NOT_READ = {
    "a.pdf": (b"%PDF-1.4\n1 0 obj << /Type /Pages >>", "a PDF"),
    "a.docx": (zipped(("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<w/>")), "Word"),
    "a.odt": (zipped(("mimetype", b"application/vnd.oasis.opendocument.text")), ""),
    "a.txt": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "PNG"),
    "a.html": (b"%PDF-1.7 x", "a PDF"),
    "a.rtf": (b"{\\rtf1 The mayor said on Monday.}", "RTF"),
    "a.db": (b"SQLite format 3\x00" + b"\x00" * 90, "SQLite"),
    "a.xml": (b"<?xml version='1.0'?><office><p>The mayor said on Monday.</p></office>", "<office>"),
    "b.xml": (
        b"<?xml version='1.0'?><urlset><url><loc>https://h.example/</loc></url></urlset>",
        "dateline watch",
    ),
    "a.csv": (b"region,amount\nNorth,5\nSouth,6\n", "it has: region, amount. Name it: --map content=COLUMN"),
    "a.parquet": (parquet([{"region": "North"}]), "it has: region"),
    "a.py": (b'print("The mayor said on Monday.")', "a program's source"),
    "a.css": (b"p { color: red }", "a style sheet"),
    "a.ics": (b"BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR", "a calendar"),
    "b.txt": (b"1\n00:00:01,000 --> 00:00:04,000\nThe mayor said on Monday.", "subtitles"),
    "c.txt": (b"WEBVTT\n\n00:01.000 --> 00:04.000\nThe mayor said on Monday.", "subtitles"),
    "a.feather": (b"ARROW1\x00\x00", "an Arrow file, which is not read: save it as Parquet"),
}


@pytest.mark.parametrize("name", NOT_READ)
def test_what_is_not_read_is_refused_in_words_once(tmp_path: Path, name: str) -> None:
    data, words = NOT_READ[name]
    [raw] = raws(tmp_path / name, data)
    assert words in message(raw)


GOOD = {
    "a.csv": table(), "a.parquet": parquet(ROWS), "a.xml": RSS.encode(), "b.xml": NITF.encode(), "c.xml": NEWSML.encode(),
    "a.mhtml": MHTML.encode(), "a.eml": MAIL.encode(), "a.mbox": b"From a Tue\n" + MAIL.encode(), "a.zip": zipped(*MEMBERS), "a.tar": tarred(*MEMBERS), "a.tar.gz": tarred(*MEMBERS, mode="w:gz"),
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_empty_cut_and_garbled_files_are_dead_letters_and_no_crash(tmp_path: Path, name: str) -> None:
    data = GOOD[name]
    for n, broken in enumerate(
        [
            b"",
            b" \n",
            data[:20],
            data[: len(data) // 2],
            data[:-5],
            data[:60] + b"\x00\xff" * 40 + data[60:],
            b"\x00" * 2000,
        ]
    ):
        found = raws(tmp_path / f"{n}{name}", broken)
        assert found, (name, n)
        assert len({raw.origin for raw in found}) == len(found)
        for raw in found:
            outcome(raw)


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize(
    "other", ["a.csv", "a.parquet", "a.xml", "a.eml", "a.zip", "a.tar", "a.jsonl", "a.json", "a.html"]
)
def test_wrong_ending_is_no_crash(tmp_path: Path, name: str, other: str) -> None:
    for raw in raws(tmp_path / other, GOOD[name]):
        outcome(raw)


def test_one_cell_over_the_bound_is_one_dead_letter(tmp_path: Path) -> None:
    rows = [ROWS[0], ROWS[0] | {"text": "x" * 300_000}, ROWS[1]]
    out = io.StringIO()
    writer = csv.DictWriter(out, list(ROWS[0]))
    writer.writeheader()
    writer.writerows(rows)
    settings = Settings(raw_bytes=100_000)
    for name, data in (("a.parquet", parquet(rows)),):
        found = raws(tmp_path / name, data, settings)
        kinds = []
        for raw in found:
            try:
                decode(raw, settings.decode)
                kinds.append("read")
            except Rejection as error:
                kinds.append(error.type)
        assert kinds == ["read", "too_large", "read"]
    assert any(
        raw.fault or len(raw.content) > 100_000
        for raw in raws(tmp_path / "a.csv", out.getvalue().encode(), settings)
    )


def test_bomb_in_an_archive_is_one_dead_letter(tmp_path: Path) -> None:
    data = zipped(("bomb.txt", b"a" * 60_000_000), ("a.html", PAGE.encode()))
    found = raws(tmp_path / "a.zip", data)
    assert [outcome(raw) for raw in found] == ["too_large", "\n\n".join(TEXTS)]


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


def test_entity_bomb_is_refused(tmp_path: Path) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss>&b;</rss>'
    [raw] = raws(tmp_path / "a.xml", bomb.encode())
    assert outcome(raw) == "undecodable"


def test_locked_archive_says_so(tmp_path: Path) -> None:
    data = bytearray(zipped(("a.html", PAGE.encode())))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(sign) + at] |= 1  # the flag of encryption
    found = raws(tmp_path / "a.zip", bytes(data))
    assert any("can not be unpacked" in message(raw) for raw in found)


def test_document_within_an_archive_is_said_and_a_picture_is_not(tmp_path: Path) -> None:
    found = raws(
        tmp_path / "a.zip",
        zipped(("a.html", PAGE.encode()), ("b.pdf", b"%PDF-1.4"), ("c.png", b"x"), ("d/e.zip", b"PK")),
    )
    assert [raw.fault is not None for raw in found] == [False, True, True]
