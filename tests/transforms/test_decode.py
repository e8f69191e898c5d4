"""Bytes of every kind become one clean text, or a rejection that says why, within bounds."""

from __future__ import annotations

import base64
import gzip
import json
import subprocess
import sys
import time
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.transforms import decode, errors
from dateline.transforms.model import Fault, RawArticle
from tests.pages import page
from tests.transforms.conftest import WORDS, decoded
from tests.waiting import LONG


def test_nuls_controls_and_bidi_overrides_are_dropped() -> None:
    assert decoded("a\x00b\x07c\u202ed\u2066e\u200bf\ufeffg\x85h\r\ni\u2028j").text == "abcdefg\nh\ni\nj"


def test_lone_surrogates_are_marked() -> None:
    assert decoded("bad \ud800 half \udfff pair").text == "bad \ufffd half \ufffd pair"


def test_joiners_that_scripts_need_are_kept() -> None:
    assert decoded("می\u200cخواهم क्\u200dष").text == "می\u200cخواهم क्\u200dष"


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=300))
def test_any_text_becomes_valid_nfc_without_controls(text: str) -> None:
    done = decode.tidy(text)
    done.encode("utf-8")
    assert unicodedata.is_normalized("NFC", done)
    assert "\x00" not in done
    assert "\r" not in done
    assert decode.tidy(done) == done


@settings(max_examples=300)
@given(
    st.binary(max_size=400),
    st.sampled_from([None, "text/html", "application/json", "text/plain; charset=gbk"]),
)
def test_any_bytes_are_a_page_or_a_rejection(data: bytes, media_type: str | None) -> None:
    try:
        text = decoded(data, media_type=media_type).text
    except errors.Rejection:
        return
    text.encode("utf-8")
    assert text.strip()


def test_long_run_of_combining_marks_is_cut_in_linear_time() -> None:
    began = time.process_time()
    text = decoded("a" + "\u0301\u0316" * 450_000 + " the end").text
    assert time.process_time() - began < 2
    assert len(text) < 50
    assert text.endswith(" the end")


def test_every_mark_is_found_by_the_quick_search() -> None:
    marks = [chr(c) for c in range(0x300, 0x20000) if unicodedata.combining(chr(c))]
    assert all(len(decode.tidy(f"a{mark * 100}b")) <= 65 for mark in marks)


def test_characters_that_are_left_alone_are_settled_beside_any_other() -> None:
    """Each is what NFC makes of it, is no mark, and is joined to no character before it."""
    known = [chr(c) for c in range(sys.maxunicode + 1) if not 0xD800 <= c < 0xE000]
    pairs = (unicodedata.decomposition(c).split() for c in known)
    joined = {chr(int(pair[1], 16)) for pair in pairs if len(pair) == 2 and pair[0][0] != "<"}
    joined |= set(map(chr, (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))))  # vowels and ends of Hangul
    for c in known:
        if decode.UNSETTLED.search(c) is None:
            assert unicodedata.normalize("NFC", c) == c
            assert not unicodedata.combining(c)
            assert c not in joined


# ---------------------------------------------------------------- gzip


def test_gzip_is_opened_whatever_the_name_says() -> None:
    assert decoded(gzip.compress(WORDS.encode())).text == WORDS
    assert (
        decoded(gzip.compress(b"One half, ") + gzip.compress(b"and the other.")).text
        == "One half, and the other."
    )
    assert decoded(gzip.compress(WORDS.encode()) + b"\0\0trailing").text == WORDS


def test_truncated_and_broken_gzip_are_undecodable() -> None:
    data = gzip.compress(WORDS.encode() * 50)
    for bad in (data[:-9], data[:12], data[:30] + b"\xff" * 20 + data[50:]):
        with pytest.raises(errors.Undecodable, match="gzip"):
            decoded(bad)


def test_gzip_over_the_bounds_is_too_large() -> None:
    with pytest.raises(errors.TooLarge, match="8000000 bytes when decompressed"):
        decoded(gzip.compress(b"0123456789abcdef" * 600_000, 1))
    with pytest.raises(errors.TooLarge, match="200 times"):
        decoded(gzip.compress(b"\0" * 7_000_000, 9))
    with pytest.raises(errors.TooLarge, match="gzip members"):
        decoded(gzip.compress(b"") * 380_000)


BOMB = """
import json, sys, time, zlib
from dateline.transforms import decode, errors
from dateline.transforms.model import RawArticle
kind = sys.argv[1]
if kind == "gzip":
    squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
    content = b"".join(squeeze.compress(bytes(1 << 20)) for _ in range(300)) + squeeze.flush()
    assert 250_000 < len(content) < 400_000
    media_type = None
elif kind == "depth":
    content, media_type = b"[" * 100_000 + b"]" * 100_000, "application/json"
else:
    content = b'{"content":"one page","a":[' + b"{}," * 2_000_000 + b"{}]}"
    media_type = "application/json"
began = time.process_time()
try:
    decode.decode(RawArticle(content=content, origin="x", media_type=media_type))
except errors.TooLarge as error:
    # getrusage would count what the parent of this process held when it forked.
    with open("/proc/self/status") as status:
        peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    print(json.dumps({"seconds": time.process_time() - began, "peak_mb": peak / 1024}))
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is read from /proc")
@pytest.mark.parametrize("kind", ["gzip", "depth", "nodes"])
def test_bombs_are_refused_within_two_seconds_and_300_mb(kind: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BOMB, kind], capture_output=True, text=True, check=True, timeout=LONG
    )
    found = json.loads(done.stdout)
    assert found["seconds"] < 2
    assert found["peak_mb"] < 300


# ---------------------------------------------------------------- JSON


def record(**fields: Any) -> str:
    return json.dumps(fields)


def test_json_fields_reach_the_page() -> None:
    done = decoded(
        record(
            content=WORDS,
            url="https://a.example/x",
            published="2024-05-01",
            source="Courier",
            desk=["city"],
            title="T",
        ),
        media_type="application/json",
    )
    assert done.text == WORDS
    assert done.url == "https://a.example/x"
    assert done.metadata == {"publisher": "Courier", "title": "T"}
    assert done.carrier == {"desk": ["city"], "title": "T"}
    assert {(e.source, e.role, e.value) for e in done.evidence} == {
        ("carrier", "published", "2024-05-01"),
        ("url", "unknown", "https://a.example/x"),
    }


def test_map_reads_other_names() -> None:
    options = decode.Options(fields={"content": "body", "url": "link"})
    done = decoded(
        record(body=WORDS, link="https://a.example/x", url=7), options, media_type="application/json"
    )
    assert (done.text, done.url) == (WORDS, "https://a.example/x")
    assert done.carrier == {"url": 7}


def test_what_was_told_outside_stands_over_what_the_record_says() -> None:
    done = decoded(
        record(content=WORDS, zone="Europe/Kyiv"), media_type="application/json", zone="Asia/Tokyo"
    )
    assert done.metadata["zone"] == "Asia/Tokyo"


def test_fields_of_our_names_but_other_types_are_kept_as_carrier_data() -> None:
    done = decoded(record(content=WORDS, published=20240501, source={"id": 3}), media_type="application/json")
    assert done.carrier == {"source": {"id": 3}}
    assert [(e.role, e.value) for e in done.evidence] == [("published", "20240501")]


def test_page_inside_json_may_be_html_or_base64() -> None:
    markup = page(1).html()
    assert decoded(record(content=markup), media_type="application/json").media_type == "text/html"
    encoded = base64.b64encode(markup.encode("utf-16")).decode()
    assert decoded(record(content_base64=encoded), media_type="application/json").text == decoded(markup).text


def test_json_is_utf8_whatever_the_page_in_it_declares() -> None:
    line = json.dumps(
        {"content": f"<html><meta charset=iso-8859-1><p>{WORDS}</p>"}, ensure_ascii=False
    ).encode()
    assert decoded(line, media_type="application/json").text == WORDS


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("[1, 2]", errors.SchemaViolation, "list"),
        ('"text"', errors.SchemaViolation, "str"),
        ("null", errors.SchemaViolation, "NoneType"),
        ('{"blob": "x"}', errors.SchemaViolation, "it has: blob. Name it: --map content=FIELD"),
        ('{"content": 5}', errors.SchemaViolation, "'content' is not text"),
        ('{"content": ""}', errors.Empty, "no text"),
        ('{"content": " \\u0000 "}', errors.Empty, "no text"),
        ('{"content": "x"', errors.Undecodable, "broken JSON"),
        ('{"content_base64": "%%%"}', errors.Undecodable, "content_base64"),
        ('{"content_base64": 5}', errors.Undecodable, "content_base64"),
        ('{"content": "x", "a": ' + "9" * 5000 + "}", errors.Undecodable, "broken JSON"),
        ('{"content": "x", "a": ' + "[" * 150 + "]" * 150 + "}", errors.TooLarge, "deeper than 100"),
        ('{"content": "x", "a": ' + "[" * 100_000 + "]" * 100_000 + "}", errors.TooLarge, "too deep"),
    ],
)
def test_json_that_holds_no_article_says_why(text: str, kind: type[errors.Rejection], words: str) -> None:
    with pytest.raises(kind, match=words):
        decoded(text, media_type="application/json")


def test_json_with_a_million_keys_is_read_in_bounded_time() -> None:
    text = '{"content": "one page", ' + ",".join(f'"{n}":1' for n in range(700_000)) + "}"
    began = time.process_time()
    assert len(decoded(text, media_type="application/json").carrier) == 700_000
    assert time.process_time() - began < 5


def test_carrier_data_can_be_stored() -> None:
    done = decoded(
        '{"content": "x y", "a\\ud800": ["\\u0000", {"b": "\\udfff"}]}', media_type="application/json"
    )
    assert done.carrier == {"a\ufffd": ["", {"b": "\ufffd"}]}


# ---------------------------------------------------------------- bounds and faults


def test_raw_and_text_bounds() -> None:
    with pytest.raises(errors.TooLarge, match="8000001 bytes"):
        decoded(b"x" * 8_000_001)
    with pytest.raises(errors.TooLarge, match="characters of text"):
        decoded("word " * 500_000)
    with pytest.raises(errors.TooLarge, match="tags"):
        decoded("<html><body>" + "<p>a</p>" * 150_000)
    small = decode.Options(raw_bytes=10)
    with pytest.raises(errors.TooLarge):
        decoded("eleven byte", small)


@pytest.mark.parametrize(
    "content", ["", "  \n\t", b"", "\ufeff\u200b", "<html><body><script>x()</script></body></html>"]
)
def test_nothing_to_read_is_empty(content: bytes | str) -> None:
    with pytest.raises(errors.Empty):
        decoded(content)


@pytest.mark.parametrize(
    "kind", ["too_large", "undecodable", "empty", "not_an_article", "schema_violation", "deadline"]
)
def test_fault_that_a_reader_found_is_raised_as_its_type(kind: Any) -> None:
    with pytest.raises(errors.Rejection, match="because") as caught:
        decoded("some text", fault=Fault(type=kind, message="because"))
    assert caught.value.type == kind


def test_media_type_told_as_plain_keeps_markup_as_text() -> None:
    assert decoded("<p>not markup</p>", media_type="text/plain").text == "<p>not markup</p>"
    assert decoded("<p>markup</p>").text == "markup"


def test_carrier_title_that_is_no_text_is_no_title() -> None:
    assert "title" not in decoded(WORDS, carrier={"title": 5}).metadata


def test_markup_that_was_escaped_as_a_whole_is_read_as_markup() -> None:
    escaped = f"&lt;p&gt;{WORDS}&lt;/p&gt;&lt;p&gt;It is shut.&lt;/p&gt;"
    done = decoded(record(content=escaped), media_type="application/json")
    assert done.text == f"{WORDS}\nIt is shut."
    told = decoded(
        record(content="<p>Write &lt;p&gt; and &lt;/p&gt; around it.</p>"), media_type="application/json"
    )
    assert told.text == "Write <p> and </p> around it."


def test_language_of_a_carrier_is_stored_without_its_region() -> None:
    raw = RawArticle(content="The bridge is shut.", origin="a", media_type="text/plain", language="en-GB")
    found = decode.decode(raw).metadata
    assert (found["language"], found["region"]) == ("en", "GB")
