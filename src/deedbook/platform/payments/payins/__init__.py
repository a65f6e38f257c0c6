"""Payins: money that comes in and arrives as tokens."""
