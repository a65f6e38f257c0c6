"""The rows of the contract of all slices, a module for each slice."""
