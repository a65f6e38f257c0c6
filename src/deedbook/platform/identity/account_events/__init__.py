"""Account events: what happened to a person's way in, shown to that person alone."""
