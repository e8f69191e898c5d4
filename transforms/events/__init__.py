"""Claims → Events: the normalized record of each claim, with both of its times."""

from dateline.transforms.events.normalize import normalize

__all__ = ["normalize"]
