"""Billing: what an instance owes and what it may collect."""
