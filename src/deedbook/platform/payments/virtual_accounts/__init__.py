"""Virtual accounts: bank details of a customer's own, whose deposits become tokens."""
