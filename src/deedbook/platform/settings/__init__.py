"""What an instance is set up with: onboarding, billing, webhook endpoints."""
