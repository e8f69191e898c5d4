"""HTML → lines, landmarks, metadata and evidence; hostile markup stays bounded."""

import json
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.transforms.errors import TooLarge
from dateline.transforms.html import DEPTH_LIMIT, Rendered, render


def check(page: Rendered) -> None:
    at = 0
    for line in page.lines:
        assert line.start >= at and line.end > line.start
        assert "\n" not in page.text[line.start : line.end]
        assert page.text[line.start : line.end] == page.text[line.start : line.end].strip()
        assert 0 <= line.link_share <= 1
        at = line.end + 1
    assert "\n".join(page.text[line.start : line.end] for line in page.lines) == page.text
    assert unicodedata.is_normalized("NFC", page.text)
    for found in page.evidence:
        assert found.span is None or page.text[found.span.start : found.span.end] == found.span.exact


def test_a_line_for_each_block_with_tag_and_landmark() -> None:
    page = render(
        "<body><nav><a href=/>Home</a></nav><main><h1>Quay <em>reopens</em></h1><p>First <a href=x>part</a>.</p>"
        "<ul><li>One</li></ul><figure><figcaption>Boats (AP)</figcaption></figure></main><aside><p>More</p></aside>"
    )
    check(page)
    assert [(page.text[n.start : n.end], n.tag, n.zone) for n in page.lines] == [
        ("Home", "nav", "nav"),
        ("Quay reopens", "h1", "main"),
        ("First part.", "p", "main"),
        ("One", "li", "main"),
        ("Boats (AP)", "figcaption", "main"),
        ("More", "p", "aside"),
    ]
    assert [n.link_share for n in page.lines[:3]] == [1.0, 0.0, round(4 / 11, 3)]


def test_what_a_reader_does_not_see_is_no_text() -> None:
    page = render(
        "<body><p hidden>a</p><div style='display:none'>b</div><script>c</script><style>d</style><!-- e -->"
        "<noscript>f</noscript><template>g</template><span aria-hidden=true>h</span><p>seen</p>"
    )
    assert page.text == "seen"


def test_a_form_around_the_page_hides_nothing() -> None:
    page = render("<body><form><p>The page.</p><input value=x><select><option>y</option></select></form>")
    assert page.text == "The page."


def test_breaks_end_lines_but_not_sentences() -> None:
    page = render("<p>The harbour council<br>voted on Tuesday.<br><br>Nobody &amp; nothing&nbsp;left.</p>")
    check(page)
    assert page.text == "The harbour council voted on Tuesday.\nNobody & nothing left."


def test_entities_come_out_composed_and_without_controls() -> None:
    page = render("<p>Cafe&#769; &#8206;x&#8203;y</p>")
    check(page)
    assert page.text == "Café xy"


def test_linked_data_in_a_graph() -> None:
    data = {
        "@graph": [
            {"@type": "WebSite", "name": "Not this"},
            {
                "@type": ["NewsArticle"],
                "headline": "Quay &amp; crane",
                "datePublished": "2024-05-12T14:05:00+02:00",
                "dateModified": "2024-05-13",
                "author": [{"@type": "Person", "name": "Mara Oduya"}, {"name": "T. Lind"}],
                "publisher": {"name": "Vellmar Courier"},
                "inLanguage": "en-GB",
            },
        ]
    }
    page = render(f"<head><script type='application/ld+json'>{json.dumps(data)}</script></head><body><p>x")
    assert page.metadata == {
        "title": "Quay & crane",
        "author": "Mara Oduya, T. Lind",
        "publisher": "Vellmar Courier",
        "language": "en",
        "region": "GB",
    }
    assert [(e.source, e.role, e.value) for e in page.evidence] == [
        ("json-ld", "published", "2024-05-12T14:05:00+02:00"),
        ("json-ld", "modified", "2024-05-13"),
    ]


def test_dates_of_other_articles_in_a_list_are_no_evidence() -> None:
    data = {"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "datePublished": "2020-01-01"}]}
    page = render(f"<script type='application/ld+json'>{json.dumps(data)}</script><p>x")
    assert page.evidence == ()


def test_meta_tags() -> None:
    page = render(
        "<html lang='de-AT'><head><title>Seite</title><meta property='og:title' content='Der  Kai'>"
        "<meta property='article:published_time' content='2024-05-12'><meta name='date' content='2024-05-11'>"
        "<meta property='og:site_name' content='Kurier'><link rel=canonical href='https://example.org/kai'>"
        "<meta name=author content='https://example.org/me'></head><body><p>Text"
    )
    assert page.metadata == {
        "title": "Der Kai",
        "publisher": "Kurier",
        "canonical": "https://example.org/kai",
        "language": "de",
        "region": "AT",
    }
    assert [(e.source, e.role, e.value) for e in page.evidence] == [
        ("opengraph", "published", "2024-05-12"),
        ("meta", "published", "2024-05-11"),
    ]


def test_time_elements_have_their_place_in_the_text() -> None:
    page = render(
        "<p>By Mara Oduya, <time datetime='2024-05-12T14:05Z' itemprop=datePublished>12 May  2024</time></p>"
        "<p>Updated <time class='entry updated' datetime='2024-05-13'>Monday</time></p><time datetime=2024-05-14></time>"
    )
    check(page)
    assert [(e.source, e.role, e.value, e.span.exact if e.span else None) for e in page.evidence] == [
        ("time", "published", "2024-05-12T14:05Z", "12 May 2024"),
        ("time", "modified", "2024-05-13", "Monday"),
        ("time", "unknown", "2024-05-14", None),
    ]


@pytest.mark.parametrize(
    "data",
    ["{", "[" * 50_000, '{"@graph": 5}', '{"@type": 1}', '[{"@type": "Article", "author": [[]]}]', "null"],
)
def test_broken_linked_data_is_passed_over(data: str) -> None:
    page = render(f"<script type='application/ld+json'>{data}</script><p>x")
    assert (page.text, page.evidence) == ("x", ())


def test_nesting_without_bound_is_refused_at_once() -> None:
    start = time.process_time()
    with pytest.raises(TooLarge):
        render("<div>" * 200_000)
    assert time.process_time() - start < 2
    assert render("<div>" * (DEPTH_LIMIT - 1) + "x").text == "x"


@pytest.mark.parametrize(
    "source",
    [
        "<p>" + "word " * 1_600_000,
        "<div " + "a=1 " * 1_000_000 + "><p>x</p>",
        "<" * 300_000,
        "<time datetime=2024-01-01>x</time>" * 100_000,
    ],
    ids=["one line", "a million attributes", "brackets", "times"],
)
def test_large_pages_end_within_seconds(source: str) -> None:
    start = time.process_time()
    check(render(source))
    assert time.process_time() - start < 20


@pytest.mark.parametrize("source", ["<p>a</p>" * 1_000_000, "<p>a" * 30_000, "<" * 4_000_000])
def test_lines_and_tags_without_bound_are_refused(source: str) -> None:
    start = time.process_time()
    with pytest.raises(TooLarge):
        render(source)
    assert time.process_time() - start < 5


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<div>", "<nav>", "</nav>", "<br>", "<a href=x>", "</a>", "<li>", "<td>", "<time datetime=2024>",
                         "</time>", "<h1>", "text ", "É", "e\u0301", "&#769;", "&#0;", "<!--", "-->", "<script>", "\x1e", "<span hidden>"]),
        max_size=40,
    ).map("".join)
)  # fmt: skip
def test_any_markup_gives_lines_that_cover_the_text(source: str) -> None:
    check(render(source))
