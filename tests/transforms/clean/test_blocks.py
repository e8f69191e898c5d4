"""Lines that belong together, or to nobody."""

import pytest

from dateline.transforms import clean, decode
from dateline.transforms.errors import NotAnArticle
from dateline.transforms.model import RawArticle

PARTS = [
    f"The council of ward {n} voted on Monday to rebuild its old school, and the mayor said he was pleased."
    for n in range(6)
]
BODY = "".join(f"<p>{p}</p>" for p in PARTS)


def text(content: str, media_type: str = "text/html") -> str:
    return clean.clean(decode.decode(RawArticle(content=content, origin="a", media_type=media_type))).text


@pytest.mark.parametrize(
    "appeal",
    [
        "We have a small favour to ask. Millions read us, and we need you to keep the lights on.",
        "Sign up below and join 40,000 readers who start their day with us.",
        "Subscribe now for just 3 a month. You can cancel any time.",
        "To read this article in full you need a subscription to our paper.",
        "Every morning our editors send the news straight to your inbox, free of charge.",
    ],
)
def test_appeal_is_left_out_with_its_box(appeal: str) -> None:
    page = f"<body><h1>Schools</h1><div class=story>{BODY}<div class=x1><p>Since you are here, dear reader.</p><p>{appeal}</p></div></div>"
    found = text(page)
    assert "dear reader" not in found and appeal not in found
    assert PARTS[5] in found


@pytest.mark.parametrize(
    "sentence",
    [
        "The party said its members can sign up for the vote until Friday.",
        "“Subscribe now for just 3 a month,” the advert had promised, the court said on Monday.",
        "The museum will cancel any time slots that are not paid for, it said.",
    ],
)
def test_news_of_appeals_stays(sentence: str) -> None:
    assert (
        text(
            f"<body><h1>Schools</h1><div>{BODY}<p>{sentence}</p>{BODY.replace('ward', 'district')}</div>"
        ).count(sentence)
        <= 1
    )


def test_sentence_that_is_a_link_stays_and_a_headline_that_is_one_goes() -> None:
    linked = "<p><a href=/a>On Friday the union and the minister both refused to say what the new pumps had cost.</a></p>"
    headline = "<p><a href=/b>Ferry company drops night route to islands</a></p>"
    found = text(
        f"<body><h1>Schools</h1><div>{BODY}{linked}{headline}{BODY.replace('ward', 'district')}</div>"
    )
    assert "new pumps" in found and "Ferry company" not in found


def test_table_within_a_story_stays() -> None:
    table = "<table><tr><td>Greens</td><td>31.4</td></tr><tr><td>Liberals</td><td>22.0</td></tr></table>"
    found = text(f"<body><h1>Vote</h1><div>{BODY}{table}{BODY.replace('ward', 'district')}</div>")
    assert "Greens | 31.4" in found


def test_short_answers_among_their_own_stay() -> None:
    talk = "".join(
        f"<p>BROD: {t}</p>"
        for t in ("Yes.", "Until March next year, and then we fill it again.", "Good night.")
    )
    assert text(f"<body><h1>Talk</h1><div>{BODY}{talk}</div>").endswith("BROD: Good night.")


FLAT = "\n\n".join(PARTS)


def test_comments_are_closed_in_flat_text() -> None:
    comments = "\n\n".join(
        f"reader{n}\n\n{n} May 2024 at 11:20\n\nI have lived there for forty years and nobody told me a thing about it."
        for n in (3, 4)
    )
    found = text(f"Schools\n\n{FLAT}\n\nComments (2)\n\n{comments}", "text/plain")
    assert "forty years" not in found and PARTS[5] in found


def test_word_of_comments_above_a_story_closes_nothing() -> None:
    found = text(f"Schools\n\nComments\n\n{FLAT}", "text/plain")
    assert PARTS[0] in found and PARTS[5] in found


def test_digest_keeps_the_headlines_of_its_parts() -> None:
    parts = f"<article><h2>Schools to be rebuilt</h2><p>14 May 2024</p>{BODY}</article><article><h2>Ferry drops route</h2>{BODY.replace('ward', 'quay')}</article>"
    found = text(f"<body><h1>News in brief</h1>{parts}")
    assert "Schools to be rebuilt" in found and "Ferry drops route" in found


def test_brief_loses_its_appeal_and_not_itself() -> None:
    brief = (
        "<p>Los trabajadores del puerto pararon el martes tras el fracaso de las negociaciones, dijo su sindicato.</p>"
        "<p>La directora dijo el miércoles que dos transbordadores fueron enviados a otro puerto.</p>"
        "<p>Suscríbete a nuestro boletín y recibe las noticias cada mañana.</p>"
    )
    found = text(f"<html lang=es><body><article><h1>Paro en el puerto</h1>{brief}</article></body></html>")
    assert "sindicato" in found and "transbordadores" in found and "boletín" not in found


def test_posts_of_a_live_page_are_all_kept() -> None:
    told = ("Two ferries were sent away.", "The leader of the union has arrived at the quay.", "Police said the road was shut.",
            "Workers walked out, the union said.", "The director said talks had failed.", "Talks went on until four.")  # fmt: skip
    posts = "".join(
        f"<article><time>1{n}:05</time><p>{post}</p><button>Share</button></article>"
        for n, post in enumerate(told)
    )
    found = text(
        f"<body><nav><a href=/>Home</a></nav><main><h1>Strike: as it happened</h1>{posts}</main></body>"
    )
    assert all(post in found for post in told)


@pytest.mark.parametrize(
    "bio",
    [
        "Mara Oduya covers schools for the Harrow Ledger. She can be reached at m@h.example.",
        "Tom Lind is a senior reporter at the Harrow Ledger.",
        "Follow her on social media.",
    ],
)
def test_lines_that_present_the_writer_are_left_out(bio: str) -> None:
    found = text(f"<body><h1>Schools</h1><div>{BODY}<p><em>{bio}</em></p></div></body>")
    assert found.endswith(PARTS[5])


@pytest.mark.parametrize("headlines", [6, 0])
def test_teasers_under_headlines_that_lead_elsewhere_are_an_index(headlines: int) -> None:
    def head(n: int) -> str:
        title = f"School {n} is rebuilt"
        return f"<a href=/{n}>{title}</a>" if n < headlines else title

    page = "".join(f"<article><h2>{head(n)}</h2><p>{part}</p></article>" for n, part in enumerate(PARTS))
    if headlines:
        with pytest.raises(NotAnArticle, match="an index page"):
            text(f"<body><main>{page}</main></body>")
    else:
        assert PARTS[5] in text(f"<body><main>{page}</main></body>")


def test_teasers_of_other_stories_below_flat_text_are_left_out() -> None:
    teaser = "The council of Varn sold its old town hall on Wednesday for two million crowns, the mayor said."
    other = (
        "Teachers in the county accepted a pay offer on Monday after nine weeks of talks, their union said."
    )
    flat = "\n\n".join(
        (
            "Schools are rebuilt",
            *PARTS,
            "Related stories",
            "Varn sells its hall",
            teaser,
            "Teachers accept",
            other,
        )
    )
    found = text(flat, "text/plain")
    assert PARTS[5] in found and teaser not in found and other not in found


def test_story_goes_on_below_a_box_of_other_stories() -> None:
    flat = "\n\n".join(
        ("Schools are rebuilt", *PARTS[:4], "Related stories", "Varn sells its hall", *PARTS[4:])
    )
    assert PARTS[5] in text(flat, "text/plain")
