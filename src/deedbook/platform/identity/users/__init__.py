"""People: one account for all the instances that someone is a member of."""
