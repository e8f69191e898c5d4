"""False alarms: words of time that tell none here."""

from __future__ import annotations

from transforms.timex.grammar import Match
from transforms.timex.scene import Scene


def allowed(m: Match, scene: Scene) -> bool:
    """False where the words around say that the match is something else."""
    return True
