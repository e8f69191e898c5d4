"""The version that every record carries."""

VERSION = "0.1.0"
