"""Stored files, sealed on disk; who sees them is decided by the context whose record they belong to."""
