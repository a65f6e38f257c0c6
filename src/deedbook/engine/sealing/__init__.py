"""Sealing: gives each committed entry its place in its instance's sequence and Merkle tree, and signs.

sealer = Sealer(writing, reading, signer, catalogue)
while sealer.run_once(): ...    # a bounded batch each; 0 when nothing waits
"""

from deedbook.engine.sealing.open import tree_tables
from deedbook.engine.sealing.proofs import Inclusion, Proofs, SignedCheckpoint, waits_since_ms
from deedbook.engine.sealing.sealer import Sealer

__all__ = ["Inclusion", "Proofs", "Sealer", "SignedCheckpoint", "tree_tables", "waits_since_ms"]
