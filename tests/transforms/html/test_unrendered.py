"""Text that only a script would show: templates, noscript, the data of a page."""

import json
import time

import pytest

from dateline.transforms.html import render

TEXT = [
    f"The council of ward {n} voted on Monday to rebuild its old school, the mayor said." for n in range(4)
]
BODY = "".join(f"<p>{t}</p>" for t in TEXT)
SHELL = "<title>Old school is rebuilt | Harrow Ledger</title><body><nav><a href=/>Home</a></nav><div id=app></div>"
STORY = {"headline": "Old school is rebuilt", "body": BODY, "publishedAt": "2024-05-14T09:30:00Z"}
OTHER = {"headline": "Bridge is shut", "body": BODY.replace("school", "bridge")}


def data(value: object) -> str:
    return f"<script id=__NEXT_DATA__ type=application/json>{json.dumps(value)}</script>"


@pytest.mark.parametrize(
    "markup",
    [
        f"<post-body><template shadowrootmode=open><style>p{{}}</style>{BODY}</template></post-body>",
        f"<noscript>{BODY}</noscript>",
        data({"props": {"pageProps": {"story": STORY}}}),
        data({"a": [{"items": [OTHER, STORY]}]}),
        f"<script>window.__STATE__ = {json.dumps({'article': STORY})};</script>",
    ],
)
def test_text_that_is_not_shown_is_read_where_the_page_has_none(markup: str) -> None:
    page = render(SHELL + markup)
    assert all(text in page.text for text in TEXT) and "bridge" not in page.text


@pytest.mark.parametrize(
    "markup",
    [data([OTHER, STORY | {"headline": "Something else"}]), data({"menu": ["a"] * 50}), data({"x": "{"})],
)
def test_data_of_several_stories_of_other_titles_is_left(markup: str) -> None:
    assert "voted" not in render(SHELL + markup).text


def test_page_with_a_text_of_its_own_keeps_to_it() -> None:
    page = render(
        f"<body><h1>Bridge</h1><p>The bridge at Marren is shut for a month, the council said on Monday.</p>{data(STORY)}</body>"
    )
    assert "voted" not in page.text


def test_templates_that_are_no_shadow_roots_stay_hidden() -> None:
    page = render(
        f"<body><p>{TEXT[0]}</p><x-card><template shadowrootmode=open><p>Shown.</p><template><p>Hidden.</p></template></template></x-card></body>"
    )
    assert "Shown." in page.text and "Hidden." not in page.text


def test_deep_and_wide_data_is_bounded() -> None:
    began = time.process_time()
    render(SHELL + data([{"a": {"b": [{"c": "d"}] * 40}}] * 5_000))
    render(SHELL + "<template shadowrootmode=open>" * 3_000)
    assert time.process_time() - began < 20
