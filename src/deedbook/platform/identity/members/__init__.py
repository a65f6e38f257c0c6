"""Team members: people with a role in an instance."""
