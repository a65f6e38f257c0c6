"""Onboarding on the wire."""
