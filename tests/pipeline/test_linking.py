"""Pairs of a bucket as a worker reads them from a store: those of all articles in memory, however few are read at a time."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence

import numpy as np
import pytest

from dateline.pipeline import linking
from dateline.pipeline.runs.bounded import run
from dateline.pipeline.settings import Settings
from dateline.pipeline.store.connection import sqlite_url
from dateline.pipeline.store.links import LinkStore
from dateline.pipeline.store.store import Store
from dateline.transforms import stories
from dateline.transforms.stories.linking import candidates
from tests import stories as told

EVENTS, TELLERS = 8, 4


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store of dated pages, and of each event one page without any day."""
    out = tmp_path_factory.mktemp("linking") / "out"
    pages = list(told.rows(EVENTS, TELLERS))
    for event in range(EVENTS):
        page = pages[event * TELLERS]
        body = page["content"].split("\n\n", 1)[1]
        pages.append({"content": body, "title": page["title"], "url": f"https://undated.example/{event}"})
    path = out.with_suffix(".jsonl")
    path.write_text(told.jsonl(pages), "utf-8")
    run([str(path)], str(out), Settings(link=False))
    return Store(sqlite_url(out / "events.db"))


def met(links: LinkStore, bucket: int) -> list[tuple[str, str]]:
    meet = linking.Meet(links.store.url, Settings(), links.epoch)
    meet.setup()
    return [pair for _, pairs in meet.process(bucket) for pair in linking.unpack_pairs(pairs)]


def test_a_store_gives_the_pairs_of_all_profiles_in_memory(store: Store) -> None:
    links = LinkStore(store)
    work = links.work()
    ids = [a for batch in work.changed.batches() for a, _, _ in batch]
    held = links.profiles(ids)
    undated = {one.article_id for one in held.values() if one.published is None}
    assert len(held) == EVENTS * (TELLERS + 1) and len(undated) == EVENTS and stories.UNDATED in work.buckets
    wanted = [(a.article_id, b.article_id) for a, b in candidates(held.values())]
    found = [pair for bucket in work.buckets for pair in met(links, bucket)]
    assert found == wanted
    assert any(a in undated and b not in undated for a, b in found)


def test_few_profiles_in_memory_give_the_same_links(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    links = LinkStore(store)
    buckets = links.work().buckets

    def here() -> list[dict[str, object]]:
        return sorted(linking.here(buckets, store.url, Settings(), links.epoch), key=json.dumps)

    wanted = here()
    assert {row["kind"] for row in wanted} >= {"same", "contradicts"}
    monkeypatch.setattr(linking, "_HELD", 1)
    monkeypatch.setattr(linking, "_ARTICLES", 2)
    monkeypatch.setattr(linking, "BLOCK", 3)
    assert here() == wanted


def test_pairs_come_back_in_their_order() -> None:
    names = [bytes([n]) * 16 for n in range(200)]
    first, second = np.array([3, 3, 7, 120], np.int64), np.array([199, 5, 3, 121], np.int64)

    def named(places: Sequence[int]) -> list[str]:
        return [names[n].hex() for n in places]

    pairs = list(linking.unpack_pairs(linking.pack_pairs(names, first, second)))
    told = [(a.replace("-", ""), b.replace("-", "")) for a, b in pairs]
    assert told == list(zip(named(first.tolist()), named(second.tolist()), strict=True))


def test_keys_that_others_ask_for() -> None:
    numbers = random.Random(5)
    held = np.array([numbers.randrange(50) for _ in range(40)], np.uint64)
    asked = np.unique(np.array([numbers.randrange(60) for _ in range(20)], np.uint64))
    assert stories.among(held, asked).tolist() == [n in set(asked.tolist()) for n in held.tolist()]
    assert not stories.among(held, asked[:0]).any()
