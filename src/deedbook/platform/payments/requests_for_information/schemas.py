"""Requests for information on the wire."""
