"""Article, its clauses and what was said → what was done besides, by whom and to whom."""

from dateline.transforms.deeds.extract import extract

__all__ = ["extract"]
