"""Rules about webhook endpoints."""
