"""Dates in running text: TIMEX3 expressions, resolved from the anchor by named rules."""

from dateline.transforms.timex.annotate import annotate, annotate_text
from dateline.transforms.timex.timex3 import timeml
from dateline.transforms.timex.undated import bounded

__all__ = ["annotate", "annotate_text", "bounded", "timeml"]
