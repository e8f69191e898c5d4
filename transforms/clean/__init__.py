"""Page → Article: what of a page is the article."""

from transforms.clean.clean import clean

__all__ = ["clean"]
