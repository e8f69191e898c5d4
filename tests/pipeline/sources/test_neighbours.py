"""Inputs as other tools, sites and people make them, read without flags: neighbours of what users report, in our own words."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from tests.quality.inputs import outcome

TITLE = "Ferry to Low Quay stops for the winter"
LEAD = "The ferry company of Sandre will stop its boats to Low Quay on 1 November, its director Ines Malk said on Tuesday."
SECOND = "She told the town council that the old pier would not hold through another storm, and that repairs cost 4 million crowns."
THIRD = "The mayor of Low Quay said that 300 people take the boat to work each day and asked for buses over the dam."
BODY = f"{LEAD}\n\n{SECOND}\n\n{THIRD}"
HTML = f"<p>{LEAD}</p><p>{SECOND}</p><p>{THIRD}</p>"
DAY = "2024-05-14"
URL = "https://sandre.example/news/ferry"
Stored = dict[str, list[dict[str, Any]]]


def stored(folder: Path, name: str, data: bytes | str | object, *arguments: str) -> Stored:
    """What a run would store of one file."""
    path = folder / name
    if isinstance(data, str | bytes):
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    else:
        path.write_text(json.dumps(data), "utf-8")
    return outcome([str(path)], arguments)[0]


def one(found: Stored) -> dict[str, Any]:
    """The one article of a run that refused nothing."""
    assert [d["message"] for d in found["dead"]] == []
    [article] = found["articles"]
    return article


RECORDS: dict[str, object] = {
    "wordpress": [
        {
            "id": 7,
            "date": f"{DAY}T09:30:00",
            "link": URL,
            "title": {"rendered": TITLE},
            "content": {"rendered": HTML},
        }
    ],
    "elasticsearch": {
        "took": 3,
        "hits": {
            "total": 1,
            "hits": [{"_id": "a", "_source": {"title": TITLE, "body": BODY, "published": DAY}}],
        },
    },
    "solr": {
        "response": {
            "numFound": 1,
            "docs": [
                {"title": [TITLE], "content": [LEAD, SECOND, THIRD], "published_date": [f"{DAY}T00:00:00Z"]}
            ],
        }
    },
    "graphql": {
        "data": {
            "posts": {
                "edges": [{"node": {"title": TITLE, "content": HTML, "publishedAt": f"{DAY}T08:00:00Z"}}]
            }
        }
    },
    "wrapped": {
        "status": "ok",
        "data": {"articles": [{"headline": TITLE, "body": BODY, "publishedDate": DAY}]},
    },
    "schema.org": {
        "@type": "NewsArticle",
        "headline": TITLE,
        "articleBody": BODY,
        "datePublished": f"{DAY}T09:30:00+02:00",
        "url": URL,
    },
    "mongo long": {
        "_id": {"$oid": "5"},
        "title": TITLE,
        "text": BODY,
        "published": {"$date": {"$numberLong": "1715679000000"}},
    },
    "mongo date": {
        "_id": {"$oid": "5"},
        "title": TITLE,
        "text": BODY,
        "published": {"$date": f"{DAY}T09:30:00Z"},
    },
    "milliseconds": {"title": TITLE, "text": BODY, "published": 1715679000000},
    "seconds": {"title": TITLE, "text": BODY, "published": 1715679000},
    "compact": {"title": TITLE, "text": BODY, "date": "20240514"},
    "rfc 822": {"title": TITLE, "text": BODY, "pubDate": "Tue, 14 May 2024 09:30:00 GMT"},
    "words": {"title": TITLE, "text": BODY, "date": "May 14, 2024 9:30 AM"},
    "newspaper": {
        "title": TITLE,
        "text": BODY,
        "authors": ["Nils Orre"],
        "publish_date": f"{DAY} 00:00:00",
        "source_url": URL,
    },
    "paragraphs": {"title": TITLE, "paragraphs": [LEAD, SECOND, THIRD], "date": DAY},
    "ans": {
        "headlines": {"basic": TITLE},
        "display_date": f"{DAY}T09:30:00Z",
        "content_elements": [{"type": "text", "content": p} for p in (LEAD, SECOND, THIRD)],
    },
    "blocks": {
        "title": TITLE,
        "published_at": f"{DAY}T09:30:00Z",
        "body": [{"type": "paragraph", "text": p} for p in (LEAD, SECOND, THIRD)],
    },
    "escaped": {"title": TITLE, "content": HTML.replace("<", "&lt;").replace(">", "&gt;"), "date": DAY},
    "jsonfeed": {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Sandre Post",
        "items": [
            {
                "id": "1",
                "url": URL,
                "title": TITLE,
                "content_html": HTML,
                "date_published": f"{DAY}T09:30:00Z",
            }
        ],
    },
}


@pytest.mark.parametrize("name", RECORDS)
def test_json_of_other_tools(tmp_path: Path, name: str) -> None:
    article = one(stored(tmp_path, "in.json", RECORDS[name]))
    assert article["text"] == BODY
    assert (article["title"], article["published"]) == (TITLE, DAY)


def test_json_that_is_not_quite_json(tmp_path: Path) -> None:
    record = json.dumps({"title": TITLE, "text": BODY, "date": DAY})
    for n, text in enumerate(
        (
            record.replace('"date"', '"score": NaN, "date"'),
            "\ufeff" + record,
            record + "\n\n" + record + "\n",
            f"[{record},\n{record}]",
        )
    ):
        found = stored(tmp_path, f"in{n}.json", text)
        assert [a["text"] for a in found["articles"]] == [BODY] and found["dead"] == []


def test_content_that_was_cut_short_is_read(tmp_path: Path) -> None:
    record = {
        "title": TITLE,
        "content": f"{LEAD} {SECOND[:60]}… [+2829 chars]",
        "publishedAt": f"{DAY}T08:00:00Z",
    }
    article = one(stored(tmp_path, "in.json", {"status": "ok", "articles": [record]}))
    assert article["text"].startswith(LEAD) and "+2829" not in article["text"]


def test_a_record_without_a_text_names_its_fields(tmp_path: Path) -> None:
    [dead] = stored(tmp_path, "in.json", {"kopje": TITLE, "datum": DAY})["dead"]
    assert (
        dead["type"] == "schema_violation"
        and "datum, kopje" in dead["message"]
        and "--map" in dead["message"]
    )


def page(head: str = "", above: str = "", amid: str = "", below: str = "") -> str:
    """A page of HTML with the story in it."""
    return (
        f"<!doctype html><html lang='en'><head><title>{TITLE} | Sandre Post</title>{head}</head><body>"
        "<header><nav><ul><li><a href='/'>Home</a></li><li><a href='/sport'>Sport</a></li></ul></nav></header>"
        f"<main><article><h1>{TITLE}</h1>{above}<p>{LEAD}</p><p>{SECOND}</p>{amid}<p>{THIRD}</p></article></main>{below}"
        "<footer><p>© 2024 Sandre Post. All rights reserved.</p></footer></body></html>"
    )


def script(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return f"<script type='application/ld+json'>{text}</script>"


NEWS = {
    "@type": "NewsArticle",
    "headline": TITLE,
    "datePublished": f"{DAY}T09:30:00+02:00",
    "author": {"@type": "Person", "name": "Nils Orre"},
}
SCRIPTS = {
    "graph": {"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "Sandre Post"}, NEWS]},
    "reference": {"@graph": [{**NEWS, "author": {"@id": "#n"}}, {"@id": "#n", "@type": "Person", "name": "Nils Orre"}]},
    "array": [{"@type": "BreadcrumbList", "itemListElement": []}, NEWS],
    "types": {**NEWS, "@type": ["Article", "NewsArticle"]},
    "comment": f"<!-- {json.dumps(NEWS)} -->",
    "cdata": f"//<![CDATA[\n{json.dumps(NEWS)}\n//]]>",
    "comma": json.dumps(NEWS)[:-1] + ",}",
    "semicolon": json.dumps(NEWS) + ";",
    "break": json.dumps(NEWS).replace("Ferry to", "Ferry\nto"),
    "entity": json.dumps(NEWS).replace('"', "&quot;"),
    "parts of a name": {**NEWS, "author": [{"@type": "Person", "givenName": "Nils", "familyName": "Orre"}]},
    "author as text": {**NEWS, "author": "Nils Orre"},
    "authors of names": {**NEWS, "author": {"@type": "Person", "name": ["Nils Orre"]}},
    "main entity": {"@type": "WebPage", "mainEntity": NEWS},
    "value": {**NEWS, "datePublished": {"@type": "Date", "@value": DAY}},
    "created": {**{k: v for k, v in NEWS.items() if k != "datePublished"}, "dateCreated": DAY},
    "report": {**NEWS, "@type": "ReportageNewsArticle"},
}  # fmt: skip


@pytest.mark.parametrize("name", SCRIPTS)
def test_linked_data_however_it_is_written(tmp_path: Path, name: str) -> None:
    article = one(stored(tmp_path, "in.html", page(script(SCRIPTS[name]))))
    assert (article["title"], article["byline"], article["published"]) == (TITLE, "Nils Orre", DAY)
    assert article["text"] == BODY


BRIEFS = [
    "SANDRE, May 14 (Lantern) - The ferry to Low Quay will stop on 1 November, its director said on Tuesday.",
    "Ferry to stop\n\nThe boats to Low Quay will stop on 1 November, the ferry company said.",
    "BREAKING: Ferry company of Sandre stops its boats to Low Quay, director says.",
    "SANDRE (Lantern) — The court blocked access to the pier on Tuesday after 404 complaints.",
    "Police in Low Quay arrested two men on Monday night over fires at the pier.",
    "Sandre 3, Low Quay 1. Mira Holt scored twice for the home side on Sunday.",
    "CORRECTION: A report on Monday gave the wrong price of a ticket. It is 40 crowns.",
    "NOTICE: The road over the dam is closed from 20 May to 2 June 2024 for repairs.",
    "Die Fähre nach Low Quay fährt ab Dienstag nicht mehr, teilte die Reederei mit.",
    "Le bac de Low Quay s'arrêtera mardi, a annoncé la compagnie.",
    "Паром в Лоу-Ки остановят во вторник, сообщила компания.",
]


@pytest.mark.parametrize("text", BRIEFS)
def test_short_news_is_news(tmp_path: Path, text: str) -> None:
    article = one(stored(tmp_path, "in.txt", text, "--published", DAY))
    assert article["text"] == text.split("\n\n")[-1]


NO_NEWS = [
    "404 Not Found\n\nThe page that you asked for does not exist.",
    "Just a moment...\n\nChecking your browser before you go on.",
    "We use cookies to make our site better. Accept all\nReject all\nSettings",
    "Log in to continue reading\n\nAlready a subscriber? Sign in\nCreate an account",
]


@pytest.mark.parametrize("text", NO_NEWS)
def test_walls_and_errors_are_refused(tmp_path: Path, text: str) -> None:
    found = stored(tmp_path, "in.txt", text)
    assert found["articles"] == [] and [d["type"] for d in found["dead"]] == ["not_an_article"]


FURNITURE = {
    "consent": ("", "", "<div role='dialog' aria-label='Consent'><p>We and our partners store cookies on your device to show you offers that suit you.</p></div>"),
    "newsletter": ("", "<div class='c-newsletter-signup'><h3>The morning post</h3><p>Get the news of the coast in your inbox each day at six.</p></div>", ""),
    "related list": ("", "<div class='related-links'><h3>Related</h3><ul><li><a href='/1'>Pier of Harle falls into the sea after a storm</a></li><li><a href='/2'>Buses over the dam cost more</a></li></ul></div>", ""),
    "read more": ("", "<p><strong>Read more: <a href='/1'>Pier of Harle falls into the sea</a></strong></p>", ""),
    "comments": ("", "", "<section id='comments'><h2>2 comments</h2><div><b>anna_k</b><p>I take this boat each day and there is no bus at all, so what am I to do now?</p></div><div><b>per</b><p>They said the same thing ten years ago and then nothing came of it at all.</p></div></section>"),
    "bare comments": ("", "", "<div><h3>Comments</h3><p>anna_k</p><p>14 May 2024 at 10:12</p><p>I take this boat each day and there is no bus at all, so what now?</p><p>Reply</p><p>per</p><p>14 May 2024 at 11:40</p><p>They said the same ten years ago and nothing came of it.</p><p>Reply</p></div>"),
    "bio": ("", "", "<div class='author-bio'><p>Nils Orre has written about boats and piers for the Sandre Post since 2011 and lives in Harle.</p></div>"),
    "offer": ("", "<div class='subscribe-wall'><p>Subscribe for 1 crown a week to read all of our stories without a break.</p></div>", ""),
    "share": ("<ul class='share'><li><a>Facebook</a></li><li><a>Copy link</a></li></ul>", "", ""),
    "teasers": ("", "", "<section class='more-stories'><h2>More stories</h2>" + "".join(f"<article><h3><a href='/{n}'>Boat number {n} runs aground near Harle</a></h3><p>The crew of boat {n} was brought to land by a helicopter before night, the coast guard said.</p></article>" for n in range(4)) + "</section>"),
    "hidden": ("", "<div style='display:none'><p>This paragraph was put here for machines and no reader of the page has ever seen it.</p></div>", ""),
    "advert": ("", "<div class='ad-slot'><p>Advertisement</p><p>Buy two nights at the Grand Hotel of Harle and get a third one free.</p></div>", ""),
    "caption": ("", "<figure><img src='a.jpg'><figcaption>The old pier of Low Quay in March. Photo: Mira Holt</figcaption></figure>", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", FURNITURE)
def test_what_stands_around_a_story_is_left(tmp_path: Path, name: str) -> None:
    above, amid, below = FURNITURE[name]
    article = one(stored(tmp_path, "in.html", page(script(NEWS), above, amid, below)))
    text = article["text"].replace("The old pier of Low Quay in March. Photo: Mira Holt\n\n", "")
    assert text == BODY


KEPT = {
    "list": "<ul><li>Boats leave at 6 and 8 until October.</li><li>Tickets of the old kind stay good.</li></ul>",
    "quotation": "<blockquote><p>“No pier stands for ever, and this one has stood for ninety years.”</p></blockquote>",
    "linked sentence": "<p><a href='/plan'>The plan that the council saw on Monday names three other piers that may close.</a></p>",
    "table": "<table><tr><td>Pier</td><td>Built</td></tr><tr><td>Low Quay</td><td>1934</td></tr></table>",
    "heading": "<h2>What the repairs would cost</h2>",
}


@pytest.mark.parametrize("name", KEPT)
def test_what_a_story_holds_is_kept(tmp_path: Path, name: str) -> None:
    article = one(stored(tmp_path, "in.html", page(script(NEWS), amid=KEPT[name])))
    words = {
        "list": "Boats leave at 6",
        "quotation": "ninety years",
        "linked sentence": "three other piers",
        "table": "1934",
        "heading": "What the repairs",
    }
    assert (
        words[name] in article["text"]
        and article["text"].startswith(LEAD)
        and article["text"].endswith(THIRD)
    )


def office(*names: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.html", b"%PDF-1.7\n", "a PDF, which is not read: make text of it first"),
        (
            "a.txt",
            office("[Content_Types].xml", "word/document.xml"),
            "a Word document (DOCX), which is not read: save it",
        ),
        (
            "a.txt",
            office("[Content_Types].xml", "xl/workbook.xml"),
            "an Excel workbook (XLSX), which is not read: save it as CSV",
        ),
        ("a.html", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 90, "an old Office document"),
        ("a.txt", b"\xff\xd8\xff\xe0" + b"\0" * 90, "a JPEG image"),
        ("a.html", b"", "empty"),
    ],
)
def test_what_is_no_text_is_refused_in_words(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    [dead] = stored(tmp_path, name, data)["dead"]
    assert words in f"{dead['type']} {dead['message']}"


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "windows-1252", "iso-8859-15"])
def test_pages_in_any_charset(tmp_path: Path, charset: str) -> None:
    source = page(f"<meta charset='{charset}'>").replace("Ines Malk", "Inés Mälk")
    article = one(stored(tmp_path, "in.html", source.encode(charset, "xmlcharrefreplace")))
    assert "Inés Mälk" in article["text"]
