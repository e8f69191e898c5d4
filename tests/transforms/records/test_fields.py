"""Records of tools and services: each gives its text, day, title, byline, publisher and address without a flag."""

from typing import Any

import pytest

from dateline.transforms import records
from dateline.transforms.errors import Undecodable
from dateline.transforms.records.presets import presets

TEXT = "The ferry to Marren will not run on Sunday, the harbour office said."


def reading(values: dict[str, str] | None = None, **record: Any) -> records.RecordFields:
    found = records.found_in(record, values or {})
    return records.read(found[0] if found else record, values or {})


ONE = {"title": "No ferry on Sunday", "url": "https://h.example/ferry"}
SHAPES: dict[str, dict[str, Any]] = {
    "NewsAPI": ONE
    | {"source": {"id": None, "name": "Harrow Ledger"}, "author": "Nora Felding", "publishedAt": "2024-05-14T09:30:00Z", "content": TEXT},
    "Guardian": {
        "webTitle": ONE["title"], "webUrl": ONE["url"], "webPublicationDate": "2024-05-14T09:30:00Z",
        "fields": {"bodyText": TEXT, "byline": "Nora Felding", "publication": "Harrow Ledger"},
    },
    "Event Registry": ONE
    | {"uri": "81", "dateTime": "2024-05-14T09:30:00Z", "body": TEXT, "authors": [{"name": "Nora Felding"}],
       "source": {"uri": "h.example", "title": "Harrow Ledger"}},
    "news-please": ONE
    | {"maintext": TEXT, "date_publish": "2024-05-14 09:30:00", "authors": ["Nora Felding"], "source_domain": "Harrow Ledger",
       "date_download": "2024-06-01 00:00:00"},
    "Fundus": {"title": ONE["title"], "plaintext": TEXT, "publishing_date": "2024-05-14 09:30:00+00:00", "authors": ["Nora Felding"],
               "publisher": "Harrow Ledger", "html": {"requested_url": ONE["url"], "content": "<html>"}},
    "trafilatura": {"title": ONE["title"], "source": ONE["url"], "source-hostname": "Harrow Ledger", "fingerprint": "a1", "text": TEXT,
                    "date": "2024-05-14", "author": "Nora Felding", "filedate": "2024-06-01"},
    "newspaper": ONE | {"text": TEXT, "publish_date": "2024-05-14 09:30:00", "authors": ["Nora Felding"], "meta_site_name": "Harrow Ledger"},
    "CC-News": ONE | {"text": TEXT, "date": "2024-05-14 00:00:00", "domain": "Harrow Ledger", "author": "By Nora Felding"},
    "ninjs": {"uri": "urn:1", "versioncreated": "2024-05-14T09:30:00Z", "headline": ONE["title"], "byline": "By Nora Felding",
              "body_html": f"<p>{TEXT}</p>", "link": ONE["url"], "copyrightholder": "Harrow Ledger"},
    "mongoexport": ONE
    | {"_id": {"$oid": "66"}, "text": TEXT, "published": {"$date": {"$numberLong": "1715679000000"}}, "author": "Nora Felding",
       "publisher": "Harrow Ledger"},
    "WordPress": {"id": 1, "date": "2024-05-14T09:30:00", "link": ONE["url"], "title": {"rendered": ONE["title"]},
                  "content": {"rendered": f"<p>{TEXT}</p>"}, "author": 3, "_embedded": {"author": [{"name": "Nora Felding"}]},
                  "yoast_head_json": {"og_site_name": "Harrow Ledger"}},
    "schema.org": {"@type": "NewsArticle", "headline": ONE["title"], "articleBody": TEXT, "datePublished": "2024-05-14",
                   "url": ONE["url"], "author": [{"@type": "Person", "name": "Nora Felding"}], "publisher": {"name": "Harrow Ledger"}},
    "search engine": {"_index": "news", "_id": "1", "_source": ONE | {"body": TEXT, "publication_date": "2024-05-14",
                                                                     "byline": "by Nora Felding", "publisher": "Harrow Ledger"}},
    "Feedly": {"id": "f", "items": [{"id": "a", "title": ONE["title"], "content": {"content": f"<p>{TEXT}</p>", "direction": "ltr"},
               "published": 1715679000000, "crawled": 1715680000000, "author": "Nora Felding", "alternate": [{"href": ONE["url"]}],
               "origin": {"title": "Harrow Ledger"}}]},
    "Bing": {"value": [{"name": ONE["title"], "url": ONE["url"], "description": TEXT, "provider": [{"name": "Harrow Ledger"}],
             "datePublished": "2024-05-14T09:30:00.0000000Z", "author": "Nora Felding"}]},
    "NYT": {"response": {"docs": [{"web_url": ONE["url"], "headline": {"main": ONE["title"]}, "abstract": TEXT, "source": "Harrow Ledger",
            "pub_date": "2024-05-14T09:30:00+0000", "byline": {"person": [{"firstname": "Nora", "lastname": "Felding"}]}}]}},
    "headings in capitals": {"TITLE": ONE["title"], "BODY": TEXT, "PUBLICATION_DATE": "2024-05-14", "SOURCE": "Harrow Ledger",
                             "URL": ONE["url"], "AUTHOR": "Nora Felding"},
    "headings as in a table": {"Title": ONE["title"], "Full Text": TEXT, "Publication Date": "2024-05-14", "Author": "Nora Felding",
                               "Article URL": ONE["url"], "Newspaper": "Harrow Ledger"},
    "dynamic fields of Solr": {"title_t": ONE["title"], "body_txt_en": TEXT, "pub_date_dt": "2024-05-14", "author_ss": ["Nora Felding"],
                               "url_s": ONE["url"], "source_s": "Harrow Ledger"},
    "another language": {"titel": ONE["title"], "inhalt": TEXT, "datum": "2024-05-14", "autor": "Nora Felding", "quelle": "Harrow Ledger",
                         "url": ONE["url"]},
    "whose it is beside": {"text": TEXT, "meta": ONE | {"date": "2024-05-14", "author": "Nora Felding", "source": "Harrow Ledger"}},
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_shape_is_read_without_a_flag(name: str) -> None:
    found = reading(**SHAPES[name])
    assert isinstance(found.content, str) and TEXT in found.content
    assert found.title == ONE["title"]
    assert found.byline == "Nora Felding"
    assert found.values["published"].startswith("2024-05-14")
    assert found.values["url"] == ONE["url"]
    assert found.values["source"] == "Harrow Ledger"


@pytest.mark.parametrize("missing", ["", "NaN", "[Removed]", "ONLY AVAILABLE IN PAID PLANS", " null "])
def test_words_for_a_missing_text_are_none(missing: str) -> None:
    found = reading(**ONE, content=missing, description=TEXT, author=missing, publishedAt="2024-05-14")
    assert (found.content, found.byline) == (TEXT, None)


@pytest.mark.parametrize(
    "record",
    [
        {
            "name": "reader",
            "version": "1.0.0",
            "description": "Reads what the harbour office said on Sunday.",
        },
        {"name": "Marren", "summary": "A port.", "url": "https://h.example/places/marren"},
        {"title": "Untitled form", "description": "Tell us your name.", "fields": []},
    ],
)
def test_a_description_of_what_nobody_published_is_no_article(record: dict[str, Any]) -> None:
    assert reading(**record).content is None


def test_key_that_is_known_by_its_letters_is_no_carrier_data() -> None:
    assert set(reading(Text=TEXT, Date="2024-05-14", Page=4).rest) == {"Page"}


def test_text_element_of_a_document_of_xml_is_its_content() -> None:
    document = f'<?xml version="1.0"?><entry><title>No</title><bodyText xml:id="b"><p>{TEXT}</p></bodyText><x/></entry>'
    found = reading(ResultId="1", Document={"Content": document})
    assert (found.content, found.markup) == (f"<p>{TEXT}</p>", True)


@pytest.mark.parametrize(
    "record",
    [
        {"text": TEXT, "timestamp": "2019-04-25T12:57:54Z", "url": ONE["url"]},
        {"content": TEXT, "timestamp": "2019-04-25T12:57:54Z", "dump": "CC-MAIN-2019-18", "url": ONE["url"]},
        {
            "text": TEXT,
            "date": "2019-04-25T12:57:54Z",
            "dump": "CC-MAIN-2019-18",
            "id": "a",
            "url": ONE["url"],
        },
    ],
)
def test_day_of_a_crawl_is_no_day_of_publication(record: dict[str, Any]) -> None:
    values = reading(**record).values
    assert "published" not in values
    assert values["fetched_at"].startswith("2019-04-25")


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (1715679000, "2024-05-14"),
        (1715679000123, "2024-05-14"),
        (1715679000123456, "2024-05-14"),
        ("1715679000", "2024-05-14"),
        (1715679000.5, "2024-05-14"),
        ({"$date": "2024-05-14T09:30:00Z"}, "2024-05-14"),
        (20240514, "20240514"),
        ("20240514", "20240514"),
        ("14. Mai 2024", "14. Mai 2024"),
    ],
)
def test_stamps_of_machines_become_iso(value: Any, day: str) -> None:
    assert reading(content=TEXT, published=value).values["published"].startswith(day)


@pytest.mark.parametrize("value", [True, -5, 0, 10**30, [], {"$date": None}, float("inf")])
def test_what_is_no_stamp_is_left(value: Any) -> None:
    assert "published" not in reading(content=TEXT, published=value).values


def test_cut_text_and_summary_are_marked() -> None:
    cut = reading(
        title="T", content=TEXT + " The office… [+2829 chars]", source={"name": "L"}, publishedAt="2024-05-14"
    )
    assert cut.content == TEXT + " The office" and cut.notes == ("cut short by its carrier",)
    summary = reading(title="T", url=ONE["url"], description=TEXT)
    assert summary.content == TEXT and summary.notes == ("a summary, not the whole text",)
    assert reading(content=TEXT).notes == ()


def test_map_leads_into_objects_and_lists() -> None:
    record = {"doc": {"parts": [{"p": "One."}, {"p": "Two."}], "when": ["2024-05-14"]}, "content": "not this"}
    found = reading({"content": "doc.parts.p", "published": "doc.when.0"}, **record)
    assert found.content == "One.\n\nTwo."
    assert found.values["published"] == "2024-05-14"


def test_map_outweighs_what_is_known_and_does_not_fall_back() -> None:
    assert reading({"content": "blob"}, content=TEXT).content is None


def test_content_of_paragraphs_and_structured_bodies() -> None:
    assert reading(content=["One.", "Two."]).content == "One.\n\nTwo."
    body = {"summary": ["Lead."], "sections": [{"headline": ["Head"], "paragraphs": ["One.", "Two."]}]}
    assert (
        reading(title="T", publishing_date="2024-05-14", body=body).content == "Lead.\n\nHead\n\nOne.\n\nTwo."
    )


def test_address_is_no_publisher_and_a_number_no_byline() -> None:
    found = reading(content=TEXT, source="https://h.example/x", author="https://h.example/me", authors=[17])
    assert (
        "source" not in found.values and found.values["url"] == "https://h.example/x" and found.byline is None
    )


def test_list_of_addresses_says_what_it_is() -> None:
    found = reading(url=ONE["url"], title="T", seendate="20240514T093000Z", domain="h.example")
    assert found.content is None and "addresses and no text" in (found.no_text or "")


def test_broken_base64_is_undecodable() -> None:
    with pytest.raises(Undecodable):
        reading(content_base64="%%%")


def test_every_preset_names_known_fields() -> None:
    ours = {*presets().any, "html", "content"}
    for preset in presets().preset:
        assert set(preset.fields) <= ours, preset.name
