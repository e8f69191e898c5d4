"""Finds deeds: what was done, by whom and to whom, from the clauses of an article and its claims."""

from dateline.transforms.deeds.extract import extract

__all__ = ["extract"]
