"""Rules about limit increases."""
