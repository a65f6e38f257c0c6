"""Onboarding: what the platform asks of a business before it moves real money."""
