"""How the readings of an article are packed into its rows, and read back."""
