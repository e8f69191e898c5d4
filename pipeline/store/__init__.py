"""The database of an output: its schema, what is written to it and read from it, and the state of a watcher."""
