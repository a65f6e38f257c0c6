"""Terms of service: what a customer accepts before being created."""
