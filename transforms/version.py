"""The version that every record carries."""

VERSION = "0.2.0"
