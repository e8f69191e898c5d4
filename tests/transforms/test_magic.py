"""Types by first bytes and by declaration."""

import pytest

from dateline.transforms import magic
from dateline.transforms.decode import decode
from dateline.transforms.errors import Undecodable
from dateline.transforms.model import RawArticle


@pytest.mark.parametrize(
    "text",
    [
        "BMW said on Monday",
        "MZungu, the mayor",
        "GIF stands for",
        "%PDFs are not",
        "PK is a name",
        "II. Teil",
        "OTTO",
        "<?xml version='1.0'?><html><p>x",
    ],
)
def test_text_is_text(text: str) -> None:
    assert magic.foreign(text.encode()) is None
    assert magic.xml_root(text) is None


@pytest.mark.parametrize(
    "media_type", ["application/pdf", "image/png", "video/mp4", "text/css", "application/vnd.ms-excel"]
)
def test_declared_type_of_a_fetched_page_is_believed(media_type: str) -> None:
    with pytest.raises(Undecodable, match="which is not read"):
        decode(RawArticle(content=b"some bytes", origin="a", media_type=media_type))


@pytest.mark.parametrize(
    "media_type",
    ["text/html; charset=utf-8", "text/plain", "application/xhtml+xml", "application/octet-stream", None],
)
def test_types_that_may_be_pages_are_read(media_type: str | None) -> None:
    assert decode(RawArticle(content=b"<p>some words</p>", origin="a", media_type=media_type)).text


def test_feed_that_was_fetched_as_a_page_is_named() -> None:
    with pytest.raises(Undecodable, match="<rss>"):
        decode(
            RawArticle(
                content=b"<?xml version='1.0'?><rss><channel/></rss>",
                origin="a",
                media_type="application/rss+xml",
            )
        )
