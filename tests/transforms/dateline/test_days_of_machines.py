"""Days that machines write: compact ISO, addresses, changes in a repository, labels without a space."""

import pytest

from dateline.transforms import clean, dateline, decode
from dateline.transforms.dateline.evidence import url_day
from dateline.transforms.model import Anchors, RawArticle

BODY = "\n\n".join(
    f"The council of ward {n} voted on Monday to rebuild its old school, and the mayor said he was pleased."
    for n in range(4)
)


def anchors(text: str, **known: str) -> Anchors:
    page = decode.decode(RawArticle(content=text, origin="a", media_type="text/plain", **known))  # type: ignore[arg-type]
    return dateline.anchors(page, clean.clean(page))


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("20240514", "2024-05-14"), ("20240514T093000Z", "2024-05-14"), ("20240514093000", "2024-05-14"),
        ("2024-05-14T22:06:08:684Z", "2024-05-14"), ("2024/5/14", "2024-05-14"), ("20241399", None), ("12345678", None),
    ],
)  # fmt: skip
def test_told_day(value: str, day: str | None) -> None:
    assert anchors(f"School to be rebuilt\n\n{BODY}", published=value).published == day


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://h.example/2020-02/19/c_11.htm", "2020-02-19"), ("https://h.example/2020/02/19/a", "2020-02-19"),
        ("https://h.example/2020/0219/a", "2020-02-19"), ("https://h.example/a-20200219.html", "2020-02-19"),
        ("https://h.example/2020-02/99/a", None), ("https://h.example/a/20200219312/", None),
    ],
)  # fmt: skip
def test_day_of_an_address(url: str, day: str | None) -> None:
    found = url_day(url)
    assert (found.isoformat() if found else None) == day


def test_change_in_a_repository_is_no_publication() -> None:
    assert anchors(f"School planner\n\nLatest commit\n3735276 on Jul 7, 2020\n\n{BODY}").published is None
    assert anchors(f"School to be rebuilt\n\nPublished on Jul 7, 2020\n\n{BODY}").published == "2020-07-07"


def test_label_may_touch_its_day() -> None:
    assert anchors(f"Schule wird neu gebaut\n\nDatum:26. Januar 2022\n\n{BODY}").published == "2022-01-26"
