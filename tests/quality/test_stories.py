"""The task ``stories``: what the pages of a set tell together."""

from __future__ import annotations

from tests.quality.stories import answer, profiles_of

BRIDGE = (
    "The Orvel bridge was closed on Monday after divers found a crack in its third pillar, the harbour board said.\n\n"
    "Harbour master Ilse Brandt told reporters that 4,200 lorries a day would be sent through Tessel until the pillar "
    "had been mended.\n"
)
FAIR = (
    "Nine bakers were given medals at the Lindau bread fair on Monday, the guild wrote.\n\n"
    "Judge Pavel Ostrom praised a rye loaf by Mara Quill, whose oven was built by her grandfather in 1931.\n"
)


def test_copies_are_one_story_and_another_event_is_none_of_it() -> None:
    rows = [
        {"id": name, "text": text, "title": None, "url": f"https://{name}.example/a", "date": "2026-11-17"}
        for name, text in (("one", BRIDGE), ("two", BRIDGE), ("three", FAIR))
    ]
    profiles = profiles_of(rows)
    assert profiles.keys() == {"one", "two", "three"}
    found = answer(profiles)
    assert sorted(map(sorted, found["stories"])) == [["one", "two"]]
