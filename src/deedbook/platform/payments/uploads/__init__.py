"""Uploads: files that fields of other resources point to."""
