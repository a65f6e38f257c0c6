"""Who is who: people, their sessions, instances, members, invites and API keys."""
