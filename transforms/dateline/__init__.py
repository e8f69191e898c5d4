"""Page and article → Anchors: the day that relative words are counted from, and why that one."""

from dateline.transforms.dateline.anchor import anchors

__all__ = ["anchors"]
