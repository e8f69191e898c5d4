"""Ids depend on what was read and on nothing else. The format's constants are pinned: a change here breaks stores."""

from __future__ import annotations

import re
import subprocess
import sys
import uuid
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.transforms import identity
from dateline.transforms.model import Page

WORD = st.text(alphabet="abcdefghijklmnop éñж中1-_.~", min_size=1, max_size=8).map(str.strip).filter(bool)
SPACE = st.text(alphabet=" \t\n\r\u00a0\u2003\u3000", min_size=1, max_size=4)


def page(text: str = "words", **fields: Any) -> Page:
    return Page(text=text, media_type="text/plain", origin="x", **fields)


@given(st.lists(WORD, min_size=1, max_size=8), st.data())
def test_white_space_changes_no_id(words: list[str], data: st.DataObject) -> None:
    plain = " ".join(" ".join(words).split())
    spaced = data.draw(SPACE) + "".join(data.draw(SPACE) if c == " " else c for c in plain) + data.draw(SPACE)
    assert identity.article_id(page(plain)) == identity.article_id(page(spaced))
    assert identity.revision(plain) == identity.revision(spaced)


@given(WORD, WORD)
def test_other_words_change_every_id(a: str, b: str) -> None:
    same = identity.collapse(a) == identity.collapse(b)
    assert (identity.revision(a) == identity.revision(b)) is same
    assert (identity.article_id(page(a)) == identity.article_id(page(b))) is same


@given(
    st.text(max_size=80),
    st.sampled_from(["", "http://", "https://www.", "HTTP://A.example:80/", "https://[::1]/"]),
)
def test_normalizing_an_address_twice_changes_nothing(rest: str, start: str) -> None:
    once = identity.normalize_url(start + rest)
    if once is not None:
        once.encode("ascii", "xmlcharrefreplace")
        assert identity.normalize_url(once) == once


SEGMENT = st.text(alphabet="abcXYZ019-._~éж中 ", min_size=1, max_size=6).filter(
    lambda s: s.strip(" .") and "index" not in s
)


@given(
    st.lists(SEGMENT, max_size=4),
    st.dictionaries(st.sampled_from(["id", "page", "q"]), SEGMENT, max_size=3),
    st.data(),
)
def test_ways_to_write_one_address_are_one_address(
    path: list[str], query: dict[str, str], data: st.DataObject
) -> None:
    def flip(text: str) -> str:
        spelled = ("".join(f"%{b:02x}" for b in text.encode()), quote(text), text.replace(" ", "%20"))
        return data.draw(st.sampled_from(spelled))

    plain = "https://a.example/" + "/".join(quote(s) for s in path)
    pairs = list(query.items())
    other = data.draw(st.sampled_from(["http://", "HTTPS://www.", "https://"])) + data.draw(
        st.sampled_from(["a.example", "A.Example", "a.example.", "a.example:443", "a.example:80"])
    )
    other += (
        "/"
        + "/".join(flip(s) for s in path)
        + data.draw(st.sampled_from(["", "/", "/index.html", "/index.php/"]))
    )
    shuffled = data.draw(
        st.permutations([*pairs, *data.draw(st.sampled_from([[], [("utm_source", "x")], [("fbclid", "1")]]))])
    )
    plain += "?" + urlencode(pairs)
    other += "?" + urlencode(shuffled) + data.draw(st.sampled_from(["", "#top"]))
    assert identity.normalize_url(plain) == identity.normalize_url(other)


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        ("http://www.Example.org:80/A/b/?utm_medium=x&b=2&a=1#c", "https://example.org/A/b?a=1&b=2"),
        ("https://example.org:8080/x", "https://example.org:8080/x"),
        ("https://example.org/новини", "https://example.org/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8"),
        ("https://example.org/%d0%bd%41", "https://example.org/%D0%BDA"),
        ("https://example.org/a%2Fb", "https://example.org/a%2Fb"),
        ("https://example.org/a%252Fb", "https://example.org/a%252Fb"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://example.org/?a=", "https://example.org?a="),
        ("ftp://example.org/x", None),
        ("example.org/x", None),
        ("https://", None),
        ("https://example.org:no/", None),
        ("https://[::1", None),
        ("https://example.org/\ud800", None),
        ("https://example.org/?q=\ud800", None),
        ("", None),
        (None, None),
    ],
)
def test_normal_addresses(url: str | None, normal: str | None) -> None:
    assert identity.normalize_url(url) == normal


@pytest.mark.parametrize(
    "other", ["https://a.example/x?id=2", "https://a.example/X?id=1", "https://b.example/x?id=1"]
)
def test_addresses_of_other_pages_stay_apart(other: str) -> None:
    assert identity.normalize_url(other) != identity.normalize_url("https://a.example/x?id=1")


def test_an_address_names_a_page_over_its_text() -> None:
    one = identity.article_id(page("one", url="https://a.example/x"))
    assert one == identity.article_id(page("two", url="http://www.a.example/x/"))
    assert one != identity.article_id(page("one"))


@pytest.mark.parametrize(
    ("url", "metadata", "named"),
    [
        (None, {"canonical": "https://a.example/x"}, "https://a.example/x"),
        (None, {"canonical": "https://a.example/"}, None),
        (None, {"canonical": "/x"}, None),
        (
            None,
            {"canonical": "https://a.example/x", "og_url": "https://m.a.example/x"},
            "https://a.example/x",
        ),
        (None, {"canonical": "https://b.example/x", "og_url": "https://a.test/x"}, None),
        ("https://c.example/y", {"canonical": "https://a.example/x"}, "https://c.example/y"),
        ("message-17", {"canonical": "https://a.example/x"}, "https://a.example/x"),
    ],
)
def test_a_canonical_link_counts_only_where_it_can_be_trusted(
    url: str | None, metadata: dict[str, str], named: str | None
) -> None:
    assert identity.page_url(page(url=url, metadata=metadata)) == named


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://news.example.co.uk/x", "example.co.uk"),
        ("https://www.example.com", "example.com"),
        ("https://a.b.example.org/", "example.org"),
        ("no address", None),
    ],
)
def test_registered_domain(url: str, domain: str | None) -> None:
    assert identity.registered_domain(url) == domain


def test_event_id_folds_what_does_not_change_a_reading() -> None:
    first = identity.event_id("a", "said", "Ana Ruiz", "say", ["the bridge would reopen"])
    assert first == identity.event_id("a", "said", "ANA  RUIZ", "say", ["“The bridge", "would reopen!”"])
    others = [
        identity.event_id("b", "said", "Ana Ruiz", "say", ["the bridge would reopen"]),
        identity.event_id("a", "did", "Ana Ruiz", "say", ["the bridge would reopen"]),
        identity.event_id("a", "said", "Ana", "say", ["the bridge would reopen"]),
        identity.event_id("a", "said", "Ana Ruiz", "warn", ["the bridge would reopen"]),
        identity.event_id("a", "said", "Ana Ruiz", "say", ["the bridge would not reopen"]),
        identity.event_id("a", "said", "Ana Ruiz", "say", ["the bridge would reopen"], 1),
    ]
    assert len({first, *others}) == 7


@given(st.text(max_size=40))
def test_an_id_is_a_uuid5(name: str) -> None:
    assert identity.story_id(name) == str(uuid.uuid5(identity.NAMESPACE, f"story|{name}"))


def test_ids_of_the_format_are_pinned() -> None:
    assert str(identity.NAMESPACE) == "5b0c1f0e-7a55-5d0e-9b1c-0d6f3c1a7e42"
    assert identity.revision("One  day\n") == "a8893946ca6cdb8b"
    assert identity.article_id(page("One day")) == "0cc1ab4a-6321-5a00-bbf2-bb5790142eae"
    assert identity.article_id(page(url="https://a.example/x")) == "9b9d4334-4d67-5ef8-b78a-18a7f67be92c"
    assert (
        identity.event_id("a", "said", "Ana Ruiz", "say", ["the bridge"])
        == "43df3d83-bbae-5de5-b79c-da84f68d3dbd"
    )
    assert identity.dead_letter_id("a#1", identity.sha256(b"x")) == "e07eda51-67da-55a1-b860-99c3c372ccf7"


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=40))
def test_any_origin_and_text_has_ids(text: str) -> None:
    assert re.fullmatch(r"[0-9a-f-]{36}", identity.dead_letter_id(text, identity.sha256(text)))
    assert re.fullmatch(r"[0-9a-f]{16}", identity.revision(text))


def test_ids_do_not_depend_on_the_process() -> None:
    code = "from tests.transforms.test_identity import *; print(identity.article_id(page('x y')), identity.revision('x'))"
    seen = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed, "TZ": zone, "LANG": "C"},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed, zone in (("0", "UTC"), ("77", "Asia/Tokyo"))
    }  # fmt: skip
    assert len(seen) == 1
