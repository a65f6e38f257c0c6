"""Saved views of the log: filters that a person keeps by a name, for themself alone."""
