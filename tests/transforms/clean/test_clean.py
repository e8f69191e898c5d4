"""Page → Article: what is body, what is not, and that every block is a slice of its page."""

import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.transforms import decode
from dateline.transforms.clean import clean
from dateline.transforms.clean.clean import Mode
from dateline.transforms.errors import Empty, NotAnArticle, Rejection, TooLarge
from dateline.transforms.model import Article, Page, RawArticle
from tests.transforms.clean.pages import (
    FOURTH,
    LEAD,
    SECOND,
    SIDEBAR,
    STORY,
    THIRD,
    TITLE,
    flat,
    framed,
    markup,
)

MODES: tuple[Mode, ...] = ("model", "rules")
both = pytest.mark.parametrize("mode", MODES)


def paragraphs(article: Article) -> list[str]:
    return [article.text[b.start : b.end] for b in article.blocks if b.kind in ("paragraph", "quote")]


def check(page: Page, article: Article) -> None:
    """Blocks are slices of the page, in order, apart from each other; nothing else is text."""
    at, page_at, section = 0, 0, 0
    for n, block in enumerate(article.blocks):
        size = block.end - block.start
        assert size > 0
        assert article.text[block.start : block.end] == page.text[block.page_start : block.page_start + size]
        assert block.start == at + (2 if n else 0)
        assert block.page_start >= page_at
        assert block.section - section in (0, 1)
        at, page_at, section = block.end, block.page_start + size, block.section
    assert at == len(article.text)
    for span in (article.title_span, article.byline_span):
        assert span is None or page.text[span.start : span.end] == span.exact


@both
def test_story_between_menu_and_sidebar(mode: Mode) -> None:
    page = flat(framed(*STORY))
    article = clean(page, mode)
    check(page, article)
    assert paragraphs(article) == list(STORY)
    assert article.title == TITLE
    assert article.byline == "Jonas Feld"
    assert article.publisher == "Vellmar Courier"
    assert article.language == "en"


@both
def test_inserted_headlines_stay_out(mode: Mode) -> None:
    page = flat(framed(LEAD, SECOND, "Related News", *SIDEBAR[1:3], THIRD, FOURTH))
    assert paragraphs(clean(page, mode)) == list(STORY)


@both
def test_what_stands_twice_is_kept_once(mode: Mode) -> None:
    article = clean(flat("\n".join((LEAD, SECOND, THIRD, "1/5", SECOND, THIRD, FOURTH))), mode)
    assert paragraphs(article) == list(STORY)


@both
def test_glue_is_cut_from_the_front(mode: Mode) -> None:
    page = flat("\n".join((LEAD, "Skip to end of carousel", "End of carousel" + SECOND, THIRD, FOURTH)))
    article = clean(page, mode)
    check(page, article)
    assert paragraphs(article) == list(STORY)


@both
def test_teasers_that_were_cut_short_stay_out(mode: Mode) -> None:
    teaser = (
        "When the keeper of the lighthouse and his two surviving dogs climbed the stair that night they..."
    )
    assert paragraphs(clean(flat(framed("Related stories", teaser, *STORY)), mode)) == list(STORY)


@both
def test_captions_are_kept_apart(mode: Mode) -> None:
    caption = "Boats lie at the eastern quay of Vellmar, Friday, May 3, 2024. (AP)"
    article = clean(flat(framed(LEAD, caption, SECOND, THIRD, FOURTH)), mode)
    assert [article.text[b.start : b.end] for b in article.blocks if b.kind == "caption"] == [caption]
    assert paragraphs(article) == list(STORY)


@both
@pytest.mark.parametrize(
    "line",
    [
        "Reporting by Mara Oduya in Vellmar; Editing by T. Lind",
        "Petra A. Voss, Ole Munk and Tim Reyes contributed reporting.",
        "Read more: Ferry strike leaves islanders stranded",
    ],
)
def test_credits_and_pointers_are_no_body(mode: Mode, line: str) -> None:
    assert paragraphs(clean(flat(framed(*STORY, line)), mode)) == list(STORY)


@both
def test_short_brief_without_any_menu(mode: Mode) -> None:
    brief = "A cargo train left the rails near Odda early on Sunday. Nobody was hurt, the rail agency said."
    assert clean(flat(brief), mode).text == brief


@both
def test_lines_broken_at_a_column_are_paragraphs(mode: Mode) -> None:
    text = (
        "VELLMAR, May 14 - The harbour council voted on Tuesday to reopen the\n"
        "eastern quay to fishing boats before the winter, ending a closure that\n"
        "began in March when a storm tore away a part of its wall.\n"
        "\n"
        "Mayor Ilse Brandt said that the repairs had cost less than feared, and\n"
        "that the crane would be back on its rails by Friday.\n"
    )
    page = flat(text)
    article = clean(page, mode)
    check(page, article)
    assert [b.kind for b in article.blocks] == ["paragraph", "paragraph"]
    assert article.text.startswith("VELLMAR") and article.text.endswith("Friday.")


@both
def test_live_blog_has_a_section_for_each_post(mode: Mode) -> None:
    page = flat("\n\n".join((LEAD, "4:12 a.m. EDT", SECOND, THIRD, "2:04 a.m. EDT", FOURTH)))
    article = clean(page, mode)
    check(page, article)
    assert [(b.kind, b.section) for b in article.blocks] == [
        ("paragraph", 0),
        ("post", 1),
        ("paragraph", 1),
        ("quote" if article.blocks[3].kind == "quote" else "paragraph", 1),
        ("post", 2),
        ("paragraph", 2),
    ]


def test_clock_that_opens_a_line_opens_a_section() -> None:
    page = flat(f"{LEAD}\n\n14:20 GMT | {SECOND}\n\n13:05 GMT | {FOURTH}")
    article = clean(page)
    check(page, article)
    assert [b.section for b in article.blocks if b.kind == "post"] == [1, 2]
    assert [article.text[b.start : b.end] for b in article.blocks if b.kind == "post"] == [
        "14:20 GMT",
        "13:05 GMT",
    ]


def test_one_clock_makes_no_live_blog() -> None:
    article = clean(flat("\n\n".join(("2:16 pm", *STORY))))
    assert {b.section for b in article.blocks} == {0}
    assert not any(b.kind == "post" for b in article.blocks)


@both
def test_index_page_is_refused(mode: Mode) -> None:
    teasers = "\n\n".join(
        f"A headline about matter number {n}\n\nBy Staff\n\nRead more\n\nThe council of town {n} met on Monday to talk about the budget of the year."
        for n in range(20)
    )
    with pytest.raises(NotAnArticle):
        clean(flat(f"{MENU_LINES}\n{teasers}"), mode)


MENU_LINES = "\n".join(f"Section {n}" for n in range(40))


@both
@pytest.mark.parametrize(
    "text",
    [
        "403 Forbidden\nYou do not have access to this resource on the server.",
        "Just a moment\nPlease enable JavaScript and cookies to continue reading on this site today.",
        "We use cookies and similar tools to show you content that fits; you can change this at any time in settings.",
        "Home\nNews\nSport\nWeather\nOpinion",
    ],
)
def test_what_is_no_article_is_refused(mode: Mode, text: str) -> None:
    with pytest.raises(NotAnArticle):
        clean(flat(text), mode)


def test_page_without_text_is_empty() -> None:
    with pytest.raises(Empty):
        clean(Page(text=" \n ", media_type="text/plain", origin="test"))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "de",
            "Der Rat der Stadt hat am Dienstag beschlossen, den Kai noch vor dem Winter wieder für Boote zu öffnen.",
        ),
        (
            "fr",
            "Le conseil du port a voté mardi pour rouvrir le quai aux bateaux de pêche avant la fin de la saison.",
        ),
        (
            "es",
            "El consejo del puerto votó el martes a favor de reabrir el muelle a los barcos antes del invierno.",
        ),
        (
            "ru",
            "Совет порта во вторник решил снова открыть восточный причал для рыбаков, и это было трудное решение.",
        ),
        (
            "ar",
            "قال رئيس المجلس إن الميناء سيفتح من جديد أمام السفن في الأسبوع المقبل بعد أن انتهت أعمال الصيانة فيه.",
        ),
        (
            "tr",
            "Liman meclisi salı günü doğu rıhtımını kıştan önce balıkçı teknelerine yeniden açmak için oy verdi ve bu karar çok olumlu.",
        ),
    ],
)
def test_language_is_told_by_its_words(language: str, text: str) -> None:
    assert clean(flat(text)).language == language


@both
@pytest.mark.parametrize(
    "text",
    ["word " * 300_000, "a\n" * 19_999, "Ab. " * 400_000, "(" * 1_000_000 + LEAD, ("1:" * 40 + "\n") * 9_000],
)
def test_large_pages_end_within_seconds(mode: Mode, text: str) -> None:
    start = time.process_time()
    with contextlib.suppress(Rejection):
        clean(Page(text=text, media_type="text/plain", origin="test"), mode)
    assert time.process_time() - start < 20


def test_lines_without_bound_are_refused() -> None:
    with pytest.raises(TooLarge):
        clean(Page(text="a\n" * 20_001, media_type="text/plain", origin="test"))


@both
def test_markup_keeps_landmarks_out(mode: Mode) -> None:
    article = clean(
        markup(
            f"<html lang=en><head><meta property='og:site_name' content='Courier'><title>{TITLE} | Courier</title></head><body>"
            f"<nav><p>{SECOND}</p></nav><article><h1>{TITLE}</h1><p>By Mara Oduya</p><p>{LEAD}</p><p>{SECOND}</p><p>{THIRD}</p></article>"
            f"<aside><p>{FOURTH}</p></aside></body></html>"
        ),
        mode,
    )
    assert paragraphs(article) == [LEAD, SECOND, THIRD]
    assert (article.title, article.byline, article.publisher) == (TITLE, "Mara Oduya", "Courier")


LINES = st.sampled_from(
    [*STORY, *SIDEBAR, TITLE, "", "4:12 a.m. EDT", "1 hour ago", "Share", "Comments", "By Jonas Feld", "  * Sport",
     "    " + LEAD, "File Photo: Xinhua.", "End of carousel" + SECOND, "مرحبا", "漢字" * 20, "x" * 300, "© 2024 A"]
)  # fmt: skip


@both
@settings(max_examples=60, deadline=None)
@given(st.lists(LINES, max_size=30))
def test_any_pile_of_lines_gives_slices_or_a_rejection(mode: Mode, lines: list[str]) -> None:
    try:
        page = flat("\n".join(lines))
        article = clean(page, mode)
    except Rejection:
        return
    check(page, article)


@both
@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_any_text_gives_slices_or_a_rejection(mode: Mode, text: str) -> None:
    try:
        page = flat(text)
        article = clean(page, mode)
    except Rejection:
        return
    check(page, article)


@both
@settings(max_examples=40, deadline=None)
@given(st.permutations(STORY), st.integers(2, 4), st.booleans())
def test_cleaning_again_changes_nothing(mode: Mode, story: list[str], size: int, menu: bool) -> None:
    told = story[:size]
    article = clean(flat(framed(*told) if menu else "\n\n".join(told)), mode)
    assert clean(flat(article.text), mode).text == article.text


GERMAN = (
    "Der Rat der Stadt hat am Montag beschlossen, dass die alte Brücke bis zum Ende des Jahres gesperrt bleibt. "
    "Die Bürgermeisterin sagte, der Sturm habe zwei Pfeiler beschädigt, und die Arbeiten würden erst im Mai beginnen."
)


@pytest.mark.parametrize(
    ("body", "carrier", "expected"),
    [
        # A template of another language is left as it was; the carrier knows.
        (GERMAN, None, "de"),
        (GERMAN, "nl", "nl"),
        ("Die alte Brücke ist gesperrt, der Rat der Stadt entscheidet am Montag neu.", None, "en"),
    ],
)
def test_text_names_its_language_before_the_markup_and_the_carrier_before_both(
    body: str, carrier: str | None, expected: str
) -> None:
    html = f'<html lang="en"><head><title>Brücke gesperrt</title></head><body><article><h1>Brücke gesperrt</h1><p>{body}</p></article></body></html>'
    page = decode.decode(RawArticle(content=html, origin="a.html", media_type="text/html", language=carrier))
    assert clean(page).language == expected
