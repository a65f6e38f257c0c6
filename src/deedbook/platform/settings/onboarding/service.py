"""Rules about onboarding."""
