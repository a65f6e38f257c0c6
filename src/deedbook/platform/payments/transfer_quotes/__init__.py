"""Transfer quotes: what a transfer would cost, for a short while."""
