"""A browser before a real server: what the tests of the dashboard stand on."""
