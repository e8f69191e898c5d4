"""Fetching over HTTP: public addresses only, one request a host at a time, robots.txt obeyed."""
