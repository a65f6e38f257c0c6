"""A second memory: remembers the checkpoints of logs over HTTP, and refuses what contradicts them.

It needs no database and nothing of the platform, so that it can run on any machine.
"""
