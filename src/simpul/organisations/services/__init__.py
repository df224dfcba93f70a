"""Writes: each checks its rule, runs in one transaction, keeps the directory in step, and ends in the audit."""
