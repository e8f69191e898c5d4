"""English sentences with a verb of saying by which nobody states anything, and their neighbours."""

from __future__ import annotations

import pytest

from tests.transforms.claims.reading import read, words


@pytest.mark.parametrize(
    "text",
    [
        "Whoever says that the mayor is corrupt does not know the town.",
        "Anyone who says that the mayor is corrupt does not know the town.",
        "Those who say the mayor is corrupt do not know the town.",
        "One could say that the town has too little money for its schools.",
        "Did the minister say that the bridge is unsafe?",
        "Has the mayor told residents that the bridge will close?",
        "Why did Anna Reed say the bridge was safe?",
        "Who says the bridge is safe when nobody has looked at it?",
        "What the minister said will be examined by the committee in May.",
        "What Anna Reed said surprised the town.",
        "Nobody said that the bridge was unsafe.",
        "None of the officers said that the bridge was unsafe.",
        "Neither Anna Reed nor the mayor said that the bridge was unsafe.",
        "Suppose Anna Reed says the bridge is safe.",
        "Let us say that the bridge holds for two more years.",
        "Had Anna Reed said that the bridge was unsafe, nobody would have crossed it.",
        "It goes without saying that the bridge needs a new deck.",
    ],
)
def test_nobody_states_it(text: str) -> None:
    assert read(text) == ()


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("Anna Reed asked: Who will pay for the bridge?", "Anna Reed", "Who will pay for the bridge?"),
        ("Who will pay is open, Anna Reed said on Monday.", "Anna Reed", "Who will pay is open"),
        ("What the town needs is money, Anna Reed said.", "Anna Reed", "What the town needs is money"),
        (
            "What Anna Reed said was that the bridge would close.",
            "Anna Reed",
            "that the bridge would close",
        ),
        (
            "The road closed after what Anna Reed said was a serious crash.",
            "Anna Reed",
            "was a serious crash",
        ),
        (
            "Had he not slept, Anna Reed said, he would have seen it.",
            "Anna Reed",
            "he would have seen it",
        ),
        ("No 10 said that the bridge was unsafe.", "No 10", "that the bridge was unsafe"),
        ("“Did the minister say that?” Anna Reed asked.", "Anna Reed", "“Did the minister say that?”"),
    ],
)
def test_what_is_stated_beside_such_words_is_read(text: str, speaker: str, content: str) -> None:
    (claim,) = read(text)
    assert (claim.speaker, words(claim)) == (speaker, content)
