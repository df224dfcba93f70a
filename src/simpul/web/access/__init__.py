"""Roles and who holds them, letting volunteers in and back in, and who can see what."""
