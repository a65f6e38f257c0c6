"""Passkeys: how a person signs in and confirms single acts (WebAuthn Level 3)."""
