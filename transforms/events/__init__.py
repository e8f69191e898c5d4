"""Claims → Events: the normalized record of each claim, with the time of the act and the times of its
content."""

from dateline.transforms.events.normalize import normalize

__all__ = ["normalize"]
