"""Events: what an instance's webhook endpoints are told, kept in the transaction that made it so."""
