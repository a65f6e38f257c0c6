"""Erasures: personal details that one asks to have erased from the log, and another confirms."""
