"""The formats of files: each module turns an open file into raw articles."""
