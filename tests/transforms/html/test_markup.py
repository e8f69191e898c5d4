"""Tags and texts from the markup that the parser writes, beside what its nodes say."""

from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from dateline.transforms import core
from dateline.transforms.html import markup
from dateline.transforms.html.markup import attributes_of

PIECES = [
    "<p class='a b'>", "</p>", "<div id=x hidden>", "</div>", "<a href='?a=1&b=2' title='a > b'>", "</a>", "<br>", "<b>", "</b>",
    '<i x="y"">', "<i<b>", "<xmp>", "</xmp>", "<noembed>", "</noembed>", "<!-- <p> -->", "<!-- x", "<?php echo 1 ?>", "<hr/>", "<o:p>",
    "&amp;lt; &nbsp;", "a < b", " ", "\n", "<table><tr><td>", "</table>",
    "<plaintext>", "<p a='&quot;x' =b>", "-->", ">", "<p --!>",
]  # fmt: skip


class Told:
    """What is told of a page: its lines, the attributes that were asked about, and its boxes."""

    def __init__(self, data: bool) -> None:
        self.data = data
        self.lines: list[Any] = []
        self.asked: list[Any] = []
        self.boxes: tuple[list[int], list[str]] = ([0], ["body"])

    def __getitem__(self, written: str) -> bool:
        self.asked.append(attributes_of(written))
        return "id" in written

    def mark(self, looks: bool, name: str, zone: str, box: int, blocks: tuple[int, ...]) -> markup.Zoned:
        self.asked.append((looks, name, zone, box))
        return f"{zone}+", (*blocks, len(self.asked))

    def row(self) -> bool:
        self.asked.append("row")
        return self.data

    def read(self, source: str) -> bool:
        times = partial(self.asked.append, "time")
        put = lambda *line: self.lines.append(line)  # noqa: E731
        return markup.read(source, markup.Page(self, False, self.mark, self.row, times, put, *self.boxes))  # type: ignore[arg-type]

    def of(self, source: str) -> list[Any]:
        self.read(source)
        return self.lines


def told(source: str, data: bool = False) -> tuple[object, ...]:
    found = Told(data)
    return found.read(source), found.lines, found.asked, found.boxes


def text_of(tree: LexborHTMLParser) -> str:
    """The text of a page without its blanks, as its nodes say."""
    assert tree.body is not None
    nodes = tree.body.traverse(include_text=True)
    return "".join("".join((node.text_content or "").split()) for node in nodes if node.tag == "-text")


@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_text_is_that_of_the_nodes(pieces: list[str]) -> None:
    tree = LexborHTMLParser("<body>" + "".join(pieces))
    text = text_of(tree)
    found = Told(False)
    if not found.read(markup.written(tree)):
        markup.mend(tree)
        found = Told(False)
        assert found.read(markup.written(tree))
    assert "".join("".join(line[0].split()) for line in found.lines) == text


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("<p>a &amp;nbsp; b&nbsp;c</p>", [("a &nbsp; b\xa0c", 0, "p")]),
        (
            "<div> <p>one <a>two </a><b>!</b></p>\n<hr>three</div>",
            [("one two !", 3, "p"), ("three", 0, "div")],
        ),
        ("<div>a<!-- <p> --><br>b</div>", [("a\x1eb", 0, "div")]),
        ("<a>x<p> y </p></a>", [("x", 1, ""), (" y ", 1, "p")]),
    ],
)
def test_lines(source: str, lines: list[tuple[str, int, str]]) -> None:
    found = Told(False)
    assert found.read(source)
    assert [line[:3] for line in found.lines] == lines


def test_cells_of_a_row_of_data_are_one_line() -> None:
    source = "<table><tr><td>a</td> <td>b</td></tr></table>"
    assert told(source, data=True)[1] == [("a  | b", 0, "tr", "", 1, ())]
    assert [line[0] for line in Told(False).of(source)] == ["a", "b"]


def test_raw_text_takes_linear_time() -> None:
    tree = LexborHTMLParser("<xmp>" + "<!--" * 200_000)
    assert not Told(False).read(markup.written(tree))
    markup.mend(tree)
    assert Told(False).read(markup.written(tree))


@pytest.mark.skipif(core.compiled is None, reason="needs the compiled core")
@given(
    st.one_of(
        st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
        st.text('<>/!-?a p="&;ltr\n', max_size=30),
    ),
    st.booleans(),
)
def test_compiled_core_tells_the_same(source: str, data: bool) -> None:
    balanced = markup.written(LexborHTMLParser("<body>" + source))
    compiled = told(balanced, data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(core, "compiled", None)
        assert told(balanced, data) == compiled
