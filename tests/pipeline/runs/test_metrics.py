"""What a stream shows of itself: numbers for Prometheus, and whether it moves."""

from __future__ import annotations

import re
import socket
from collections import Counter

import httpx
import pytest

from dateline.pipeline.errors import SettingsError
from dateline.pipeline.runs import metrics
from dateline.pipeline.runs.metrics import STALLED_SECONDS, WatchState, serving, text_of
from dateline.pipeline.runs.stream import Meter
from tests.waiting import LONG

_LINE = re.compile(r'(?:# (?:HELP|TYPE) [a-z_]+ .+|[a-z_]+(?:\{[a-z]+="[a-z_]+"\})? -?[0-9][0-9.e+-]*)')


def get(port: int | None, path: str) -> httpx.Response:
    return httpx.get(f"http://127.0.0.1:{port}{path}", trust_env=False, timeout=LONG)


def test_numbers_are_those_of_the_stream() -> None:
    now = [100.0]
    meter = Meter(clock=lambda: now[0])
    meter.begin(3)
    meter.add(Counter(read=3, article=1, duplicate=1, dead_letter=1), 2.5, 0.25)
    now[0] = 101.0
    counters = {
        "accepted": 1,
        "claims": 2,
        "dated.dateline": 3,
        "dated.stated": 1,
        "undated": 1,
        "rejected.deadline": 1,
    }
    with serving(0, lambda: meter.reading(4, counters)) as port:
        answer = get(port, "/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert all(_LINE.fullmatch(line) for line in answer.text.splitlines())
    values = dict(line.split() for line in answer.text.splitlines() if not line.startswith("#"))
    types = [name for name in values if name.startswith("dateline_rejected_total")]
    assert sum(int(values.pop(name)) for name in types if "deadline" in name) == 1
    assert {values.pop(name) for name in types if name in values} == {"0"}
    assert values == {
        "dateline_pages_read_total": "3", "dateline_articles_total": "1", "dateline_known_total": "1",
        "dateline_dead_letters_total": "1", "dateline_waiting_messages": "4", "dateline_oldest_message_seconds": "2.5",
        "dateline_batch_seconds": "0.25", "dateline_pause_seconds": "0", "dateline_since_progress_seconds": "1",
        "dateline_dates_total": "5", "dateline_undated_dates_total": "1", "dateline_events_total": "2",
    }  # fmt: skip


def test_large_counts_are_written_whole() -> None:
    meter = Meter()
    meter.add(Counter(read=123_456_789), 0.0)
    assert "dateline_pages_read_total 123456789\n" in text_of(meter.reading(0))


def test_health_is_red_when_messages_wait_and_none_is_stored() -> None:
    now = [0.0]
    meter = Meter(clock=lambda: now[0])
    with serving(0, lambda: meter.reading(0)) as port:
        meter.begin(5)
        assert get(port, "/healthz").status_code == 200
        now[0] = STALLED_SECONDS + 1
        red = get(port, "/healthz")
        assert red.status_code == 503 and "5 messages wait" in red.text
        meter.add(Counter(read=5), 0.0)
        assert get(port, "/healthz").text == "ok\n"
        now[0] += 10 * STALLED_SECONDS  # a quiet night is no fault
        meter.begin(0)
        assert get(port, "/healthz").status_code == 200
        assert get(port, "/etc/passwd").status_code == 404


def test_a_port_that_is_taken_is_said_so() -> None:
    with socket.create_server(("", 0)) as taken:
        port = taken.getsockname()[1]
        with (
            pytest.raises(SettingsError, match=f"--metrics-port {port}"),
            serving(port, lambda: Meter().reading(0)),
        ):
            pass


def test_watched_feeds_show_their_polls_and_turn_red_when_no_round_ends() -> None:
    counts = {"polls": 4, "feeds_failed": 1, "read": 9}
    reading = WatchState(counts, pause=0.0, since=30.0, every=600.0, counters={"rejected.too_large": 2})
    assert reading.trouble is None
    text = text_of(reading)
    assert all(_LINE.fullmatch(line) for line in text.splitlines())
    assert "dateline_polls_total 4\n" in text and "dateline_pages_read_total 9\n" in text
    assert 'dateline_rejected_total{type="too_large"} 2\n' in text
    late = reading._replace(since=1200.0 + STALLED_SECONDS + 1)
    with serving(0, lambda: late) as port:
        answer = get(port, "/healthz")
    assert answer.status_code == 503 and answer.text.startswith("no round of feeds has ended for")


def test_without_a_port_nobody_listens() -> None:
    with serving(None, lambda: Meter().reading(0)) as port:
        assert port is None
    assert metrics.STALLED_SECONDS > 0
