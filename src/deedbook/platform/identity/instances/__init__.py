"""Instances: the tenants of the platform."""
