"""Deadlines of law, for everybody to read: what, how long, on what basis."""
