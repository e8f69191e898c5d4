"""What the inputs of a run are: files, pages on the web, or a subscription."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.sources.inputs import InputError

FILES, PAGES, SUBSCRIPTION = "files", "pages", "subscription"
PUBSUB = "pubsub://"
WEB = ("http://", "https://")


def _kind(name: str) -> str:
    lower = name.lower()
    return SUBSCRIPTION if lower.startswith(PUBSUB) else PAGES if lower.startswith(WEB) else FILES


def kind_of(inputs: Sequence[str]) -> str:
    """The one kind that all inputs are of. Raises :class:`~pipeline.sources.inputs.InputError` for a mixture."""
    kinds = {_kind(name) for name in inputs}
    if len(kinds) > 1:
        raise InputError(
            f"inputs of different kinds ({', '.join(sorted(kinds))}): start one command for each"
        )
    kind = kinds.pop() if kinds else FILES
    if kind == SUBSCRIPTION and len(inputs) > 1:
        raise InputError(f"{inputs[1]}: one command reads one subscription; start another for the second")
    return kind
