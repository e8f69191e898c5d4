"""The sources of raw articles."""
