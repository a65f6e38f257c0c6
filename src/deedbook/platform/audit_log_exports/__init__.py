"""Taking the log away: as CSV, as JSON Lines, as a bundle that proves itself, as a pack of evidence."""
