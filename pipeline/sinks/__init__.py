"""The outputs of a run. Every sink is idempotent in effect."""
