"""Writes of grants, and what is composed of accounts, people and grants."""

from simpul.access.services.grants import end_grant, grant_role

__all__ = ["end_grant", "grant_role"]
