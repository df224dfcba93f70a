"""Addresses of published counts."""
