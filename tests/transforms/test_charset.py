"""Bytes in the charset that they are in, whatever the page says of itself."""

from __future__ import annotations

import codecs
import unicodedata

import pytest

from dateline.transforms import errors
from tests.transforms.conftest import WORDS, decoded

RUSSIAN = "Мэр города заявила в среду, что мост закроют до следующей недели. Её заместитель ждал этого."


@pytest.mark.parametrize(
    ("bom", "codec"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_byte_order_mark_settles_the_charset(bom: bytes, codec: str) -> None:
    assert decoded(bom + WORDS.encode(codec)).text == WORDS


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_seen_by_its_nuls(codec: str) -> None:
    assert decoded(("The mayor said no. " * 20).encode(codec)).text == "The mayor said no. " * 20


def test_utf16_cut_in_the_middle_of_a_character_keeps_what_is_whole() -> None:
    assert decoded(b"\xff\xfe" + "The mayor".encode("utf-16-le") + b"x").text == "The mayor\ufffd"


@pytest.mark.parametrize(
    ("label", "codec", "words"),
    [
        ("windows-1251", "cp1251", RUSSIAN),
        ("KOI8-R", "koi8-r", RUSSIAN),
        ("iso-8859-1", "cp1252", WORDS),
        ("us-ascii", "cp1252", WORDS),
        ("Shift_JIS", "cp932", "市長は水曜日、橋を閉鎖すると発表した。①"),
        ("gb2312", "gb18030", "市长周三表示，大桥将关闭至下周。"),
        ("euc-kr", "cp949", "시장은 수요일 다리를 폐쇄한다고 밝혔다. 뷁"),
        ("iso-2022-jp", "iso2022_jp", "市長は橋を閉鎖する"),
    ],
)
@pytest.mark.parametrize("where", ["carrier", "page"])
def test_declared_charset_is_read_as_the_web_means_it(label: str, codec: str, words: str, where: str) -> None:
    if where == "carrier":
        assert decoded(words.encode(codec), media_type=f"text/plain; charset={label}").text == words
    else:
        markup = f'<html><head><meta charset="{label}"></head><body><p>{words}</p></body></html>'
        assert decoded(markup.encode(codec)).text == words


def test_valid_utf8_wins_over_an_old_declaration() -> None:
    markup = f'<html><head><meta charset="iso-8859-1"></head><body><p>{WORDS}</p></body></html>'
    assert decoded(markup.encode()).text == WORDS


@pytest.mark.parametrize(
    "label", ["unicode_escape", "punycode", "idna", "rot13", "zip", "utf-7", "undefined", "x-none"]
)
def test_declared_codecs_that_are_no_charsets_are_not_obeyed(label: str) -> None:
    words = "Plain \\u0041 words +AGE- of a page"
    assert decoded(words.encode(), media_type=f"text/plain; charset={label}").text == words
    broken = b"caf\xe9 au lait, " * 30
    assert decoded(broken, media_type=f"text/plain; charset={label}").text.startswith("café au lait")


@pytest.mark.parametrize(
    ("codec", "words"),
    [
        (
            "cp1252",
            "El alcalde señaló que la próxima reunión será mañana – “no habrá más retrasos”, añadió. ",
        ),
        ("cp1252", "La mairesse a déclaré que le pont fermerait bientôt, où qu'elle soit prête à être là. "),
        ("cp1251", RUSSIAN),
        ("koi8-r", RUSSIAN),
        ("cp1253", "Η δήμαρχος είπε την Τετάρτη ότι η γέφυρα θα κλείσει μέχρι την επόμενη εβδομάδα. "),
        ("cp932", "市長は水曜日、橋を来週まで閉鎖すると発表した。住民は説明を求めている。"),
        ("big5", "市長週三表示，大橋將關閉至下週。居民要求作出解釋，並希望盡快恢復交通。"),
    ],
)
def test_undeclared_charset_is_detected(codec: str, words: str) -> None:
    assert decoded((words * 8).encode(codec)).text == unicodedata.normalize("NFC", words * 8)


def test_language_breaks_a_tie_between_charsets() -> None:
    polish = "Burmistrz powiedział w środę, że most zostanie zamknięty. Mieszkańcy są źli z tego powodu. " * 8
    assert decoded(polish.encode("cp1250"), language="pl").text == polish
    hungarian = (
        "A polgármester szerdán közölte, hogy a hidat lezárják; az őrült idő miatt később nyílik meg. " * 8
    )
    assert decoded(hungarian.encode("cp1250"), language="hu").text == hungarian
    markup = f'<html lang="hu"><body><p>{hungarian.strip()}</p></body></html>'
    assert decoded(markup.encode("cp1250")).text == hungarian.strip()


def test_a_few_lost_bytes_do_not_lose_the_page() -> None:
    data = (WORDS * 20).encode()
    cut = data.index("ü".encode())
    text = decoded(data[: cut + 1] + data[cut + 2 :]).text
    assert text.count("\ufffd") == 1
    assert text.endswith("“sofort”.")


def test_bytes_that_are_no_text_are_undecodable() -> None:
    noise = bytes((n * n * 7 + n // 3) % 256 for n in range(60_000))
    with pytest.raises(errors.Undecodable):
        decoded(noise)


POLISH = "Robotnicy portowi w Łodzi przerwali pracę we wtorek, poinformował związek. Zofia Żółć powiedziała, że promy popłyną w piątek."


@pytest.mark.parametrize("codec", ["cp1250", "iso8859-2"])
def test_undeclared_text_has_no_signs_within_its_words(codec: str) -> None:
    assert decoded(POLISH.encode(codec)).text == POLISH


@pytest.mark.parametrize(
    ("codec", "words"),
    [("iso2022_jp", "港の労組は火曜日に仕事を止めた。"), ("iso2022_kr", "항만 노조는 화요일에 일을 멈췄다.")],
)
def test_letters_behind_escapes_are_read(codec: str, words: str) -> None:
    assert decoded(words.encode(codec)).text == words
