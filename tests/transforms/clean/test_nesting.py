"""Where lines stand in the nesting of a page, beside the box of its story."""

from __future__ import annotations

import numpy as np

from dateline.transforms.clean.lines import Lines, read
from dateline.transforms.clean.nesting import NAMES, nesting
from dateline.transforms.decode import decode
from dateline.transforms.model import RawArticle

SENTENCE = (
    "The council of Marren voted on Monday to shut the bridge over the Tessel for a month, the mayor said."
)
PAGE = f"""<html><body><header><ul><li>News</li><li>Sport</li></ul></header>
<main><div class="wrap"><div class="inner"><h1>Bridge is shut</h1>
<p>{SENTENCE}</p><p>{SENTENCE.replace("Monday", "Friday")}</p>
<ul><li>Cars go by Harrow.</li><li>Boats go on.</li></ul>
<figure><div><p>The bridge on Monday.</p></div></figure>
<p>{SENTENCE.replace("month", "year")}</p></div></div></main>
<section class="comments"><h2>Comments</h2><div><p>{SENTENCE.replace("council", "fools")}</p></div></section></body></html>"""


def seen(source: str, kind: str = "text/html") -> tuple[Lines, dict[str, list[float]]]:
    lines = read(decode(RawArticle(content=source, origin="x", media_type=kind)))
    table = nesting(lines, lines.sentences)
    assert table.shape == (len(lines), len(NAMES)) and bool(np.isfinite(table).all())
    return lines, {name: table[:, n].tolist() for n, name in enumerate(NAMES)}


def test_flat_text_has_no_nesting() -> None:
    _, columns = seen(f"{SENTENCE}\n\n{SENTENCE}", "text/plain")
    assert not any(any(column) for column in columns.values())


def test_lines_are_told_by_their_way_to_the_box_of_the_story() -> None:
    lines, columns = seen(PAGE)
    way = {text: (columns["up"][n], columns["down"][n]) for n, text in enumerate(lines.texts)}
    story, aside = way[SENTENCE], way[SENTENCE.replace("council", "fools")]
    assert way["Bridge is shut"] == story and sum(way["Boats go on."]) == sum(story) + 1
    assert sum(aside) > sum(story)


def test_running_text_is_counted_before_and_after_a_line_of_its_box() -> None:
    lines, columns = seen(PAGE)
    words = float(lines.table[lines.texts.index(SENTENCE), 0])
    head = lines.texts.index("Bridge is shut")
    assert columns["box_above"][head] == 0 and columns["box_below"][head] == 3 * words
    last = lines.texts.index(SENTENCE.replace("month", "year"))
    assert columns["box_above"][last] == 2 * words and columns["box_below"][last] == 0
    assert columns["box_share"][head] == 0.75


def test_a_figure_a_list_and_comments_are_named_whatever_wraps_them() -> None:
    lines, columns = seen(PAGE)
    named = {
        text: [name for name in NAMES if name.startswith(("box_f", "box_list", "mark_")) and columns[name][n]]
        for n, text in enumerate(lines.texts)
    }
    assert named["The bridge on Monday."] == ["box_figure"]
    assert named["Boats go on."] == ["box_list"]
    assert named[SENTENCE.replace("council", "fools")] == ["mark_comments"]
    assert named[SENTENCE] == []


def test_wrappers_are_left_out_of_the_boxes_of_a_page() -> None:
    deep = "<div>" * 50 + f"<p>{SENTENCE}</p>" + "</div>" * 50
    page = decode(
        RawArticle(content=f"<body>{deep}<div><p>Menu</p></div></body>", origin="x", media_type="text/html")
    )
    assert page.boxes == ((0, "body"), (0, "body"), (1, "div"), (1, "div"))
    assert [line.box for line in page.lines] == [2, 3]
