"""Short news is an article, a short notice is none."""

import pytest

from dateline.transforms import clean, decode
from dateline.transforms.errors import NotAnArticle
from dateline.transforms.model import Article, RawArticle


def article(content: str, **known: object) -> Article:
    return clean.clean(decode.decode(RawArticle(content=content, origin="a", **known)))  # type: ignore[arg-type]


NEWS = [
    "Mayor resigns\n\nMayor Ines Holt resigned on Tuesday night.",
    "FLASH - HOLT RESIGNS AS MAYOR, COUNCIL SAYS",
    "PORT ELSIN, May 14 (Kestrel) - The port was shut on Tuesday after its website was blocked, the harbour office said.",
    "BERLIN, 14. Mai (Kestrel) - Der Rat hat am Dienstag ein Bußgeld wegen eines Cookie-Banners verhängt.",
    "The missing page was not found, the archive said on Monday. It had been cut from the book in 1911.",
    "Access to the site was denied to inspectors on Friday, the agency said.",
    "A court ruled on Monday that 403 forbidden zones on the coast are lawful.",
    "Le maire a démissionné mardi soir, a dit la mairie.",
    "La alcaldesa dimitió el martes, dijo el ayuntamiento.",
    "Harrow beat Marren 3-1 on Monday.\nLena Okoro scored twice.",
    "Correction: An article on Monday gave the wrong year for the fire at the mill. It was 1911.",
    "The board of the ferry company meets on 6 June at 9.30 a.m.",
    "市議会は月曜日、市場の閉鎖を決めた。",
]
NOTICES = [
    "404 Not Found\n\nThe page you requested could not be found.",
    "Access denied\n\nYou don't have permission to access this page.",
    "We use cookies\n\nWe and our 842 partners store information on your device. Manage your cookie settings.",
    "Please enable JS and disable any ad blocker",
    "Just a moment...\n\nChecking your browser before accessing the site.",
    "Seite nicht gefunden",
    "Sign in to continue reading. Already a subscriber? Log in.",
    "Loading",
    "Are you a robot? Please complete the captcha to continue.",
    "503 Service Unavailable error\n\nNo server is available to handle this request.",
    "Privacy policy\n\nThis policy was last updated on 3 May 2024. We keep your data safe.",
    "Home\nWorld\nSport\nContact",
]


@pytest.mark.parametrize("text", NEWS)
def test_brief_is_an_article(text: str) -> None:
    assert article(text, media_type="text/plain").text.endswith(text.splitlines()[-1])


@pytest.mark.parametrize("text", NOTICES)
def test_notice_is_none(text: str) -> None:
    with pytest.raises(NotAnArticle):
        article(text, media_type="text/plain")


@pytest.mark.parametrize(
    "text", ["Holt resigns.", "404 is the number of our new bus. Page not found? Ask us.", "Ja."]
)
def test_declared_content_is_never_refused(text: str) -> None:
    assert article(text, declared=True).text == text


def test_declared_content_keeps_what_looks_like_furniture() -> None:
    text = "The paper said on Monday it would stop.\n\nSubscribe to our newsletter, its last page read.\n\nIt was founded in 1911."
    assert article(text, declared=True).text == text


def test_declared_page_with_its_menus_is_cleaned() -> None:
    menu = "\n".join(["Home", "World", "Sport", "Culture", "Weather", "Sign in", "Contact us", "About"] * 3)
    body = "\n\n".join(
        [f"The council of ward {n} voted on Monday to rebuild its school, the mayor said." for n in range(6)]
    )
    found = article(f"{menu}\n\n{body}\n\n{menu}", declared=True).text
    assert "Sign in" not in found and "ward 0" in found and "ward 5" in found


def test_brief_amid_the_furniture_of_its_page() -> None:
    menu = "".join(f"<li><a href=/{n}>Section {n}</a></li>" for n in range(12))
    page = (
        f"<html><body><nav><ul>{menu}</ul></nav><article><h1>Mayor of Marren resigns</h1><p>14 May 2024</p>"
        "<p>Mayor Ines Holt resigned on Tuesday, city hall said.</p></article><aside><h3>Most read</h3>"
        "<p>Ferry company said on Monday it drops a route.</p></aside></body></html>"
    )
    assert (
        article(page, media_type="text/html").text == "Mayor Ines Holt resigned on Tuesday, city hall said."
    )


def test_front_without_a_story_is_none() -> None:
    teasers = "".join(
        f"<li><h3><a href=/{n}>Minister {n} says no to plan</a></h3><p>He spoke on Monday.</p></li>"
        for n in range(30)
    )
    with pytest.raises(NotAnArticle):
        article(f"<html><body><h1>World</h1><ul>{teasers}</ul></body></html>", media_type="text/html")
