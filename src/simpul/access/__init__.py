"""Roles, grants, and the actor they make."""
