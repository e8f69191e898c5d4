"""``import dateline``: a page, a folder and a store, as a notebook uses them."""

from __future__ import annotations

import dataclasses
import datetime
import gc
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

import dateline
from dateline import errors
from tests.waiting import LONG

PAGES = Path(__file__).parents[1] / "seeds" / "pages"
WIRE = PAGES / "08_wire_story.txt"
NOTE = """Published: 18 November 2026

River falls back

Mayor Ana Ruiz said on Monday that the bridge would reopen once engineers had checked every one of its piers.

The river fell by a metre last week, and the council met in the old school.
"""


@pytest.fixture(scope="module")
def article() -> dateline.Article:
    return dateline.read(WIRE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dateline.Store]:
    inputs = tmp_path_factory.mktemp("clips")
    for name in ("08_wire_story.txt", "10_no_date_at_all.txt", "13_front_page.html"):
        (inputs / name).write_bytes((PAGES / name).read_bytes())
    with dateline.read_folder(inputs) as store:
        yield store


# ---------------------------------------------------------------- import


def test_the_import_is_light() -> None:
    code = (
        "import sys, time; begun = time.process_time(); import dateline; took = time.process_time() - begun;"
        "heavy = [m for m in sys.modules if m.split('.')[0] in ('apache_beam', 'pandas', 'pyarrow', 'sqlalchemy', 'numpy')];"
        "assert set(dir(dateline)) >= set(dateline.__all__), dir(dateline);"
        "print(took); assert not heavy, heavy; assert took < .5, took"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=LONG
    )
    assert done.returncode == 0, done.stderr


def test_reading_a_page_imports_no_beam() -> None:
    code = f"import sys, dateline; dateline.read({NOTE!r}).explain(); sys.exit('apache_beam' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=LONG
    )
    assert done.returncode == 0, done.stderr[-800:]


def test_every_public_name_is_there() -> None:
    assert all(getattr(dateline, name) for name in dateline.__all__)
    assert all(getattr(errors, name) for name in errors.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        dateline.nothing  # noqa: B018


# ---------------------------------------------------------------- a page


def test_a_page_gives_an_article(article: dateline.Article) -> None:
    assert (article.published, article.language, article.anchor) == (date(2025, 11, 19), "en", "2025-11-18")
    assert article.title == "Bridge that froze a harbour lifts again"
    assert article.origin == str(WIRE)
    assert article.text is not None
    for found in article.dates:
        start, end = found.span
        assert article.text[start:end] == found.text
    event, *_ = [e for e in article.events if e.actor == "Colin Abara" and e.when and e.when.text == "Monday"]
    assert (event.kind, event.role, event.lemma, event.modality) == (
        "said",
        "Transport Minister",
        "say",
        "asserted",
    )
    assert event.when is not None
    assert (event.when.start, event.when.end) == (date(2025, 11, 17), date(2025, 11, 18))
    assert (event.when.anchor, event.when.certainty, event.when.rule) == (
        "2025-11-18",
        "implied",
        "weekday.past",
    )
    assert [str(time) for time in event.about] == ["2026-01"]
    assert event.reported == date(2025, 11, 18)
    assert event.to_dict()["schema"] == "news.event/1"


def test_an_article_explains_itself(article: dateline.Article) -> None:
    explained = article.explain()
    assert "weekday.past" in explained and "Bridge that froze" in explained
    assert "\x1b" not in explained


def test_an_article_as_plain_data(article: dateline.Article) -> None:
    told = json.loads(json.dumps(article.to_dict()))
    assert (told["title"], told["published"], told["language"]) == (article.title, "2025-11-19", "en")
    assert told["text"] == article.text
    assert [one["value"] for one in told["dates"]] == [date.value for date in article.dates]
    assert told["events"] == [event.to_dict() for event in article.events]
    assert told["dates"][0] == article.dates[0].to_dict()


def test_reprs_are_short_and_html_is_escaped() -> None:
    found = dateline.read(NOTE.replace("River falls", "River <b>falls</b>"), media_type="text/plain")
    assert (
        repr(found) == "<Article 'River <b>falls</b> back', 2026-11-18, 3 dates, 3 events>"
        or len(repr(found)) < 120
    )
    html = found._repr_html_()
    assert "<b>falls" not in html and "&lt;b&gt;falls" in html
    assert "Ana Ruiz" in html
    assert repr(found.dates[0]).startswith("<Date ")
    assert all(len(repr(event)) < 200 for event in found.events)


def test_views_cannot_be_changed(article: dateline.Article) -> None:
    for view, name in ((article, "record"), (article.dates[0], "record"), (article.events[0], "record")):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(view, name, None)
    with pytest.raises((AttributeError, TypeError)):  # TypeError: dataclasses with slots, of a property
        article.title = "x"  # type: ignore[misc]


def test_arguments_take_precedence_over_the_page() -> None:
    article = dateline.read(
        NOTE, published=date(2026, 12, 2), url="https://a.example/river", language="EN", zone="UTC"
    )
    read = (article.published, article.url, article.language)
    assert read == (date(2026, 12, 2), "https://a.example/river", "en")
    assert dateline.read(NOTE, published=datetime.datetime(2026, 12, 2, 8)).published == date(2026, 12, 2)


def test_content_comes_as_text_bytes_or_a_path(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text(NOTE, "utf-8")
    ids = {dateline.read(page).article_id for page in (NOTE, NOTE.encode(), path)}
    assert len(ids) == 1
    html = dateline.read(
        f"<html><body><h1>River falls back</h1><p>{NOTE.split(chr(10) * 2)[2]}</p></body></html>"
    )
    assert "<p>" not in (html.text or "<p>")


def test_a_name_is_not_taken_for_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "note.txt").write_text(NOTE, "utf-8")
    with pytest.raises(ValueError, match=r"pathlib\.Path\('note\.txt'\)"):
        dateline.read("note.txt")
    for name in ("gone.txt", "pages/gone page.html", r"C:\pages\my page.htm"):
        with pytest.raises(ValueError, match="names a file; a str is the content itself"):
            dateline.read(name)
    assert dateline.read("The council said on Monday that the plan is in summary.txt").dates
    with pytest.raises(ValueError, match="nothing is fetched"):
        dateline.read("https://a.example/story")
    with pytest.raises(errors.InputError, match=r"none\.txt"):
        dateline.read(tmp_path / "none.txt")
    with pytest.raises(errors.InputError, match="read_folder"):
        dateline.read(PAGES / "12_three_records.jsonl")
    with pytest.raises(errors.InputError, match="read_folder"):
        dateline.read(tmp_path)


@pytest.mark.parametrize(
    "page, error",
    [
        (PAGES / "13_front_page.html", errors.NotAnArticle),
        ("   ", errors.Empty),
        (b"\xff\x00\xfe", errors.Rejection),
        ("x" * 9_000_000, errors.TooLarge),
    ],
)
def test_what_is_no_article_raises(page: str | bytes | Path, error: type[Exception]) -> None:
    with pytest.raises(error):
        dateline.read(page)


@pytest.mark.parametrize(
    "hints",
    [{"published": "yesterday"}, {"language": "english"}, {"zone": "Mars/Base"}, {"url": "a.example"}],
)
def test_hints_are_checked(hints: dict[str, str]) -> None:
    with pytest.raises(errors.HintError, match="is not"):
        dateline.read(NOTE, **hints)  # type: ignore[arg-type]


# ---------------------------------------------------------------- dates


@pytest.mark.parametrize(
    "text, language, words",
    [
        ("The council met on Monday.", "en", {"Monday": "2024-05-13"}),
        ("on Monday", "en", {"Monday": "2024-05-13"}),
        ("Der Stadtrat tagte am vergangenen Dienstag.", "de", {"vergangenen Dienstag": "2024-05-07"}),
        ("gestern", "de", {"gestern": "2024-05-13"}),
        ("ontem", "pt", {"ontem": "2024-05-13"}),
        ("la semana pasada", "es", {"la semana pasada": "2024-05-06/2024-05-12"}),
        ("lundi dernier", "fr", {"lundi dernier": "2024-05-13"}),
        ("3 mei 2024", "nl", {"3 mei 2024": "2024-05-03"}),
        ("2024-05-14", "und", {"2024-05-14": "2024-05-14"}),
    ],
)
def test_the_language_of_a_few_words_is_found(text: str, language: str, words: dict[str, str]) -> None:
    found = dateline.dates(text, date(2024, 5, 14))
    assert {d.text: d.edtf for d in found} == words
    assert {d.language for d in found} == {language}


def test_a_language_that_is_asked_for_is_used() -> None:
    assert dateline.dates("on Monday", date(2024, 5, 14), language="de") == ()
    [found] = dateline.dates("am Montag", "2024-05-14", language="de-AT")
    assert (found.start, found.language) == (date(2024, 5, 13), "de-AT")


def test_without_a_day_relative_words_stay_undated() -> None:
    [found] = dateline.dates("The council met on Monday.")
    assert (found.edtf, found.start, str(found)) == (None, None, found.value or "undated")
    with pytest.raises(errors.HintError):
        dateline.dates("on Monday", "yesterday")


def test_nothing_is_found_in_nothing() -> None:
    assert dateline.dates("", date(2024, 5, 14)) == ()
    assert dateline.dates("Brenton Harlow", date(2024, 5, 14)) == ()


# ---------------------------------------------------------------- a folder and a store


def test_a_folder_becomes_tables(folder: dateline.Store, article: dateline.Article) -> None:
    assert len(folder) == len(folder.articles) == 2
    events = folder.to_arrow()
    assert events.schema.field("when_start").type == pa.date32()
    assert folder.to_arrow("dates").num_rows == len(folder.dates)
    [letter] = folder.dead_letters
    assert letter["type"] == "not_an_article"
    ids = [row["event_id"] for row in folder.events if row["origin"].endswith(WIRE.name)]
    # Only the order of the two is the same as in ``read``: with another origin an article is the same.
    assert ids == [event.event_id for event in article.events]
    with pytest.raises(ValueError, match="articles, dates, events"):
        folder.to_arrow("stories")


def test_articles_are_found_by_name(folder: dateline.Store) -> None:
    assert folder.article("08_wire_story").published == date(2025, 11, 19)
    assert {a.title for a in folder} == {a.title for a in (folder.article("wire"), folder.article("no_date"))}
    with pytest.raises(errors.NotFound, match="did you mean"):
        folder.article("08_wire_stroy")
    assert folder.find("nothing of the kind") == ()


def test_sql_answers_and_cannot_write(folder: dateline.Store) -> None:
    answer = folder.sql(
        "SELECT actor, COUNT(*) AS n FROM flat_events WHERE kind = :kind GROUP BY actor ORDER BY n DESC",
        kind="said",
    )
    assert answer.columns == ["actor", "n"]
    assert len(answer) > 3 and next(iter(answer))["n"] >= 1
    assert folder.sql("SELECT title FROM flat_articles WHERE title = 'none'").columns == ["title"]
    for wrong in (
        "DELETE FROM articles",
        "SELECT nothing FROM nowhere",
        "PRAGMA query_only = OFF; DROP TABLE events",
    ):
        with pytest.raises(errors.StoreError):
            folder.sql(wrong)
    assert len(folder) == 2


def test_reprs_of_a_store(folder: dateline.Store) -> None:
    assert "2 articles" in repr(folder) and "rows" in repr(folder.events)
    assert folder._repr_html_().count("<tr>") == 3


def test_a_folder_is_read_without_a_word() -> None:
    """Beam warns of cloud libraries on import; a notebook shows standard error in red."""
    code = f"import dateline; dateline.read_folder({str(WIRE)!r}).close()"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=LONG
    )
    assert (done.stdout, done.stderr) == ("", "")


def test_what_was_read_is_removed_when_it_is_closed() -> None:
    store = dateline.read_folder(WIRE)
    [place] = [row["file"] for row in store.sql("PRAGMA database_list")]
    assert Path(place).is_file()
    store.close()
    assert not Path(place).parent.exists()


def test_what_nobody_holds_is_removed() -> None:
    """``read_folder(…).to_pandas()`` in one line leaves nothing behind, and warns of nothing."""
    store = dateline.read_folder(WIRE)
    [place] = [row["file"] for row in store.sql("PRAGMA database_list")]
    events = store.events
    del store
    assert len(events) > 0
    del events
    gc.collect()
    assert not Path(place).parent.exists()


def test_a_store_of_a_run_is_opened(tmp_path: Path) -> None:
    from dateline.pipeline.runs.bounded import run
    from dateline.pipeline.settings import Settings

    run([str(WIRE)], str(tmp_path / "out"), Settings(link=False))
    with dateline.open(tmp_path / "out") as store:
        assert len(store.events) > 0
        assert len(store.content_hash) == 64
        assert "weekday.past" in store.article(WIRE.name).explain()
    with pytest.raises(errors.PipelineError, match="holds no events"):
        dateline.open(tmp_path / "none")


def test_a_folder_that_is_none_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(errors.InputError, match="matches no file"):
        dateline.read_folder(tmp_path / "none")
    with pytest.raises(errors.InputError, match="needs a folder"):
        dateline.read_folder()
    with pytest.raises(errors.HintError):
        dateline.read_folder(PAGES, language="english")


def test_pandas_is_optional(folder: dateline.Store) -> None:
    try:
        import pandas  # noqa: F401
    except ImportError:
        with pytest.raises(errors.MissingExtra, match=r"dateline-pipeline\[pandas\]"):
            folder.to_pandas()
        return
    frame = folder.to_pandas()
    assert str(frame["when_start"].dtype).startswith("datetime64")
    assert str(frame["verb_start"].dtype) == "Int64"
    assert len(frame) == len(folder.events)
