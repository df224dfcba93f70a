"""Signing in and out, one's own account, and making a phone trusted."""
