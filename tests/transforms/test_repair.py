"""Damaged text: what is certain is mended, what might be meant is left."""

import pytest

from dateline.transforms import repair


@pytest.mark.parametrize("charset", ["cp1252", "latin-1"])
def test_utf8_read_as_one_byte_is_mended(charset: str) -> None:
    right = "The authority’s engineer said “nobody” – not even in Łódź – would\xa0pay 5 €."
    damaged = right.encode().decode(charset, "ignore" if charset == "latin-1" else "replace")
    if "\ufffd" in damaged:  # windows-1252 has no letter for five bytes
        damaged = right.replace("Łódź", "Köln").replace("”", "“").encode().decode(charset, "replace")
    mended, notes = repair.mend(damaged)
    assert "’" in mended and "“" in mended and "€" in mended
    assert notes == (repair.MENDED_CHARSET,)


def test_cyrillic_read_as_windows_1252_is_mended() -> None:
    right = "Мост закрыт, сказал мэр."
    assert repair.mend(right.encode().decode("latin-1"))[0] == right


@pytest.mark.parametrize(
    "text",
    [
        "Ângela Ãlvares sah São Paulo, Â und Ã.",
        "Le château d’Âne: «Ô», dit-il.",
        "Bürgermeister Strøm – “ja” – 5 €",
        "市议会星期一投票",
        "AT&T; R&D; Q&A",
    ],
)
def test_sound_text_is_left(text: str) -> None:
    assert repair.mend(text) == (text, ())
    assert repair.unescape(text) == text


def test_doubled_escapes_are_undone_once_but_no_tag_is_made() -> None:
    assert repair.mend("a &amp;#8217; b &amp;lt;p&amp;gt;")[0] == "a &#8217; b &amp;lt;p&amp;gt;"
    assert repair.unescape("&quot;it&#8217;s&quot; &amp; so&nbsp;on") == '"it’s" & so\xa0on'


def test_name_is_one_line_without_markup() -> None:
    assert repair.plain("A <em>new</em>\n bridge &#8211; at last") == "A new bridge – at last"
    assert repair.plain("a < b") == "a < b"


def test_every_entity_of_html_4_is_a_letter_and_nothing_else_is() -> None:
    assert (
        repair.unescape("&bdquo;Wir&ldquo; &Scaron; &thetasym; &frac14; &foo; &copy 5 & Co;")
        == "„Wir“ Š ϑ ¼ &foo; &copy 5 & Co;"
    )
    assert repair.mend("a &amp;bdquo; b &amp;foo; c")[0] == "a &bdquo; b &amp;foo; c"
