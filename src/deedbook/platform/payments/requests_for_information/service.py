"""Rules about requests for information."""
