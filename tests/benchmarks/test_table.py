"""The table says what was measured and which floor is missed; the glued stack is a fair peer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests import pages
from tests.benchmarks import bench, material, peers, rooms, table


def figures(
    ours_ms: float = 8.0, ours: float = 0.9, beam_ms: float = 1.0, clean_ms: float = 3.0, put: float = 2.0
) -> table.Figures:
    steps = {"Decode": 0.05, "Clean": clean_ms, "Anchor": 0.2, "Correct": 0.0, "Parse": 1.0, "Dates": 0.5,
             "Claims": 2.0, "Normalize": 0.5, "Write": 0.2}  # fmt: skip
    profile = rooms.Profile(steps, rooms.Slowest("a.html", 4321, 55.0, {"Clean": 50.0, "Dates": 5.0}), 10, 0)
    runs = [
        {"pages": 100.0, "seconds": 2.0, "peak_mb": 300.0},
        {"pages": 1000.0, "seconds": 18.0, "peak_mb": 310.0},
    ]
    results = [
        peers.Result(table.GLUED, "dateline", 5, ours_ms, {"date_right": ours, "date_wrong": 0.1}),
        peers.Result(table.GLUED, "glued", 5, 50.0, {"date_right": 0.5, "date_wrong": 0.4}),
        peers.Result(table.GLUED, "glued, slower", 5, 70.0, {"date_right": 0.6, "date_wrong": 0.3}),
    ]
    return table.Figures("a machine", runs, beam_ms, {"generated pages": profile}, results, {"put": put})


def test_nothing_is_missed_where_all_is_well() -> None:
    assert figures().missed() == []
    assert figures().times_faster == 6.25


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"ours_ms": 20.0}, "2.5 times as fast"),
        ({"ours": 0.55}, "date_right of whole pages is worse"),
        ({"beam_ms": bench.FLOOR_MS + 1}, "Beam and the store take"),
        ({"clean_ms": 9.0}, "clean takes 9.00 ms"),
        ({"put": 9.0}, "a put of one page / a page of fifty: 9.00, over 2.5"),
    ],
)
def test_a_missed_floor_is_said(told: dict[str, float], words: str) -> None:
    (missed,) = figures(**told).missed()
    assert words in missed


def test_the_table_names_machine_rooms_and_peers() -> None:
    text = table.markdown(figures())
    assert text.startswith("Machine: a machine.")
    for part in (
        "| 1,000 | 56 | 310 MB |",
        "| clean | 4.0 | 3.00 |",
        "| whole pages | dateline | 5 | 8.0 |",
        "| a put of one page / a page of fifty | 2.00 | 2.5 |  |",
        "4,321 characters",
    ):
        assert part in text
    json.dumps(figures().plain())


def test_the_table_goes_between_the_marks_of_readme() -> None:
    readme = f"# x\n{table.BEGIN}\nold\n{table.END}\nrest\n"
    once = table.insert(readme, "new\n")
    assert once == f"# x\n{table.BEGIN}\nnew\n{table.END}\nrest\n"
    assert table.insert(once, "new\n") == once
    with pytest.raises(ValueError, match="figures:begin"):
        table.insert("# x\n", "new\n")


def test_every_step_of_the_graph_has_a_budget() -> None:
    profile = rooms.profile(material.generated(3))
    assert profile.read == 3 and profile.refused == 0
    assert set(profile.steps) == set(rooms.ROOM_OF)
    assert set(profile.rooms) == set(rooms.BUDGET)
    assert sum(profile.rooms.values()) == pytest.approx(profile.total)
    assert "| clean (Clean" in "\n".join(rooms.lines("x", profile))


def test_rows_are_spread_over_all() -> None:
    assert material.spread(range(10), 5) == [0, 2, 4, 6, 8]
    assert material.spread(range(3), 5) == [0, 1, 2]
    assert material.spread(range(3), None) == [0, 1, 2]


def test_the_glued_stack_reads_a_plain_page(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("justext")
    from tests.benchmarks import glued

    page = pages.page(0)
    for body in (glued.body_by_justext, glued.body_by_runs):
        found = glued.page({"id": "a", "text": page.text()}, body)
        assert found["published"] == page.published.isoformat()
        assert page.paragraphs[1][:60] in found["body"]
        assert len(found["dates"]) > 3
        assert any(c["source"] and c["content"] for c in found["claims"])
    assert glued.body_by_justext("", "en") == ""


def test_a_peer_that_is_not_installed_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    programs = [
        peers.Program("ours", None, lambda row: row),
        peers.Program("theirs", "no_such_module_of_theirs", lambda row: row),
    ]
    found = peers.compare(
        "echo", programs, [{"id": 1}, {"id": 2}], lambda gold, got: {"same": float(gold == got)}
    )
    assert [(r.program, r.rows, r.figures) for r in found] == [("ours", 2, {"same": 1.0})]
    assert "theirs is not installed" in capsys.readouterr().err


def test_without_the_evaluation_folder_nothing_is_compared(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("EVALUATION", str(tmp_path))
    assert peers.measure(5) == []
    assert material.real_pages(5) == []
