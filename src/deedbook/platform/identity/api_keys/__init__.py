"""API keys: how programs act in an instance."""
