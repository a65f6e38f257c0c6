"""Deedbook: who did what in an instance, how, and from where."""
