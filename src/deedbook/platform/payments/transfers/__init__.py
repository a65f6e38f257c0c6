"""Transfers: tokens from a managed wallet to any address."""
