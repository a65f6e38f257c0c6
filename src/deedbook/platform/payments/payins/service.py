"""Rules about payins."""
