"""The formats of proof: Merkle trees, signed notes, checkpoints. Pure functions, no database."""
