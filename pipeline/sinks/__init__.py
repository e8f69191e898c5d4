"""Where events go. Every sink is idempotent in effect."""
