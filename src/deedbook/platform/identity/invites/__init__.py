"""Invites: how people become members."""
