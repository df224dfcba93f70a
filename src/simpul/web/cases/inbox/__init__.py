"""Complaints at the desk: what waits, reading one, answering it, deciding it."""
