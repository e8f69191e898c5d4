"""Reads JSON of other tools: parses it within bounds, finds the records in it, and maps their fields to ours."""

from dateline.transforms.records.fields import RecordFields, names_text, read
from dateline.transforms.records.shapes import empty_list, found_in
from dateline.transforms.records.values import clean, load, split_objects

__all__ = ["RecordFields", "clean", "empty_list", "found_in", "load", "names_text", "read", "split_objects"]
