"""Tags and texts from the markup that the parser writes, beside what its nodes say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from dateline.transforms.html.tags import attributes_of, plain, tags

PIECES = [
    "<p class='a b'>", "</p>", "<div id=x hidden>", "</div>", "<a href='?a=1&b=2' title='a > b'>", "</a>", "<br>", "<b>", "</b>",
    '<i x="y"">', "<i<b>", "<xmp>", "</xmp>", "<noembed>", "</noembed>", "<!-- <p> -->", "<!-- x", "<?php echo 1 ?>", "<hr/>", "<o:p>",
    "&amp;lt; &nbsp;", "a < b", " ", "\n", "<table><tr><td>", "</table>",
    "<plaintext>", "<p a='&quot;x' =b>", "-->", ">", "<p --!>",
]  # fmt: skip


def of_nodes(tree: LexborHTMLParser) -> tuple[str, list[tuple[str, dict[str, str]]]]:
    """The text of a page, and the name and attributes of each element, as its nodes say."""
    text, elements = [], []
    assert tree.body is not None
    for node in tree.body.traverse(include_text=True):
        if node.tag == "-text":
            text.append(node.text_content or "")
        elif not (node.tag or "-").startswith(("-", "!")) and node.tag not in RAW:
            elements.append((node.tag or "", {name: value or "" for name, value in node.attributes.items()}))
    return "".join(text), elements


RAW = ("xmp", "noembed", "noframes", "plaintext")


@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_same_as_the_nodes_say(pieces: list[str]) -> None:
    source = "<body>" + "".join(pieces)
    text, elements = of_nodes(LexborHTMLParser(source))
    found = list(tags(LexborHTMLParser(source)))
    assert "".join(plain(before) for before, _, _ in found) == text
    opened = [(name, attributes_of(written)) for _, name, written in found if name and name[0] != "/"]
    assert opened == elements


@pytest.mark.parametrize(
    ("markup", "written"),
    [
        ("<p><xmp><b>raw</b></xmp>", "<b>raw</b>"),
        ("<p>x<plaintext>rest <p> of", "xrest <p> of"),
        ("<p>a &amp;nbsp; b&nbsp;c", "a &nbsp; b\xa0c"),
    ],
)
def test_texts(markup: str, written: str) -> None:
    assert "".join(plain(text) for text, _, _ in tags(LexborHTMLParser(markup))) == written


def test_raw_text_of_comments_takes_linear_time() -> None:
    found = list(tags(LexborHTMLParser("<xmp>" + "<!--" * 200_000)))
    assert found[-1][1] == "/body"
