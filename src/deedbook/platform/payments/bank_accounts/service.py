"""Rules about bank accounts."""
