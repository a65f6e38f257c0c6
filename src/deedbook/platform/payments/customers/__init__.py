"""Customers: the people and businesses that an instance pays and is paid by."""
