"""What a store looks like: its tables, the views over them, and the flat tables for researchers."""
