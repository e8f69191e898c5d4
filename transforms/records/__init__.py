"""Other people's JSON: its values, the records among them, and what their fields mean."""

from dateline.transforms.records.fields import RecordFields, names_text, read
from dateline.transforms.records.shapes import found_in
from dateline.transforms.records.values import clean, load, split_objects

__all__ = ["RecordFields", "clean", "found_in", "load", "names_text", "read", "split_objects"]
