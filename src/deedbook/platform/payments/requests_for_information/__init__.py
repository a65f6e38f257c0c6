"""Requests for information: what compliance asks of an instance or a customer."""
