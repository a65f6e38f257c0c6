"""Forgetting: what entries of a log decreed about it, and how the databases carry it out."""
