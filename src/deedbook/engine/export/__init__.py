"""The log in files that can be taken away."""
