"""The database of a run: tables, ledger, connection, and what a watcher remembers."""
