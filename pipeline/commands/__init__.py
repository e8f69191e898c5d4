"""One file a command, and the options that they share."""
