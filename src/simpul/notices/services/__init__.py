"""Sending, opening, escalating, delivering, and saying how one wants to be told."""
