"""Limit increases: more than a customer may move by itself."""
