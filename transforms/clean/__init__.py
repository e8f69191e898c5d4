"""Page → Article: what of a page is the article."""

from dateline.transforms.clean.clean import Mode, clean

__all__ = ["Mode", "clean"]
