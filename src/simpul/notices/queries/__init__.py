"""Reads of inboxes, of what was sent, and of how somebody wants to be told."""
