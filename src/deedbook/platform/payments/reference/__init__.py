"""Reference data of payments: the codes that fields may hold."""
