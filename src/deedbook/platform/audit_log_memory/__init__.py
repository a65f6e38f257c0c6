"""Who outside remembers the checkpoints of a log: witnesses that say so, and mails that were sent."""
