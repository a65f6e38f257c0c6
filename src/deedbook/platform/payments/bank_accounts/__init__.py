"""Bank accounts: where a customer's payouts go."""
