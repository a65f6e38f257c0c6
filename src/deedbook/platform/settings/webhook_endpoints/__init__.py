"""Webhook endpoints: who is told of events."""
