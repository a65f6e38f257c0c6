"""Rules about payouts."""
