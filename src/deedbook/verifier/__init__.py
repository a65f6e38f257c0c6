"""The verifier: one file of Python's standard library, which imports nothing of ours.

`verify.py` is what auditors are given; nothing may be added to it that a bare Python 3.8 has not.
"""

from __future__ import annotations

from importlib import resources


def source() -> bytes:
    """Give the file as it is handed out."""
    return resources.files(__package__).joinpath("verify.py").read_bytes()
