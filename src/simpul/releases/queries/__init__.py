"""Reads: what was published, for everybody as far as their work reaches; what is proposed, for who decides on it."""
