"""Files of our own in each format, and what is read from them."""

from __future__ import annotations

import csv
import io
import json
import tarfile
import zipfile
from collections.abc import Sequence
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
from dateline.transforms.options import DEFAULTS, Options

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


def raws(path: Path, data: bytes, settings: Settings | None = None) -> list[RawArticle]:
    path.write_bytes(data)
    settings = settings or Settings()
    return [raw for shard in match([str(path)], settings) for raw in read(shard, settings.decode)]


def outcome(raw: RawArticle, options: Options = DEFAULTS) -> str:
    """The text that was read, or the type of the dead letter."""
    try:
        return clean(decode(raw, options)).text
    except Rejection as error:
        return error.type


def article(raw: RawArticle) -> Article:
    return clean(decode(raw))


def message(raw: RawArticle) -> str:
    with pytest.raises(Rejection) as caught:
        decode(raw)
    return caught.value.message


def table(delimiter: str = ",", encoding: str = "utf-8", rows: Sequence[dict[str, str]] = ROWS) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(ROWS[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def parquet(rows: list[dict[str, str]], group: int = 1) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), out, row_group_size=group)
    return out.getvalue()


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
