"""Reads of events, and of those who come to them."""
