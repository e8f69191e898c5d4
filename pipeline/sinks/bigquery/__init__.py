"""A BigQuery dataset as an output: its tables and views, how rows get into it, and what is read back."""
