"""Tokens for programs: one's own, and those of an organisation."""
