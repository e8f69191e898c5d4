"""The package ``dateline``, as it is imported: ``dateline.transforms`` reads, ``dateline.pipeline`` carries."""
