"""Retention: for how long an instance keeps the entries of its log."""
