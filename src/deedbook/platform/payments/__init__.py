"""What the platform is for: customers, and the money that moves for them."""
