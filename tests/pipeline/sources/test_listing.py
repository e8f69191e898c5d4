"""Every file of an input is read, or counted with the reason why it is not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dateline.pipeline.errors import InputError
from dateline.pipeline.runs.summary import Summary
from dateline.pipeline.settings import Settings
from dateline.pipeline.sources.inputs import match
from dateline.pipeline.sources.listing import Listing, side_folders


def put(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("words")


def names_of(folder: Path, pattern: str = "", **settings: str) -> tuple[list[str], Listing]:
    listing = Listing()
    shards = match([str(folder) + pattern], Settings.model_validate(settings), listing)
    return [Path(shard.path).relative_to(folder).as_posix() for shard in shards], listing


@pytest.mark.parametrize("pattern", ["", "/**"])
def test_side_folders_of_a_browser_are_left(tmp_path: Path, pattern: str) -> None:
    put(tmp_path, "Flood.html", "Flood_files/ad.html", "Flood_files/deep/x.html", "Press_files/story.html",
        "Moved_files/style.css", "Moved_files/frame.html", "Brücke.htm", "Brücke-Dateien/x.htm", "_files/y.html")  # fmt: skip
    read, listing = names_of(tmp_path, pattern)
    assert read == ["Brücke.htm", "Flood.html", "Press_files/story.html", "_files/y.html"]
    assert listing.parts == 5
    assert listing.left == "5 parts of saved pages: Brücke-Dateien/, Flood_files/, Moved_files/"


def test_files_of_other_kinds_are_counted_by_ending(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "b.pdf", "c.PDF", "d.docx", "README", ".hidden", "a.meta.json")
    read, listing = names_of(tmp_path)
    assert read == ["a.txt"]
    assert dict(listing.other) == {".pdf": 2, ".docx": 1, "without an ending": 1}
    assert listing.left == "4 not read: 2 .pdf, without an ending, .docx"


def test_a_folder_of_other_kinds_alone_says_what_it_holds(tmp_path: Path) -> None:
    put(tmp_path, "b.pdf", "d.docx")
    with pytest.raises(
        InputError, match=r"it holds 2 not read: \.docx, \.pdf|it holds 2 not read: \.pdf, \.docx"
    ):
        names_of(tmp_path)


def test_an_empty_folder_and_a_name_that_is_nothing(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    with pytest.raises(InputError, match="the folder is empty"):
        names_of(tmp_path, "/none")
    with pytest.raises(InputError, match="no such file or folder"):
        names_of(tmp_path, "/other")


def test_a_folder_that_cannot_be_listed_ends_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``os.walk`` passes over it, so its pages were missing from an output that looked whole."""
    put(tmp_path, "a.txt", "shut/b.txt")
    listed = os.scandir

    def refusing(path: str) -> object:
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", path)
        return listed(path)

    monkeypatch.setattr(os, "scandir", refusing)
    with pytest.raises(InputError, match=r"/shut: Permission denied; give yourself the right"):
        names_of(tmp_path)


needs_links = pytest.mark.skipif(os.name == "nt", reason="links need a right on Windows")


@needs_links
def test_links_to_folders_and_files_are_followed(tmp_path: Path) -> None:
    """``os.walk`` passes over links to folders, so their pages were missing without a word."""
    put(tmp_path / "elsewhere", "a.txt", "deep/b.txt")
    put(tmp_path / "desk", "c.txt")
    (tmp_path / "desk" / "old").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "desk" / "one.txt").symlink_to(tmp_path / "elsewhere" / "a.txt")
    read, _ = names_of(tmp_path / "desk")
    assert read == ["c.txt", "old/a.txt", "old/deep/b.txt", "one.txt"]


@needs_links
def test_a_loop_of_links_ends_and_no_folder_is_read_twice(tmp_path: Path) -> None:
    put(tmp_path / "desk", "deep/a.txt", "b.txt")
    (tmp_path / "desk" / "again").symlink_to(tmp_path / "desk" / "deep")
    (tmp_path / "desk" / "deep" / "up").symlink_to(tmp_path / "desk")
    (tmp_path / "desk" / "self").symlink_to(".")
    assert names_of(tmp_path / "desk")[0] == ["b.txt", "deep/a.txt"]


@needs_links
def test_links_that_lead_nowhere_are_counted(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    (tmp_path / "gone.html").symlink_to(tmp_path / "nowhere.html")
    read, listing = names_of(tmp_path)
    assert read == ["a.txt"]
    assert listing.left == "1 broken link"
    assert listing.files == 2


def test_a_page_that_is_named_is_read_wherever_it_stands(tmp_path: Path) -> None:
    put(tmp_path, "Flood.html", "Flood_files/ad.html")
    assert names_of(tmp_path, "/Flood_files/ad.html")[0] == ["Flood_files/ad.html"]
    assert side_folders(["/x/Flood_files/ad.html"]) == set()


@pytest.mark.parametrize(
    "counts, listing, words",
    [
        ({"read": 10, "article": 9, "dead_letter": 1, "rejected.not_an_article": 1}, Listing(read=10), "10 files: 9 articles, 1 not an article"),
        ({"read": 15, "known": 14, "dead_letter": 1, "rejected.not_an_article": 1}, Listing(read=13), "13 files, 15 records: 14 known, 1 not an article, nothing new"),
        ({"read": 3, "article": 1, "duplicate": 2}, None, "3 records: 1 article, 2 equal to another"),
        ({"read": 0}, Listing(), "0 files: nothing"),
    ],
)  # fmt: skip
def test_the_summary_in_words(counts: dict[str, int], listing: Listing | None, words: str) -> None:
    assert Summary("r", counts, 1.0, [], listing).sentence == words


@pytest.mark.parametrize(
    "table, words",
    [
        ("file,published\na.txt,2025-13-01\n", r"t\.csv:2: published: '2025-13-01' is not a day"),
        ("file,zone\na.txt,\nb.txt,Mars/Base\n", r"t\.csv:3: zone: 'Mars/Base'"),
        ("file,language\na.txt,english\n", r"t\.csv:2: language: 'english'"),
        ("file,url\na.txt,a.example\n", r"t\.csv:2: url: 'a.example' is not an address"),
        ("file,zone\n,UTC\n", r"t\.csv:2: names no file"),
        ("file,zone\na.txt,UTC\na.txt,UTC\n", r"t\.csv:3: a.txt has a row already"),
        ("file,zone\na.txt,UTC,x\n", r"t\.csv:2: has more cells than columns"),
        ("file,zone\nz.txt,UTC\n", "names no file of this run"),
        ("file,zone\nsame.txt,UTC\n", "same.txt may be any of 2 files"),
    ],
)
def test_every_row_of_a_metadata_table_is_checked(tmp_path: Path, table: str, words: str) -> None:
    put(tmp_path, "in/a.txt", "in/b.txt", "in/one/same.txt", "in/two/same.txt")
    (tmp_path / "t.csv").write_text(table)
    with pytest.raises(InputError, match=words):
        names_of(tmp_path / "in", metadata=str(tmp_path / "t.csv"))


def test_a_path_goes_before_a_name(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "b.txt")
    (tmp_path / "t.csv").write_text(
        f"file,zone,language\n{tmp_path}/./a.txt,UTC,\na.txt,Asia/Tokyo,ja\nnone.txt,,ja\n"
    )
    shards = match(
        [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")], Settings(metadata=str(tmp_path / "t.csv"))
    )
    assert [dict(s.fields) for s in shards] == [{"zone": "UTC", "language": "ja"}, {}]
